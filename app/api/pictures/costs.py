"""How many seconds a computation will take, from its sizes: what a limit on products alone does not see.

Sixty layers of three units have few products and many calls; a gelu takes two hundred times as long as a relu. The
figures are those of one core of 2020, measured by ``tests/api/pictures/test_costs.py``; another machine is off by a
factor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
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
NUMBER_SECONDS = 2.5e-9
"""Of one z: its share of the product, the bias, the copies."""
PRODUCT_SECONDS = 0.2e-9
WEIGHT_SECONDS = 6e-9
"""Of one parameter at one point of the grid, where all of them change from point to point."""
CALL_SECONDS = 12e-6
"""Of one layer of one chunk, however small."""


COMPILED_NUMBER_SECONDS = 0.6e-9
COMPILED_PRODUCT_SECONDS = 0.09e-9
COMPILED_WEIGHT_SECONDS = 1e-9
COMPILED_SLOWEST = 10e-9
"""Of one number of the slowest activation in compiled loops, gelu; all others take no more than ``COMPILED_USUAL``."""
COMPILED_USUAL = 1.7e-9
QUICK = frozenset({"linear", "relu", "leaky_relu"})
"""Activations that cost nothing beside their number."""


@dataclass(frozen=True)
class Surface:
    """A landscape, by its sizes.

    Attributes:
        sizes: units per layer, the input layer first.
        activations: of each computing layer.
        examples: how many.
        points: of the grid.
        path: points of a path whose heights are wanted.
        moved: the layers of the two parameters that change from point to point; None where all change.
    """

    sizes: Sequence[int]
    activations: Sequence[str]
    examples: int
    points: int
    path: int
    moved: tuple[int, int] | None

    @property
    def parameters(self) -> int:
        """How many the network has."""
        return sum(receiving * (sending + 1) for sending, receiving in pairwise(self.sizes))


def landscape_seconds(surface: Surface, compiled: bool) -> float:
    """How long a landscape takes.

    Args:
        surface: what is asked for.
        compiled: whether compiled loops run it; its path is run by NumPy all the same.
    """
    layers = range(len(surface.activations))
    along = surface.path * (_pass_seconds(surface, layers) + len(layers) * CALL_SECONDS)
    if compiled:
        slow = [COMPILED_SLOWEST if name == "gelu" else COMPILED_USUAL for name in surface.activations]
        quick = [0.0 if name in QUICK else each for name, each in zip(surface.activations, slow, strict=True)]
        numbers = sum(
            units * (COMPILED_NUMBER_SECONDS + each) for units, each in zip(surface.sizes[1:], quick, strict=True)
        )
        one = surface.examples * (numbers + surface.parameters * COMPILED_PRODUCT_SECONDS)
        return along + surface.points * (one + surface.parameters * COMPILED_WEIGHT_SECONDS)
    chunk = min(MOST_POINTS, max(1, CHUNK_NUMBERS // (max(1, surface.examples) * max(surface.sizes[1:]))))
    if surface.moved is None:
        everywhere = surface.points * (_pass_seconds(surface, layers) + surface.parameters * WEIGHT_SECONDS)
        return along + everywhere + surface.points / chunk * len(layers) * CALL_SECONDS
    # Layers before the earlier parameter are run once, those up to the later one once for each value of the earlier
    # one, those behind it always.
    first, last = min(surface.moved), max(surface.moved)
    behind = surface.points * _pass_seconds(surface, layers[last + 1 :])
    before = _pass_seconds(surface, layers[:first]) + sqrt(surface.points) * _pass_seconds(surface, layers[first:last])
    single = surface.points * surface.examples * (NUMBER_SECONDS + _activation_seconds(surface, last))
    calls = surface.points / chunk * (len(layers) - last) + sqrt(surface.points) * (last - first + 1)
    return along + behind + before + single + calls * CALL_SECONDS


def _activation_seconds(surface: Surface, layer: int) -> float:
    return ACTIVATION_SECONDS.get(surface.activations[layer], SLOW_SECONDS)


def _pass_seconds(surface: Surface, layers: range) -> float:
    """All examples through some of the layers, by NumPy."""
    each = (
        surface.sizes[layer + 1]
        * (NUMBER_SECONDS + _activation_seconds(surface, layer) + (surface.sizes[layer] + 1) * PRODUCT_SECONDS)
        for layer in layers
    )
    return surface.examples * sum(each)
