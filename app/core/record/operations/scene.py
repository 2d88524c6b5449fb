"""A step in its record, and the few ways to speak of numbers: what sentences are made of.

Nothing here is in a language. What a sentence is filled with is JSON-ready: a whole number as it is; the JSON Pointer
of a number of the record; ``{"number": …}``, one that stands nowhere in it, or null; ``{"list": [pointers]}``, several;
``{"subscript": 1}``; ``{"name": "tanh"}``, an activation or a loss by its word in JSON; or ``{"key", "params"}``, a
text within the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite
from typing import Any

from ...functions.activations import ACTIVATIONS
from ..layout import Layout, Span
from .operation import Operation

Params = dict[str, Any]
Words = tuple[str, Params]
"""A key of the catalogue of texts and what to fill in."""

NEARLY_SHUT = 1e-4
"""A gain below this lets next to nothing through."""

VALUES_SHOWN = 4

EQUALLY_LARGE = 1 - 1e-9
"""Two sizes whose ratio is nearer to 1 than this differ by rounding only: neither is called the larger."""


def size(value: float) -> float:
    """|value|; what float64 cannot hold is larger than all."""
    return abs(value) if isfinite(value) else inf


def largest(values: Sequence[float]) -> int:
    """The index of the value that is largest in size, the first of equals."""
    return max(range(len(values)), key=lambda index: size(values[index]))


def number(value: float) -> Params:
    """A number that stands nowhere in the record."""
    return {"number": value if isfinite(value) else None}


def magnitude(values: Sequence[float]) -> Params:
    """The largest size among the values."""
    return number(abs(values[largest(values)]))


def ties(values: Sequence[float]) -> Params:
    """How many values are equally the largest in size, and that size; nothing where one of them is the largest."""
    least = size(values[largest(values)]) * EQUALLY_LARGE
    count = sum(size(value) >= least for value in values)
    # Of numbers that float64 cannot hold it is not known which is larger.
    return {"ties": count, "size": magnitude(values)} if count > 1 and isfinite(least) else {}


def is_zero(values: Sequence[float]) -> bool:
    """Whether all are 0."""
    return all(value == 0 for value in values)


def sender(index: int, column: int) -> Params:
    """What is at the sending end of a wire into layer ``index``: an input, or a unit of the layer before."""
    if index == 0:
        return {"key": "input.x", "params": {"sub": {"subscript": column + 1}}}
    return {"key": "input.unit", "params": {"unit": column + 1, "layer": index}}


class Scene:
    """One step in its record: what is needed to speak of it.

    Attributes:
        layout: where each number stands.
        numbers: all of them, in the order of the layout; then η and the products of the ``term`` steps.
        operation: the step.
        index: its layer, the last one for the loss; ``spans`` are that layer's.
        units: how many units that layer has.
        unit: the unit it is about; None where it is about several.
    """

    def __init__(self, layout: Layout, numbers: Sequence[float], operation: Operation) -> None:
        """Look at the layer, and at its one unit where it has only one."""
        self.layout, self.numbers, self.operation = layout, numbers, operation
        last = len(layout.layers) - 1
        self.index = last if operation.layer is None else operation.layer
        self.spans = layout.layers[self.index]
        self.is_last = self.index == last
        self.inputs = layout.inputs(self.index)
        self.units = self.spans.z.rows
        several = layout.x.rows if operation.name == "input_gradient" else self.units
        self.unit = 0 if operation.unit is None and several == 1 else operation.unit

    @property
    def one(self) -> int:
        """The unit, where one is meant."""
        return self.unit or 0

    @property
    def is_response(self) -> bool:
        """Whether a signal of the learner's own was sent back: then nothing that comes of it is the loss's."""
        return self.layout.signal is not None

    @property
    def activation(self) -> str:
        """The word in JSON of the layer's activation."""
        return ACTIVATIONS[self.layout.structure.activations[self.index]].name

    def of(self, span: Span) -> Sequence[float]:
        """The numbers of a span, row by row."""
        return self.numbers[span.cut]

    def value(self, span: Span, row: int, column: int = 0) -> float:
        """One number of a span."""
        return self.numbers[span.at(row, column)]

    def at(self, span: Span, row: int, column: int = 0) -> str:
        """Its address."""
        return self.layout.addresses[span.at(row, column)]

    def own(self, span: Span) -> str:
        """The address of the unit's own number among those of its layer."""
        return self.at(span, self.one)

    def listed(self, span: Span) -> Params:
        """Numbers in parentheses; of many the first ones, the last one, and which is largest in size."""
        addresses, values = self.layout.addresses[span.cut], self.of(span)
        if len(values) <= VALUES_SHOWN:
            return {"key": "list.short", "params": {"values": {"list": list(addresses)}}}
        ends: Params = {"start": {"list": list(addresses[: VALUES_SHOWN - 1])}, "end": addresses[-1]}
        if is_zero(values):
            return {"key": "list.long.zero", "params": ends}
        if tied := ties(values):
            return {"key": "list.long.tie", "params": {**ends, **tied}}
        top = largest(values)
        return {"key": "list.long", "params": {**ends, "at": top + 1, "top": addresses[top]}}

    def place(self) -> Params:
        """Unit and layer, counted from 1."""
        return {"unit": self.one + 1, "layer": self.index + 1}

    def layer(self) -> Params:
        """How many units there are, and in which layer."""
        return {"n": self.units, "layer": self.index + 1}

    def sender(self, column: int) -> Params:
        """What is at the sending end of a wire into this layer."""
        return sender(self.index, column)

    def column(self) -> int | None:
        """The sending end of the one weight that the step writes; None where it writes several."""
        writes = self.operation.writes
        return int(self.layout.addresses[writes[0]].rpartition("/")[2]) if len(writes) == 1 else None

    def wires(self) -> list[tuple[int, int]]:
        """The wires whose weights the step moves: one, a unit's, a layer's; each by its row and column of w."""
        columns = range(self.spans.w.columns)
        if self.unit is None:
            return [(row, column) for row in range(self.units) for column in columns]
        single = self.column()
        return [(self.one, column) for column in (columns if single is None else (single,))]
