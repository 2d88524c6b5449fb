"""Hidden layers as a feature transformation: where the data lies in each layer, and the input grid bent along with it.

A layer of one or two units is shown as it is; of more, the plane in which the data varies most (principal components).

Source: Jolliffe, Principal Component Analysis (2002), sect. 3.5 (by singular values); the lecture, topic A9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..arrays import Array, freeze
from ..looking import LookUp, nothing
from ..network import Network
from ..record.forward import each_layer
from .regions import Grid

SHOWN = 2
TALL = 4
"""Times as many rows as columns from which on the rows are first made fewer."""


@dataclass(frozen=True, eq=False)
class FeaturePlane:
    """The data in one layer.

    Attributes:
        kind: ``units`` if the coordinates are the a of its units, ``pca`` if they are principal components.
        origin: the a that is the origin of the coordinates, shape (units,); zeros for ``units``.
        directions: one row per coordinate, shape (1 or 2, units).
        shares: which part of the data's variance lies along each direction; NaN if there is none at all.
        coordinates: of the data, shape (examples, 1 or 2).
        grid: of the input grid's points, shape (rows, columns, 1 or 2); None if no grid was given.
    """

    kind: Literal["units", "pca"]
    origin: Array
    directions: Array
    shares: Array
    coordinates: Array
    grid: Array | None


def oriented(directions: Array) -> Array:
    """Directions (rows) with their sign fixed: the component of largest size is positive."""
    largest = np.argmax(np.abs(directions), axis=1)
    signs = np.where(directions[np.arange(len(directions)), largest] < 0.0, -1.0, 1.0)
    turned: Array = directions * signs[:, None]
    return turned


def _triangle(rows: Array, look_up: LookUp) -> Array:
    """A matrix with the same singular values and right singular vectors as one of many more rows than columns.

    Its rows are taken up a few at a time, each time as the R of a QR decomposition. Source: Golub and Van Loan, Matrix
    Computations (2013), sect. 5.4.4 (R-bidiagonalization), and 6.5.2 (rows appended).
    """
    count, columns = rows.shape
    if count < TALL * columns:
        return rows
    triangle = rows[:0]
    for start in range(0, count, 2 * columns):
        look_up()
        taken = np.vstack([triangle, rows[start : start + 2 * columns]])
        triangle = np.asarray(np.linalg.qr(taken, mode="r"), np.float64)
    return triangle


def _plane(a: Array, bent: Array | None, shape: tuple[int, int], look_up: LookUp) -> FeaturePlane:
    """The plane of one layer from the data's a, shape (examples, units), and the grid's."""
    units = a.shape[1]
    mean = a.mean(axis=0)
    centred = a - mean
    variance = float(np.einsum("ij,ij->", centred, centred))
    if units <= SHOWN:
        kind: Literal["units", "pca"] = "units"
        origin, directions = np.zeros(units), np.eye(units)
    else:
        kind = "pca"
        origin = mean
        directions = np.full((SHOWN, units), np.nan)
        if np.isfinite(centred).all():
            triangle = _triangle(centred, look_up)
            directions = oriented(np.linalg.svd(triangle, full_matrices=len(a) < units)[2][:SHOWN])
    along = centred @ directions.T
    spread = np.einsum("ij,ij->j", along, along)
    shares = spread / variance if variance > 0.0 else np.full(len(directions), np.nan)
    grid = None if bent is None else freeze(((bent - origin) @ directions.T).reshape(*shape, -1))
    return FeaturePlane(
        kind,
        freeze(origin),
        freeze(directions),
        freeze(shares),
        freeze((a - origin) @ directions.T),
        grid,
    )


def feature_planes(
    network: Network, xs: Array, grid: Grid | None = None, look_up: LookUp = nothing
) -> tuple[FeaturePlane, ...]:
    """Where the data lies: in the input plane first, then in each layer.

    Args:
        network: L layers.
        xs: the data, shape (examples, input units).
        grid: points of the input plane to be bent along.
        look_up: called every few milliseconds; what it raises ends the computation. One layer's principal components
            are one call of LAPACK, within which nobody looks.

    Returns:
        L + 1 planes.

    Raises:
        FloatingPointError: an a is not finite, so that there are no coordinates.
    """
    shape = (0, 0) if grid is None else grid.shape
    with np.errstate(all="ignore"):
        data = [np.ascontiguousarray(xs.T), *each_layer(network, xs.T, look_up)]
        points = None if grid is None else grid.points().T
        bent = [None] * len(data) if points is None else [points, *each_layer(network, points, look_up)]
        if not all(np.isfinite(each).all() for each in (*data, *(part for part in bent if part is not None))):
            raise FloatingPointError("a is not finite")
        planes = []
        for a, b in zip(data, bent, strict=True):
            look_up()
            planes.append(_plane(a.T, None if b is None else b.T, shape, look_up))
        return tuple(planes)
