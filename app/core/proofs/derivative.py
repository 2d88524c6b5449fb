"""The loss as a function of one number: its curve, its slope there, and the central difference against the step h.

As h shrinks, the error of a central difference falls with h² until rounding takes over and it grows again as ε/h: a V,
whose lowest point is why ``gradient_check`` takes the step it takes.

Source: Press et al., Numerical Recipes (3rd ed., 2007), sect. 5.7.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Array, freeze
from ..network import Layer, Network
from ..record.parameter import Parameter
from ..record.trace import Trace
from .gradient_check import STEP, losses_from, relative_error, straddles

CURVE_POINTS = 81
STEPS = tuple(10.0 ** (-half / 2) for half in range(27))
"""1 … 1e-13, two to a decade: wide enough for a secant that is seen to be none, narrow enough for rounding to win."""


@dataclass(frozen=True, eq=False)
class Differences:
    """Central differences, one per step h; all arrays of shape (steps,).

    Attributes:
        h: the step.
        below: the loss at the value - h.
        above: the loss at the value + h.
        numeric: their difference over the distance that float64 really put between the two values.
        relative_error: how far that is from the analytic derivative, measured as ``gradient_check`` does.
        kink: whether the two losses lie on different sides of a kink.
    """

    h: Array
    below: Array
    above: Array
    numeric: Array
    relative_error: Array
    kink: Array


@dataclass(frozen=True, eq=False)
class Derivative:
    """The loss around one parameter.

    Attributes:
        parameter: which.
        value: where it stands.
        analytic: the derivative by backpropagation.
        check: the one central difference that ``gradient_check`` takes, arrays of length 1.
        loss: the loss at the value.
        values: the parameter's values along the curve, shape (CURVE_POINTS,), ``value`` in the middle.
        losses: the loss at each of them.
        errors: the central differences for all of ``STEPS``.
    """

    parameter: Parameter
    value: float
    analytic: float
    check: Differences
    loss: float
    values: Array
    losses: Array
    errors: Differences


def derivative(record: Trace, parameter: Parameter) -> Derivative:
    """Look at the loss around one parameter of a trace.

    All losses come out of one pass in matrix form, a column of z per value of the parameter, from its layer on.

    Args:
        record: the trace, run without an injected signal.
        parameter: one of its weights, biases or inputs.
    """
    spans = record.layout
    value = record.numbers[parameter.position(spans)]
    analytic = record.numbers[parameter.gradient_position(spans)]
    size = max(1.0, abs(value))
    steps = np.array([STEP * size, *STEPS])
    with np.errstate(all="ignore"):
        values = value + size * np.linspace(-1.0, 1.0, CURVE_POINTS)
        above, below = value + steps, value - steps
        every_loss, sides = _losses_at(record, parameter, np.concatenate([values, above, below]) - value)
        parts = CURVE_POINTS, CURVE_POINTS + len(steps)
        losses, losses_above, losses_below = np.split(every_loss, parts)
        _, sides_above, sides_below = np.split(sides, parts, axis=1)
        numeric = (losses_above - losses_below) / (above - below)
        apart = relative_error(record, np.full(len(steps), analytic), numeric)
        kink = straddles(sides_above, sides_below)

    def differences(part: slice) -> Differences:
        columns = (steps, losses_below, losses_above, numeric, apart, kink)
        return Differences(*(freeze(column[part].copy()) for column in columns))

    check, errors = differences(slice(0, 1)), differences(slice(1, None))
    return Derivative(parameter, value, analytic, check, record.loss, freeze(values), freeze(losses.copy()), errors)


def _losses_at(record: Trace, parameter: Parameter, moves: Array) -> tuple[Array, Array]:
    """The loss, and the sides of all kinks, with the parameter moved by each of ``moves``."""
    network = Network(tuple(Layer(layer.w, layer.b, layer.activation) for layer in record.layers))
    index = parameter.layer
    layer = record.layers[index]
    z = np.repeat(layer.z[:, None], len(moves), axis=1)
    if parameter.unit is None:
        z += np.multiply.outer(layer.w[:, parameter.column], moves)
    else:
        inputs = record.layers[index - 1].a if index else record.x
        z[parameter.unit] += moves if parameter.column is None else moves * inputs[parameter.column]
    return losses_from(network, index, z, record.target[:, None], record.layout.structure.loss)
