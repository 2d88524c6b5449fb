"""Training: gradient descent over many examples, epoch by epoch, batch by batch or example by example.

Nothing is allocated between two records: θ, its gradient and every activation are buffers of a ``Workspace``. The
same network, examples and recipe give the same numbers bit for bit, on the same machine, whichever way one steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import isfinite, sqrt
from typing import Any

import numpy as np

from ..arrays import Array, ShapeError, frozen
from ..engine import Engine
from ..functions.kernels import Calls
from ..functions.optimizers import OPTIMIZERS, Memory
from ..functions.reductions import REDUCTIONS
from ..looking import LARGE_PIECE, MOST_AT_ONCE, LookUp, nothing
from ..network import Network, network_at
from .compiled import LANES, MOST_PRODUCTS, CompiledBatches, way_of
from .evaluation import Evaluation, Judge, is_one_in_all
from .mini_batches import Batch, bounds, mini_batches
from .recipe import Diverged, EpochRecord, Examples, Progress, Recipe
from .state import TrainerState
from .workspace import Parameters

__all__ = [
    "Diverged",
    "EpochRecord",
    "Examples",
    "Progress",
    "Recipe",
    "Trainer",
    "TrainerState",
    "network_at",
    "train",
]


class Trainer:
    """One training in progress; all its ways to advance share one state.

    Attributes:
        recipe: how it trains.
        completed: how many epochs are complete.
    """

    def __init__(
        self,
        network: Network,
        examples: Examples,
        recipe: Recipe,
        test: Examples | None = None,
        dtype: type[np.floating[Any]] = np.float64,
        state: TrainerState | None = None,
        engine: Engine | None = None,
        look_up: LookUp = nothing,
    ) -> None:
        """Make all buffers.

        Args:
            network: where to start.
            examples: what to train on.
            recipe: how.
            test: what is held out, if anything.
            dtype: float64, or float32 for speed.
            state: where an earlier trainer of the same network, examples and recipe stood; this one goes on from
                there, and all its numbers are, bit for bit, those the other one would have come to. Only ``epochs``
                and ``record_every`` may differ; under a schedule that looks at ``epochs`` the rates then do, too.
            engine: compiled loops, to be used for small networks in float64; the numbers are those of NumPy to about
                1e-15 a step, not to the last bit.
            look_up: called every few milliseconds; what it raises ends an advance after the last whole batch, or a
                measurement, and leaves a state to go on from.

        Raises:
            ShapeError: the examples do not fit the network, or the state is that of another training.
        """
        for part in (examples, test):
            if part is not None:
                part.require_fit(network)
        self.recipe = recipe
        self._reduction = REDUCTIONS[recipe.reduction]
        self.completed = 0
        self._start = network
        self._parameters = Parameters(network, dtype)
        self._theta, self._gradient = self._parameters.theta, self._parameters.gradient
        self._look_up = look_up
        judge = Judge(network, self._parameters, recipe.loss, look_up, engine)
        self._evaluation = Evaluation(judge, examples)
        self._test = None if test is None else Evaluation(judge, test)
        self._rng = np.random.default_rng(recipe.seed)
        self._order = np.arange(len(examples.xs))
        self._memory: Memory = {}
        self._gather: Calls = []
        self._whole = (recipe.batch_size or len(examples.xs)) >= len(examples.xs)
        self._plain = recipe.optimizer == "gradient_descent" and not (recipe.l1 or recipe.l2 or recipe.freeze)
        self._compiled = self._made_compiled(engine, examples)
        self._batches = self._made_batches(judge, examples)
        size = self._batches[0].stop
        self._at_once = max(1, LARGE_PIECE // judge.products(size if self._compiled is None else max(size, LANES)))
        if self._compiled is None:
            self._at_once = min(self._at_once, MOST_AT_ONCE)
        self._next, self._used = 0, 0
        self._step = self._made_step()
        self._last: EpochRecord | None = None
        self._last_theta = np.empty_like(self._theta)
        self._measured = False
        if state is not None:
            self._restore(state)

    def _made_compiled(self, engine: Engine | None, examples: Examples) -> CompiledBatches | None:
        size = self.recipe.batch_size
        if engine is None or size is None or self._whole or self._theta.dtype != np.float64:
            return None
        way = way_of(self._start, self.recipe.loss, is_one_in_all(examples.targets))
        if way is None or size * self._start.parameter_count > MOST_PRODUCTS:
            return None
        data = self._evaluation.x, self._evaluation.target, self._order
        return CompiledBatches(engine, way, self._parameters, data, size)

    def _made_batches(self, judge: Judge, examples: Examples) -> list[Batch]:
        n = len(examples.xs)
        if self._whole:
            return [Batch([self._evaluation.measure], 0, n)]
        parts = bounds(n, min(self.recipe.batch_size or n, n))
        if self._compiled is not None:
            return [Batch(self._compiled.gradient(index), *part) for index, part in enumerate(parts)]
        batches, self._gather = mini_batches(judge, self._evaluation, examples, self._order, parts)
        return batches

    def _made_step(self) -> Callable[[float, float], None]:
        """``step(rate, share)``: move θ by the gradient in the buffer times ``share`` (of ``Reduction``)."""
        recipe, theta, gradient = self.recipe, self._theta, self._gradient
        optimizer = OPTIMIZERS[recipe.optimizer]
        chosen = optimizer.choices.settle(optimizer.name, recipe.parameters)
        advance = optimizer.start(theta, gradient, chosen, self._memory)
        if self._plain:
            return lambda rate, share: advance(rate * share)
        weights = self._parameters.is_weight
        l1, l2 = recipe.l1 * weights, recipe.l2 * weights
        penalty, before = np.empty_like(theta), np.empty_like(theta)
        held = np.zeros(theta.shape, bool)
        for name in recipe.freeze:
            held |= weights == (1.0 if name == "w" else 0.0)

        def step(rate: float, share: float) -> None:
            np.multiply(gradient, share, gradient)
            if recipe.l2:
                np.multiply(theta, l2, penalty)
                np.add(gradient, penalty, gradient)
            if recipe.l1:
                np.sign(theta, penalty)
                np.multiply(penalty, l1, penalty)
                np.add(gradient, penalty, gradient)
            if recipe.freeze:
                np.copyto(before, theta)
                advance(rate)
                np.copyto(theta, before, where=held)
            else:
                advance(rate)

        return step

    def state(self) -> TrainerState:
        """All that another trainer needs to go on from here, a copy."""
        memory = {name: frozen(values) for name, values in self._memory.items()}
        last = self._last and replace(self._last, theta=frozen(self._last_theta[self._parameters.order]))
        return TrainerState(
            self.completed,
            self._next,
            self._used,
            self.theta,
            memory,
            tuple(self._order.tolist()),
            self._rng.bit_generator.state,
            last,
        )

    def _restore(self, state: TrainerState) -> None:
        """Go to where another trainer stood."""
        last = state.last if state.last is not None and state.last.theta is not None else None
        fits = (
            len(state.theta) == len(self._theta)
            and sorted(state.order) == list(range(len(self._order)))
            and {name: len(values) for name, values in state.memory.items()}
            == {name: len(values) for name, values in self._memory.items()}
            and 0 <= state.batches < len(self._batches)
            and 0 <= state.used < self._batches[state.batches].stop - self._batches[state.batches].start
        )
        if not fits:
            raise ShapeError("", "the state is that of another training")
        self.completed, self._next, self._used = state.completed, state.batches, state.used
        self._theta[self._parameters.order] = state.theta
        for name, values in state.memory.items():
            # Single numbers as Python's own: NumPy's would turn the arithmetic of float32 buffers into float64.
            self._memory[name][:] = values.tolist()
        self._order[:] = state.order
        self._rng.bit_generator.state = state.generator
        for call in self._gather:
            call()
        self._last = last
        if last is not None:
            self._last_theta[self._parameters.order] = last.theta

    @property
    def inside(self) -> bool:
        """Whether it stands inside an epoch: after some of its batches or examples, and not after all of them."""
        return self._next > 0 or self._used > 0

    @property
    def theta(self) -> Array:
        """θ now, in the order of ``Network.theta``, a new read-only array."""
        return frozen(self._theta[self._parameters.order])

    @property
    def network(self) -> Network:
        """The network as it is now."""
        return network_at(self._start, self.theta)

    def _shuffle(self) -> None:
        if not self._whole:
            self._rng.shuffle(self._order)
            for call in self._gather:
                call()

    def _work(self, first: int, last: int) -> None:
        """Do batches first … last - 1 of the current epoch."""
        rate = self.recipe.rate(self.completed)
        with np.errstate(all="ignore"):
            for start in range(first, last, self._at_once):
                if start > first:
                    self._look_up()
                stop = min(start + self._at_once, last)
                if start == 0 and self._used == 0:
                    self._first_ones(stop, rate)
                else:
                    self._some(start, stop, rate)
                self._next, self._used = stop, 0
        if last == len(self._batches):
            self._next = 0
            self.completed += 1

    def _first_ones(self, stop: int, rate: float) -> None:
        """Begin an epoch: shuffle, and do batches 0 … stop - 1; one that is ended in its first batch has not begun."""
        large = stop == 1 and not self._whole
        before = (self._order.copy(), self._rng.bit_generator.state) if large else None
        self._shuffle()
        try:
            self._some(0, stop, rate)
        except BaseException:
            if before is not None:
                self._order[:], self._rng.bit_generator.state = before
            raise

    def _some(self, first: int, last: int, rate: float) -> None:
        if self._compiled is not None and self._plain:
            self._compiled.descend(first, last, rate, self._reduction)
            return
        for batch in self._batches[first:last]:
            # In full batch the record of the state before this step has left its gradient already.
            if not self._measured:
                for call in batch.calls:
                    call()
            self._measured = False
            self._step(rate, self._reduction.share(batch.stop - batch.start))

    def epoch(self) -> EpochRecord:
        """Advance to the end of the current epoch and measure.

        Raises:
            Diverged: a loss, a gradient or a parameter is no longer finite.
        """
        self.rest_of_epoch()
        return self.record()

    def rest_of_epoch(self) -> None:
        """Advance to the end of the current epoch; ``record`` can follow."""
        self._work(self._next, len(self._batches))

    def batch(self) -> Progress:
        """Advance to the end of the current batch: one update of θ."""
        at = self._next
        self._work(at, at + 1)
        return self._progress(at, self._batches[at].stop - self._batches[at].start, updated=True)

    def one_example(self) -> Progress:
        """Use one more example of the current batch; θ moves once the batch is complete, just as by ``batch``."""
        at = self._next
        batch = self._batches[at]
        if self._used + 1 == batch.stop - batch.start:
            return self.batch()
        if at == 0 and self._used == 0:
            self._shuffle()
        self._used += 1
        return self._progress(at, self._used, updated=False)

    def _progress(self, at: int, used: int, updated: bool) -> Progress:
        start = self._batches[at].start
        examples = tuple(self._order[start : start + used].tolist())
        return Progress(self.completed, at, len(self._batches), examples, updated)

    def record(self) -> EpochRecord:
        """Measure the state after an epoch: losses, accuracy, gradients and gains over all examples.

        Raises:
            Diverged: something is no longer finite.
        """
        recorded = self.completed % self.recipe.record_every == 0 or self.completed == self.recipe.epochs
        self._last = self._record(recorded)
        np.copyto(self._last_theta, self._theta)
        return self._last

    def look(self) -> EpochRecord:
        """Measure the state wherever it is, also inside an epoch, with its θ; training goes on as if nobody had looked.

        Raises:
            Diverged: something is no longer finite.
        """
        return self._record(recorded=True)

    def _record(self, recorded: bool) -> EpochRecord:
        self._measured = False
        with np.errstate(all="ignore"):
            train = self._evaluation.measure()
            self._measured = self._whole
            norms = tuple(map(sqrt, self._evaluation.gradient_squares()))
            test = None if self._test is None else self._test.look()
            size = float(self._theta.dot(self._theta))
        if not train.is_finite or (test is not None and not test.is_finite):
            raise self._diverged("loss")
        if not all(map(isfinite, norms)) or not all(map(isfinite, train.gain_means)):
            raise self._diverged("gradient")
        # The square of a number over 1e154 is not finite, the number itself is.
        if not isfinite(size) and not np.isfinite(self._theta).all():
            raise self._diverged("parameters")
        return EpochRecord(
            self.completed,
            train.total_loss,
            train.cost,
            None if test is None else test.total_loss,
            None if test is None else test.cost,
            train.accuracy,
            None if test is None else test.accuracy,
            norms,
            train.gain_means,
            self.theta if recorded else None,
            train.standardised_cost,
            None if test is None else test.standardised_cost,
        )

    def _diverged(self, code: str) -> Diverged:
        """The end, with the last finite record and its θ."""
        theta = frozen(self._last_theta[self._parameters.order])
        return Diverged(self.completed, code, self._last and replace(self._last, theta=theta))


def train(
    network: Network,
    examples: Examples,
    recipe: Recipe,
    test: Examples | None = None,
    dtype: type[np.floating[Any]] = np.float64,
) -> Iterator[EpochRecord]:
    """Train and give a record after every epoch; the first is epoch 0, the state before training.

    Args:
        network: where to start; it stays as it is.
        examples: what to train on.
        recipe: how.
        test: what is held out, if anything.
        dtype: float64, or float32 for speed.

    Raises:
        ShapeError: the examples do not fit the network.
        Diverged: a loss, a gradient or a parameter is no longer finite.
    """
    trainer = Trainer(network, examples, recipe, test, dtype)
    yield trainer.record()
    while trainer.completed < recipe.epochs:
        yield trainer.epoch()
