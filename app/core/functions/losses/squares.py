"""Squared errors, by the three conventions that books have: half the sum, the sum and the mean."""

from __future__ import annotations

from typing import Any

from ..activations import title
from .loss import Loss, Words, Written


def _half_square(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return 0.5 * (residual * residual)


def _half_square_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return residual * 1.0


def _square(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return residual * residual


def _square_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return 2.0 * residual


HALF_SQUARED_ERROR = Loss(
    "half_squared_error",
    title("Half squared error", "半平方误差"),
    r"l = \frac{1}{2} \sum_{i} \left(y_{i} - \hat{y}_{i}\right)^{2}",
    r"\frac{\partial l}{\partial y_{i}} = y_{i} - \hat{y}_{i}",
    _half_square,
    _half_square_derivative,
    Written(r"\frac{1}{2} \left[", r"(@a@ - @target@)^{2}", r"\right]", r"@a@ - @target@"),
    Words(
        "0.5 * np.sum({error}**2)",
        ("{error}",),
        "0.5 * torch.sum(({a} - target) ** 2)",
        "0.5 * tf.reduce_sum(({a} - target) ** 2)",
        "0.5 * jnp.sum(({a} - target) ** 2)",
    ),
)

SQUARED_ERROR = Loss(
    "squared_error",
    title("Squared error", "平方误差"),
    r"l = \sum_{i} \left(y_{i} - \hat{y}_{i}\right)^{2}",
    r"\frac{\partial l}{\partial y_{i}} = 2 \left(y_{i} - \hat{y}_{i}\right)",
    _square,
    _square_derivative,
    Written("", r"(@a@ - @target@)^{2}", "", r"2 (@a@ - @target@)"),
    Words(
        "np.sum({error}**2)",
        ("2 * {error}",),
        "torch.sum(({a} - target) ** 2)",
        "tf.reduce_sum(({a} - target) ** 2)",
        "jnp.sum(({a} - target) ** 2)",
    ),
)

MEAN_SQUARED_ERROR = Loss(
    "mean_squared_error",
    title("Mean squared error", "均方误差"),
    r"l = \frac{1}{n} \sum_{i} \left(y_{i} - \hat{y}_{i}\right)^{2}",
    r"\frac{\partial l}{\partial y_{i}} = \frac{2}{n} \left(y_{i} - \hat{y}_{i}\right)",
    _square,
    _square_derivative,
    Written(r"\frac{1}{@n@} \left[", r"(@a@ - @target@)^{2}", r"\right]", r"\frac{2}{@n@} (@a@ - @target@)"),
    Words(
        "np.mean({error}**2)",
        ("2 * {error} / len({error})",),
        "torch.mean(({a} - target) ** 2)",
        "tf.reduce_mean(({a} - target) ** 2)",
        "jnp.mean(({a} - target) ** 2)",
    ),
    averaged=True,
)
