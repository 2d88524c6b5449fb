"""Losses that grow with the distance from the target: Huber's and the absolute error.

Source: Huber, Robust Estimation of a Location Parameter (1964).
"""

from __future__ import annotations

from typing import Any

from ..activations import title
from .loss import Loss, Words, Written

HUBER_DELTA = 1.0


def _huber(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    distance = abs(residual)
    return xp.where(distance <= HUBER_DELTA, 0.5 * residual * residual, HUBER_DELTA * (distance - 0.5 * HUBER_DELTA))


def _huber_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return xp.maximum(-HUBER_DELTA, xp.minimum(residual, HUBER_DELTA))


HUBER = Loss(
    "huber",
    title("Huber loss (δ = 1)", "Huber 损失（δ = 1）"),
    r"l = \sum_{i} \begin{cases} \frac{1}{2} (y_{i} - \hat{y}_{i})^{2} & |y_{i} - \hat{y}_{i}| \le 1 \\"
    r" |y_{i} - \hat{y}_{i}| - \frac{1}{2} & \text{else} \end{cases}",
    r"\frac{\partial l}{\partial y_{i}} = \max\left(-1, \min\left(y_{i} - \hat{y}_{i}, 1\right)\right)",
    _huber,
    _huber_derivative,
    Written("", r"\operatorname{h}(@a@ - @target@)", "", r"\max(-1, \min(@a@ - @target@, 1))"),
    Words(
        "np.sum(np.where(np.abs({error}) <= 1, 0.5 * {error}**2, np.abs({error}) - 0.5))",
        ("np.clip({error}, -1, 1)",),
        "torch.nn.functional.huber_loss({a}, target, reduction='sum')",
        # With c, the error clipped to -1 and 1: inside, c (e - c/2) is half the square of e; outside, |e| - 1/2.
        "tf.reduce_sum(tf.clip_by_value({a} - target, -1, 1)"
        " * ({a} - target - 0.5 * tf.clip_by_value({a} - target, -1, 1)))",
        "jnp.sum(jnp.clip({a} - target, -1, 1) * ({a} - target - 0.5 * jnp.clip({a} - target, -1, 1)))",
    ),
)


def _absolute(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return abs(residual)


def _absolute_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return xp.sign(residual)


ABSOLUTE_ERROR = Loss(
    "absolute_error",
    title("Absolute error", "绝对误差"),
    r"l = \sum_{i} \left|y_{i} - \hat{y}_{i}\right|",
    r"\frac{\partial l}{\partial y_{i}} = \operatorname{sign}\left(y_{i} - \hat{y}_{i}\right)",
    _absolute,
    _absolute_derivative,
    Written("", r"\left|@a@ - @target@\right|", "", r"\operatorname{sign}(@a@ - @target@)"),
    Words(
        "np.sum(np.abs({error}))",
        ("np.sign({error})",),
        "torch.sum(torch.abs({a} - target))",
        "tf.reduce_sum(tf.abs({a} - target))",
        # Where the error is 0, JAX's own abs has the slope 1.
        "jnp.sum(({a} - target) * jnp.sign({a} - target))",
    ),
    kinks=(0.0,),
)
