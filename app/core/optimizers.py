"""Optimizers: what gradient descent does with ∇L.

Source: Cauchy (1847) for gradient descent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .activations import title
from .arrays import Array


@dataclass(frozen=True)
class Optimizer:
    """One update rule.

    Attributes:
        name: its word in JSON and code.
        title: its name for people, by language.
        formula: the update of θ as LaTeX.
        update: ``update(theta, gradient, learning_rate)`` gives the new θ, same shape.
    """

    name: str
    title: Mapping[str, str]
    formula: str
    update: Callable[[Array, Array, float], Array]


def gradient_descent(theta: Array, gradient: Array, learning_rate: float) -> Array:
    """θ - η ∇L, a new array; η in units of θ per unit of gradient."""
    return theta - learning_rate * gradient


_ENTRIES = (
    Optimizer(
        "gradient_descent",
        title("Gradient descent", "梯度下降"),
        r"\theta \leftarrow \theta - \eta \nabla L",
        gradient_descent,
    ),
)

OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
