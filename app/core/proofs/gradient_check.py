"""Each derivative against a numeric one: two forward passes per parameter, nothing of the backward pass in them.

Source: central differences with the step ε^(1/3) that balances truncation against rounding (Press et al., Numerical
Recipes, 3rd ed., sect. 5.7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from ..arrays import Array
from ..functions.activations import ACTIVATIONS
from ..functions.losses import LOSSES
from ..looking import LookUp, nothing
from ..network import Network
from ..record.forward import Forward, forward, losses, residual_of
from ..record.trace import Trace, trace

METHOD = "central_difference"
TOLERANCE = 1e-6
STEP = float(np.finfo(np.float64).eps) ** (1 / 3)
FLOOR = 1e-4
"""Below this fraction of the loss (and of the largest derivative) a difference of two losses holds rounding only."""
COLUMNS = 512
"""Perturbed networks run side by side."""


class Row(TypedDict):
    """One parameter: address of its derivative, both derivatives, how far apart, whether a kink lies between."""

    pointer: str
    analytic: float
    numeric: float
    relative_error: float
    kink: bool


@dataclass(frozen=True)
class GradientCheck:
    """The result for all parameters.

    Attributes:
        parameters: one row per weight and bias, in the order of θ.
        max_relative_error: the largest of the rows without a kink; 0 if there are none.
        tolerance: what it may be.
        passed: whether it is.
    """

    parameters: tuple[Row, ...]
    max_relative_error: float
    tolerance: float
    passed: bool


def gradient_check(
    network: Network,
    x: Sequence[float] | Array,
    target: Sequence[float] | Array,
    loss: str,
    record: Trace | None = None,
    look_up: LookUp = nothing,
) -> GradientCheck:
    """Check every ∂l/∂w and ∂l/∂b of one example.

    The relative error is |analytic - numeric| over the larger of both, but at least over ``FLOOR`` times the loss and
    the largest derivative: smaller ones drown in the rounding of the loss. Where the two forward passes lie on
    different sides of a kink the difference quotient means nothing, and the row is marked, not failed.

    Args:
        network: the network.
        x: the input, n_0 numbers.
        target: ŷ, n_L numbers.
        loss: a name in ``LOSSES``.
        record: the trace whose gradient is to be checked, its forward pass being that of these arguments; by default
            the right one.
        look_up: called every few milliseconds; what it raises ends the computation.
    """
    record = record or trace(network, x, target, loss)
    analytic = _gradient(record)
    with np.errstate(all="ignore"):
        parts = [_layer_differences(network, record, index, loss, look_up) for index in range(len(network.layers))]
        numeric = np.concatenate([part[0] for part in parts])
        kink = np.concatenate([part[1] for part in parts])
        errors = relative_error(record, analytic, numeric)
    rows = tuple(
        Row(pointer=pointer, analytic=a, numeric=n, relative_error=e, kink=k)
        for pointer, a, n, e, k in zip(
            _pointers(record), analytic.tolist(), numeric.tolist(), errors.tolist(), kink.tolist(), strict=True
        )
    )
    judged = errors[~kink]
    largest = float(judged.max()) if judged.size else 0.0
    return GradientCheck(rows, largest, TOLERANCE, bool(largest <= TOLERANCE))


def _gradient(record: Trace) -> Array:
    """All ∂l/∂θ in the order of θ."""
    return np.concatenate([part.ravel() for layer in record.layers for part in (layer.dl_dw, layer.dl_db)])


def relative_error(record: Trace, analytic: Array, numeric: Array) -> Array:
    """How far the two derivatives are apart, by their size or ``FLOOR``; shape of ``numeric``."""
    sizes = np.maximum(np.abs(analytic), np.abs(numeric))
    floor = FLOOR * max(abs(record.loss), float(np.fmax.reduce(np.abs(_gradient(record)), initial=0.0)))
    errors: Array = np.abs(analytic - numeric) / np.maximum(np.maximum(sizes, floor), np.finfo(np.float64).tiny)
    return errors


def _pointers(record: Trace) -> list[str]:
    addresses = record.layout.addresses
    return [
        addresses[position]
        for layer in record.layout.layers
        for span in (layer.dl_dw, layer.dl_db)
        for position in span.positions
    ]


def _layer_differences(network: Network, record: Trace, index: int, loss: str, look_up: LookUp) -> tuple[Array, Array]:
    """Numeric ∂l/∂w (row by row) then ∂l/∂b of one layer, and whether a kink lies between the two losses.

    Changing a weight by h changes z of its unit by h times the wire's input; so the perturbed networks of a layer
    are columns of z, and the layers after it run them side by side.
    """
    layer = network.layers[index]
    units, sending = layer.w.shape
    inputs = record.layers[index - 1].a if index else record.x
    theta = np.concatenate([layer.w.ravel(), layer.b])
    receiving = np.concatenate([np.repeat(np.arange(units), sending), np.arange(units)])
    sent = np.concatenate([np.tile(inputs, units), np.ones(units)])
    step = STEP * np.maximum(1.0, np.abs(theta))
    above, below = theta + step, theta - step
    quotients, kinks = [], []
    for start in range(0, len(theta), COLUMNS):
        part = slice(start, start + COLUMNS)
        values, sides = [], []
        for moved in (above, below):
            look_up()
            z = np.repeat(record.layers[index].z[:, None], len(theta[part]), axis=1)
            columns = np.arange(z.shape[1])
            z[receiving[part], columns] += (moved[part] - theta[part]) * sent[part]
            value, side = losses_from(network, index, z, record.target[:, None], loss)
            values.append(value)
            sides.append(side)
        quotients.append((values[0] - values[1]) / (above[part] - below[part]))
        kinks.append(straddles(*sides))
    return np.concatenate(quotients), np.concatenate(kinks)


def straddles(above: Array, below: Array) -> Array:
    """Whether a kink lies between (or under) the two sides that ``losses_from`` gives, per column."""
    between: Array = (above != below).any(axis=0) | (above == 0).any(axis=0)
    return between


def losses_from(network: Network, index: int, z: Array, target: Array, loss: str) -> tuple[Array, Array]:
    """From z of layer ``index`` on: the loss of each column, and on which side of every kink it ran (rows of signs)."""
    activation = ACTIVATIONS[network.layers[index].activation]
    a = activation.function(z, np)
    later = network.layers[index + 1 :]
    ran = forward(Network(later), a) if later else Forward((), (), ())
    zs, outputs = (z, *ran.z), (a, *ran.a)
    last = ACTIVATIONS[network.layers[-1].activation]
    sides = [
        np.sign(each - kink)
        for layer, each in zip(network.layers[index:], zs, strict=True)
        for kink in ACTIVATIONS[layer.activation].kinks
    ]
    residual = residual_of(last, zs[-1], outputs[-1], target)
    sides += [np.sign(residual - kink) for kink in LOSSES[loss].kinks]
    each_loss = losses(LOSSES[loss], last, zs[-1], outputs[-1], target)
    return each_loss, np.concatenate(sides) if sides else np.ones((1, z.shape[1]))
