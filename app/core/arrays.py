"""The one array type of the core: float64, frozen once it is part of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class ShapeError(ValueError):
    """Two shapes that do not fit together, or a matrix that is none.

    Attributes:
        pointer: JSON Pointer to the offending value, relative to the object being built.
        detail: one sentence: what was expected, what came.
    """

    def __init__(self, pointer: str, detail: str) -> None:
        """Keep both parts; ``str(error)`` is the sentence."""
        super().__init__(detail)
        self.pointer = pointer
        self.detail = detail


def freeze(array: Array) -> Array:
    """Make ``array`` read-only, in place, and return it."""
    array.setflags(write=False)
    return array


def frozen(values: Sequence[Any] | Array) -> Array:
    """A new read-only float64 array (C order) with these values."""
    return freeze(np.array(values, dtype=np.float64, order="C"))
