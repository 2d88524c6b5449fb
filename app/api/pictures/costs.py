"""How many seconds a computation will take, from its sizes: what a limit on products alone does not see.

Sixty layers of three units have few products and many calls; a gelu takes two hundred times as long as a relu. The
figures are those of one core of 2020, measured by ``tests/api/pictures/test_costs.py``; another machine is off by a
factor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from ...core.pictures.two_parameters import CHUNK_NUMBERS, MOST_POINTS

ACTIVATION_SECONDS: Mapping[str, float] = MappingProxyType(
    {
        "linear": 0.5e-9,
        "relu": 0.5e-9,
        "tanh": 2e-9,
        "sigmoid": 2e-9,
        "softsign": 2e-9,
        "softmax": 4e-9,
        "leaky_relu": 6e-9,
        "softplus": 9e-9,
        "elu": 13e-9,
        "silu": 14e-9,
        "mish": 50e-9,
        "gelu": 110e-9,
    }
)
"""Of one number; of an activation without an entry, ``SLOW_SECONDS``."""
SLOW_SECONDS = 110e-9
NUMBER_SECONDS = 3.5e-9
"""Of one z: its share of the product, the bias, the copies."""
PRODUCT_SECONDS = 0.2e-9
WEIGHT_SECONDS = 6e-9
"""Of one parameter at one point of the grid, where all of them change from point to point."""
CALL_SECONDS = 12e-6
"""Of one layer of one chunk, however small."""


def landscape_seconds(
    sizes: Sequence[int], activations: Sequence[str], examples: int, points: int, path: int, everywhere: bool
) -> float:
    """How long a landscape takes.

    Args:
        sizes: units per layer, the input layer first.
        activations: of each computing layer.
        examples: how many.
        points: of the grid.
        path: points of a path whose heights are wanted.
        everywhere: whether all parameters change from point to point, not two only.
    """
    parameters = sum(receiving * (sending + 1) for sending, receiving in pairwise(sizes))
    numbers = sum(
        units * (NUMBER_SECONDS + ACTIVATION_SECONDS.get(name, SLOW_SECONDS))
        for units, name in zip(sizes[1:], activations, strict=True)
    )
    pass_seconds = examples * (numbers + parameters * PRODUCT_SECONDS)
    chunk = min(MOST_POINTS, max(1, CHUNK_NUMBERS // (max(1, examples) * max(sizes[1:]))))
    calls = (points / chunk + path) * len(activations)
    weights = (points if everywhere else 0) * parameters
    return (points + path) * pass_seconds + calls * CALL_SECONDS + weights * WEIGHT_SECONDS
