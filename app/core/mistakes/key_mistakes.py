"""Wrong numbers that a teacher will see on paper: which known mistake gives which number of an exercise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..record.trace import Trace
from .diagnosis import is_near
from .rules.misconception import Misconception
from .ways import Question, ways


class WrongNumber(NamedTuple):
    """A wrong number: where it is written, which mistake gives it, and what it is."""

    position: int
    mistake: Misconception
    value: float


def wrong_numbers_of(record: Trace, positions: Iterable[int], digits: int, each: int = 2) -> list[WrongNumber]:
    """What to look out for in an exercise: every mistake once, at the first number that it turns wrong.

    Args:
        record: the exercise done rightly.
        positions: of the numbers to be looked at, in the order in which they are worked out.
        digits: decimal places that tell a wrong number from the right one and from another wrong one.
        each: so many mistakes at most for a number.
    """
    found: list[WrongNumber] = []
    named: set[str] = set()
    for position in positions:
        seen = [record.numbers[position]]
        for values, outcome in ways(Question(record, record.values[:, None], position), digits):
            for column, value in enumerate(values[0].tolist()):
                (mistake, *_) = outcome(column).mistakes
                if len(seen) > each or mistake.name in named or not abs(value) < 1e9 or is_near(value, seen, digits):
                    continue
                named.add(mistake.name)
                seen.append(value)
                found.append(WrongNumber(position, mistake, value))
    return found
