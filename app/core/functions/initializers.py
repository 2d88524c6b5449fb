"""Initializers: how the weights of a layer are drawn before training; biases start at 0.

Source: Glorot and Bengio (2010) for Xavier, He et al. (2015) for He, LeCun et al. (1998) for LeCun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

import numpy as np

from ..arrays import Array
from .activations import title

Draw = Callable[[np.random.Generator, int, int], Array]


@dataclass(frozen=True)
class Initializer:
    """One initializer.

    Attributes:
        name: its word in JSON and code.
        title: its name for people, by language.
        formula: the distribution of a weight as LaTeX.
        draw: ``draw(rng, receiving, sending)`` gives w of shape (receiving, sending).
    """

    name: str
    title: Mapping[str, str]
    formula: str
    draw: Draw


def _uniform(bound: Callable[[int, int], float]) -> Draw:
    def draw(rng: np.random.Generator, receiving: int, sending: int) -> Array:
        limit = bound(receiving, sending)
        return rng.uniform(-limit, limit, size=(receiving, sending))

    return draw


def _normal(deviation: Callable[[int, int], float]) -> Draw:
    def draw(rng: np.random.Generator, receiving: int, sending: int) -> Array:
        return rng.normal(0.0, deviation(receiving, sending), size=(receiving, sending))

    return draw


def _zeros(rng: np.random.Generator, receiving: int, sending: int) -> Array:
    return np.zeros((receiving, sending))


_ENTRIES = (
    Initializer(
        "xavier_uniform",
        title("Xavier, uniform", "Xavier 均匀分布"),
        r"w \sim U\left(-\sqrt{\tfrac{6}{n_{in} + n_{out}}}, \sqrt{\tfrac{6}{n_{in} + n_{out}}}\right)",
        _uniform(lambda receiving, sending: sqrt(6.0 / (sending + receiving))),
    ),
    Initializer(
        "xavier_normal",
        title("Xavier, normal", "Xavier 正态分布"),
        r"w \sim N\left(0, \tfrac{2}{n_{in} + n_{out}}\right)",
        _normal(lambda receiving, sending: sqrt(2.0 / (sending + receiving))),
    ),
    Initializer(
        "he_uniform",
        title("He, uniform", "He 均匀分布"),
        r"w \sim U\left(-\sqrt{\tfrac{6}{n_{in}}}, \sqrt{\tfrac{6}{n_{in}}}\right)",
        _uniform(lambda receiving, sending: sqrt(6.0 / sending)),
    ),
    Initializer(
        "he_normal",
        title("He, normal", "He 正态分布"),
        r"w \sim N\left(0, \tfrac{2}{n_{in}}\right)",
        _normal(lambda receiving, sending: sqrt(2.0 / sending)),
    ),
    Initializer(
        "lecun_normal",
        title("LeCun, normal", "LeCun 正态分布"),
        r"w \sim N\left(0, \tfrac{1}{n_{in}}\right)",
        _normal(lambda receiving, sending: sqrt(1.0 / sending)),
    ),
    Initializer(
        "standard_normal",
        title("Standard normal", "标准正态分布"),
        r"w \sim N(0, 1)",
        _normal(lambda receiving, sending: 1.0),
    ),
    Initializer("zeros", title("All zero", "全零"), r"w = 0", _zeros),
)

INITIALIZERS: Mapping[str, Initializer] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
