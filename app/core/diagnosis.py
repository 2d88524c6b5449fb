"""Where a learner's number comes from: right, right but for rounding, or what one gets by a mistake that has a name.

Nothing is guessed: a misconception is named only if it gives just this number, and only if its number can be told from
the right one at the digits given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import copysign, isfinite

import numpy as np

from .layout import Structure
from .plan import Operation, plan
from .rules.registry import RULES
from .rules.rule import Rule
from .rules.run import Run
from .rules.twists import Misconception, text
from .rules.walk import operations
from .slips import SLIPS, Slip
from .trace import Trace

FINDINGS = ("right", "sign_of_zero", "rounding", "misconception", "wrong")
MAX_DIGITS = 12
FLOAT = 1e-12
"""What the arithmetic itself may be off by, relative."""

CAREFUL = Misconception("", text("", ""), text("", ""), ())
"""Nobody's mistake: every operation done rightly."""


@dataclass(frozen=True)
class Match:
    """A misconception that gives the number.

    Attributes:
        misconception: which.
        value: its number, not rounded.
        step: the index of the first step on the way to the number that it makes wrong.
        pointer: the address of what this step writes.
    """

    misconception: Misconception
    value: float
    step: int
    pointer: str


@dataclass(frozen=True)
class Diagnosis:
    """What there is to say about a number.

    Attributes:
        finding: one of ``FINDINGS``.
        expected: the right number.
        matches: the misconceptions that give the learner's number; empty but for the finding ``misconception``.
    """

    finding: str
    expected: float
    matches: tuple[Match, ...] = ()


def all_misconceptions() -> tuple[Misconception, ...]:
    """Rules and slips."""
    return (*RULES.values(), *SLIPS.values())


def way_to(structure: Structure, position: int, misconception: Misconception) -> tuple[Operation, ...]:
    """The operations that the number at ``position`` depends on, in order, for one misconception."""
    spans = plan(structure, "none").layout
    todo: Sequence[Operation] = plan(structure, "unit").operations
    if isinstance(misconception, Rule) and misconception.order:
        todo = operations(structure, misconception.name)
    needed, found = {position}, []
    for operation in reversed(todo):
        if needed.isdisjoint(operation.writes):
            continue
        found.append(operation)
        needed.update(operation.reads)
        twist = misconception.twist_of(structure, operation)
        if twist:
            needed.update(twist.reads(spans, operation))
    return tuple(found[::-1])


@lru_cache(maxsize=256)
def right_way(structure: Structure, position: int) -> tuple[Operation, ...]:
    """The operations that the number at ``position`` depends on, in order, as they are done rightly."""
    return way_to(structure, position, CAREFUL)


@lru_cache(maxsize=256)
def kinds_of(structure: Structure, position: int) -> tuple[Operation, ...]:
    """One operation of each kind on the right way to the number at ``position``: a twist tells no others apart."""
    return tuple({(each.phase, each.name, each.layer): each for each in right_way(structure, position)}.values())


def goes_wrong(structure: Structure, position: int, misconception: Misconception) -> bool:
    """Whether a misconception changes anything on the way to the number at ``position``.

    Most do not, and this is seen from one operation of each kind, long before a number is computed.
    """
    if isinstance(misconception, Rule) and not misconception.applies(structure):
        return False
    if misconception.order or (isinstance(misconception, Slip) and misconception.variants):
        return True
    return any(misconception.twist_of(structure, each) for each in kinds_of(structure, position))


def wrong_numbers(right: Trace, position: int, misconception: Misconception) -> Iterator[tuple[float, Operation]]:
    """Every number that a misconception gives at ``position``, with the operation at which it parts from the right way.

    It is followed from the start, as by someone who always does it; and it is done in the last operation only, as by
    someone who went wrong just here.
    """
    structure = right.layout.structure
    if not goes_wrong(structure, position, misconception):
        return
    way = way_to(structure, position, misconception)
    last = next(each for each in reversed(way) if position in each.writes)
    at = last.writes.index(position)
    if isinstance(misconception, Slip) and misconception.variants:
        with np.errstate(all="ignore"):
            variants = list(misconception.variants(Run(right), last))
        yield from ((float(variant[at, 0]), last) for variant in variants)
        return
    run = Run(right)
    parted = run.go(misconception, way)
    if position in run.wrong:
        yield float(run.numbers[position, 0]), way[parted]
    twist = misconception.twist_of(structure, last)
    if twist and way[parted] is not last:
        with np.errstate(all="ignore"):
            made = twist.value(Run(right), last._replace(reads=twist.reads(right.layout, last)))
        yield float(made[at, 0]), last


def _half(digits: int, value: float) -> float:
    """Half a unit of the last decimal place, and what float64 may be off by."""
    return 0.5 * 10.0**-digits + FLOAT * abs(value)


def _rounded_on_the_way(right: Trace, position: int, answer: float, digits: int) -> bool:
    """Whether carrying only ``digits`` decimal places through the steps, or a slip in the last one, explains it.

    Where every number on the way is exact at these digits, there is nothing that rounding could explain.
    """
    run = Run(right)
    run.go(CAREFUL, right_way(right.layout.structure, position), digits)
    if not run.wrong:
        return False
    expected = right.numbers[position]
    carried = float(run.numbers[position, 0])
    return abs(answer - carried) <= _half(digits, carried) or abs(answer - expected) <= 3 * _half(digits, expected)


def diagnose(right: Trace, position: int, answer: float, digits: int, granularity: str = "unit") -> Diagnosis:
    """Say what a number tells about how it was found.

    Args:
        right: the trace.
        position: of the number asked for, a computed one.
        answer: the learner's number.
        digits: the decimal places to which it is given.
        granularity: of the steps whose index is given.
    """
    expected = right.numbers[position]
    if isfinite(expected) and abs(answer - expected) <= _half(digits, expected):
        # Only who writes the minus is told about it: a product of 0 may have either sign.
        minus_zero = answer == expected == 0.0 and copysign(1.0, answer) < 0.0 < copysign(1.0, expected)
        return Diagnosis("sign_of_zero" if minus_zero else "right", expected)
    if isfinite(expected) and _rounded_on_the_way(right, position, answer, digits):
        return Diagnosis("rounding", expected)
    matches = tuple(_matches(right, position, answer, digits, granularity))
    return Diagnosis("misconception" if matches else "wrong", expected, matches)


def _matches(right: Trace, position: int, answer: float, digits: int, granularity: str) -> Iterator[Match]:
    expected = right.numbers[position]
    steps = plan(right.layout.structure, granularity).operations
    for misconception in all_misconceptions():
        for value, operation in wrong_numbers(right, position, misconception):
            if not isfinite(value) or abs(value - expected) <= _half(digits, expected):
                continue
            if abs(answer - value) <= _half(digits, value):
                written = operation.writes[operation.writes.index(position) if position in operation.writes else 0]
                step = next(index for index, each in enumerate(steps) if written in each.writes)
                yield Match(misconception, value, step, right.layout.addresses[written])
                break
