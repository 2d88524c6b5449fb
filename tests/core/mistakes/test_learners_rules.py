"""The rules that learners were found to use, each worked out by hand on one small network."""

import numpy as np
import pytest

from app.core.mistakes.diagnosis import diagnose
from app.core.network import Network
from app.core.record.trace import trace

W1, B1 = np.array([[0.4, -0.7], [0.3, 0.9]]), np.array([0.1, -0.2])
W2, B2 = np.array([[0.8, -0.5], [-0.6, 1.1]]), np.array([0.05, -0.3])
X, TARGET = np.array([1.0, 0.5]), np.array([1.0, 0.0])
Z1 = W1 @ X + B1


def small(hidden, output, loss="half_squared_error"):
    layers = [{"w": W1.tolist(), "b": B1.tolist(), "activation": hidden}]
    layers.append({"w": W2.tolist(), "b": B2.tolist(), "activation": output})
    return trace(Network.from_lists(layers), X, TARGET, loss)


def named(record, pointer, answer, digits=5):
    found = diagnose(record, record.layout.position[pointer], round(float(answer), digits), digits)
    return [each.misconception.name for each in found.matches if len(each.misconceptions) == 1], found


def soft(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def test_the_slope_alone_and_the_slope_times_z_on_tanh():
    record = small("tanh", "linear")
    a = np.tanh(Z1)
    delta = W2 @ a + B2 - TARGET
    back = W2.T @ delta
    assert named(record, "/layers/0/dl_dz/0", 1 - a[0] ** 2)[0][0] == "upstream_left_out"
    assert "gain_times_z" in named(record, "/layers/0/dl_dz/1", Z1[1] * (1 - a[1] ** 2) * back[1])[0]
    assert "sigmoid_slope_for_tanh" in named(record, "/layers/0/dl_dz/1", a[1] * (1 - a[1]) * back[1])[0]


def test_the_sigmoids_slope_at_a_linear_output_and_at_a_hidden_relu():
    record = small("tanh", "linear")
    y = W2 @ np.tanh(Z1) + B2
    assert named(record, "/layers/1/dl_dz/1", y[1] * (1 - y[1]) * (y - TARGET)[1])[0][0] == "sigmoid_slope_for_linear"
    record = small("relu", "linear")
    a = np.maximum(Z1, 0.0)
    back = W2.T @ (W2 @ a + B2 - TARGET)
    assert named(record, "/layers/0/dl_dz/0", a[0] * (1 - a[0]) * back[0])[0][0] == "sigmoid_slope_for_relu"


def test_softmax_twice_in_the_output_the_loss_and_its_slope():
    record = small("tanh", "softmax", "cross_entropy")
    p = soft(W2 @ np.tanh(Z1) + B2)
    q = soft(p)
    assert "softmax_twice" in named(record, "/layers/1/a/0", q[0])[0]
    assert "softmax_twice" in named(record, "/loss/value", -np.log(q[0]))[0]
    assert "softmax_twice" in named(record, "/layers/1/dl_dz/1", (q - TARGET)[1])[0]
    through = (np.diag(p) - np.outer(p, p)) @ (q - TARGET)
    assert "softmax_in_loss" in named(record, "/layers/1/dl_dz/1", through[1])[0]


def test_raw_errors_and_an_output_in_place_of_a_delta_through_three_layers():
    w3 = np.array([[0.7, -1.2], [0.4, 0.6]])
    layers = [(W1, B1), (W2, B2), (w3, np.array([0.1, 0.2]))]
    network = Network.from_lists([{"w": w.tolist(), "b": b.tolist(), "activation": "sigmoid"} for w, b in layers])
    record = trace(network, X, TARGET, "half_squared_error")
    outputs = [X]
    for w, b in layers:
        outputs.append(1 / (1 + np.exp(-(w @ outputs[-1] + b))))
    error = outputs[3] - TARGET
    raw = W2.T @ (w3.T @ error)
    gain = outputs[1] * (1 - outputs[1])
    assert "raw_errors" in named(record, "/layers/0/dl_dw/0/1", (raw * gain)[0] * X[1])[0]
    assert "output_for_delta" in named(record, "/layers/1/dl_da/0", w3[:, 0] @ outputs[3])[0]
    assert "output_for_own_delta" in named(record, "/layers/2/dl_dw/0/1", outputs[3][0] * outputs[2][1])[0]


def test_target_minus_output_is_a_convention_and_not_a_climb():
    record = small("tanh", "sigmoid")
    found = named(record, "/layers/0/dl_dw/1/0", -record.layers[0].dl_dw[1, 0])
    assert [each.name for each in found[1].conventions] == ["delta_is_descent"]
    assert found[0] == ["minus_lost"]


@pytest.mark.parametrize("places", [3, 4])
def test_one_mistake_and_every_step_rounded(places):
    record = small("tanh", "linear")
    a = np.round(np.tanh(np.round(Z1, places)), places)
    delta = np.round(np.round(W2 @ a + B2, places) - TARGET, places)
    hidden = np.round(W2.T @ delta, places)
    assert "no_hidden_gain" in named(record, "/layers/0/dl_dw/1/1", hidden[1] * X[1], places)[0]


def test_two_mistakes_together():
    record = small("tanh", "sigmoid")
    a = np.tanh(W1 @ X)
    y = 1 / (1 + np.exp(-(W2 @ a)))
    answer = (W2.T @ (y - TARGET))[0] * (1 - a[0] ** 2)
    found = named(record, "/layers/0/dl_dz/0", answer, 8)[1]
    assert ["bias_left_out", "no_output_gain"] in [
        sorted(one.name for one in each.misconceptions) for each in found.matches
    ]
