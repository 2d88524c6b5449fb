"""Losses that read the outputs as probabilities; computed from z where logarithms of an a would lose digits.

Source: Bishop, Pattern Recognition and Machine Learning (2006), sect. 4.3 and 5.2.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np

from ...arrays import Array
from ..activations import others_sum, sigmoid, softplus, title
from ..activations.sigmoidal import SIGMOID
from .loss import Loss, Pair, Textbook, Words, Written


def _weighted(weight: Array, other: Array) -> Array:
    """Their product, 0 where the weight is 0."""
    return np.where(weight == 0.0, 0.0, weight * other)


def _none_if_absent(target: Any, quotient: Any, xp: Any) -> Any:
    """The quotient, but 0 where the target gives the term no weight (0/0 and 0 ln 0 count as 0)."""
    return xp.where(target == 0, 0.0, quotient)


def _log_softmax(z: Any) -> Any:
    """ln of softmax along axis 0: z - max - log1p(sum of the others' exponentials), exact near probability 1."""
    top = z.argmax(axis=0)
    shifted = z - z.max(axis=0)
    e = np.exp(shifted)
    np.put_along_axis(e, np.expand_dims(top, 0), 0.0, axis=0)
    return shifted - np.log1p(e.sum(axis=0))


def _softmax_cross_entropy(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return _none_if_absent(target, -target * _log_softmax(z), xp)


def _softmax_cross_entropy_dl_dz(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return a * others_sum(target) - target * others_sum(a)


def _sigmoid_cross_entropy(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return _none_if_absent(target, target * softplus(-z, xp), xp)


def _sigmoid_cross_entropy_dl_dz(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return -target * sigmoid(-z, xp)


def _cross_entropy_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return _none_if_absent(target, xp.divide(-target, a), xp)


CROSS_ENTROPY = Loss(
    "cross_entropy",
    title("Cross entropy", "交叉熵"),
    r"l = -\sum_{i} \hat{y}_{i} \ln y_{i}",
    r"\frac{\partial l}{\partial y_{i}} = -\frac{\hat{y}_{i}}{y_{i}}",
    _softmax_cross_entropy,
    _cross_entropy_derivative,
    Written(r"-\left[", r"@target@ \ln @a@", r"\right]", r"-\frac{@target@}{@a@}"),
    Words(
        "-np.sum(target * np.log({a}))",
        ("-target / {a}", "np.divide(-target, {a}, out=np.zeros_like({a}), where=target != 0)"),
        "-torch.sum(target * torch.log({a}))",
        "-tf.reduce_sum(target * tf.math.log({a}))",
        "-jnp.sum(target * jnp.log({a}))",
    ),
    Textbook(lambda a, t: -_weighted(t, np.log(a)), lambda a, t: -_weighted(t, 1.0 / a)),
    derivative_reads_z=False,
    pairs=MappingProxyType(
        {
            "softmax": Pair(
                _softmax_cross_entropy,
                _softmax_cross_entropy_dl_dz,
                r"@a@ @total@ - @target@",
                lambda a, t: a * t.sum(axis=0) - t,
                Words(
                    "-np.sum(target * log_softmax({z}))",
                    (
                        "{a} - target",
                        "{a} * np.sum(target) - target",
                        "np.sum(np.outer({a}, target) - np.outer(target, {a}), axis=1)",
                    ),
                    "-torch.sum(target * torch.log_softmax({z}, dim=0))",
                    "-tf.reduce_sum(target * tf.nn.log_softmax({z}))",
                    "-jnp.sum(target * jax.nn.log_softmax({z}))",
                ),
            ),
            "sigmoid": Pair(
                _sigmoid_cross_entropy,
                _sigmoid_cross_entropy_dl_dz,
                r"-@target@\,\sigma(-@z@)",
                lambda a, t: -t * (1.0 - a),
                Words(
                    "np.sum(target * np.logaddexp(0, -{z}))",
                    ("-target * sigmoid(-{z})",),
                    "-torch.sum(target * torch.nn.functional.logsigmoid({z}))",
                    "-tf.reduce_sum(target * tf.math.log_sigmoid({z}))",
                    "-jnp.sum(target * jax.nn.log_sigmoid({z}))",
                ),
            ),
        }
    ),
    outputs=("softmax", "sigmoid"),
    least_outputs=2,
)


def _binary_cross_entropy(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    rest = 1.0 - target
    return _none_if_absent(target, target * softplus(-z, xp), xp) + _none_if_absent(rest, rest * softplus(z, xp), xp)


def _binary_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    rest = 1.0 - target
    return _none_if_absent(target, xp.divide(-target, a), xp) + _none_if_absent(
        rest, xp.divide(rest, sigmoid(-z, xp)), xp
    )


def _residual(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return residual * 1.0


BINARY_CROSS_ENTROPY = Loss(
    "binary_cross_entropy",
    title("Binary cross entropy", "二元交叉熵"),
    r"l = -\sum_{i} \left[\hat{y}_{i} \ln y_{i} + (1 - \hat{y}_{i}) \ln (1 - y_{i})\right]",
    r"\frac{\partial l}{\partial y_{i}} = -\frac{\hat{y}_{i}}{y_{i}} + \frac{1 - \hat{y}_{i}}{1 - y_{i}}",
    _binary_cross_entropy,
    _binary_derivative,
    Written(
        r"-\left[",
        r"@target@ \ln @a@ + (1 - @target@) \ln(1 - @a@)",
        r"\right]",
        r"-\frac{@target@}{@a@} + \frac{1 - @target@}{1 - @a@}",
    ),
    Words(
        "-np.sum(target * np.log({a}) + (1 - target) * np.log(1 - {a}))",
        (
            "-target / {a} + (1 - target) / (1 - {a})",
            "-target / {a} + (1 - target) / sigmoid(-{z})",
            "np.divide(-target, {a}, out=np.zeros_like({a}), where=target != 0)"
            " + np.divide(1 - target, sigmoid(-{z}), out=np.zeros_like({a}), where=target != 1)",
        ),
        "-torch.sum(target * torch.log({a}) + (1 - target) * torch.log(1 - {a}))",
        "-tf.reduce_sum(target * tf.math.log({a}) + (1 - target) * tf.math.log(1 - {a}))",
        "-jnp.sum(target * jnp.log({a}) + (1 - target) * jnp.log(1 - {a}))",
    ),
    Textbook(
        lambda a, t: -_weighted(t, np.log(a)) - _weighted(1.0 - t, np.log(1.0 - a)),
        lambda a, t: -_weighted(t, 1.0 / a) + _weighted(1.0 - t, 1.0 / (1.0 - a)),
    ),
    pairs=MappingProxyType(
        {
            "sigmoid": Pair(
                _binary_cross_entropy,
                _residual,
                r"\sigma(@z@) - @target@",
                lambda a, t: a - t,
                Words(
                    "np.sum(target * np.logaddexp(0, -{z}) + (1 - target) * np.logaddexp(0, {z}))",
                    ("{a} - target", *SIGMOID.words.error),
                    "torch.nn.functional.binary_cross_entropy_with_logits({z}, target, reduction='sum')",
                    "tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=target, logits={z}))",
                    "-jnp.sum(target * jax.nn.log_sigmoid({z}) + (1 - target) * jax.nn.log_sigmoid(-{z}))",
                ),
            )
        }
    ),
    outputs=("sigmoid",),
)
