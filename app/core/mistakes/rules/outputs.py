"""Loss and slope as a textbook has them, from the outputs alone: for an a that is not the one that z gives.

The losses themselves take z where they can, since 1 - a cancels. Somebody who goes on with a rounded or a wrong a has
no z that fits it, and works with the textbook's forms. Where they have no value, as ln of a negative a, the result is
NaN.
"""

from __future__ import annotations

import numpy as np

from ...arrays import Array
from ...functions.losses import LOSSES
from ...record.layout import Structure


def loss_from_outputs(name: str, a: Array, residual: Array, target: Array) -> Array:
    """l of each example, shape (examples,), from a, a - target and target, shape (units, examples) each."""
    loss, none = LOSSES[name], np.full_like(a, np.nan)
    textbook = loss.textbook
    elements = textbook.element(a, target) if textbook else loss.element(none, a, residual, target, np)
    total: Array = loss.scale(len(a)) * elements.sum(axis=0)
    return total


def slope_from_outputs(name: str, a: Array, residual: Array, target: Array) -> Array:
    """∂l/∂a of each output and example, from the same."""
    loss, none = LOSSES[name], np.full_like(a, np.nan)
    textbook = loss.textbook
    slopes = textbook.derivative(a, target) if textbook else loss.derivative(none, a, residual, target, np)
    slope: Array = loss.scale(len(a)) * slopes
    return slope


def dl_dz_from_outputs(structure: Structure, a: Array, target: Array) -> Array:
    """∂l/∂z of each output and example where loss and output activation are taken together."""
    return LOSSES[structure.loss].pairs[structure.output_activation].textbook(a, target)
