"""The trace as an ordered list of steps, JSON-ready.

What depends on the structure alone (addresses, symbols, the places of numbers in formulas) is worked out once per
structure; a trace only fills in its numbers. Three laws hold at every granularity: a step reads only what was given or
written before; every computed number is written by exactly one step; executing the steps rebuilds the trace.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from .formulas import Piece, Slot, Symbols, in_numbers, in_symbols, pieces
from .layout import Layout, Structure
from .numerals import Shown
from .plan import GRANULARITIES, Operation, count_steps, plan
from .trace import Trace

__all__ = ["GRANULARITIES", "Step", "count_steps", "known_after", "numbers_of", "plan", "prepared", "steps"]

Step = dict[str, Any]


class Prepared(NamedTuple):
    """A step without its numbers.

    Attributes:
        head: all but ``value`` and ``numbers``.
        writes: positions.
        template: the formula with ``%s`` for each number.
        slots: the numbers' places in the template, as ``(place, position)``.
    """

    head: dict[str, Any]
    writes: tuple[int, ...]
    template: str
    slots: tuple[tuple[int, int], ...]


def _address(layout: Layout, position: int) -> str:
    return layout.addresses[position] if position < layout.size else f"/terms/{position - layout.size - 1}"


@lru_cache(maxsize=16384)
def prepared(structure: Structure, granularity: str, index: int) -> Prepared:
    """Step ``index`` of every trace of this structure, without the numbers."""
    todo = plan(structure, granularity)
    operation, symbols = todo.operations[index], Symbols(todo.layout)
    return prepare(symbols, index, operation, pieces(symbols, operation, granularity))


def prepare(symbols: Symbols, index: int, operation: Operation, formula: list[Piece]) -> Prepared:
    """A step from its operation and its formula."""
    parts = in_numbers(formula)
    head = {
        "index": index,
        "phase": operation.phase,
        "operation": operation.name,
        "layer": operation.layer,
        "unit": operation.unit,
        "reads": [_address(symbols.layout, position) for position in operation.reads],
        "writes": [_address(symbols.layout, position) for position in operation.writes],
        "formula": in_symbols(symbols, formula),
    }
    if operation.part_of:
        head["part_of"] = operation.part_of
    template = "".join("%s" if isinstance(part, Slot) else part.replace("%", "%%") for part in parts)
    slots = tuple((int(part.place), part.position) for part in parts if isinstance(part, Slot))
    return Prepared(head, operation.writes, template, slots)


def numbers_of(trace: Trace, granularity: str) -> list[float]:
    """The numbers that steps speak of: the trace's, then η, then every product of the ``term`` steps."""
    numbers = [*trace.numbers, 0.0 if trace.learning_rate is None else trace.learning_rate]
    if granularity == "term":
        for operation in plan(trace.layout.structure, granularity).operations:
            if operation.name == "product":
                p, q = operation.reads
                numbers.append(numbers[p] * numbers[q])
    return numbers


def steps(trace: Trace, granularity: str, start: int = 0, stop: int | None = None) -> list[Step]:
    """The steps ``start`` … ``stop`` - 1 of a trace, each as in the REST contract.

    Args:
        trace: the record.
        granularity: ``none``, ``layer``, ``unit`` or ``term``.
        start: index of the first step wanted.
        stop: index after the last one; None for the end.
    """
    return list(each_step(trace, granularity, start, stop))


def each_step(trace: Trace, granularity: str, start: int = 0, stop: int | None = None) -> Iterator[Step]:
    """The same one by one, for whoever needs no two of them at a time."""
    structure = trace.layout.structure
    numbers = numbers_of(trace, granularity)
    shown = Shown(numbers)
    for index in range(*slice(start, stop).indices(len(plan(structure, granularity)))):
        yield fill(prepared(structure, granularity, index), numbers, shown)


def fill(step: Prepared, numbers: Sequence[float], shown: Shown) -> Step:
    """A prepared step with its numbers."""
    head, writes, template, slots = step
    text = template % tuple([shown[place * len(numbers) + position] for place, position in slots])
    return {**head, "value": [numbers[position] for position in writes], "numbers": text}


def known_after(structure: Structure, granularity: str, cursor: int) -> frozenset[int]:
    """The positions whose numbers are known once ``cursor`` steps are done: the given ones and those written."""
    todo = plan(structure, granularity)
    written = chain.from_iterable(operation.writes for operation in todo.operations[:cursor])
    return frozenset(chain(todo.layout.given, written))
