"""Softmax: the outputs of a layer as shares of a whole."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...arrays import Array
from .activation import TINY, Activation, Words, title


def softmax(z: Any, xp: Any) -> Any:
    """exp(z_i - max z) / sum, along axis 0."""
    e = xp.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def others_sum(a: Array) -> Array:
    """For each row of ``a`` the sum of all other rows, added up without subtracting; shape of ``a``."""
    before = np.zeros_like(a)
    after = np.zeros_like(a)
    np.cumsum(a[:-1], axis=0, out=before[1:])
    after[:-1] = np.cumsum(a[:0:-1], axis=0)[::-1]
    return before + after


def softmax_jacobian(a: Array) -> Array:
    """∂a/∂z of softmax from its output, shape (n, n): row = a, column = z.

    The diagonal a_i (1 - a_i) is taken as a_i times the sum of the others, which keeps its digits when a_i rounds to 1.
    """
    jacobian = -np.multiply.outer(a, a)
    np.fill_diagonal(jacobian, a * others_sum(a))
    return jacobian


def softmax_diagonal(z: Any, xp: Any) -> Any:
    """∂a_i/∂z_i, the diagonal of the Jacobian (the whole of it is ``softmax_jacobian``)."""
    a = softmax(z, xp)
    return a * others_sum(a)


def softmax_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; near 1 the distance to 1 is the sum of the other outputs."""
    to_one = np.maximum(others_sum(a), TINY if len(a) > 1 else 0.0)
    return np.where(target > 0.5, (1.0 - target) - to_one, np.maximum(a, TINY) - target)


SOFTMAX = Activation(
    "softmax",
    title("Softmax", "归一化指数函数（softmax）"),
    r"a_{i} = \frac{e^{z_{i}}}{\sum_{k} e^{z_{k}}}",
    r"\frac{\partial a_{i}}{\partial z_{j}} = a_{i}\left(\delta_{ij} - a_{j}\right)",
    r"\operatorname{softmax}",
    softmax,
    softmax_diagonal,
    Words(
        "softmax({z})",
        ("softmax_jacobian({a})",),
        "torch.softmax({z}, dim=0)",
        "tf.nn.softmax({z})",
        "jax.nn.softmax({z})",
        (
            "np.where(target > 0.5, (1 - target) - others({a}), {a} - target)",
            "np.where(target > 0.5, (1 - target) - np.maximum(others({a}), 5e-324 * (len({a}) > 1)), "
            "np.maximum({a}, 5e-324) - target)",
        ),
    ),
    softmax_residual,
    last_layer_only=True,
    reads_whole_layer=True,
    shares=True,
    saturates=True,
    bounds=(0.0, 1.0),
    short=title("softmax", "softmax"),
)
