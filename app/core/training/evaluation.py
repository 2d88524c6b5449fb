"""What a record of training says, measured over all examples in pieces that stay in the processor's cache."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array
from ..engine import Engine
from ..functions.kernels import Buffer
from ..functions.losses import LOSSES
from ..looking import LookUp, nothing, products
from ..network import Network
from ..record.output_rules import total_loss
from .passes import Pass, pass_of
from .recipe import Examples
from .workspace import Parameters, Workspace, with_ones

Labels = NDArray[np.int64] | NDArray[np.bool_]

PIECE = 1024
"""Examples measured at a time."""


@dataclass(frozen=True)
class Measured:
    """The sums over one set of examples.

    Attributes:
        total_loss: the sum of the losses, in the targets' own units.
        cost: their mean.
        standardised_cost: the mean of the losses between outputs and targets as the network has them; None where those
            are in the targets' own units.
        accuracy: the share classified correctly; None for regression.
        gain_means: per layer the mean of |σ'(z)|; empty without a backward pass.
    """

    total_loss: float
    cost: float
    standardised_cost: float | None
    accuracy: float | None
    gain_means: tuple[float, ...]

    @property
    def is_finite(self) -> bool:
        """Whether all losses are."""
        return isfinite(self.total_loss) and (self.standardised_cost is None or isfinite(self.standardised_cost))


def is_one_in_all(targets: Array) -> bool:
    """Whether each example's targets add up to exactly 1."""
    return bool((targets.sum(axis=1) == 1.0).all())


def is_classification(network: Network, targets: Array, loss: str) -> bool:
    """Whether outputs name classes: one-hot targets, or a single sigmoid output with targets 0 and 1."""
    zeros_and_ones = bool(np.isin(targets, (0.0, 1.0)).all()) and LOSSES[loss].uses_target
    if targets.shape[1] == 1:
        return zeros_and_ones and network.activations[-1] == "sigmoid"
    return zeros_and_ones and is_one_in_all(targets)


class Judge:
    """What all measurements of one training have in common."""

    def __init__(
        self,
        network: Network,
        parameters: Parameters,
        loss: str,
        look_up: LookUp = nothing,
        engine: Engine | None = None,
    ) -> None:
        """Keep them; ``look_up`` is called between the pieces, ``engine`` is used where it can be."""
        self.engine = engine
        self.network = network
        self.look_up = look_up
        self.parameters = parameters
        self.loss = loss

    def products(self, examples: int) -> int:
        """How much a pass of so many examples is, in products."""
        return products(examples, self.network.parameter_count, sum(self.network.sizes[1:]))

    def workspace(self, columns: int, examples: Examples) -> Workspace:
        """Buffers for so many of these examples."""
        return Workspace(self.parameters, self.network, self.loss, is_one_in_all(examples.targets), columns)


class _Piece:
    """Some examples in a row: what to call, and what to read afterwards."""

    def __init__(self, judge: Judge, passing: Pass, target: Buffer, labels: Labels, unit: Buffer | None) -> None:
        """Bind the examples to the buffers."""
        self.unit = unit
        self.own_target = None if unit is None else unit * target
        self.loss, self.labels = judge.loss, labels
        self.passing = passing
        self.y, self.scratch = passing.y, passing.scratch

    def own_total_loss(self) -> float:
        """The same in the targets' own units, output and target counted from their mean: a difference knows of none."""
        if self.unit is None or self.own_target is None:
            return 0.0
        own = self.unit * self.y
        return total_loss(self.loss, "linear", own, own, self.own_target, self.scratch)

    def right(self) -> int:
        """How many are classified correctly."""
        chosen = self.y.argmax(axis=0) if len(self.y) > 1 else self.y[0] > 0.5
        return int(np.count_nonzero(chosen == self.labels))


class Evaluation:
    """One set of examples, measured again and again.

    Attributes:
        count: how many examples.
        x: shape (N, n_0 + 1), the last column is ones.
        target: shape (n_L, N).
        classes: whether the outputs name classes.
    """

    def __init__(self, judge: Judge, examples: Examples) -> None:
        """Lay the examples out and make the buffers."""
        self.count = len(examples.xs)
        parameters = judge.parameters
        dtype = parameters.theta.dtype.type
        self.x: Buffer = with_ones(examples.xs, dtype)
        self.target: Buffer = np.ascontiguousarray(examples.targets.T, dtype)
        self._unit = None if examples.unit is None else np.asarray(examples.unit, dtype)[:, np.newaxis]
        self.classes = self._unit is None and is_classification(judge.network, examples.targets, judge.loss)
        labels = examples.targets.argmax(axis=1) if len(self.target) > 1 else examples.targets[:, 0] > 0.5
        bounds = [(start, min(start + PIECE, self.count)) for start in range(0, self.count, PIECE)]
        one_in_all = is_one_in_all(examples.targets)
        # Pieces of one size share their buffers.
        space = cache(lambda columns: judge.workspace(columns, examples))
        self._pieces = []
        for start, stop in bounds:
            x, target = self.x[start:stop], np.ascontiguousarray(self.target[:, start:stop])
            passing = pass_of(judge, space, x, target, one_in_all)
            self._pieces.append(_Piece(judge, passing, target, labels[start:stop], self._unit))
        self._look_up = judge.look_up
        self._gradient = parameters.gradient
        self._sum: Buffer = np.zeros_like(self._gradient)
        self._is_weight = parameters.is_weight
        self._starts = parameters.starts
        self._gain_counts = [self.count * units for units in judge.network.sizes[1:]]

    def measure(self) -> Measured:
        """Run all examples forward and backward; the parameters' gradient is then that of the total loss."""
        loss, own, right = 0.0, 0.0, 0
        gains = [0.0] * len(self._gain_counts)
        several = len(self._pieces) > 1
        if several:
            self._sum.fill(0.0)
        for index, piece in enumerate(self._pieces):
            if index:
                self._look_up()
            for call in piece.passing.whole:
                call()
            gains = [one + other for one, other in zip(gains, piece.passing.gains(), strict=True)]
            loss += piece.passing.total_loss()
            own += piece.own_total_loss()
            if self.classes:
                right += piece.right()
            if several:
                np.add(self._sum, self._gradient, self._sum)
        if several:
            np.copyto(self._gradient, self._sum)
        means = tuple(total / count for total, count in zip(gains, self._gain_counts, strict=True))
        return self._measured(loss, own, right, means)

    def look(self) -> Measured:
        """Run all examples forward only; there are no gains then."""
        loss, own, right = 0.0, 0.0, 0
        for index, piece in enumerate(self._pieces):
            if index:
                self._look_up()
            for call in piece.passing.forward:
                call()
            loss += piece.passing.total_loss()
            own += piece.own_total_loss()
            if self.classes:
                right += piece.right()
        return self._measured(loss, own, right, ())

    def _measured(self, loss: float, own: float, right: int, means: tuple[float, ...]) -> Measured:
        accuracy = right / self.count if self.classes else None
        if self._unit is None:
            return Measured(loss, loss / self.count, None, accuracy, means)
        return Measured(own, own / self.count, loss / self.count, accuracy, means)

    def gradient_squares(self) -> list[float]:
        """Per layer Σ(∂L/∂w)², after ``measure``."""
        np.multiply(self._gradient, self._is_weight, self._sum)
        np.multiply(self._sum, self._sum, self._sum)
        squares: list[float] = np.add.reduceat(self._sum, self._starts).tolist()
        return squares
