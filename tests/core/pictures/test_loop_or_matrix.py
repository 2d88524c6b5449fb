"""Loop against matrix: the same z, and a measurement that a made-up clock can foresee."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from app.core.pictures.loop_or_matrix import FEWEST_REPEATS, layer_as_product, layer_in_loops, measure, median_seconds


def test_both_ways_give_the_same_numbers() -> None:
    w, a, b = [[1.0, -2.0], [-1.0, 1.0]], [1.0, -1.0], [1.0, 0.0]
    assert layer_in_loops(w, a, b) == [4.0, -2.0]
    assert layer_as_product(np.array(w), np.array(a), np.array(b)).tolist() == [4.0, -2.0]


def ticking(seconds: float) -> tuple[Callable[[], object], Callable[[], float]]:
    """A call that takes so long, and the clock that says so."""
    now = [0.0]

    def call() -> None:
        now[0] += seconds

    return call, lambda: now[0]


@pytest.mark.parametrize("seconds", [1e-6, 1e-3, 1.0])
def test_the_median_is_the_time_of_one_call_however_short(seconds: float) -> None:
    call, clock = ticking(seconds)
    assert median_seconds(call, clock, 0.01) == pytest.approx(seconds, rel=1e-6)
    assert clock() <= max(0.05, (FEWEST_REPEATS + 1) * seconds)


def test_short_calls_are_timed_by_the_batch_until_the_budget_is_spent() -> None:
    calls = 0
    call, clock = ticking(2.0**-20)

    def counted() -> None:
        nonlocal calls
        calls += 1
        call()

    # 128 calls take a hundredth of it, which is not more than a hundredth; 256 are, and 50 such batches take all of it.
    assert median_seconds(counted, clock, 100 * 128 * 2.0**-20) == 2.0**-20
    assert calls == 1 + (1 + 2 + 4 + 8 + 16 + 32 + 64 + 128 + 256) + 49 * 256


@pytest.mark.parametrize(("budget", "median"), [(0.01, 2.0), (10.0, 2.5)])
def test_long_calls_are_timed_one_by_one_a_few_times_at_least(budget: float, median: float) -> None:
    ends = [0.0]
    for seconds in (9.0, 3.0, 1.0, 2.0, 2.9, 2.5):
        ends.append(ends[-1] + seconds)
    done = iter(ends)
    now = [next(done)]

    def call() -> None:
        now[0] = next(done)

    assert median_seconds(call, lambda: now[0], budget) == pytest.approx(median)


def test_a_clock_that_stands_still_ends_too() -> None:
    assert median_seconds(lambda: None, lambda: 0.0, 0.01) == 0.0


def test_a_wide_layer_is_faster_as_a_product() -> None:
    (timing,) = measure((128,), np.random.default_rng(0), time.perf_counter, 0.005)
    assert timing.size == 128
    assert timing.ratio > 2.0
    assert timing.difference < 1e-12
