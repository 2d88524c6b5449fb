"""Every activation and every loss by itself, at ordinary points and at the ends of float64, against mpmath.

With NumPy on an array and with one float at a time: the two must agree with the arbiter, not only with each other.
"""

import math

import mpmath as mp
import numpy as np
import pytest

from app.core.functions.activations import ACTIVATIONS, activate, derivative, others_sum, softmax_jacobian
from app.core.functions.kernels import kernel
from app.core.functions.losses import LOSSES
from app.core.functions.scalars import SCALARS

from ..record import reference
from ..strategies import ELEMENTWISE

POINTS = [-800.0, -745.5, -40.0, -5.0, -1.0, -0.3, -1e-9, 0.0, 1e-9, 0.3, 1.0, 2.0, 5.0, 36.0, 40.0, 745.5, 800.0]

TARGETS = [-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0]
RESIDUALS = [-1e150, -3.0, -1.0 - 1e-9, -1.0, -0.5, -1e-9, 0.0, 1e-9, 0.5, 1.0, 1.0 + 1e-9, 3.0, 1e150]
CLOSE = 4e-15
SMALLEST = mp.mpf(2) ** -1060
"""What may be lost where numbers are no longer normal: z times a factor that has only a few bits left."""


def near(found, expected):
    """To a few units in the last digit."""
    assert abs(mp.mpf(float(found)) - expected) <= CLOSE * abs(expected) + SMALLEST, (found, expected)


def both(function, *given):
    """The results with NumPy, on an array, and with one float after the other."""
    with np.errstate(all="ignore"):
        numpys = function(*(np.array(each) for each in given), np)
    one_by_one = [function(*each, SCALARS) for each in zip(*given, strict=True)]
    return zip(numpys, one_by_one, strict=True)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_an_activation_and_its_slope(name):
    entry, (function, slope) = ACTIVATIONS[name], reference.FUNCTIONS[name]
    with mp.workdps(800):
        for z, found in zip(POINTS, both(entry.function, POINTS), strict=True):
            for each in found:
                near(each, function(mp.mpf(z)))
        for z, found in zip(POINTS, both(entry.derivative, POINTS), strict=True):
            for each in found:
                near(each, slope(mp.mpf(z)))
    z = np.array(POINTS)
    assert np.array_equal(activate(name, z), entry.function(z, np))
    assert np.array_equal(derivative(name, z), entry.derivative(z, np))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_a_distance_to_a_target_keeps_its_digits_and_its_sign(name, target):
    entry = ACTIVATIONS[name]
    a, targets = entry.function(np.array(POINTS), np), [target] * len(POINTS)
    with mp.workdps(800):
        for z, found in zip(POINTS, both(entry.residual, POINTS, a.tolist(), targets), strict=True):
            expected = reference.FUNCTIONS[name][0](mp.mpf(z)) - mp.mpf(target)
            for each in found:
                cancelled = abs(target) in (0.25, 0.5) or not entry.saturates
                room = 4e-16 * abs(target) if cancelled else 0
                assert abs(mp.mpf(float(each)) - expected) <= CLOSE * abs(expected) + room + SMALLEST
                reached = expected == 0 or (not entry.saturates and each == 0)
                assert reached or mp.sign(each) == mp.sign(expected), (z, each, expected)


@pytest.mark.parametrize(
    "z", [[0.0], [1.0, -1.0], [800.0, -800.0], [800.0, 0.0, -800.0], [40.0, 1.0, 0.0], [0.3, 0.3, -2.0, 1e-9]]
)
def test_softmax(z):
    entry = ACTIVATIONS["softmax"]
    with mp.workdps(800):
        expected = reference.softmax([mp.mpf(each) for each in z])
        a, diagonal = entry.function(np.array(z), np), entry.derivative(np.array(z), np)
        jacobian = softmax_jacobian(a)
        for i, p in enumerate(expected):
            near(a[i], p)
            assert jacobian[i, i] == diagonal[i]
            near(diagonal[i], p * mp.fsum(q for j, q in enumerate(expected) if j != i))
            for j, q in enumerate(expected):
                if i != j:
                    near(jacobian[i, j], -p * q)
            for target in (0.0, 0.25, 1.0):
                residual = entry.residual(np.array(z), a, np.full(len(z), target), np)[i]
                assert (
                    abs(mp.mpf(float(residual)) - (p - target))
                    <= CLOSE * abs(p - target) + 2e-16 * (target == 0.25) + SMALLEST
                )
                assert mp.sign(residual) == mp.sign(p - target)


def test_softmax_takes_the_columns_one_by_one():
    z = np.array([[0.0, 800.0, -900.0], [1.0, -800.0, -900.0]])
    together = ACTIVATIONS["softmax"].function(z, np)
    for column in range(3):
        assert np.array_equal(together[:, column], ACTIVATIONS["softmax"].function(z[:, column], np))


def test_the_sum_of_the_others_loses_nothing_to_a_large_one():
    assert others_sum(np.array([1.0, 1e-300, 2e-300])) == pytest.approx([3e-300, 1.0, 1.0], rel=1e-15)
    assert others_sum(np.array([5.0])).tolist() == [0.0]
    two = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    assert others_sum(two).tolist() == [[6.0, 60.0], [5.0, 50.0], [3.0, 30.0]]


@pytest.mark.parametrize(
    "name", ["half_squared_error", "squared_error", "mean_squared_error", "huber", "absolute_error"]
)
def test_a_loss_of_the_distance_and_its_slope(name):
    entry, (element, slope) = LOSSES[name], reference.LOSSES[name]
    n = 5
    target, zeros = [0.5] * len(RESIDUALS), [0.0] * len(RESIDUALS)
    a = [0.5 + each for each in RESIDUALS]
    for function, expected in ((entry.element, element), (entry.derivative, slope)):
        for residual, found in zip(RESIDUALS, both(function, zeros, a, RESIDUALS, target), strict=True):
            for each in found:
                near(each * entry.scale(n), expected(mp.mpf(residual), mp.mpf(0), n))
    assert entry.scale(n) == (1 / n if name == "mean_squared_error" else 1.0)


def test_the_sum_of_the_outputs_is_a_sum_of_outputs():
    entry, a = LOSSES["output_sum"], [-2.0, 0.0, 3.0]
    zeros = [0.0] * 3
    assert [tuple(each) for each in both(entry.element, zeros, a, zeros, zeros)] == [(each, each) for each in a]
    assert [tuple(each) for each in both(entry.derivative, zeros, a, zeros, zeros)] == [(1.0, 1.0)] * 3


@pytest.mark.parametrize("target", [0.0, 0.25, 1.0])
@pytest.mark.parametrize("name", ["cross_entropy", "binary_cross_entropy"])
def test_an_entropy_after_a_sigmoid(name, target):
    entry, (element, slope) = LOSSES[name], reference.LOSSES[name]
    pair = entry.pairs["sigmoid"]
    points = [z for z in POINTS if abs(z) <= 700]
    a = ACTIVATIONS["sigmoid"].function(np.array(points), np).tolist()
    targets = [target] * len(points)
    residuals = ACTIVATIONS["sigmoid"].residual(np.array(points), np.array(a), np.array(targets), np).tolist()
    given = points, a, residuals, targets
    with mp.workdps(800):
        t = mp.mpf(target)
        for z, *found in zip(
            points, both(pair.element, *given), both(pair.dl_dz, *given), both(entry.derivative, *given), strict=True
        ):
            y, gain = (each(mp.mpf(z)) for each in reference.FUNCTIONS["sigmoid"])
            expected = element(y, t, 1), slope(y, t, 1) * gain, slope(y, t, 1)
            for forms, right in zip(found, expected, strict=True):
                for each in forms:
                    room = 4e-16 if target == 0.25 else 0
                    assert abs(mp.mpf(float(each)) - right) <= 8e-15 * abs(right) + room, (z, each, right)


@pytest.mark.parametrize("target", [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.25, 0.5, 0.25], [1.0, 1.0, 0.0]])
@pytest.mark.parametrize("z", [[1.0, -1.0, 0.5], [700.0, 0.0, -700.0], [2.0, 2.0, 2.0]])
def test_cross_entropy_after_a_softmax(z, target):
    pair = LOSSES["cross_entropy"].pairs["softmax"]
    zs, targets = np.array(z), np.array(target)
    a = ACTIVATIONS["softmax"].function(zs, np)
    residual = ACTIVATIONS["softmax"].residual(zs, a, targets, np)
    with mp.workdps(800), np.errstate(all="ignore"):
        y = reference.softmax([mp.mpf(each) for each in z])
        elements, slopes = pair.element(zs, a, residual, targets, np), pair.dl_dz(zs, a, residual, targets, np)
        for i, (p, t) in enumerate(zip(y, target, strict=True)):
            assert float(elements[i]) == pytest.approx(float(-t * mp.log(p)) if t else 0.0, rel=4e-15, abs=1e-15)
            assert float(slopes[i]) == pytest.approx(float(p * sum(target) - t), rel=4e-15, abs=2e-16)
    columns = pair.element(np.column_stack([zs, zs[::-1]]), None, None, np.column_stack([targets, targets[::-1]]), np)
    assert columns[:, 0] == pytest.approx(elements, rel=1e-15)
    assert columns[::-1, 1] == pytest.approx(elements, rel=1e-15)


def test_terms_without_a_weight_are_nothing_even_where_the_quotient_is_none():
    slope = LOSSES["binary_cross_entropy"].derivative
    assert slope(-800.0, 0.0, 0.0, 0.0, SCALARS) == 1.0
    assert slope(800.0, 1.0, 0.0, 1.0, SCALARS) == -1.0
    assert slope(-800.0, 0.0, -1.0, 1.0, SCALARS) == -math.inf
    assert LOSSES["cross_entropy"].derivative(-800.0, 0.0, 0.0, 0.0, SCALARS) == 0.0


def test_a_kernel_made_from_a_registry_entry_may_have_negative_gains(monkeypatch):
    monkeypatch.setattr("app.core.functions.kernels.KERNELS", {})
    assert kernel("silu").signed


def test_silu_is_at_its_target_where_both_are_0():
    z = np.array([0.0, -1e-300])
    assert ACTIVATIONS["silu"].residual(z, z / 2.0, np.zeros(2), np).tolist() == [0.0, -5e-301]
