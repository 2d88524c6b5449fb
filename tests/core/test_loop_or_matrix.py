"""Loop against matrix: the same z, and a measurement that a made-up clock can foresee."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from app.core.loop_or_matrix import FEWEST_REPEATS, layer_as_product, layer_in_loops, measure, median_seconds


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


def test_a_clock_that_stands_still_ends_too() -> None:
    assert median_seconds(lambda: None, lambda: 0.0, 0.01) == 0.0


def test_a_wide_layer_is_faster_as_a_product() -> None:
    (timing,) = measure((128,), np.random.default_rng(0), time.perf_counter, 0.005)
    assert timing.size == 128
    assert timing.ratio > 2.0
    assert timing.difference < 1e-12
