"""Two ways of doing the same, timed in turns, so that whatever else the machine does falls on both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Call = Callable[[], object]
Lap = Callable[[], float]
Clock = Callable[[], float]

ROUNDS = 101
SECONDS = 0.001
"""So short that most laps are not interrupted by what else the machine does; the median then does not see the rest."""


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
    """Run two laps in turns, each giving its seconds per call; every other round begins with the peer.

    Each lap begins without garbage and pays for collecting its own; what lives longer is set aside meanwhile.
    """
    laps = []
    gc.collect()
    gc.freeze()
    try:
        for number in range(rounds):
            if number % 2:
                second = peer()
                laps.append((ours(), second))
            else:
                laps.append((ours(), peer()))
    finally:
        gc.unfreeze()
    return summed_up(laps)


def lap_of(call: Call, seconds: float, clock: Clock = time.perf_counter) -> Lap:
    """A lap of as many calls as take about ``seconds``, found by trying."""
    calls = 1
    while (spent := _spent(call, calls, clock)) < seconds / 2:
        calls = max(2 * calls, min(int(calls * seconds / max(spent, 1e-9)), 16 * calls))

    def lap() -> float:
        gc.collect()
        return _spent(call, calls, clock) / calls

    return lap


def _spent(call: Call, calls: int, clock: Clock) -> float:
    repeats = range(calls)
    started = clock()
    for _ in repeats:
        call()
    return clock() - started


def compare(ours: Call, peer: Call, *, rounds: int = ROUNDS, seconds: float = SECONDS) -> Timing:
    """Time two calls against each other, in this process: the processor time of both, each kept to one thread.

    By the clock on the wall the longer lap would be interrupted more often, and the ratio grow with the machine's load.
    """
    clock = time.process_time
    return alternated(lap_of(ours, seconds, clock), lap_of(peer, seconds, clock), rounds)
