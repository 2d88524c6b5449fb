"""Forward and backward pass of a batch of a small network as plain loops: slow as Python, quick once compiled.

The compiler is Numba, which is optional and which nothing here imports: ``compiled`` hands it these functions as they
stand. They are held to the NumPy calls of ``workspace`` in both forms. The activations of a layer are one loop without
branches that the compiler lays out for the processor's vector units; so exp is written out here, too, because a call
into the mathematical library cannot be.

Layer 0 is the input. A layer's rows, one per unit, lie one after the other in a buffer, and behind them a row of ones
in ``a``. A row is as long as the batch, filled up to a multiple of 4, what a vector register holds, and is seen as
groups of four: shape (rows, groups, 4). What fills it up is computed like the rest, but its ∂l/∂z is 0, so it adds
nothing to a gradient. Each loop counts from 0 over a view of its own; then the compiler can prove that no place is
negative, which in Python would be counted from the end.
"""

from __future__ import annotations

from math import erfc, exp, floor, log1p, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array
from ..functions.losses import HUBER_DELTA

Indices = NDArray[np.int64]

LINEAR, SIGMOID, TANH, RELU, LEAKY_RELU, ELU, SOFTPLUS, SILU, GELU, MISH, SOFTSIGN, SOFTMAX = range(12)
RESIDUAL, TWICE_RESIDUAL, MEAN_RESIDUAL, CLIPPED_RESIDUAL, SIGN_OF_RESIDUAL, ONE = range(6)
PLAIN, THROUGH_GAIN, THROUGH_SOFTMAX = range(3)
"""How ∂l/∂a of the output layer becomes ∂l/∂z: it is ∂l/∂z already, or times the gain, or by softmax's Jacobian."""

LANES = 4

LOWEST = -750.0
"""Below this x, e^x is 0."""
POWERS = 2.0 ** -np.arange(1090.0)
LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10
"""ln 2 in two parts, the first so short that its products with the powers in ``POWERS`` are exact (Cody, Waite)."""


def exponentials(x: float) -> tuple[float, float]:
    """e^x - 1 and e^x for x ≤ 0, each to a few units in its last digit.

    x = r - k ln 2 with |r| ≤ ln 2 / 2; e^r - 1 by its series; then e^x = 2^-k + 2^-k (e^r - 1).
    """
    # Whatever x is, NaN included: what is compiled does not notice that it reads beside the table.
    bounded = x if x > LOWEST else LOWEST
    bounded = bounded if bounded < 0.0 else 0.0
    k = floor(0.5 - bounded * LOG2_E)
    r = (bounded + k * LN2_HIGH) + k * LN2_LOW
    q = 1.0 / 6227020800.0
    q = q * r + 1.0 / 479001600.0
    q = q * r + 1.0 / 39916800.0
    q = q * r + 1.0 / 3628800.0
    q = q * r + 1.0 / 362880.0
    q = q * r + 1.0 / 40320.0
    q = q * r + 1.0 / 5040.0
    q = q * r + 1.0 / 720.0
    q = q * r + 1.0 / 120.0
    q = q * r + 1.0 / 24.0
    q = q * r + 1.0 / 6.0
    q = q * r + 0.5
    q = q * r * r + r
    power = POWERS[k]
    known = x == x  # a NaN must stay one, for a training that has left the numbers to be seen
    return ((power - 1.0) + power * q if known else x), (power + power * q if known else x)


def fill_activation(name: int, parameter: float, z: Array, a: Array, gain: Array, n: int) -> None:
    """Fill a and gain of a layer from its z, all flat, a row being n long; softmax has no gain.

    The parameter is that of an activation that has one: the slope of leaky ReLU.
    """
    if name == LINEAR:
        for i in range(len(z)):
            a[i] = z[i]
            gain[i] = 1.0
    elif name == SIGMOID:
        for i in range(len(z)):
            _, e = exponentials(-abs(z[i]))
            s = 1.0 / (1.0 + e)
            a[i] = s if z[i] >= 0.0 else e * s
            gain[i] = e * s * s
    elif name == TANH:
        for i in range(len(z)):
            m, e = exponentials(-2.0 * abs(z[i]))
            size = -m / (2.0 + m)
            s = 2.0 / (1.0 + e)
            a[i] = size if z[i] >= 0.0 else -size
            gain[i] = e * s * s
    elif name == RELU:
        for i in range(len(z)):
            a[i] = 0.0 if z[i] < 0.0 else z[i]
            gain[i] = 1.0 if z[i] > 0.0 else 0.0
    elif name == LEAKY_RELU:
        for i in range(len(z)):
            slope = 1.0 if z[i] > 0.0 else parameter
            a[i] = slope * z[i]
            gain[i] = slope
    elif name == ELU:
        for i in range(len(z)):
            m, e = exponentials(0.0 if z[i] > 0.0 else z[i])
            a[i] = z[i] if z[i] > 0.0 else m
            gain[i] = e
    elif name == SOFTPLUS:
        for i in range(len(z)):
            _, e = exponentials(-abs(z[i]))
            s = 1.0 / (1.0 + e)
            a[i] = (0.0 if z[i] < 0.0 else z[i]) + log1p(e)
            gain[i] = s if z[i] >= 0.0 else e * s
    elif name == SILU:
        for i in range(len(z)):
            _, e = exponentials(-abs(z[i]))
            s = 1.0 / (1.0 + e)
            s = s if z[i] >= 0.0 else e * s
            a[i] = z[i] * s
            gain[i] = s + a[i] * (1.0 - s)
    elif name == GELU:
        for i in range(len(z)):
            share = 0.5 * erfc(-z[i] / sqrt(2.0))
            a[i] = z[i] * share
            gain[i] = share + z[i] * (exp(-0.5 * z[i] * z[i]) / sqrt(2.0 * pi))
    elif name == MISH:
        for i in range(len(z)):
            _, e = exponentials(-abs(z[i]))
            above = 1.0 + 2.0 * e if z[i] >= 0.0 else e * (2.0 + e)
            below = above + 2.0 * (e * e if z[i] >= 0.0 else 1.0)
            a[i] = z[i] * (above / below)
            gain[i] = above / below + z[i] * (4.0 * (1.0 + e) * (e * e if z[i] >= 0.0 else e) / (below * below))
    elif name == SOFTSIGN:
        for i in range(len(z)):
            s = 1.0 / (1.0 + abs(z[i]))
            a[i] = z[i] / (1.0 + abs(z[i]))
            gain[i] = s * s
    else:
        for column in range(n):
            top = z[column]
            for i in range(column, len(z), n):
                top = top if z[i] < top else z[i]
            total = 0.0
            for i in range(column, len(z), n):
                _, a[i] = exponentials(z[i] - top)
                total += a[i]
            for i in range(column, len(z), n):
                a[i] /= total


def multiply(w: Array, inputs: Array, z: Array) -> None:
    """z of a layer: (w | b) times the rows of what arrives, the last of which are ones."""
    for unit in range(len(z)):
        for group in range(z.shape[1]):
            sum_0, sum_1, sum_2, sum_3 = 0.0, 0.0, 0.0, 0.0
            for source in range(len(inputs)):
                weight = w[unit, source]
                sum_0 += weight * inputs[source, group, 0]
                sum_1 += weight * inputs[source, group, 1]
                sum_2 += weight * inputs[source, group, 2]
                sum_3 += weight * inputs[source, group, 3]
            z[unit, group, 0] = sum_0
            z[unit, group, 1] = sum_1
            z[unit, group, 2] = sum_2
            z[unit, group, 3] = sum_3


def pull_back(w: Array, dl_dz_next: Array, gain: Array, dl_dz: Array) -> None:
    """∂l/∂z of a layer from that of the next one: gain · (wᵀ ∂l/∂z)."""
    for source in range(len(dl_dz)):
        for group in range(dl_dz.shape[1]):
            sum_0, sum_1, sum_2, sum_3 = 0.0, 0.0, 0.0, 0.0
            for unit in range(len(dl_dz_next)):
                weight = w[unit, source]
                sum_0 += weight * dl_dz_next[unit, group, 0]
                sum_1 += weight * dl_dz_next[unit, group, 1]
                sum_2 += weight * dl_dz_next[unit, group, 2]
                sum_3 += weight * dl_dz_next[unit, group, 3]
            dl_dz[source, group, 0] = sum_0 * gain[source, group, 0]
            dl_dz[source, group, 1] = sum_1 * gain[source, group, 1]
            dl_dz[source, group, 2] = sum_2 * gain[source, group, 2]
            dl_dz[source, group, 3] = sum_3 * gain[source, group, 3]


def pair_up(dl_dz: Array, inputs: Array, gradient: Array) -> None:
    """∂L/∂(w | b): each unit's ∂l/∂z times each of its inputs, summed over the examples."""
    for unit in range(len(dl_dz)):
        for source in range(len(inputs)):
            sum_0, sum_1, sum_2, sum_3 = 0.0, 0.0, 0.0, 0.0
            for group in range(dl_dz.shape[1]):
                sum_0 += dl_dz[unit, group, 0] * inputs[source, group, 0]
                sum_1 += dl_dz[unit, group, 1] * inputs[source, group, 1]
                sum_2 += dl_dz[unit, group, 2] * inputs[source, group, 2]
                sum_3 += dl_dz[unit, group, 3] * inputs[source, group, 3]
            gradient[unit, source] = (sum_0 + sum_1) + (sum_2 + sum_3)


def fill_output(slope: int, way: int, target: Array, chosen: Indices, a: Array, gain: Array, dl_dz: Array) -> None:
    """Case 1 of the backward pass: ∂l/∂z of the output layer; all of its shape (units, columns)."""
    units = len(target)
    for unit in range(units):
        for column in range(len(chosen), dl_dz.shape[1]):
            dl_dz[unit, column] = 0.0
        for column in range(len(chosen)):
            residual = a[unit, column] - target[unit, chosen[column]]
            if slope == TWICE_RESIDUAL:
                residual += residual
            elif slope == MEAN_RESIDUAL:
                residual *= 2.0 / units
            elif slope == CLIPPED_RESIDUAL:
                residual = HUBER_DELTA if residual > HUBER_DELTA else residual
                residual = -HUBER_DELTA if residual < -HUBER_DELTA else residual
            elif slope == SIGN_OF_RESIDUAL:
                residual = 1.0 if residual > 0.0 else (-1.0 if residual < 0.0 else residual)
            elif slope == ONE:
                residual = 1.0
            dl_dz[unit, column] = residual * gain[unit, column] if way == THROUGH_GAIN else residual
    if way == THROUGH_SOFTMAX:
        for column in range(len(chosen)):
            mean = 0.0
            for unit in range(units):
                mean += a[unit, column] * dl_dz[unit, column]
            for unit in range(units):
                dl_dz[unit, column] = a[unit, column] * (dl_dz[unit, column] - mean)


def gradient_of_batch(
    theta: Array,
    gradient: Array,
    x: Array,
    target: Array,
    chosen: Indices,
    sizes: Indices,
    activations: Indices,
    parameters: Array,
    slope: int,
    way: int,
    z: Array,
    a: Array,
    gain: Array,
    dl_dz: Array,
) -> None:
    """Leave ∂L/∂θ, summed over the examples of a batch, in ``gradient``.

    Args:
        theta: as in ``workspace.Parameters``.
        gradient: likewise.
        x: all examples, the last column ones, shape (N, n_0 + 1).
        target: shape (n_L, N).
        chosen: the places of the batch's examples.
        sizes: units of each layer, the input first.
        activations: of each computing layer.
        parameters: of these activations, one each; 0 for one that has none.
        slope: ∂l/∂a of the output.
        way: how it becomes ∂l/∂z.
        z: buffer of Σ (n_l + 1) · n numbers, n being the examples of the batch up to a multiple of 4; so are the next.
        a: buffer.
        gain: buffer.
        dl_dz: buffer.
    """
    count = len(chosen)
    groups = (count + LANES - 1) // LANES
    n = groups * LANES
    for unit in range(x.shape[1]):
        row = a[unit * n : (unit + 1) * n]
        for column in range(count):
            row[column] = x[chosen[column], unit]
        for column in range(count, n):
            row[column] = 0.0
    rows = sizes.sum() + len(sizes)
    z_rows, a_rows, gain_rows, dl_dz_rows = (
        z[: rows * n].reshape(rows, groups, LANES),
        a[: rows * n].reshape(rows, groups, LANES),
        gain[: rows * n].reshape(rows, groups, LANES),
        dl_dz[: rows * n].reshape(rows, groups, LANES),
    )
    here, place = 0, 0
    for layer in range(len(activations)):
        sending, receiving = sizes[layer] + 1, sizes[layer + 1]
        there = here + sending
        w = theta[place : place + receiving * sending].reshape(receiving, sending)
        multiply(w, a_rows[here:there], z_rows[there : there + receiving])
        place += receiving * sending
        here, stop = there, there + receiving
        fill_activation(
            activations[layer],
            parameters[layer],
            z[here * n : stop * n],
            a[here * n : stop * n],
            gain[here * n : stop * n],
            n,
        )
        a[stop * n : (stop + 1) * n] = 1.0
    units = sizes[-1]
    first, last = here * n, (here + units) * n
    fill_output(
        slope,
        way,
        target,
        chosen,
        a[first:last].reshape(units, n),
        gain[first:last].reshape(units, n),
        dl_dz[first:last].reshape(units, n),
    )
    for layer in range(len(activations) - 1, -1, -1):
        sending, receiving = sizes[layer] + 1, sizes[layer + 1]
        before = here - sending
        arrived = dl_dz_rows[here : here + receiving]
        stop = place
        place -= receiving * sending
        pair_up(arrived, a_rows[before:here], gradient[place:stop].reshape(receiving, sending))
        if layer:
            w = theta[place:stop].reshape(receiving, sending)
            pull_back(w, arrived, gain_rows[before : here - 1], dl_dz_rows[before : here - 1])
        here = before


def move(theta: Array, gradient: Array, distance: float) -> None:
    """θ ← θ + distance · g, rounded after the product and after the sum, as NumPy has it."""
    for i in range(len(theta)):
        theta[i] += gradient[i] * distance


def descend(
    theta: Array,
    gradient: Array,
    x: Array,
    target: Array,
    order: Indices,
    size: int,
    sizes: Indices,
    activations: Indices,
    parameters: Array,
    slope: int,
    way: int,
    z: Array,
    a: Array,
    gain: Array,
    dl_dz: Array,
    first: int,
    last: int,
    rate: float,
    divides: bool,
) -> None:
    """Batches first … last - 1, each followed by a step of gradient descent; with a rate of 0 no step is made.

    Args:
        theta: as for ``gradient_of_batch``, and so are those not named here.
        gradient: holds ∂L/∂θ of the last batch afterwards.
        x: likewise.
        target: likewise.
        order: the places of all examples.
        size: examples in a batch; the last batch may have fewer.
        sizes: likewise.
        activations: likewise.
        parameters: likewise.
        slope: likewise.
        way: likewise.
        z: likewise.
        a: likewise.
        gain: likewise.
        dl_dz: likewise.
        first: the first batch.
        last: the one after the last.
        rate: η.
        divides: whether a step follows the mean over its batch; else the sum.
    """
    for batch in range(first, last):
        chosen = order[batch * size : (batch + 1) * size]
        gradient_of_batch(
            theta, gradient, x, target, chosen, sizes, activations, parameters, slope, way, z, a, gain, dl_dz
        )
        if rate != 0.0:
            share = 1.0 / len(chosen) if divides else 1.0
            move(theta, gradient, -(rate * share))
