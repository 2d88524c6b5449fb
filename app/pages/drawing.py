"""Pictures of networks that need no script: where each unit and each connection of a small drawing lies.

The templates of ``_network.html`` turn a ``Drawing`` into SVG. Lengths are in the drawing's own units, which are pixels
where it is shown in its natural size.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import isqrt
from typing import Any, NamedTuple

from .numbers import significant

MOST_UNITS = 6
"""Of a larger layer the first ones are drawn, and dots for the rest."""
LEAST_PIXELS = 16
"""Inputs that fill a square of at least so many pixels are drawn as the picture that they are."""
THIN, THICK = 0.8, 3.2
"""Width of the connection with weight 0 and of the one with the largest weight."""
ALONG = 0.27
"""How far along its connection a weight is written: clear of the crossings in the middle."""


class Scale(NamedTuple):
    """The lengths of a drawing: from column to column, from unit to unit, of a unit, and of the margin around."""

    gap: float
    pitch: float
    radius: float
    margin: float


SMALL = Scale(gap=64, pitch=36, radius=8, margin=12)
LARGE = Scale(gap=170, pitch=84, radius=21, margin=34)


class Node(NamedTuple):
    """An input or a unit; ``bias`` is empty for an input, and ``name`` says which one of its column it is, from 1.

    ``lit``: whether the picture points at it.
    """

    x: float
    y: float
    kind: str
    name: int
    value: str
    bias: str
    lit: bool


class Wire(NamedTuple):
    """A connection from its sending to its receiving end, with its weight and where to write it."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    negative: bool
    weight: str
    x: float
    y: float
    lit: bool


class Pixel(NamedTuple):
    """One input of a picture; ``ink`` from 0 to 1."""

    x: float
    y: float
    ink: float


class Drawing(NamedTuple):
    """A network as shapes; ``rests`` are the places of the dots that stand for units left out."""

    width: float
    height: float
    radius: float
    wires: list[Wire]
    nodes: list[Node]
    rests: list[tuple[float, float]]
    pixels: list[Pixel]
    pixel: float


def drawing(request: Mapping[str, Any], scale: Scale = SMALL, lit: Collection[str] = ()) -> Drawing:
    """The picture of a trace request's network.

    Args:
        request: with ``network`` and ``x``, as ``POST /trace`` takes it.
        scale: ``SMALL`` for a card, ``LARGE`` where the weights are to be read.
        lit: numbers of its trace, by their pointers, whose units and connections the picture points at.
    """
    things = {_thing(pointer) for pointer in lit}
    layers = request["network"]["layers"]
    counts = [len(request["x"]), *(len(layer["b"]) for layer in layers)]
    is_picture = counts[0] >= LEAST_PIXELS and isqrt(counts[0]) ** 2 == counts[0]
    places = [_column(count) for count in counts]
    rows = max(len(column) + (len(column) < count) for column, count in zip(places, counts, strict=True))
    height = 2 * scale.margin + 2 * scale.radius + (rows - 1) * scale.pitch
    side = 3 * scale.pitch if is_picture else 0.0
    height = max(height, side + 2 * scale.margin)
    first = scale.margin + (side - scale.radius if is_picture else scale.radius)

    def at(column: int, unit: int) -> tuple[float, float]:
        drawn = len(places[column]) + (len(places[column]) < counts[column])
        return first + column * scale.gap, height / 2 + (unit - (drawn - 1) / 2) * scale.pitch

    nodes = [
        Node(
            *at(column, unit),
            "input" if column == 0 else "output" if column == len(layers) else "unit",
            unit + 1,
            significant(request["x"][unit]) if column == 0 else "",
            significant(layers[column - 1]["b"][unit]) if column else "",
            (column, unit) in things,
        )
        for column, units in enumerate(places)
        if column or not is_picture
        for unit in units
    ]
    rests = [
        at(column, len(units))
        for column, units in enumerate(places)
        if len(units) < counts[column] and (column or not is_picture)
    ]
    wires = _wires(layers, places, at, is_picture, things)
    pixels = _pixels(request["x"], side, scale.margin, height) if is_picture else []
    width = first + len(layers) * scale.gap + scale.radius + scale.margin
    return Drawing(width, height, scale.radius, wires, nodes, rests, pixels, side / isqrt(counts[0]))


def _column(count: int) -> range:
    """The units of a layer that are drawn; a place is kept for the dots."""
    return range(count if count <= MOST_UNITS else MOST_UNITS - 1)


def _thing(pointer: str) -> tuple[int, ...]:
    """Which unit a number belongs to, as column and place, or which connection: receiving column, unit and sender."""
    kind, *path = pointer.removeprefix("/").split("/")
    if kind == "layers" and len(path) >= 3:
        return int(path[0]) + 1, *map(int, path[2:])
    return (0, int(path[0])) if kind == "x" else ()


def _wires(
    layers: Sequence[Mapping[str, Any]],
    places: Sequence[range],
    at: Callable[[int, int], tuple[float, float]],
    is_picture: bool,
    things: Collection[tuple[int, ...]],
) -> list[Wire]:
    """Connections between drawn units; a picture's pixels are too many to be connected one by one."""
    shown = list(enumerate(layers))[1 if is_picture else 0 :]
    largest = max((abs(weight) for _, layer in shown for row in layer["w"] for weight in row), default=0) or 1
    wires = []
    for layer, parameters in shown:
        for unit in places[layer + 1]:
            for sender in places[layer]:
                (x1, y1), (x2, y2) = at(layer, sender), at(layer + 1, unit)
                weight = parameters["w"][unit][sender]
                wires.append(
                    Wire(
                        x1,
                        y1,
                        x2,
                        y2,
                        round(THIN + (THICK - THIN) * abs(weight) / largest, 2),
                        weight < 0,
                        significant(weight),
                        round(x1 + ALONG * (x2 - x1), 1),
                        round(y1 + ALONG * (y2 - y1), 1),
                        (layer + 1, unit, sender) in things,
                    )
                )
    return wires


def _pixels(values: Sequence[float], side: float, margin: float, height: float) -> list[Pixel]:
    """The inputs as a picture in rows, the largest value as the darkest."""
    across = isqrt(len(values))
    size, top, darkest = side / across, (height - side) / 2, max(map(abs, values)) or 1
    return [
        Pixel(
            round(margin + index % across * size, 2),
            round(top + index // across * size, 2),
            round(abs(value) / darkest, 2),
        )
        for index, value in enumerate(values)
    ]
