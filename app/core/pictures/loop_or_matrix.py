"""One layer as nested loops and as a matrix product, measured side by side; the clock is passed in.

The loops are what w·a + b says, unit by unit and wire by wire, in plain Python; the product is NumPy's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Array

MOST_REPEATS = 2000
FEWEST_REPEATS = 3

Clock = Callable[[], float]


@dataclass(frozen=True)
class Timing:
    """One size, measured.

    Attributes:
        size: units that send, and units that receive.
        loop_seconds: the median time of one layer in loops.
        matrix_seconds: the median time of one layer as a product.
        difference: the largest |difference| between the two z.
    """

    size: int
    loop_seconds: float
    matrix_seconds: float
    difference: float

    @property
    def ratio(self) -> float:
        """How many times as long the loops take."""
        return self.loop_seconds / self.matrix_seconds


def layer_in_loops(w: Sequence[Sequence[float]], a: Sequence[float], b: Sequence[float]) -> list[float]:
    """Z of every unit, one product at a time."""
    z = []
    for row, bias in zip(w, b, strict=True):
        total = bias
        for weight, value in zip(row, a, strict=True):
            total += weight * value
        z.append(total)
    return z


def layer_as_product(w: Array, a: Array, b: Array) -> Array:
    """Z of every unit: w·a + b."""
    z: Array = w @ a + b
    return z


def median_seconds(call: Callable[[], object], clock: Clock, budget: float) -> float:
    """The median time of a call, repeated for ``budget`` seconds or ``MOST_REPEATS`` times.

    Very short calls are timed by the batch, so that the clock's own step does not count.
    """
    call()
    batch = 1
    while True:
        start = clock()
        for _ in range(batch):
            call()
        taken = clock() - start
        if taken > budget / 100.0 or batch >= MOST_REPEATS:
            break
        batch *= 2
    times = [taken / batch]
    spent = taken
    while len(times) < FEWEST_REPEATS or (spent < budget and len(times) < MOST_REPEATS):
        start = clock()
        for _ in range(batch):
            call()
        taken = clock() - start
        spent += taken
        times.append(taken / batch)
    return sorted(times)[len(times) // 2]


def measure(sizes: Sequence[int], rng: np.random.Generator, clock: Clock, budget: float) -> Iterator[Timing]:
    """Measure each size in turn.

    Args:
        sizes: how many units send and receive.
        rng: where the weights come from.
        clock: seconds from anywhere, such as ``time.perf_counter``.
        budget: seconds for each of the two at each size, about.
    """
    for size in sizes:
        w, a, b = rng.standard_normal((size, size)), rng.standard_normal(size), rng.standard_normal(size)
        lists = w.tolist(), a.tolist(), b.tolist()
        difference = float(np.max(np.abs(np.array(layer_in_loops(*lists)) - layer_as_product(w, a, b))))

        def loop(lists: tuple[list[list[float]], list[float], list[float]] = lists) -> object:
            return layer_in_loops(*lists)

        def product(w: Array = w, a: Array = a, b: Array = b) -> object:
            return layer_as_product(w, a, b)

        yield Timing(size, median_seconds(loop, clock, budget), median_seconds(product, clock, budget), difference)
