"""Samples of an activation's curve, to be drawn: close together where it bends, far apart where it runs straight."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...arrays import Array
from .activation import Activation

WIDEST = 100.0
"""The |z| of the outermost samples; what lies beyond is drawn as a straight line."""
HALF = 40
DIGITS = 5


def _grid() -> Array:
    """2 · HALF + 1 points from -WIDEST to WIDEST, 0 among them, equally spaced after arsinh."""
    right = np.sinh(np.linspace(0.0, np.arcsinh(WIDEST), HALF + 1))
    return np.array([float(f"{z:.3g}") for z in (*-right[:0:-1], *right)])


GRID = _grid()


def samples(entry: Activation) -> dict[str, Any] | None:
    """The curve as lists: ``z``, ``a``, and per parameter what a grows by for each unit of it.

    Every activation with a parameter is linear in it, so that ``a + (value - default) * by[name]`` is the curve with
    another value. ``reach`` is the |z| up to which a picture shows what is characteristic. None for an activation that
    reads its whole layer: it has no curve.
    """
    if entry.reads_whole_layer:
        return None
    by = {}
    for name, (low, high) in entry.choices.limits.items():
        assert entry.at is not None
        least, most = (entry.at(**{**entry.parameters, name: value}).function(GRID, np) for value in (low, high))
        by[name] = _rounded((most - least) / (high - low))
    return {"reach": entry.reach, "z": GRID.tolist(), "a": _rounded(entry.function(GRID, np)), "by": by}


def _rounded(values: Array) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in values]
