"""A step in its trace, and the few ways to speak of numbers: what the sentences are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from .numbers import significant, subscript

NEARLY_SHUT = 1e-4
"""A gain below this lets next to nothing through."""

VALUES_SHOWN = 4

EQUALLY_LARGE = 1 - 1e-9
"""Two sizes whose ratio is nearer to 1 than this differ by rounding only: neither is called the larger."""

Json = dict[str, Any]
Value = float | None
Titles = Mapping[str, str]
Chosen = tuple[str, Json]
"""A key of the catalogue and the values to fill in."""


def number(value: Value) -> str:
    """As all numbers in sentences are shown."""
    return significant(value)


def listed(values: Sequence[Value]) -> str | Json:
    """Numbers in parentheses; of many the first ones, the last one, and which is largest in size."""
    shown = [number(value) for value in values]
    if len(shown) <= VALUES_SHOWN:
        return f"({', '.join(shown)})"
    ends = {"start": ", ".join(shown[: VALUES_SHOWN - 1]), "end": shown[-1]}
    if is_zero(values):
        return {"key": "list.long.zero", "params": ends}
    if tied := ties(values):
        return {"key": "list.long.tie", "params": {**ends, **tied}}
    top = largest(values)
    return {"key": "list.long", "params": {**ends, "at": top + 1, "top": shown[top]}}


def size(value: Value) -> float:
    """|value|; what float64 cannot hold is larger than all."""
    return abs(value) if value is not None and isfinite(value) else float("inf")


def largest(values: Sequence[Value]) -> int:
    """The index of the value that is largest in size, the first of equals."""
    return max(range(len(values)), key=lambda index: size(values[index]))


def magnitude(values: Sequence[Value]) -> str:
    """The largest size among the values, as a number is shown."""
    top = values[largest(values)]
    return number(None if top is None else abs(top))


def ties(values: Sequence[Value]) -> Json:
    """How many values are equally the largest in size, and that size; nothing where one of them is the largest."""
    least = size(values[largest(values)]) * EQUALLY_LARGE
    count = sum(size(value) >= least for value in values)
    # Of numbers that float64 cannot hold it is not known which is larger.
    return {"ties": count, "size": magnitude(values)} if count > 1 and isfinite(least) else {}


def times(p: Value, q: Value) -> Value:
    """The product, where both are numbers."""
    return None if p is None or q is None else p * q


def column_of(pointer: str) -> int:
    """The sending end's index of a weight's pointer."""
    return int(pointer.rpartition("/")[2])


def is_zero(values: Sequence[Value]) -> bool:
    """Whether all are 0."""
    return all(value == 0 for value in values)


def sender(index: int, column: int) -> Json:
    """What is at the sending end of a wire into layer ``index``: an input, or a unit of the layer before."""
    if index == 0:
        return {"key": "input.x", "params": {"sub": subscript(column + 1)}}
    return {"key": "input.unit", "params": {"unit": column + 1, "layer": index}}


class Scene:
    """One step in its trace: what is needed to speak of it."""

    def __init__(self, step: Json, trace: Json, titles: Titles) -> None:
        """Look at the layer, and at its one unit where it has only one."""
        self.step, self.trace, self.titles = step, trace, titles
        self.operation: str = step["operation"]
        layers = trace["layers"]
        index = step["layer"]
        self.index: int = len(layers) - 1 if index is None else index
        self.layer: Json = layers[self.index]
        self.is_last = self.index == len(layers) - 1
        self.inputs: list[Value] = layers[self.index - 1]["a"] if self.index else trace["x"]
        self.units = len(self.layer["b"])
        self.unit: int | None = step["unit"]
        if self.unit is None and self.units == 1 and self.operation != "input_gradient":
            self.unit = 0
        if self.operation == "input_gradient" and len(trace["x"]) == 1:
            self.unit = 0

    @property
    def one(self) -> int:
        """The unit, where one is meant."""
        return self.unit or 0

    @property
    def is_response(self) -> bool:
        """Whether a signal of the learner's own was sent back: then nothing that comes of it is the loss's."""
        return "signal" in self.trace

    def title(self, name: str) -> str:
        """A function's name for people."""
        return self.titles.get(name, name)

    def place(self) -> Json:
        """Unit and layer, counted from 1."""
        return {"unit": self.one + 1, "layer": self.index + 1}

    def sender(self, column: int) -> Json:
        """What is at the sending end of a wire into this layer."""
        return sender(self.index, column)
