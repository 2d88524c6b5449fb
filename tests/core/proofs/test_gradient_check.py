from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from app.core.functions import losses
from app.core.functions.activations import ACTIVATIONS, sigmoidal
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network, initialize
from app.core.proofs import gradient_check
from app.core.record.trace import trace


def network_with(activation, output):
    return initialize((3, 4, 4, 3), activation, output, "xavier_uniform", np.random.default_rng(3))


@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_every_activation_with_every_loss_passes(activation, loss):
    allowed = LOSSES[loss].outputs
    output = activation if not allowed or activation in allowed else allowed[0]
    hidden = "tanh" if ACTIVATIONS[activation].last_layer_only else activation
    rng = np.random.default_rng(11)
    result = gradient_check.gradient_check(network_with(hidden, output), rng.normal(size=3), rng.random(3), loss)
    assert result.passed, result.max_relative_error
    assert len(result.parameters) == 16 + 20 + 15


def wrong(monkeypatch, name, derivative):
    entries = dict(ACTIVATIONS) | {name: replace(ACTIVATIONS[name], derivative=derivative)}
    for module in ("fast.straight_line", "backward", "trace"):
        monkeypatch.setattr(f"app.core.record.{module}.ACTIVATIONS", MappingProxyType(entries))


def test_a_wrong_derivative_fails_the_check(monkeypatch):
    from app.core.record.fast import straight_line

    wrong(monkeypatch, "softplus", sigmoidal.sigmoid_derivative)
    straight_line.compiled.cache_clear()
    rng = np.random.default_rng(5)
    result = gradient_check.gradient_check(
        network_with("softplus", "linear"), rng.normal(size=3), rng.random(3), "huber"
    )
    straight_line.compiled.cache_clear()
    assert not result.passed
    assert result.max_relative_error > 0.01


def test_a_derivative_wrong_by_a_thousandth_fails_too(monkeypatch):
    from app.core.record.fast import straight_line

    wrong(monkeypatch, "tanh", lambda z, xp: 1.001 * sigmoidal.tanh_derivative(z, xp))
    straight_line.compiled.cache_clear()
    rng = np.random.default_rng(6)
    result = gradient_check.gradient_check(
        network_with("tanh", "linear"), rng.normal(size=3), rng.random(3), "half_squared_error"
    )
    straight_line.compiled.cache_clear()
    assert not result.passed


def test_a_parameter_at_a_kink_is_marked_and_not_failed():
    network = Network((Layer.of([[1.0, 1.0]], [0.0], "relu"), Layer.of([[2.0]], [0.0], "linear")))
    result = gradient_check.gradient_check(network, [1.0, -1.0], [1.0], "half_squared_error")
    assert [row["kink"] for row in result.parameters] == [True, True, True, False, False]
    assert result.passed
    assert result.parameters[0]["pointer"] == "/layers/0/dl_dw/0/0"


def test_the_kink_of_the_absolute_error_is_marked():
    network = Network((Layer.of([[1.0]], [0.0], "linear"),))
    result = gradient_check.gradient_check(network, [1.0], [1.0], "absolute_error")
    assert all(row["kink"] for row in result.parameters)
    assert losses.LOSSES["absolute_error"].kinks == (0.0,)


def test_the_result_says_what_it_tolerates():
    result = gradient_check.gradient_check(network_with("tanh", "linear"), [1, 0, -1], [0, 0, 0], "huber")
    assert result.tolerance == gradient_check.TOLERANCE == 1e-6
    assert result.max_relative_error == max(row["relative_error"] for row in result.parameters) > 0


def test_a_loss_beyond_float64_fails_without_a_warning():
    network = Network((Layer.of([[1e200]], [0.0], "linear"),))
    result = gradient_check.gradient_check(network, [1e10], [0.0], "squared_error")
    assert not result.passed


def test_a_layer_of_more_weights_than_run_side_by_side_is_checked_whole():
    network = initialize((40, 14, 2), "tanh", "linear", "xavier_uniform", np.random.default_rng(2))
    assert gradient_check.COLUMNS < 40 * 14
    result = gradient_check.gradient_check(network, np.linspace(-1, 1, 40), [1.0, -1.0], "half_squared_error")
    assert result.passed
    assert len(result.parameters) == network.parameter_count


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e9])
def test_an_error_is_relative_however_small_or_large_the_derivatives_are(size):
    network = Network((Layer.of([[1.0, 2.0]], [0.5], "linear"),))
    x, y = [3.0 * size, -1.0 * size], 3.0 * size - 2.0 * size + 0.5
    record = trace(network, x, [y - size], "half_squared_error")
    right = np.concatenate([record.layers[0].dl_dw.ravel(), record.layers[0].dl_db])
    assert np.abs(right).max() == pytest.approx(max(3.0 * size**2, size))
    errors = gradient_check.relative_error(record, right, 1.5 * right)
    large = np.abs(right) >= gradient_check.FLOOR * np.abs(right).max()
    assert errors[large] == pytest.approx(1 / 3)
    assert gradient_check.relative_error(record, 1.5 * right, right) == pytest.approx(errors)


def test_a_derivative_below_the_floor_is_measured_by_the_floor():
    network = Network((Layer.of([[2.0]], [0.0], "linear"),))
    record = trace(network, [1.0], [0.0], "half_squared_error")
    analytic, numeric = np.array([2.0, 0.0]), np.array([2.0, 1e-6])
    assert gradient_check.relative_error(record, analytic, numeric) == pytest.approx([0.0, 1e-6 / (1e-4 * 2.0)])
    loud = trace(network, [1e-3], [100.0], "half_squared_error")
    assert loud.loss == pytest.approx(5000, rel=1e-3)
    assert gradient_check.relative_error(loud, analytic, numeric)[1] == pytest.approx(1e-6 / (1e-4 * loud.loss))
