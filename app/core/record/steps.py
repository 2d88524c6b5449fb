"""The trace as an ordered list of steps, JSON-ready.

What depends on the structure alone (addresses, symbols, the places of numbers in formulas) is worked out once per
structure; a trace only fills in its numbers. Three laws hold at every granularity: a step reads only what was given or
written before; every computed number is written by exactly one step; executing the steps rebuilds the trace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple

from .layout import Layout, Structure
from .operations.formulas import Piece, Slot, Symbols, in_numbers, in_symbols, parts
from .operations.numerals import Shown
from .operations.operation import Operation
from .operations.scene import Scene, Words
from .operations.table import OPERATIONS, pieces
from .plan import GRANULARITIES, count_steps, plan
from .trace import Trace

__all__ = ["GRANULARITIES", "Step", "count_steps", "known_after", "numbers_of", "plan", "prepared", "steps"]

Step = dict[str, Any]
DETAILS = ("parts", "words", "products", "sources")
"""What a step says of itself when asked."""
Sources = dict[int, tuple[int, ...]]
"""By position, what the number there is made of."""


class Prepared(NamedTuple):
    """A step without its numbers.

    Attributes:
        head: all but ``value`` and ``numbers``.
        writes: positions.
        template: the formula with ``%s`` for each number.
        slots: the numbers' places in the template, as ``(place, position)``.
        operation: what it does.
        formula: its pieces.
    """

    head: dict[str, Any]
    writes: tuple[int, ...]
    template: str
    slots: tuple[tuple[int, int], ...]
    operation: Operation
    formula: list[Piece]


def address(layout: Layout, position: int) -> str:
    """The JSON Pointer of a number that steps speak of: of the trace, the learning rate, or a product."""
    if position < layout.size:
        return layout.addresses[position]
    return "/learning_rate" if position == layout.size else f"/terms/{position - layout.size - 1}"


@lru_cache(maxsize=16384)
def prepared(structure: Structure, granularity: str, index: int) -> Prepared:
    """Step ``index`` of every trace of this structure, without the numbers."""
    todo = plan(structure, granularity)
    operation, symbols = todo.operations[index], Symbols(todo.layout)
    return prepare(symbols, index, operation, pieces(symbols, operation, granularity))


def prepare(symbols: Symbols, index: int, operation: Operation, formula: list[Piece]) -> Prepared:
    """A step from its operation and its formula."""
    shown = in_numbers(formula)
    head = {
        "index": index,
        "phase": operation.phase,
        "operation": operation.name,
        "layer": operation.layer,
        "unit": operation.unit,
        "reads": [address(symbols.layout, position) for position in operation.reads],
        "writes": [address(symbols.layout, position) for position in operation.writes],
        "formula": in_symbols(symbols, formula),
    }
    if operation.part_of:
        head["part_of"] = operation.part_of
    template = "".join("%s" if isinstance(part, Slot) else part.replace("%", "%%") for part in shown)
    slots = tuple((int(part.place), part.position) for part in shown if isinstance(part, Slot))
    return Prepared(head, operation.writes, template, slots, operation, formula)


def numbers_of(trace: Trace, granularity: str) -> list[float]:
    """The numbers that steps speak of: the trace's, then η, then every product of the ``term`` steps."""
    numbers = [*trace.numbers, 0.0 if trace.learning_rate is None else trace.learning_rate]
    if granularity == "term":
        for operation in plan(trace.layout.structure, granularity).operations:
            if operation.name == "product":
                p, q = operation.reads
                numbers.append(numbers[p] * numbers[q])
    return numbers


@lru_cache(maxsize=64)
def sources_of(structure: Structure) -> Sources:
    """What each number of a structure is made of."""
    return made_of(plan(structure, "unit").operations)


def made_of(operations: Iterable[Operation]) -> Sources:
    """What each number that these operations of one unit write is made of."""
    return {
        position: OPERATIONS[operation.name].sources(operation, place)
        for operation in operations
        for place, position in enumerate(operation.writes)
    }


def details_of(layout: Layout, step: Prepared, sources: Sources, wanted: Collection[str]) -> dict[str, Any]:
    """What a step says of itself whatever its numbers are.

    Args:
        layout: where each number stands.
        step: the step.
        sources: of each number that it writes, if it writes several.
        wanted: some of ``DETAILS``.
    """
    operation, found = step.operation, dict[str, Any]()
    if "parts" in wanted:
        found["parts"] = parts(Symbols(layout), step.formula, partial(address, layout))
    if "products" in wanted:
        found["products"] = OPERATIONS[operation.name].products(layout, operation)
    if "sources" in wanted and len(operation.writes) > 1:
        place = {position: index for index, position in reversed([*enumerate(operation.reads)])}
        own = [[place[source] for source in sources[position]] for position in operation.writes]
        if any(len(each) < len(operation.reads) for each in own):
            found["sources"] = own
    return found


@lru_cache(maxsize=16384)
def described(structure: Structure, granularity: str, index: int, wanted: frozenset[str]) -> dict[str, Any]:
    """``details_of`` a step of every trace of this structure."""
    layout = plan(structure, "none").layout
    sources = sources_of(structure) if "sources" in wanted else {}
    return details_of(layout, prepared(structure, granularity, index), sources, wanted)


def words_of(layout: Layout, numbers: Sequence[float], operation: Operation) -> Words:
    """The sentence that a step deserves: its key among the texts, and what to fill in (see ``scene``)."""
    return OPERATIONS[operation.name].words(Scene(layout, numbers, operation))


def worded(layout: Layout, numbers: Sequence[float], operation: Operation) -> dict[str, Any]:
    """The same as JSON has it."""
    key, params = words_of(layout, numbers, operation)
    return {"key": key, "params": params}


def steps(
    trace: Trace, granularity: str, start: int = 0, stop: int | None = None, details: Collection[str] = ()
) -> list[Step]:
    """The steps ``start`` … ``stop`` - 1 of a trace, each as in the REST contract.

    Args:
        trace: the record.
        granularity: ``none``, ``layer``, ``unit`` or ``term``.
        start: index of the first step wanted.
        stop: index after the last one; None for the end.
        details: what they say of themselves besides, some of ``DETAILS``.
    """
    return list(each_step(trace, granularity, start, stop, details))


def each_step(
    trace: Trace, granularity: str, start: int = 0, stop: int | None = None, details: Collection[str] = ()
) -> Iterator[Step]:
    """The same one by one, for whoever needs no two of them at a time."""
    layout, wanted = trace.layout, frozenset(details)
    structure = layout.structure
    numbers = numbers_of(trace, granularity)
    shown = Shown(numbers)
    for index in range(*slice(start, stop).indices(len(plan(structure, granularity)))):
        prepared_step = prepared(structure, granularity, index)
        step = fill(prepared_step, numbers, shown)
        if wanted:
            step |= described(structure, granularity, index, wanted)
        if "words" in wanted:
            step["words"] = worded(layout, numbers, prepared_step.operation)
        yield step


def fill(step: Prepared, numbers: Sequence[float], shown: Shown) -> Step:
    """A prepared step with its numbers."""
    text = step.template % tuple([shown[place * len(numbers) + position] for place, position in step.slots])
    return {**step.head, "value": [numbers[position] for position in step.writes], "numbers": text}


def known_after(structure: Structure, granularity: str, cursor: int) -> frozenset[int]:
    """The positions whose numbers are known once ``cursor`` steps are done: the given ones and those written."""
    todo = plan(structure, granularity)
    written = chain.from_iterable(operation.writes for operation in todo.operations[:cursor])
    return frozenset(chain(todo.layout.given, written))
