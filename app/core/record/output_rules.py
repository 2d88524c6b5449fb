"""Case 1 of the backward pass for training: ∂l/∂z of the output layer, into a buffer.

The usual losses are written out in few calls that allocate nothing; every other pair of loss and output activation
goes through ``backward.output_gradient``, so that a new registry entry trains without a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np

from ..arrays import Array
from ..engine import UNKNOWN, Height
from ..functions.activations import ACTIVATIONS
from ..functions.kernels import Buffer, Calls, kernel
from ..functions.losses import HUBER_DELTA, LOSSES
from .backward import output_gradient
from .forward import losses

Slope = Callable[[Buffer, Buffer, Buffer], Calls]
OutputGradient = Callable[[Buffer, Buffer, Buffer, Buffer, Buffer], Calls]
"""``rule(z, a, gain, target, dl_dz)`` gives calls; they find the gain filled already, unless the rule does without."""


def _residual(a: Buffer, target: Buffer, dl_da: Buffer) -> Calls:
    return [partial(np.subtract, a, target, dl_da)]


def _twice_residual(a: Buffer, target: Buffer, dl_da: Buffer) -> Calls:
    return [*_residual(a, target, dl_da), partial(np.add, dl_da, dl_da, dl_da)]


def _mean_residual(a: Buffer, target: Buffer, dl_da: Buffer) -> Calls:
    return [*_residual(a, target, dl_da), partial(np.multiply, dl_da, 2.0 / len(a), dl_da)]


def _clipped_residual(a: Buffer, target: Buffer, dl_da: Buffer) -> Calls:
    return [
        *_residual(a, target, dl_da),
        partial(np.maximum, dl_da, -HUBER_DELTA, out=dl_da),
        partial(np.minimum, dl_da, HUBER_DELTA, out=dl_da),
    ]


def _sign_of_residual(a: Buffer, target: Buffer, dl_da: Buffer) -> Calls:
    return [*_residual(a, target, dl_da), partial(np.sign, dl_da, dl_da)]


def _one(a: Buffer, target: Buffer, dl_da: Buffer) -> Calls:
    return [partial(dl_da.fill, 1.0)]


SLOPES: Mapping[str, Slope] = MappingProxyType(
    {
        "half_squared_error": _residual,
        "squared_error": _twice_residual,
        "mean_squared_error": _mean_residual,
        "huber": _clipped_residual,
        "absolute_error": _sign_of_residual,
        "output_sum": _one,
    }
)
"""∂l/∂a of the output layer, by loss."""


def needs_gain(loss: str, activation: str) -> bool:
    """Whether ``output_rule`` reads the output layer's gain."""
    plain = activation not in LOSSES[loss].pairs and not ACTIVATIONS[activation].reads_whole_layer
    return plain and kernel(activation).derivative is not None


def output_rule(loss: str, activation: str, one_in_all: bool) -> OutputGradient:
    """How ∂l/∂z of the output layer is computed, for a whole batch.

    Args:
        loss: a name in ``LOSSES``.
        activation: of the output layer.
        one_in_all: whether each example's targets add up to exactly 1.
    """
    if (loss, activation) == ("binary_cross_entropy", "sigmoid") or (
        (loss, activation) == ("cross_entropy", "softmax") and one_in_all
    ):
        return lambda z, a, gain, target, dl_dz: _residual(a, target, dl_dz)
    slope = SLOPES.get(loss)
    if slope is None or activation in LOSSES[loss].pairs:
        return _through_the_registry(loss, activation)
    if activation == "softmax":
        return _through_softmax(slope)
    if kernel(activation).derivative is None:
        return lambda z, a, gain, target, dl_dz: slope(a, target, dl_dz)

    return lambda z, a, gain, target, dl_dz: [*slope(a, target, dl_dz), partial(np.multiply, dl_dz, gain, dl_dz)]


def _through_softmax(slope: Slope) -> OutputGradient:
    """∂l/∂z = a (g - Σ a g); the buffer of the gain, which softmax has none of, holds the products and their sum."""

    def rule(z: Buffer, a: Buffer, gain: Buffer, target: Buffer, dl_dz: Buffer) -> Calls:
        return [
            *slope(a, target, dl_dz),
            partial(np.multiply, a, dl_dz, gain),
            partial(np.add.reduce, gain, axis=0, out=gain[0]),
            partial(np.subtract, dl_dz, gain[0], dl_dz),
            partial(np.multiply, dl_dz, a, dl_dz),
        ]

    return rule


def _through_the_registry(loss: str, activation: str) -> OutputGradient:
    entry, function = LOSSES[loss], ACTIVATIONS[activation]

    def rule(z: Buffer, a: Buffer, gain: Buffer, target: Buffer, dl_dz: Buffer) -> Calls:
        return [lambda: np.copyto(dl_dz, output_gradient(entry, function, z, a, target, gain)[1])]

    return rule


SQUARES: Mapping[str, Callable[[int], float]] = MappingProxyType(
    {
        "half_squared_error": lambda outputs: 0.5,
        "squared_error": lambda outputs: 1.0,
        "mean_squared_error": lambda outputs: 1.0 / outputs,
    }
)
"""The losses that are a multiple of Σ (y - ŷ)², and which one, by the number of outputs."""


def height_of(loss: str, activation: str, outputs: int) -> Height:
    """How compiled loops find the loss of an example; those that they do not have are left to NumPy.

    Args:
        loss: a name in ``LOSSES``.
        activation: of the output layer.
        outputs: its units.
    """
    if loss in SQUARES:
        return Height(0, SQUARES[loss](outputs))
    if (loss, activation) == ("binary_cross_entropy", "sigmoid"):
        return Height(1, 0.0)
    return Height(2 if (loss, activation) == ("cross_entropy", "softmax") else UNKNOWN, 0.0)


"""The losses that are a multiple of Σ (y - ŷ)², whatever the number of outputs."""


def total_loss(loss: str, activation: str, z: Buffer, a: Buffer, target: Buffer, scratch: Buffer) -> float:
    """The sum of the examples' losses from the output layer's z and a, shape (units, examples)."""
    if loss in SQUARES:
        residual = np.subtract(a, target, scratch).ravel()
        return SQUARES[loss](len(a)) * float(residual.dot(residual))
    each: Array = losses(LOSSES[loss], ACTIVATIONS[activation], z, a, target)
    return float(each.sum())
