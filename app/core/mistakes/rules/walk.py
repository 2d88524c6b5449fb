"""A trace whose backward pass follows a wrong rule, and its steps.

The record has the layout of the right one; the steps keep the laws of ``steps``, with the rule's operation and formula
where the rule does something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...record.layout import Structure
from ...record.operations.formulas import Piece, Symbols, Texts, Whole, partial
from ...record.operations.numerals import Shown
from ...record.operations.operation import Operation
from ...record.operations.table import pieces
from ...record.plan import by_layer, by_term, plan
from ...record.steps import Prepared, Sources, Step, details_of, fill, made_of, prepare, worded
from ...record.trace import Trace
from .registry import RULES
from .rule import Rule
from .run import Run
from .twists import Twist, times


@dataclass(frozen=True, eq=False)
class RuledTrace:
    """What a wrong rule makes of an example.

    Attributes:
        rule: the rule.
        right: the trace done rightly.
        trace: the trace that follows the rule.
        differs: the positions at which the two differ by more than the rounding of float64, in order.
    """

    rule: Rule
    right: Trace
    trace: Trace
    differs: tuple[int, ...]


def follow(right: Trace, rule: Rule) -> RuledTrace:
    """Do the backward pass of a trace again, by a rule.

    Args:
        right: the trace.
        rule: what is done wrongly.

    Raises:
        DoesNotApply: the rule changes nothing in a trace of this structure; the message names why.
    """
    structure = right.layout.structure
    rule.require(structure)
    run = Run(right)
    rule.do(run, operations(structure, rule.name))
    return RuledTrace(
        rule, right, Trace(right.layout, run.numbers[:, 0].copy(), right.learning_rate), tuple(sorted(run.wrong))
    )


def operations(structure: Structure, rule: str) -> tuple[Operation, ...]:
    """The operations of one unit each, in the rule's order, each still as it is done rightly."""
    todo = plan(structure, "unit")
    order = RULES[rule].order
    return tuple(order(todo.layout, todo.operations)) if order else todo.operations


@lru_cache(maxsize=64)
def ruled_plan(structure: Structure, rule: str, granularity: str) -> tuple[tuple[Operation, Twist | None], ...]:
    """The operations at one granularity, with what they read under the rule, and how each is twisted."""
    spans, entry = plan(structure, "none").layout, RULES[rule]

    def twisted(each: Iterable[Operation]) -> Iterator[Operation]:
        for operation in each:
            twist = entry.twist_of(structure, operation)
            yield operation._replace(reads=twist.reads(spans, operation)) if twist else operation

    units = twisted(operations(structure, rule))
    if granularity == "none":
        return ()
    if granularity == "layer":
        units = by_layer(units)
    if granularity == "term":
        units = by_term(units, spans.size + 1)
    # A product that a twisted sum is made of is a product like any other.
    return tuple((each, None if each.name == "product" else entry.twist_of(structure, each)) for each in units)


@lru_cache(maxsize=4096)
def _prepared(structure: Structure, rule: str, granularity: str, index: int) -> Prepared:
    operation, twist = ruled_plan(structure, rule, granularity)[index]
    symbols = Symbols(plan(structure, "none").layout)
    if twist is None:
        return prepare(symbols, index, operation, pieces(symbols, operation, granularity))
    if granularity == "layer":
        formula = _matrix_form(symbols, operation, twist)
    elif operation.name == "accumulate":
        formula = pieces(symbols, operation, granularity)
        if twist.before:
            formula = times(twist.before(symbols.layout, operation), formula)
    else:
        formula = twist.formula(symbols, operation)
    step = prepare(symbols, index, operation, formula)
    step.head["right_formula"] = _right_formula(structure, granularity, operation)
    return step


def _right_formula(structure: Structure, granularity: str, operation: Operation) -> str:
    todo = plan(structure, granularity)
    right = next(each for each in todo.operations if each.writes == operation.writes and each.phase == operation.phase)
    symbols = Symbols(todo.layout)
    formula: str = prepare(symbols, 0, right, pieces(symbols, right, granularity)).head["formula"]
    return formula


def _matrix_form(symbols: Symbols, operation: Operation, twist: Twist) -> list[Piece]:
    """The rule's template for a whole layer, filled."""
    if twist.before:
        return times(twist.before(symbols.layout, operation), pieces(symbols, operation, "layer"))
    layer = operation.layer or 0
    last = len(symbols.layout.layers) - 1

    def named(name: str) -> Piece:
        if name == "f":
            return Texts(symbols.function(layer), symbols.function(layer))
        if name == "in":
            return symbols.inputs(layer)
        if name == "target":
            return Whole(r"\hat{\mathbf{y}}", symbols.layout.target)
        if name == "dl_dx":
            return Whole(partial(r"\mathbf{x}"), symbols.layout.dl_dx)
        return symbols.whole(name.rstrip("+"), min(layer + name.endswith("+"), last))

    parts = twist.matrix.split("@")
    formula: list[Piece] = [named(part) if number % 2 else part for number, part in enumerate(parts) if part]
    return formula


def ruled_steps(ruled: RuledTrace, granularity: str, details: Collection[str] = ()) -> list[Step]:
    """The steps of a wrong trace; where the rule does something else, ``right_formula`` says what is right.

    Args:
        ruled: the wrong trace.
        granularity: ``none``, ``layer``, ``unit`` or ``term``.
        details: what they say of themselves besides, some of ``DETAILS``.
    """
    return list(_each_step(ruled, granularity, frozenset(details)))


def _each_step(ruled: RuledTrace, granularity: str, wanted: frozenset[str]) -> Iterator[Step]:
    layout, rule = ruled.trace.layout, ruled.rule.name
    structure = layout.structure
    todo = ruled_plan(structure, rule, granularity)
    numbers = [*ruled.trace.numbers, ruled.trace.learning_rate or 0.0]
    for operation, _ in todo:
        if operation.name == "product":
            p, q = operation.reads
            numbers.append(numbers[p] * numbers[q])
    shown = Shown(numbers)
    sources = _sources(structure, rule) if "sources" in wanted else {}
    for index, (operation, _) in enumerate(todo):
        prepared = _prepared(structure, rule, granularity, index)
        step = fill(prepared, numbers, shown)
        if wanted:
            step |= details_of(layout, prepared, sources, wanted)
        if "words" in wanted:
            step["words"] = worded(layout, numbers, operation)
        yield step


def _sources(structure: Structure, rule: str) -> Sources:
    """What each number is made of; a twist that reads otherwise reads all it reads for each of its numbers."""
    units = ruled_plan(structure, rule, "unit")
    twisted = {position: each.reads for each, twist in units if twist for position in each.writes}
    return made_of(each for each, twist in units if not twist) | twisted
