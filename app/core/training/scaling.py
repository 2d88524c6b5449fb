"""Standardising: each column shifted and scaled to mean 0 and deviation 1, and back into its own units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Array
from ..functions.losses import LOSSES

VALUE_LOSSES = frozenset(name for name, loss in LOSSES.items() if not loss.outputs and loss.uses_target)
"""Losses that compare a value with a value, in whatever unit: those that need no probabilities and read the target."""


@dataclass(frozen=True, eq=False)
class Scaling:
    """What a network is given or asked for is (value - shift) / scale, column by column.

    Attributes:
        shift: the mean of each column, in its own unit.
        scale: the standard deviation of each column, in its own unit; 1 for a column that does not vary.
    """

    shift: Array
    scale: Array

    @classmethod
    def none(cls, columns: int) -> Scaling:
        """Everything stays as it is."""
        return cls(np.zeros(columns), np.ones(columns))

    @classmethod
    def of(cls, values: Array) -> Scaling:
        """From the columns of a matrix; a column that is the same throughout becomes 0.

        Its deviation need not come out as 0, since its mean may be rounded.
        """
        with np.errstate(all="ignore"):
            deviation, mean = values.std(axis=0), values.mean(axis=0)
        varies = (values.max(axis=0) > values.min(axis=0)) & (deviation > 0)
        return cls(np.where(varies, mean, values[0]), np.where(varies, deviation, 1.0))

    def standardised(self, values: Array) -> Array:
        """As the network has them, shape as given."""
        with np.errstate(all="ignore"):
            made: Array = (values - self.shift) / self.scale
        return made

    @property
    def changes(self) -> bool:
        """Whether it makes other numbers."""
        return bool(self.shift.any() or (self.scale != 1.0).any())

    @property
    def is_finite(self) -> bool:
        """Whether float64 can hold mean and deviation."""
        return bool(np.isfinite(self.shift).all() and np.isfinite(self.scale).all())
