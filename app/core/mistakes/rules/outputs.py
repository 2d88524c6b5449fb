"""Loss and slope as a textbook has them, from the outputs alone: for an a that is not the one that z gives.

The losses themselves take z where they can, since 1 - a cancels. Whoever goes on with a rounded or a wrong a has no z
that fits it, and works with the textbook's forms. Where they have no value, as ln of a negative a, NaN is given.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...arrays import Array
from ...functions.losses import LOSSES
from ...record.layout import Structure

Form = Callable[[Array, Array], Array]


def _weighted(weight: Array, other: Array) -> Array:
    """Their product, 0 where the weight is."""
    return np.where(weight == 0.0, 0.0, weight * other)


_ELEMENTS: dict[str, Form] = {
    "cross_entropy": lambda a, t: -_weighted(t, np.log(a)),
    "binary_cross_entropy": lambda a, t: -_weighted(t, np.log(a)) - _weighted(1.0 - t, np.log(1.0 - a)),
}
_SLOPES: dict[str, Form] = {
    "cross_entropy": lambda a, t: -_weighted(t, 1.0 / a),
    "binary_cross_entropy": lambda a, t: -_weighted(t, 1.0 / a) + _weighted(1.0 - t, 1.0 / (1.0 - a)),
}
_PAIRS: dict[tuple[str, str], Form] = {
    ("cross_entropy", "softmax"): lambda a, t: a * t.sum(axis=0) - t,
    ("cross_entropy", "sigmoid"): lambda a, t: -t * (1.0 - a),
    ("binary_cross_entropy", "sigmoid"): lambda a, t: a - t,
}


def loss_from_outputs(name: str, a: Array, residual: Array, target: Array) -> Array:
    """l of each example, shape (examples,), from a, a - target and target, shape (units, examples) each."""
    loss, none = LOSSES[name], np.full_like(a, np.nan)
    own = _ELEMENTS.get(name)
    elements = own(a, target) if own else loss.element(none, a, residual, target, np)
    total: Array = loss.scale(len(a)) * elements.sum(axis=0)
    return total


def slope_from_outputs(name: str, a: Array, residual: Array, target: Array) -> Array:
    """∂l/∂a of each output and example, from the same."""
    loss, none = LOSSES[name], np.full_like(a, np.nan)
    own = _SLOPES.get(name)
    slope: Array = own(a, target) if own else loss.scale(len(a)) * loss.derivative(none, a, residual, target, np)
    return slope


def dl_dz_from_outputs(structure: Structure, a: Array, target: Array) -> Array:
    """∂l/∂z of each output and example where loss and output activation are taken together."""
    return _PAIRS[structure.loss, structure.output_activation](a, target)
