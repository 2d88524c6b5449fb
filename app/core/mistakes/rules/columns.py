"""Many walks side by side: every column of numbers is one, with its own mistakes and its own way of rounding.

What dozens of mistakes, hundreds of pairs of them and several ways of rounding give is found in one walk of whole rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...arrays import Array
from ...looking import LookUp, nothing
from ...record.layout import Layout, Span
from ...record.operations.operation import Operation
from ...record.operations.table import SUMS
from ...record.trace import Trace
from .run import SAME, Run
from .twists import Twist

WHOLE = 2.0**53
"""From here on a float64 has no decimal places, and rounded by NumPy it might overflow."""

Columns = NDArray[np.intp]


class Rounding(NamedTuple):
    """A way to carry few digits through the steps.

    Attributes:
        exact: whether nothing is rounded at all.
        from_outputs: whether slopes are worked out from a where that is how they are written: a(1 - a), 1 - a².
        ties: where a half goes: to the even digit as IEEE 754 has it, away from 0 as in school, or toward 0, as happens
            where its float64 lies just below.
        products: whether each product of a sum is rounded as well.
        skipped: the operations whose numbers are not written down, and so not rounded.
    """

    exact: bool = False
    from_outputs: bool = False
    ties: Literal["even", "away", "zero"] = "even"
    products: bool = False
    skipped: tuple[str, ...] = ()

    def of(self, numbers: Array, digits: int) -> Array:
        """Numbers to so many decimal places; those beyond all decimal places as they are."""
        if self.exact:
            return numbers
        with np.errstate(over="ignore", invalid="ignore"):
            rounded = np.round(numbers, digits)
            if self.ties != "even":
                scaled, nearly = np.abs(numbers) * 10.0**digits, 4e-16
                up = np.floor(scaled * (1.0 + nearly) + 0.5)
                whole = up if self.ties == "away" else np.ceil(scaled * (1.0 - nearly) - 0.5)
                rounded = np.copysign(whole / 10.0**digits, numbers)
        return np.where(np.abs(numbers) < WHOLE, rounded, numbers)


ROUNDINGS: tuple[Rounding, ...] = (
    Rounding(exact=True, from_outputs=True),
    Rounding(),
    Rounding(from_outputs=True),
    Rounding(from_outputs=True, skipped=("gain", "loss_gradient", "backward_sum")),
    Rounding(ties="away"),
    Rounding(ties="zero"),
    Rounding(products=True),
    Rounding(skipped=("gain",)),
    Rounding(skipped=("loss_gradient", "backward_sum")),
    Rounding(skipped=("gain", "loss_gradient", "backward_sum")),
)
"""What careful people do: σ'(z) and ∂l/∂a in particular are often left in the calculator."""


def _jacobian(a: Array) -> Array:
    """∂a/∂z of softmax from a, row by row: shape (units², columns)."""
    units, columns = a.shape
    same = np.eye(units)[:, :, None]
    made: Array = (a[:, None] * (same - a[None])).reshape(units * units, columns)
    return made


SLOPES: Mapping[str, Callable[[Array], Array]] = {
    "sigmoid": lambda a: a * (1.0 - a),
    "tanh": lambda a: 1.0 - a * a,
}
"""The slopes that are written with a."""


class Part(Run):
    """Some columns of a walk, as a twist sees them."""

    def __init__(self, whole: Walk, columns: Columns) -> None:
        """Look at ``columns`` of ``whole``; nothing is copied before it is read."""
        self.right, self.learning_rate = whole.right, whole.learning_rate
        self._whole, self._columns = whole, columns

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self._columns)

    def at(self, positions: Iterable[int]) -> Array:
        """The numbers at some positions, shape (positions, columns)."""
        rows = np.fromiter(positions, dtype=np.intp)
        found: Array = self._whole.numbers[rows[:, None], self._columns]
        return found

    def of(self, span: Span) -> Array:
        """The numbers of a span, shape (its size, columns)."""
        found: Array = self._whole.numbers[span.cut][:, self._columns]
        return found

    def plain(self, operation: Operation) -> Array:
        """What the right operation makes of these columns."""
        return self.anew(operation)

    def slope(self, operation: Operation) -> Array:
        """σ'(z), in some columns as it is written with a."""
        made, layer = super().slope(operation), operation.layer or 0
        written = SLOPES.get(self.right.layout.structure.activations[layer])
        from_outputs = self._whole.from_outputs[self._columns]
        if written is not None and from_outputs.any():
            a = self.at((self.right.layout.layers[layer].a.at(operation.unit or 0),))
            made = np.where(from_outputs, written(a), made)
        return made


class Walk(Run):
    """Columns for every way of rounding, every set of mistakes and every example, in this order.

    Attributes:
        shape: how many there are of each; the first way of rounding is none.
        own: what would be made at the positions where a given number stands, a number for each column.
        from_outputs: for each column whether slopes are worked out from a.
        parted: for each column the index of the first operation whose number is another than the truth; -1 for none.
    """

    def __init__(
        self,
        record: Trace,
        truth: Array,
        sets: Sequence[frozenset[int]],
        digits: int,
        roundings: Sequence[Rounding] = (),
        given: Mapping[int, Array] | None = None,
        look_up: LookUp = nothing,
    ) -> None:
        """Begin with the truth in every column.

        Args:
            record: a trace of the structure.
            truth: what each example's numbers are without a mistake, shape (layout.size, examples).
            sets: the numbers of the mistakes that are made in each column.
            digits: decimal places that are carried where numbers are rounded.
            roundings: the ways of rounding besides none.
            given: numbers that stand whatever is made, by position; one for each example, NaN where none is given.
            look_up: called before every operation.
        """
        self.look_up = look_up
        self.shape = (1 + len(roundings), len(sets), truth.shape[1])
        super().__init__(record, np.tile(truth, (1, self.shape[0] * self.shape[1])))
        self._digits, self._roundings, self._given = digits, roundings, given or {}
        self.own: dict[int, Array] = {}
        self._differs = np.zeros(self.numbers.shape, dtype=bool)
        self.parted = np.full(self.width, -1)
        manners = [False, *(each.from_outputs for each in roundings)]
        self.from_outputs = np.repeat(manners, self.width // len(manners))
        everyone = np.arange(self.width).reshape(self.shape)
        names = frozenset().union(*sets)
        self._makers = {
            each: everyone[:, [at for at, mistakes in enumerate(sets) if each in mistakes]].ravel() for each in names
        }

    @property
    def differs(self) -> bool:
        """Whether any number of any column is another than the truth."""
        return bool(self._differs.any())

    def follow(self, operations: Sequence[Operation], twists: Sequence[Sequence[tuple[int, Twist]]], end: int) -> None:
        """Do all operations, each with the mistakes that are made in it.

        Args:
            operations: in an order in which each finds what it reads.
            twists: for each the mistakes that may be made in it, by their numbers.
            end: the index of the one whose numbers are not rounded: an answer may be rounded from them either way.
        """
        with np.errstate(all="ignore"):
            for index, (operation, wrong) in enumerate(zip(operations, twists, strict=True)):
                self.look_up()
                made = self._made(operation, wrong)
                self._take(index, operation, made if index == end else self.rounded(made, operation.name))

    def _made(self, operation: Operation, wrong: Sequence[tuple[int, Twist]]) -> Array:
        spans = self.right.layout
        made = self.truth[list(operation.writes)]
        touched = np.flatnonzero(self._differs[list(operation.reads)].any(axis=0))
        if len(touched):
            made[:, touched] = Part(self, touched).anew(operation)
            self._round_products(operation, made)
        if operation.name == "gain":
            self._take_jacobian_from_outputs(operation, made)
        scaled = []
        for mistake, twist in wrong:
            makers = self._makers.get(mistake)
            if makers is None:
                continue
            if twist.factor is not None:
                scaled.append((makers, twist.factor(spans, operation)))
            else:
                made[:, makers] = value_of(twist, Part(self, makers), operation)
        for makers, factor in scaled:
            made[:, makers] *= factor
        return made

    def _take_jacobian_from_outputs(self, operation: Operation, made: Array) -> None:
        """∂a/∂z of softmax as it is written with a, where that is how it is worked out."""
        if len(operation.writes) > 1 and self.from_outputs.any():
            span = self.right.layout.layers[operation.layer or 0].a
            made[:, self.from_outputs] = _jacobian(self.numbers[span.cut][:, self.from_outputs])

    def _round_products(self, operation: Operation, made: Array) -> None:
        """Sums of rounded products, where that is the way of rounding and nothing else was made."""
        if operation.name not in SUMS:
            return
        block = self.width // self.shape[0]
        for number, rounding in enumerate(self._roundings, start=1):
            if rounding.products:
                cut = slice(number * block, (number + 1) * block)
                read = self.numbers[list(operation.reads), cut]
                even = len(read) // 2 * 2
                each = rounding.of(read[:even:2] * read[1:even:2], self._digits)
                made[:, cut] = each.sum(axis=0) + read[even:].sum(axis=0)

    def rounded(self, made: Array, name: str) -> Array:
        """Numbers of the shape (…, width), each column to its own digits."""
        block = self.width // self.shape[0]
        for number, rounding in enumerate(self._roundings, start=1):
            if name not in rounding.skipped:
                cut = slice(number * block, (number + 1) * block)
                made[..., cut] = rounding.of(made[..., cut], self._digits)
        return made

    def _take(self, index: int, operation: Operation, made: Array) -> None:
        for row, position in enumerate(operation.writes):
            stands = self._given.get(position)
            if stands is not None:
                self.own[position] = made[row].copy()
                given = np.tile(stands, self.width // len(stands))
                made[row] = np.where(np.isnan(given), made[row], given)
        places = list(operation.writes)
        right = self.truth[places]
        near = np.abs(made - right) <= SAME * np.maximum(np.abs(made), np.abs(right))
        near &= np.isfinite(made) & np.isfinite(right)
        apart = ~(near | (made == right) | (np.isnan(made) & np.isnan(right)))
        self.numbers[places] = np.where(apart, made, right)
        self._differs[places] = apart
        self.parted[(self.parted < 0) & apart.any(axis=0)] = index


def value_of(twist: Twist, run: Run, operation: Operation) -> Array:
    """What a twist makes of the numbers of a run, shape (writes, columns)."""
    return twist.value(run, operation._replace(reads=reads_of(twist, run.right.layout, operation)))


def reads_of(twist: Twist, spans: Layout, operation: Operation) -> tuple[int, ...]:
    """What an operation reads if it is done by a twist."""
    return twist.reads(spans, operation)
