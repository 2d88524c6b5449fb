"""The two passes over several examples at once say of each column what its own trace says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network
from app.core.record.backward import backward, weight_gradient
from app.core.record.batch import batch
from app.core.record.forward import forward, loss_values, losses
from app.core.record.trace import trace

from ...strategies import examples

CLOSE = {"rtol": 1e-9, "atol": 1e-12, "equal_nan": True}


@settings(max_examples=80, deadline=None, derandomize=True)
@given(examples(scales=(0.5, 1.0)), st.booleans(), st.integers(0, 2**32 - 1))
def test_every_column_is_a_trace(example, by_signal, seed):
    network, x, target, loss = example
    rng = np.random.default_rng(seed)
    xs = np.column_stack([x, rng.normal(size=len(x))])
    targets = np.column_stack([target, target[::-1]])
    signal = rng.normal(size=targets.shape) if by_signal else None
    with np.errstate(all="ignore"):
        ran = forward(network, xs)
        back = backward(network, ran, targets, loss, signal)
        values = loss_values(network, xs, targets, loss)
        last = ACTIVATIONS[network.layers[-1].activation]
        assert np.array_equal(losses(LOSSES[loss], last, ran.z[-1], ran.a[-1], targets), values, equal_nan=True)
    assert len(back.gain) == len(back.dl_da) == len(back.dl_dz) == len(network.layers)
    assert ran.inputs[0] is xs
    for column in range(2):
        sent = None if signal is None else signal[:, column]
        record = trace(network, xs[:, column], targets[:, column], loss, signal=sent)
        assert np.allclose(values[column], record.loss, **CLOSE)
        assert np.allclose(back.dl_dx[:, column], record.dl_dx, **CLOSE)
        for index, layer in enumerate(record.layers):
            assert np.allclose(ran.z[index][:, column], layer.z, **CLOSE)
            assert np.allclose(ran.a[index][:, column], layer.a, **CLOSE)
            assert np.allclose(back.dl_da[index][:, column], layer.dl_da, **CLOSE)
            assert np.allclose(back.dl_dz[index][:, column], layer.dl_dz, **CLOSE)
            gain = layer.gain if layer.gain is not None else np.diag(layer.jacobian)
            assert np.allclose(back.gain[index][:, column], gain, **CLOSE)
            inputs = xs if index == 0 else ran.a[index - 1]
            assert np.array_equal(ran.inputs[index], inputs)
            one = weight_gradient(back.dl_dz[index][:, [column]], inputs[:, [column]])
            assert np.allclose(one, layer.dl_dw, **CLOSE)


def test_the_gradient_over_examples_is_their_sum():
    dl_dz, inputs = np.array([[1.0, 2.0, -1.0]]), np.array([[1.0, 0.5, 3.0], [2.0, 0.0, 1.0]])
    assert weight_gradient(dl_dz, inputs) == pytest.approx(np.array([[1.0 + 1.0 - 3.0, 2.0 - 1.0]]))


@pytest.mark.parametrize("signal", [None, [[1.0, 0.0], [-2.0, 0.5]]])
def test_a_small_network_backwards_by_hand(signal):
    network = Network((Layer.of([[2.0, -1.0]], [0.5], "tanh"), Layer.of([[1.0], [-3.0]], [0.0, 1.0], "linear")))
    xs, targets = np.array([[1.0, 0.0], [2.0, -1.0]]), np.array([[0.5, 0.0], [1.0, -1.0]])
    ran = forward(network, xs)
    back = backward(network, ran, targets, "squared_error", None if signal is None else np.array(signal))
    z = np.array([[2 * 1 - 2 + 0.5, 1 + 0.5]])
    y = np.array([[1.0], [-3.0]]) * np.tanh(z) + np.array([[0.0], [1.0]])
    sent = 2 * (y - targets) if signal is None else np.array(signal)
    dl_da = sent[:1] - 3 * sent[1:]
    dl_dz = (1 - np.tanh(z) ** 2) * dl_da
    for found, expected in (
        *[(back.dl_da[1], sent), (back.dl_dz[1], sent), (back.gain[1], np.ones((2, 2)))],
        *[(back.dl_da[0], dl_da), (back.dl_dz[0], dl_dz), (back.gain[0], 1 - np.tanh(z) ** 2)],
        (back.dl_dx, np.array([[2.0], [-1.0]]) * dl_dz),
    ):
        assert found == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("kind", [list, np.float32, np.int64])
def test_a_batch_of_any_numbers_is_one_of_float64(kind):
    network = Network(
        (Layer.of([[0.1, 0.2], [0.3, -0.4]], [0.5, 0.1], "tanh"), Layer.of([[1.0, 0.7]], [0.1], "linear"))
    )
    xs, targets = [[1, 2], [-3, 5], [0, 1]], [[1], [2], [-1]]
    given = (xs, targets) if kind is list else (np.array(xs, kind), np.array(targets, kind))
    made = batch(network, *given, "half_squared_error")
    assert made.examples is None
    assert made.outputs.shape == (3, 1)
    for row, (x, target) in enumerate(zip(xs, targets, strict=True)):
        alone = trace(network, x, target, "half_squared_error")
        assert made.outputs[row] == pytest.approx(alone.layers[-1].a, rel=1e-14)
        assert made.losses[row] == pytest.approx(alone.loss, rel=1e-14)
    assert all(array.dtype == np.float64 for array in (made.outputs, made.losses, made.layers[0].dl_dw))
    assert made.cost == pytest.approx(made.total_loss / 3, rel=1e-15)


def test_a_batch_that_overflows_is_not_finite_and_warns_of_nothing():
    network = Network((Layer.of([[1e200]], [0.0], "linear"), Layer.of([[1e200]], [0.0], "linear")))
    made = batch(network, np.array([[1.0], [0.0]]), np.zeros((2, 1)), "squared_error")
    assert not np.isfinite(made.total_loss)
    assert made.losses[1] == 0.0


def test_a_class_that_is_not_meant_costs_nothing_however_unlikely_it_is():
    network = Network((Layer.of([[1e308], [-1e308]], [0.0, 0.0], "softmax"),))
    made = batch(network, np.ones((1, 1)), np.array([[1.0, 0.0]]), "cross_entropy")
    assert made.losses.tolist() == [0.0]
    assert not np.isfinite(batch(network, np.ones((1, 1)), np.array([[0.0, 1.0]]), "cross_entropy").total_loss)
