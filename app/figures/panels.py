"""Several plots in one figure: where each of them stands, and what runs through all of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log10

from ..looking import watched
from .look import Json, Look, Number, numbered

GAP = 0.09
"""Between two panels, as a part of the figure's width."""
ROOM = 0.04
"""Air above and below what a logarithmic axis shows, as a part of its range in powers of ten."""
Domain = list[float]


def place(count: int, columns: int, gap: float, between: float = 0.3) -> list[tuple[Domain, Domain]]:
    """The domains of x and y of each panel, row by row from the top left.

    Args:
        count: how many panels.
        columns: how many in a row.
        gap: between columns, as a part of the width.
        between: between rows, as a part of the height of one; leaves room for ticks and a heading.
    """
    rows = -(-count // columns)
    width = (1 - gap * (columns - 1)) / columns
    height = 1 / (rows + between * (rows - 1))
    found = []
    for index in range(count):
        row, column = divmod(index, columns)
        left = column * (width + gap)
        top = 1 - row * height * (1 + between)
        found.append(([left, min(1.0, left + width)], [max(0.0, top - height), top]))
    return found


def mark_epoch(epoch: int, panels: int, look: Look) -> list[Json]:
    """A line at an epoch in each panel, by the name under which a page can move it."""
    return [
        {
            "type": "line",
            "name": "shown-epoch",
            "xref": numbered("x", index),
            "yref": numbered("y", index) + " domain",
            "x0": epoch,
            "x1": epoch,
            "y0": 0,
            "y1": 1,
            "line": {"color": look.colours.backward, "width": 1.5},
        }
        for index in range(1, panels + 1)
    ]


def log_range(rows: Sequence[Sequence[Number]]) -> tuple[float, float]:
    """The powers of ten between which every positive number lies, with some air."""
    low, high = inf, -inf
    for row in watched(rows):
        for value in row:
            if value is not None and value > 0:
                low, high = min(low, value), max(high, value)
    if low > high:
        return -1.0, 0.0
    first, last = log10(low), log10(high)
    air = max(ROOM * (last - first), 0.1)
    return first - air, last + air
