"""All the numbers that known mistakes give at one place, alone and two together, exact and with few digits carried.

A mistake is made from the start, as by someone who always does it, or in the last operation only, as by someone who
went wrong just here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from ..arrays import Array
from ..functions.reductions import Reduction
from ..looking import LookUp, nothing
from ..record.layout import Structure
from ..record.operations.operation import Operation, is_paired
from ..record.plan import plan
from ..record.trace import Trace
from .rules.columns import ROUNDINGS, SLOPES, Part, Rounding, Walk, value_of
from .rules.misconception import Misconception
from .rules.registry import RULES
from .rules.rule import Rule
from .rules.twists import Twist, text
from .rules.walk import operations
from .slips import BATCH_SLIPS, SLIPS

MOST_NUMBERS = 3_000_000
"""Numbers of one walk, all columns together: above, fewer ways of rounding and no pairs are tried."""
SIMPLEST = (
    *("minus_lost", "product_sign", "bias_left_out", "bias_subtracted", "term_left_out"),
    *("uphill", "learning_rate_left_out", "sigmoid_slope_for_tanh", "sigmoid_slope_for_linear"),
    *("sigmoid_slope_for_relu", "as_half_squared_error", "as_squared_error", "as_mean_squared_error"),
)
"""What is named first: the plain slips of the pen, and what says most precisely what was done."""

CAREFUL = Misconception("", text("", ""), text("", ""), ())
"""Nobody's mistake: every operation done rightly."""

_KNOWN = {**RULES, **SLIPS}
MISTAKES: tuple[Misconception, ...] = (
    *(_KNOWN[name] for name in SIMPLEST),
    *(mistake for name, mistake in _KNOWN.items() if name not in SIMPLEST),
)
"""All that can be made with one example, in the order in which they are named."""


@dataclass(frozen=True, eq=False)
class Question:
    """The number that is asked for, and what is known before.

    Attributes:
        record: a trace of the structure; of several examples any one.
        numbers: the right numbers, shape (layout.size, examples).
        position: of the number asked for.
        reduction: what is made of the examples' numbers; None for one example.
        given: the learner's own earlier numbers, by position: one for each example, NaN where none is given.
        look_up: called before every operation; what it raises ends the answer.
    """

    record: Trace
    numbers: Array
    position: int
    reduction: Reduction | None = None
    given: Mapping[int, Array] = field(default_factory=lambda: MappingProxyType({}))
    look_up: LookUp = nothing

    @property
    def structure(self) -> Structure:
        """Of the network."""
        return self.record.layout.structure

    def put_together(self, numbers: Array, factor: float | None = None) -> Array:
        """The number asked for from those of the examples, which lie along the last axis."""
        if self.reduction is None:
            found: Array = numbers[..., 0]
            return found
        share = self.reduction.share(numbers.shape[-1]) if factor is None else factor
        total: Array = numbers.sum(axis=-1) * share
        return total


class Outcome(NamedTuple):
    """What comes of one way.

    Attributes:
        mistakes: none for the right way, one or two, in the order in which they are made.
        values: first the exact number, then what one gets by each way of rounding on the way.
        operation: the operation at which it parts from the right way; None if that is after the last one.
    """

    mistakes: tuple[Misconception, ...]
    values: Array
    operation: Operation | None


class Group(NamedTuple):
    """Some ways that were found together.

    Attributes:
        values: what they give, shape (1 + ways of rounding, ways): first the exact numbers; of single mistakes then
            those that are exact, but with slopes worked out from a.
        outcome: the outcome of one of them, by its column.
    """

    values: Array
    outcome: Callable[[int], Outcome]


@dataclass(frozen=True, eq=False)
class Walked:
    """The ways to a number: their operations in order, and for each the mistakes that are made in it."""

    operations: tuple[Operation, ...]
    twists: tuple[tuple[tuple[int, Twist], ...], ...]
    mistakes: tuple[int, ...]

    @cached_property
    def places(self) -> Mapping[int, frozenset[int]]:
        """The operations in which each mistake is made."""
        found: dict[int, set[int]] = {at: set() for at in self.mistakes}
        for index, twists in enumerate(self.twists):
            for at, _ in twists:
                found[at].add(index)
        return {at: frozenset(places) for at, places in found.items()}

    @cached_property
    def pairs(self) -> tuple[frozenset[int], ...]:
        """The pairs of mistakes that can be made together: never two in one operation."""
        places = self.places
        made = [at for at in self.mistakes if places[at]]
        return tuple(frozenset(pair) for pair in combinations(made, 2) if places[pair[0]].isdisjoint(places[pair[1]]))


@lru_cache(maxsize=64)
def by_hand(structure: Structure, rule: str = "") -> tuple[Operation, ...]:
    """The operations as people do them, in the order of a rule if it has one.

    Where ∂l/∂z of an output is taken together with the loss, it is made of the output a that they have, not of z alone;
    and so is a slope that is written with a.
    """
    spans = plan(structure, "none").layout
    outputs = tuple(spans.layers[-1].a.positions)
    last = len(structure.activations) - 1

    def done(operation: Operation) -> Operation:
        if operation.name == "amplify" and operation.layer == last and is_paired(structure):
            return operation._replace(reads=(*operation.reads, *outputs))
        if operation.name == "gain" and operation.unit is None:
            return operation._replace(reads=(*operation.reads, *outputs))
        if operation.name == "gain" and structure.activations[operation.layer or 0] in SLOPES:
            own = spans.layers[operation.layer or 0].a.at(operation.unit or 0)
            return operation._replace(reads=(*operation.reads, own))
        return operation

    todo: Sequence[Operation] = operations(structure, rule) if rule else plan(structure, "unit").operations
    return tuple(done(each) for each in todo)


def way_to(structure: Structure, position: int, misconception: Misconception) -> tuple[Operation, ...]:
    """The operations that the number at ``position`` depends on, in order, for one misconception."""
    spans = plan(structure, "none").layout
    needed, found = {position}, []
    for operation in reversed(by_hand(structure, misconception.name if misconception.order else "")):
        if needed.isdisjoint(operation.writes):
            continue
        found.append(operation)
        needed.update(operation.reads)
        twist = misconception.twist_of(structure, operation)
        if twist:
            needed.update(twist.reads(spans, operation))
    return tuple(found[::-1])


@lru_cache(maxsize=64)
def right_way(structure: Structure, position: int) -> tuple[Operation, ...]:
    """The operations that the number at ``position`` depends on, in order, as they are done rightly."""
    return way_to(structure, position, CAREFUL)


def _concerns(structure: Structure, position: int, misconception: Misconception) -> bool:
    """Whether a misconception changes anything on the way, seen from one operation of each kind."""
    if isinstance(misconception, Rule) and not misconception.applies(structure):
        return False
    way = right_way(structure, position)
    kinds = {(each.phase, each.name, each.layer): each for each in way}.values()
    return any(misconception.twist_of(structure, each) for each in kinds)


@lru_cache(maxsize=64)
def walks(structure: Structure, position: int) -> tuple[Walked, ...]:
    """The walk on which all mistakes are made that keep the order of the operations; then one for each other order."""
    concerned = [at for at, each in enumerate(MISTAKES) if _concerns(structure, position, each)]
    in_order = [at for at in concerned if MISTAKES[at].order is None]
    others = [
        (at,) for at, each in enumerate(MISTAKES) if isinstance(each, Rule) and each.order and each.applies(structure)
    ]
    return tuple(_walked(structure, position, mistakes) for mistakes in (tuple(in_order), *others))


def _walked(structure: Structure, position: int, mistakes: tuple[int, ...]) -> Walked:
    ways = {at: set(way_to(structure, position, MISTAKES[at])) for at in mistakes}
    all_of_them = set(right_way(structure, position)).union(*ways.values())
    first = MISTAKES[mistakes[0]] if mistakes else CAREFUL
    ordered = by_hand(structure, first.name if first.order else "")
    todo = tuple(each for each in ordered if each in all_of_them)
    twists = []
    for operation in todo:
        made = ((at, MISTAKES[at].twist_of(structure, operation)) for at in mistakes if operation in ways[at])
        twists.append(tuple((at, twist) for at, twist in made if twist))
    return Walked(todo, tuple(twists), mistakes)


def carried_on(question: Question) -> Array:
    """The numbers that follow from those given, and the right ones elsewhere: shape (layout.size, examples)."""
    way = right_way(question.structure, question.position)
    walk = Walk(question.record, question.numbers, [frozenset()], 0, (), question.given, question.look_up)
    walk.follow(way, [()] * len(way), len(way) - 1)
    return walk.numbers


def own_numbers(question: Question, digits: int) -> Mapping[int, Array]:
    """What one gets without a mistake at each given position, going on from those before it.

    Returns:
        by position, shape (1 + ways of rounding, examples).
    """
    way = right_way(question.structure, question.position)
    walk = Walk(question.record, question.numbers, [frozenset()], digits, ROUNDINGS, question.given, question.look_up)
    walk.follow(way, [()] * len(way), len(way) - 1)
    return {position: made.reshape(walk.shape)[:, 0] for position, made in walk.own.items()}


def carefully(question: Question, digits: int) -> tuple[Array, bool]:
    """What one gets without a mistake.

    Returns:
        the exact number, then that of each way of rounding; and whether any on the way is inexact at these digits.
    """
    way = right_way(question.structure, question.position)
    walk = Walk(question.record, question.numbers, [frozenset()], digits, ROUNDINGS, question.given, question.look_up)
    walk.follow(way, [()] * len(way), len(way) - 1)
    own = walk.truth[question.position]
    inexact = walk.differs or bool((Rounding().of(own, digits) != own).any())
    return question.put_together(walk.numbers[question.position].reshape(walk.shape))[:, 0], inexact


def ways(question: Question, digits: int, pairs: bool = False, only: Misconception | None = None) -> Iterator[Group]:
    """What every known way gives.

    Args:
        question: the number asked for; its ``numbers`` go on from those that are given.
        digits: decimal places that are carried where numbers are rounded.
        pairs: whether to try two mistakes together, else one.
        only: one mistake, if no others are asked about.
    """
    for number, walked in enumerate(walks(question.structure, question.position)):
        mistakes = [at for at in walked.mistakes if only is None or MISTAKES[at] is only]
        if number == 0 or (mistakes and not pairs):
            yield from _Explored(question, walked, mistakes, digits, pairs, only).groups()


class _Explored:
    """One walk, and all that can be made of it in its last operation and after it."""

    def __init__(
        self,
        question: Question,
        walked: Walked,
        mistakes: list[int],
        digits: int,
        pairs: bool,
        only: Misconception | None,
    ) -> None:
        self.question, self.walked, self.only = question, walked, only
        sets = [frozenset[int](), *(frozenset({at}) for at in mistakes)]
        self.made = range(len(sets), len(sets) + len(walked.pairs)) if pairs else range(1, len(sets))
        self.open = range(1, len(sets)) if pairs else range(1)
        """The sets to which one more mistake is added."""
        sets += walked.pairs if pairs else ()
        roundings: tuple[Rounding, ...] = ROUNDINGS[1:2] if pairs else ROUNDINGS
        each = question.numbers.size * len(sets)
        while roundings and each * (1 + len(roundings)) > MOST_NUMBERS:
            roundings = roundings[:-1]
        if pairs and each > MOST_NUMBERS:
            sets, self.made, self.open = sets[:1], range(0), range(0)
        self.sets = sets
        self.walk = Walk(question.record, question.numbers, sets, digits, roundings, question.given, question.look_up)
        self.end = max(at for at, each in enumerate(walked.operations) if question.position in each.writes)
        self.walk.follow(walked.operations, walked.twists, self.end)
        self.last = walked.operations[self.end]
        self.free = [at for at in self.open if not any(self.end in walked.places[each] for each in sets[at])]

    def groups(self) -> Iterator[Group]:
        """The sets as they are; then with one more mistake in the last operation, and after it."""
        if self.made:
            values = self.question.put_together(self.walk.numbers[self.question.position].reshape(self.walk.shape))
            yield self._group(values[:, self.made], self.made)
        if self.free:
            yield from self._in_the_last()
        if self.question.reduction is not None and self.only is None and self.open:
            yield from self._after_the_last()

    def _group(self, values: Array, sets: Sequence[int], more: Misconception | None = None, here: bool = True) -> Group:
        """Numbers of the shape (roundings, sets): of ``sets``, with ``more`` made in the last operation or after."""

        def outcome(column: int) -> Outcome:
            at = sets[column]
            made = sorted(self.sets[at], key=lambda each: min(self.walked.places[each]))
            named = tuple(MISTAKES[each] for each in made)
            parted = self._parted(at)
            if parted is None and more is not None and here:
                parted = self.last
            return Outcome((*named, more) if more else named, values[:, column], parted)

        return Group(values, outcome)

    def _parted(self, at: int) -> Operation | None:
        """Where a set parts from the right way."""
        for parted in self.walk.parted.reshape(self.walk.shape)[:2, at].tolist():
            first: int = min((each for each in parted if each >= 0), default=-1)
            if first >= 0:
                return self.walked.operations[first]
        return None

    def _shaped(self, made: Array) -> Array:
        """Numbers of the last operation, shape (…, columns), put together: (…, roundings, sets)."""
        numbers = made.reshape(*made.shape[:-1], self.walk.shape[0], len(self.free), self.walk.shape[2])
        return self.question.put_together(numbers)

    def _in_the_last(self) -> Iterator[Group]:
        """One more mistake, made in the last operation only."""
        everyone = np.arange(self.walk.width).reshape(self.walk.shape)
        part = Part(self.walk, everyone[:, self.free].ravel())
        row = self.last.writes.index(self.question.position)
        with np.errstate(all="ignore"):
            for mistake, twist in self.walked.twists[self.end]:
                if self.only in (None, MISTAKES[mistake]):
                    made = self._shaped(value_of(twist, part, self.last)[row])
                    yield self._group(made, self.free, MISTAKES[mistake])
            for slip in SLIPS.values():
                if slip.variants is not None and self.only in (None, slip):
                    for variant in self._shaped(slip.variants(part, self.last, row)):
                        yield self._group(variant, self.free, slip)

    def _after_the_last(self) -> Iterator[Group]:
        """One more mistake, made where the examples' numbers are put together."""
        numbers = self.walk.numbers[self.question.position].reshape(self.walk.shape)[:, self.open]
        assert self.question.reduction is not None
        for slip in BATCH_SLIPS.values():
            for variant in slip.put_together(numbers, self.question.reduction):
                yield self._group(variant, self.open, slip, here=False)
