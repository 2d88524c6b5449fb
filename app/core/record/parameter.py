"""One given number that the loss can be differentiated by: a weight, a bias or an input, and its address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .layout import Layout

INDEX = "(0|[1-9][0-9]{0,8})"
PARAMETER = re.compile(rf"/layers/{INDEX}/(?:w/{INDEX}/{INDEX}|b/{INDEX})|/x/{INDEX}")


class NoParameter(ValueError):
    """An address at which no weight, bias or input stands."""


class Parameter(NamedTuple):
    """A weight, a bias or an input.

    Attributes:
        name: ``w``, ``b`` or ``x``.
        layer: the computing layer whose z it enters, 0-based; 0 for an input.
        unit: the receiving unit; None for an input, which all units of the first layer receive.
        column: the sending unit of a weight, the number of an input; None for a bias.
    """

    name: str
    layer: int
    unit: int | None
    column: int | None

    @property
    def pointer(self) -> str:
        """Its address in the trace."""
        return f"{self._prefix}{self.name}{self._indices}"

    @property
    def gradient_pointer(self) -> str:
        """The address of its derivative."""
        return f"{self._prefix}dl_d{self.name}{self._indices}"

    @property
    def _prefix(self) -> str:
        return "/" if self.name == "x" else f"/layers/{self.layer}/"

    @property
    def _indices(self) -> str:
        return "".join(f"/{index}" for index in (self.unit, self.column) if index is not None)

    def position(self, spans: Layout) -> int:
        """Its position in the flat vector."""
        return self._in(spans, self.name)

    def gradient_position(self, spans: Layout) -> int:
        """The position of its derivative."""
        return self._in(spans, f"dl_d{self.name}")

    def _in(self, spans: Layout, name: str) -> int:
        holder = spans if self.name == "x" else spans.layers[self.layer]
        indices = [index for index in (self.unit, self.column) if index is not None]
        position: int = getattr(holder, name).at(*indices)
        return position


def parameter_at(sizes: Sequence[int], pointer: str) -> Parameter:
    """The parameter at an address such as ``/layers/0/w/0/1``, ``/layers/0/b/0`` or ``/x/0``.

    Args:
        sizes: units per layer, the input layer first.
        pointer: a JSON Pointer into the trace.

    Raises:
        NoParameter: a network of these sizes has none there.
    """
    found = PARAMETER.fullmatch(pointer)
    if found:
        layer, row, column, unit, number = (None if each is None else int(each) for each in found.groups())
        if number is not None and number < sizes[0]:
            return Parameter("x", 0, None, number)
        if layer is not None and layer < len(sizes) - 1:
            sending, receiving = sizes[layer], sizes[layer + 1]
            if unit is not None and unit < receiving:
                return Parameter("b", layer, unit, None)
            if row is not None and column is not None and row < receiving and column < sending:
                return Parameter("w", layer, row, column)
    raise NoParameter(pointer)
