"""One update with momentum: Δ = μ Δ_prev − η ∂l/∂θ, then θ + Δ."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.arrays import ShapeError
from app.core.network import Network, initialize
from app.core.record.fast import straight_line
from app.core.record.steps import steps
from app.core.record.trace import Trace, _matrix_form, trace

NEURON = Network.from_lists([{"w": [[2.0]], "b": [1.0], "activation": "linear"}])
SMALL = Network.from_lists(
    [
        {"w": [[0.4, -0.7], [0.3, 0.9]], "b": [0.1, -0.2], "activation": "tanh"},
        {"w": [[0.8, -0.5], [-0.6, 1.1]], "b": [0.05, -0.3], "activation": "linear"},
    ]
)
PREVIOUS = [0.01, -0.02, 0.0, 0.03, 0.005, 0.0, -0.04, 0.02, 0.07, -0.01, 0.01, 0.5]


def momentum_trace(network: Network = SMALL, **options) -> Trace:
    size = len(network.layers[-1].b)
    given = {"learning_rate": 0.1, "momentum": 0.9, "previous_change": PREVIOUS} | options
    return trace(network, [1.0, 0.5], [1.0, *[0.0] * (size - 1)], "half_squared_error", **given)


def flat(change: dict) -> list[float]:
    return [value for layer in change["layers"] for part in (*layer["w"], layer["b"]) for value in part]


def test_the_numbers_of_a_neuron_are_those_worked_out_by_hand():
    # z = 2·3 + 1 = 7, l = (7 − 5)²/2 = 2, ∂l/∂z = 2, ∂l/∂w = 2·3 = 6, ∂l/∂b = 2;
    # Δw = 0.5·0.25 − 0.125·6 = −0.625, Δb = 0.5·(−1) − 0.125·2 = −0.75, w = 1.375, b = 0.25, y = 4.375, l = 0.6875²…
    record = trace(
        NEURON, [3], [5], "half_squared_error", learning_rate=0.125, momentum=0.5, previous_change=[0.25, -1.0]
    )
    updated = record.document()["updated"]
    assert updated["change"] == {"layers": [{"w": [[-0.625]], "b": [-0.75]}]}
    assert updated["layers"] == [{"w": [[1.375]], "b": [0.25]}]
    assert updated["loss"] == (4.375 - 5) ** 2 / 2


def test_two_updates_in_a_row_are_those_of_pytorch():
    # PyTorch: v = μ v + g, θ ← θ − η v; here without PyTorch, in two lines of NumPy.
    network, velocity, previous = SMALL, np.zeros(12), None
    theta = np.array(network.theta)
    for _ in range(4):
        record = momentum_trace(network, previous_change=previous)
        gradient = np.concatenate([np.append(each.dl_dw.ravel(), each.dl_db) for each in record.layers])
        velocity = 0.9 * velocity + gradient
        theta = theta - 0.1 * velocity
        network = Network(record.updated.layers)
        np.testing.assert_allclose(network.theta, theta, rtol=1e-13)
        previous = flat(record.document()["updated"]["change"])
        np.testing.assert_allclose(previous, -0.1 * velocity, rtol=1e-13)


@pytest.mark.parametrize("freeze", [(), ("w",), ("b",), ("b", "w")])
def test_straight_line_and_matrix_form_agree_and_what_is_frozen_stays(freeze):
    record = momentum_trace(freeze=freeze)
    assert straight_line.suits(record.layout.structure)
    given = record.values[: record.layout.given_count]
    np.testing.assert_allclose(record.values, _matrix_form(record.layout, given, 0.1), rtol=1e-14, atol=1e-16)
    updated = record.document()["updated"]
    for layer, change, old in zip(updated["layers"], updated["change"]["layers"], SMALL.layers, strict=True):
        for name in "wb":
            was = getattr(old, name)
            np.testing.assert_array_equal(np.array(layer[name]), was + np.array(change[name]))
            assert np.any(change[name]) != (name in freeze)


def test_a_large_network_goes_the_matrix_way_and_its_steps_say_the_same():
    network = initialize([2, 40, 3], "tanh", "softmax", "xavier_uniform", np.random.default_rng(4))
    previous = np.linspace(-0.1, 0.1, network.theta.size)
    record = trace(
        network, [1, 0.5], [1, 0, 0], "cross_entropy", learning_rate=0.1, momentum=0.8, previous_change=previous
    )
    assert not straight_line.suits(record.layout.structure)
    gradient = np.concatenate([np.append(each.dl_dw.ravel(), each.dl_db) for each in record.layers])
    change = 0.8 * previous - 0.1 * gradient
    np.testing.assert_allclose(flat(record.document()["updated"]["change"]), change, rtol=1e-13, atol=1e-16)
    np.testing.assert_allclose(Network(record.updated.layers).theta, network.theta + change, rtol=1e-14, atol=1e-16)


def test_without_a_previous_change_it_is_zeros_and_the_update_that_of_gradient_descent():
    record, plain = momentum_trace(previous_change=None), momentum_trace(momentum=None)
    assert not any(flat(record.document()["previous_change"]))
    np.testing.assert_allclose(Network(record.updated.layers).theta, Network(plain.updated.layers).theta, rtol=1e-15)
    assert "momentum" not in plain.document()
    assert "change" not in plain.document()["updated"]


def test_a_previous_change_of_another_length_is_refused():
    with pytest.raises(ShapeError, match="expected 12 numbers, got 3"):
        momentum_trace(previous_change=[1, 2, 3])


def test_the_step_says_in_symbols_and_numbers_what_it_does():
    listed = {(step["operation"], step["writes"][0]): step for step in steps(momentum_trace(), "term")}
    step = listed["weight_change", "/updated/change/layers/0/w/0/1"]
    assert step["reads"] == ["/previous_change/layers/0/w/0/1", "/layers/0/dl_dw/0/1"]
    partial = r"\frac{\partial l}{\partial w^{(1)}_{12}}"
    assert (
        step["formula"]
        == rf"\Delta w^{{(1)}}_{{12}} = \mu \Delta_{{\mathrm{{prev}}}} w^{{(1)}}_{{12}} - \eta {partial}"
    )
    assert r"= 0.9 \cdot (-0.02) - 0.1 \cdot " in step["numbers"]
    step = listed["weight_update", "/updated/layers/0/w/0/1"]
    assert step["formula"] == r"\tilde{w}^{(1)}_{12} = w^{(1)}_{12} + \Delta w^{(1)}_{12}"
    assert listed["loss", "/updated/loss"]["formula"] == r"\tilde{l} = l\left(\theta + \Delta\theta\right)"
