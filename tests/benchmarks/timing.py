"""Two ways of doing the same, timed in turns, so that whatever else the machine does falls on both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Call = Callable[[], object]
Lap = Callable[[], float]

ROUNDS = 61
SECONDS = 0.005


@dataclass(frozen=True)
class Timing:
    """What the rounds of one comparison came to.

    Attributes:
        ours: median seconds per call.
        peer: the same of what it is compared with.
        ratio: how many times as fast as the peer; the median of the rounds' ratios, not the ratio of the medians.
        low: lower quartile of the rounds' ratios.
        high: upper quartile.
        rounds: how many rounds.
    """

    ours: float
    peer: float
    ratio: float
    low: float
    high: float
    rounds: int


def summed_up(laps: Sequence[tuple[float, float]]) -> Timing:
    """The timing of at least two rounds, each as (seconds per call of ours, seconds per call of the peer)."""
    ratios = [peer / ours for ours, peer in laps]
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    ours, peers = zip(*laps, strict=True)
    return Timing(median(ours), median(peers), median(ratios), low, high, len(laps))


def alternated(ours: Lap, peer: Lap, rounds: int) -> Timing:
    """Run two laps in turns, each giving its seconds per call; every other round begins with the peer."""
    laps = []
    for number in range(rounds):
        if number % 2:
            second = peer()
            laps.append((ours(), second))
        else:
            laps.append((ours(), peer()))
    return summed_up(laps)


def lap_of(call: Call, seconds: float) -> Lap:
    """A lap of as many calls as take about ``seconds``, found by trying."""
    calls = 1
    while (spent := _spent(call, calls)) < seconds / 2:
        calls = max(2 * calls, min(int(calls * seconds / max(spent, 1e-9)), 16 * calls))

    def lap() -> float:
        gc.collect()
        return _spent(call, calls) / calls

    return lap


def _spent(call: Call, calls: int) -> float:
    repeats = range(calls)
    started = time.perf_counter()
    for _ in repeats:
        call()
    return time.perf_counter() - started


def compare(ours: Call, peer: Call, *, rounds: int = ROUNDS, seconds: float = SECONDS) -> Timing:
    """Time two calls against each other, in this process.

    Each lap begins without garbage and pays for collecting its own; what lives longer is set aside meanwhile.
    """
    gc.collect()
    gc.freeze()
    try:
        return alternated(lap_of(ours, seconds), lap_of(peer, seconds), rounds)
    finally:
        gc.unfreeze()
