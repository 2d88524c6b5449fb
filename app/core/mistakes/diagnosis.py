"""Where a learner's number comes from: right, right but for rounding, right going on from a wrong one, or a mistake.

Nothing is guessed: a misconception is named only if it gives just this number, and only if its number can be told from
the right one at the digits given. Two together are named only where so few pairs give numbers of the size that a
number taken at random would hardly be one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import copysign, isfinite

import numpy as np

from ..arrays import Array
from ..record.operations.operation import Operation
from ..record.plan import plan
from ..record.trace import Trace
from .conventions import DESCENT, Convention, has_other_sign
from .rules.misconception import Misconception
from .slips import BATCH_SLIPS
from .ways import MISTAKES, Group, Outcome, Question, carefully, carried_on, own_numbers, right_way, ways

FINDINGS = ("right", "sign_of_zero", "rounding", "follows", "convention", "misconception", "wrong")
MAX_DIGITS = 12
FLOAT = 1e-12
"""What the arithmetic itself may be off by, relative."""
CHANCE = 0.003
"""How likely a random number of the answer's size may be to hit some pair of mistakes, for pairs to be named at all."""
MOST_PAIRS = 3

_RANK = {mistake.name: rank for rank, mistake in enumerate((*MISTAKES, *BATCH_SLIPS.values()))}


@dataclass(frozen=True)
class Match:
    """One mistake, or two together, that give the number.

    Attributes:
        misconceptions: which, in the order in which they are made.
        value: their number, not rounded.
        step: the index of the first step on the way to the number that they make wrong; None if that is where the
            numbers of several examples are put together.
        pointer: the address of what this step writes; None likewise.
        conventions: those by which the number has to be read besides.
    """

    misconceptions: tuple[Misconception, ...]
    value: float
    step: int | None
    pointer: str | None
    conventions: tuple[Convention, ...] = ()

    @property
    def misconception(self) -> Misconception:
        """The first of them."""
        return self.misconceptions[0]


@dataclass(frozen=True)
class Diagnosis:
    """What there is to say about a number.

    Attributes:
        finding: one of ``FINDINGS``.
        expected: the right number.
        matches: the mistakes that give the learner's number, the simplest first; empty for a right one.
        conventions: those by which the number is right.
        first_wrong: of the learner's earlier numbers on the way the first that is wrong.
    """

    finding: str
    expected: float
    matches: tuple[Match, ...] = ()
    conventions: tuple[Convention, ...] = ()
    first_wrong: FirstWrong | None = None


@dataclass(frozen=True)
class FirstWrong:
    """An earlier number of the learner.

    Attributes:
        position: where it stands.
        example: of which example.
        diagnosis: what there is to say about it.
    """

    position: int
    example: int
    diagnosis: Diagnosis


def half(digits: int, value: float) -> float:
    """Half a unit of the last decimal place, and what float64 may be off by."""
    return 0.5 * 10.0**-digits + FLOAT * abs(value)


def is_near(answer: float, values: Iterable[float], digits: int) -> bool:
    """Whether a number is one of these, to the digits given."""
    return any(abs(answer - value) <= half(digits, value) for value in values)


def diagnose(
    right: Trace,
    position: int,
    answer: float,
    digits: int,
    granularity: str = "unit",
    given: Mapping[int, float] | None = None,
    accepted: bool = False,
) -> Diagnosis:
    """Say what a number of one example tells about how it was found.

    Args:
        right: the trace.
        position: of the number asked for, a computed one.
        answer: the learner's number.
        digits: the decimal places to which it is given.
        granularity: of the steps whose index is given.
        given: the learner's own earlier numbers, by position.
        accepted: whether the learner's book has δ as target - output.
    """
    stands = {at: np.array([value]) for at, value in (given or {}).items()}
    question = Question(right, right.values[:, None], position, given=stands)
    return diagnose_question(question, answer, digits, granularity, accepted)


def diagnose_question(
    question: Question, answer: float, digits: int, granularity: str = "unit", accepted: bool = False
) -> Diagnosis:
    """The same for one example or several; see ``diagnose``."""
    if accepted:
        turned = _Asked(_turned(question), digits, granularity)
        own = -answer if turned.is_derivative else answer
        found = turned.judged(own, by_convention=False)
        plain = _Asked(question, digits, granularity)
        if found.finding in ("misconception", "wrong") and plain.is_right(answer):
            return Diagnosis("right", plain.expected)
        conventions = (DESCENT,) if turned.is_derivative and found.finding != "wrong" else ()
        return replace(found, conventions=conventions)
    return _Asked(question, digits, granularity).judged(answer)


def _turned(question: Question) -> Question:
    """With the derivatives among the given numbers read by the convention."""
    addresses = question.record.layout.addresses
    turned = {at: -value if has_other_sign(addresses[at]) else value for at, value in question.given.items()}
    return replace(question, given=turned)


class _Asked:
    """One question, with what is worked out for it once."""

    def __init__(self, question: Question, digits: int, granularity: str) -> None:
        self.digits, self.granularity = digits, granularity
        self.addresses = question.record.layout.addresses
        self.is_derivative = has_other_sign(self.addresses[question.position])
        self.way = right_way(question.structure, question.position)
        on_way = {at for each in self.way for at in each.writes} - {question.position}
        self.given = {at: value for at, value in question.given.items() if at in on_way}
        self.right = replace(question, given={})
        self.expected = float(self.right.put_together(self.right.numbers[question.position]))

    def is_right(self, answer: float) -> bool:
        """Whether it is the right number to the digits given."""
        return isfinite(self.expected) and is_near(answer, (self.expected,), self.digits)

    def is_rounded(self, question: Question, answer: float, slack: bool = True) -> bool:
        """Whether carrying few digits through the steps, or a slip in the last one, explains the number.

        Where every number on the way is exact at these digits, there is nothing that rounding could explain.
        """
        values, inexact = carefully(question, self.digits)
        if not inexact or not np.isfinite(values).all():
            return False
        low, high = float(values[1:].min()), float(values[1:].max())
        if low - half(self.digits, low) <= answer <= high + half(self.digits, high):
            return True
        return slack and abs(answer - values[0]) <= 3 * half(self.digits, float(values[0]))

    def judged(self, answer: float, by_convention: bool = True) -> Diagnosis:
        """The whole diagnosis."""
        expected = self.expected
        if self.is_right(answer):
            # Only who writes the minus is told about it: a product of 0 may have either sign.
            minus_zero = answer == expected == 0.0 and copysign(1.0, answer) < 0.0 < copysign(1.0, expected)
            return Diagnosis("sign_of_zero" if minus_zero else "right", expected)
        if isfinite(expected) and self.is_rounded(self.right, answer):
            return Diagnosis("rounding", expected)
        first_wrong = self.first_wrong() if self.given else None
        going_on = self.right
        if self.given:
            asked = replace(self.right, given=self.given)
            going_on = replace(asked, numbers=carried_on(asked))
            if self.follows(going_on, answer):
                return Diagnosis("follows" if first_wrong else "rounding", expected, first_wrong=first_wrong)
        turned = by_convention and self.is_derivative and self.is_turned(answer)
        conventions = (DESCENT,) if turned else ()
        matches = self.matches(going_on, answer)
        if not matches and self.given:
            matches = self.matches(self.right, answer)
        if not matches and not turned:
            matches = self.pairs(going_on, answer, by_convention)
        if turned:
            matches = tuple(each for each in matches if each.misconception.name != "sign_flipped")
        finding = "convention" if turned else "misconception" if matches else "wrong"
        return Diagnosis(finding, expected, matches, conventions, first_wrong)

    def follows(self, question: Question, answer: float) -> bool:
        """Whether a number is right, going on from the given ones."""
        value = float(question.put_together(question.numbers[question.position]))
        return isfinite(value) and (
            is_near(answer, (value,), self.digits) or self.is_rounded(question, answer, slack=False)
        )

    def is_turned(self, answer: float) -> bool:
        """Whether it is the right number with the other sign."""
        return self.expected != 0.0 and (self.is_right(-answer) or self.is_rounded(self.right, -answer, slack=False))

    def first_wrong(self) -> FirstWrong | None:
        """The first of the given numbers on the way that is wrong, with what there is to say about it."""
        own = own_numbers(replace(self.right, given=self.given), self.digits)
        before: dict[int, Array] = {}
        for position in (at for each in self.way for at in each.writes if at in self.given):
            for example, value in enumerate(self.given[position].tolist()):
                if isfinite(value) and not self.is_carried(value, own[position][:, example]):
                    earlier = {at: stands[[example]] for at, stands in before.items()}
                    numbers = self.right.numbers[:, [example]]
                    question = Question(self.right.record, numbers, position, None, earlier, self.right.look_up)
                    found = _Asked(question, self.digits, self.granularity).judged(value)
                    if found.finding not in ("right", "sign_of_zero", "rounding"):
                        return FirstWrong(position, example, found)
            before[position] = self.given[position]
        return None

    def is_carried(self, value: float, own: Array) -> bool:
        """Whether a given number is what one gets there, exactly or by rounding; cheap, since there may be many."""
        exact, low, high = float(own[0]), float(own.min()), float(own.max())
        inexact = low < high or round(exact, self.digits) != exact
        slack = 3 * half(self.digits, exact) if inexact else half(self.digits, exact)
        return abs(value - exact) <= slack or low - half(self.digits, low) <= value <= high + half(self.digits, high)

    def matches(self, question: Question, answer: float) -> tuple[Match, ...]:
        """The single mistakes that give the number, each once, the simplest first."""
        found: dict[str, Match] = {}
        for outcome in self.explaining(question, answer, ways(question, self.digits)):
            found.setdefault(outcome.mistakes[0].name, self.match(outcome))
        return tuple(sorted(found.values(), key=lambda each: _RANK[each.misconception.name]))

    def explaining(self, question: Question, answer: float, groups: Iterable[Group]) -> Iterator[Outcome]:
        """The outcomes that give the answer, and can be told from the right number."""
        right = (self.expected, float(question.put_together(question.numbers[question.position])))
        if is_near(answer, right, self.digits):
            return
        for values, outcome in groups:
            with np.errstate(invalid="ignore", over="ignore"):
                limits = 0.5 * 10.0**-self.digits + FLOAT * np.abs(values)
                near = (np.abs(values - answer) <= limits).any(axis=0) & np.isfinite(values[0])
                exact = values[:2] if len(values) > 2 else values[:1]
                for each in right:
                    near &= (np.abs(exact - each) > half(self.digits, each)).any(axis=0)
            for column in np.flatnonzero(near).tolist():
                nearest = min(exact[:, column].tolist(), key=lambda value: abs(value - answer))
                yield outcome(column)._replace(values=np.array([nearest]))

    def match(self, outcome: Outcome, conventions: tuple[Convention, ...] = ()) -> Match:
        """The outcome with the step at which it parts from the right way."""
        step, pointer = self.place(outcome.operation)
        return Match(outcome.mistakes, float(outcome.values[0]), step, pointer, conventions)

    def place(self, operation: Operation | None) -> tuple[int | None, str | None]:
        """The index of the step, and the address of what it writes: of a row the number asked for."""
        if operation is None:
            return None, None
        position = self.right.position
        written = operation.writes[operation.writes.index(position) if position in operation.writes else 0]
        steps = plan(self.right.structure, self.granularity).operations
        return next(at for at, each in enumerate(steps) if written in each.writes), self.addresses[written]

    def pairs(self, question: Question, answer: float, by_convention: bool) -> tuple[Match, ...]:
        """Two mistakes together that give the number, if that can hardly be chance."""
        groups = list(ways(question, self.digits, pairs=True))
        if not groups or self.chance(np.concatenate([group.values[0] for group in groups]), answer) > CHANCE:
            return ()
        found: dict[frozenset[str], Match] = {}
        for outcome in self.explaining(question, answer, groups):
            names = frozenset(each.name for each in outcome.mistakes)
            if len(names) == 2:
                found.setdefault(names, self.read(outcome, by_convention))
        ranked = sorted(found.values(), key=lambda each: sum(_RANK[one.name] for one in each.misconceptions))
        return tuple(ranked[:MOST_PAIRS])

    def read(self, outcome: Outcome, by_convention: bool) -> Match:
        """A pair; one whose second mistake is but the other sign of a derivative is one mistake, and a convention."""
        signs = [each for each in outcome.mistakes if each.name in ("minus_lost", "sign_flipped")]
        if not signs or not self.is_derivative or not by_convention:
            return self.match(outcome)
        rest = tuple(each for each in outcome.mistakes if each not in signs)
        return self.match(outcome._replace(mistakes=rest or outcome.mistakes[:1]), (DESCENT,))

    def chance(self, values: Array, answer: float) -> float:
        """How much of the numbers of the answer's size, to its digits, the values take up."""
        unit = 10.0**-self.digits
        reach = max(abs(answer), 20.0 * unit)
        with np.errstate(invalid="ignore"):
            cells = np.unique(np.round(values[np.abs(values - answer) <= reach] / unit))
        return len(cells) * unit / (2.0 * reach)


def wrong_numbers(right: Trace, position: int, misconception: Misconception) -> Iterator[tuple[float, Operation]]:
    """Every number that a misconception gives at a position, with the operation at which it leaves the right way."""
    question = Question(right, right.values[:, None], position)
    for values, outcome in ways(question, 0, only=misconception):
        for column, value in enumerate(values[0].tolist()):
            operation = outcome(column).operation
            if operation is not None and not abs(value - right.numbers[position]) <= FLOAT * abs(value):
                yield value, operation
