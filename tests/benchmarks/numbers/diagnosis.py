"""How often known mistakes are named: ``python -m tests.benchmarks.numbers.diagnosis [networks]``.

How long one diagnosis takes; what is claimed of careful answers and of random numbers; pairs of mistakes; then for each
mistake so many random networks (200 if nothing is said), every step of the learner rounded to 3, 4 and 6 places.
"""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np

from app.core.mistakes.diagnosis import diagnose
from app.core.network import initialize
from app.core.record.trace import trace
from tests.core.mistakes.naming import AT_ONE_PLACE, MADE, false_claims, pair_rates, rates

DIGITS = (3, 4, 6)


def mistakes(networks: int) -> None:
    """A line for each mistake, and one for all."""
    total = {digits: [0, 0, 0] for digits in DIGITS}
    for name in MADE:
        for digits in DIGITS:
            tried, named, first, missed = rates(name, digits, networks)
            for at, number in enumerate((tried, named, first)):
                total[digits][at] += number
            print(f"{name:26} {digits} places: {named}/{tried} named, {first} first", *missed[:3], flush=True)
    for digits, (tried, named, first) in total.items():
        print(f"all, {digits} places: {named}/{tried} = {named / tried:.2%} named, {first / tried:.1%} first")


def claims(networks: int) -> None:
    """What is claimed that was not made."""
    for digits in DIGITS:
        for kind, found in false_claims(digits, networks).items():
            print(f"{kind}, {digits} places:", dict(found), flush=True)


def pairs() -> None:
    """Two mistakes together, random ones of those that are followed throughout."""
    rng = np.random.default_rng(7)
    names = [name for name in MADE if name not in AT_ONE_PLACE]
    drawn = [tuple(rng.choice(names, 2, replace=False)) for _ in range(120)]
    for digits in (4, 6, 8):
        print(f"pairs, {digits} places:", dict(pair_rates(drawn, digits, 3)), flush=True)


def times() -> None:
    """Milliseconds of one diagnosis of a wrong number that nothing explains, the longest there is."""
    for sizes in ((2, 2, 2, 2), (4, 8, 8, 3), (8, 40, 40, 10)):
        network = initialize(sizes, "tanh", "sigmoid", "xavier_uniform", np.random.default_rng(1))
        record = trace(network, np.ones(sizes[0]), np.zeros(sizes[-1]), "half_squared_error", learning_rate=0.5)
        position = record.layout.position["/layers/0/dl_dw/0/0"]
        taken = []
        for _ in range(10):
            start = perf_counter()
            diagnose(record, position, 1.2345, 4)
            taken.append(1000.0 * (perf_counter() - start))
        print(f"{sizes}: first {taken[0]:.0f} ms, then {sorted(taken)[5]:.0f} ms")


if __name__ == "__main__":
    networks = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    times()
    claims(networks)
    pairs()
    mistakes(networks)
