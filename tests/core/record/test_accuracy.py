import numpy as np
import pytest
from hypothesis import assume, given, settings
from mpmath import mp

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network
from app.core.record.fast import straight_line
from app.core.record.trace import trace

from ..strategies import ELEMENTWISE, examples
from . import reference

MOST_DIGITS = 2000
"""What the arbiter may need; beyond it the derivatives are far below the smallest double anyway."""
SMALLEST = mp.mpf("1e-290")
"""Below this a product of doubles may be subnormal and has fewer digits by nature."""


def norm_relative_error(ours, exact):
    flat = [mp.mpf(value) for row in exact for value in (row if isinstance(row, list) else [row])]
    size = mp.sqrt(mp.fsum(value**2 for value in flat))
    if size < SMALLEST or size > mp.mpf("1e300"):
        return 0.0
    difference = [mp.mpf(float(p)) - q for p, q in zip(np.ravel(ours), flat, strict=True)]
    return float(mp.sqrt(mp.fsum(value**2 for value in difference)) / size)


def worst_error(network, x, target, loss):
    layers = [(layer.w.tolist(), layer.b.tolist(), layer.activation) for layer in network.layers]
    assume(reference.digits_needed(layers, x) <= MOST_DIGITS)
    record, value, dl_dx = reference.run(layers, x, target, loss)
    ours = trace(network, x, target, loss)
    if network.layers[-1].activation == "softmax" and len(target) > 1:
        # Where all ∂l/∂a are equal ∂l/∂z is 0, of which the arbiter has its last digit left over.
        assume(len(set(ours.layers[-1].dl_da)) > 1)
    errors = [norm_relative_error([ours.loss], [value]), norm_relative_error(ours.dl_dx, dl_dx)]
    for layer, exact in zip(ours.layers, record, strict=True):
        errors += [
            norm_relative_error(getattr(layer, name), exact[name]) for name in ("dl_da", "dl_dz", "dl_dw", "dl_db")
        ]
    return max(errors)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(examples(scales=(0.5, 1.0, 3.0, 10.0), activations=("sigmoid", "tanh"), losses=("half_squared_error",)))
def test_gradients_of_sigmoid_and_tanh_networks_are_right_to_1e_12(example):
    network, x, target, loss = example
    if network.layers[-1].activation != "softmax":
        assert worst_error(network, x, target, loss) <= 1e-12


@settings(max_examples=150, deadline=None, derandomize=True)
@given(examples(scales=(0.5, 1.0, 3.0, 10.0)))
def test_gradients_with_any_activation_and_loss_are_right_to_1e_10(example):
    assert worst_error(*example) <= 1e-10


@pytest.mark.parametrize("z", [-800.0, -40.0, -5.0, -1e-9, 1e-300, 0.3, 20.0, 40.0, 700.0])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_function_and_derivative_keep_their_digits_at_any_z(name, z):
    entry = ACTIVATIONS[name]
    function, derivative = reference.FUNCTIONS[name]
    with mp.workdps(800):
        exact = float(function(mp.mpf(z))), float(derivative(mp.mpf(z)))
    for namespace, value in ((np, np.array([z])), (straight_line.SCALARS, z)):
        ours = entry.function(value, namespace), entry.derivative(value, namespace)
        assert np.allclose(np.ravel(ours), exact, rtol=1e-14, atol=5e-324)


def one_unit(activation, z):
    return Network((Layer.of([[z]], [0.0], activation),))


@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
@pytest.mark.parametrize("z", [1e6, -1e6, 745.2, -745.2, 5e-324, 0.0])
@pytest.mark.parametrize("target", [0.0, 1.0, 0.5])
def test_extreme_inputs_give_finite_gradients_without_a_warning(loss, activation, z, target):
    if LOSSES[loss].outputs and activation not in LOSSES[loss].outputs:
        return
    record = trace(one_unit(activation, z), [1.0], [target], loss)
    for name in ("z", "a", "dl_dz", "dl_dw", "dl_db"):
        assert np.isfinite(getattr(record.layers[0], name)).all(), name
    assert np.isfinite(record.loss)


def test_dl_da_that_overflows_is_infinite_while_dl_dz_stays_exact():
    record = trace(one_unit("sigmoid", -800.0), [1.0], [1.0], "binary_cross_entropy")
    assert record.layers[0].a[0] == 0.0
    assert record.layers[0].dl_da[0] == -np.inf
    assert record.layers[0].dl_dz[0] == -1.0
    assert record.loss == 800.0


def test_a_saturated_sigmoid_keeps_the_gradient_that_a_times_one_minus_a_loses():
    record = trace(one_unit("sigmoid", 40.0), [1.0], [1.0], "half_squared_error")
    e = np.exp(-40.0)
    assert record.layers[0].a[0] == 1.0
    assert record.layers[0].gain[0] == pytest.approx(e, rel=1e-14)
    assert record.layers[0].dl_dz[0] == pytest.approx(-e * e, rel=1e-14)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(examples())
def test_straight_line_and_matrix_form_agree(example):
    network, x, target, loss = example
    fast = trace(network, x, target, loss, learning_rate=0.1)
    structure = fast.layout.structure
    if not straight_line.suits(structure):
        return
    from app.core.record.trace import _matrix_form

    with np.errstate(all="ignore"):
        slow = _matrix_form(fast.layout, fast.values[: fast.layout.given_count], 0.1)
    assert np.allclose(fast.values, slow, rtol=1e-11, atol=1e-11)
