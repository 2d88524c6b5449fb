r"""Activations that are smooth everywhere, close to 0 far on the left and to z far on the right.

Source: the stable forms are those of Higham, Accuracy and Stability of Numerical Algorithms (2nd ed., 2002), ch. 1,
applied to each function; GELU: Hendrycks, Gimpel (2016), in its exact form z Φ(z), not the approximation by tanh;
SiLU: Elfwing, Uchibe, Doya (2018); Mish: Misra (2019).
"""

from __future__ import annotations

from math import erfc, pi, sqrt
from typing import Any

import numpy as np

from .activation import TINY, Activation, Words, title
from .sigmoidal import sigmoid

_ERFC = np.frompyfunc(erfc, 1, 1)


def softplus(z: Any, xp: Any) -> Any:
    """ln(1 + e^z) = max(z, 0) + ln(1 + exp(-|z|))."""
    return xp.maximum(z, 0.0) + xp.log1p(xp.exp(-abs(z)))


def softplus_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; a is never 0."""
    return xp.maximum(a, TINY) - target


def silu(z: Any, xp: Any) -> Any:
    """z sigmoid(z)."""
    return z * sigmoid(z, xp)


def silu_derivative(z: Any, xp: Any) -> Any:
    """sigmoid(z) (1 + z sigmoid(-z))."""
    return sigmoid(z, xp) * (1.0 + z * sigmoid(-z, xp))


def below_zero_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target, for functions that are below 0 everywhere left of 0, also where a has rounded to 0."""
    return xp.where(z < 0, xp.minimum(a, -TINY), a) - target


def gelu(z: Any, xp: Any) -> Any:
    """z Φ(z), Φ being the normal distribution: the exact form, by the error function."""
    return z * normal_distribution(z, xp)


def gelu_derivative(z: Any, xp: Any) -> Any:
    """Φ(z) + z φ(z), φ being the normal density."""
    return normal_distribution(z, xp) + z * (xp.exp(-0.5 * z * z) / sqrt(2.0 * pi))


def normal_distribution(z: Any, xp: Any) -> Any:
    """Φ(z) = erfc(-z/√2) / 2, which keeps its digits on the left, where 1 + erf(z/√2) has none."""
    x = -z / sqrt(2.0)
    # NumPy has no erfc of its own: there it is taken number by number.
    return 0.5 * (xp.erfc(x) if hasattr(xp, "erfc") else np.asarray(_ERFC(x), dtype=float))


def mish(z: Any, xp: Any) -> Any:
    """z tanh(ln(1 + e^z)); with e = exp(-|z|) the tanh is a quotient of sums of positive numbers."""
    return z * _mish_parts(z, xp)[0]


def mish_derivative(z: Any, xp: Any) -> Any:
    """t + z (1 - t^2) sigmoid(z) with t = tanh(ln(1 + e^z)); 1 - t^2 is never subtracted."""
    t, bend = _mish_parts(z, xp)
    return t + z * bend


def _mish_parts(z: Any, xp: Any) -> tuple[Any, Any]:
    """t = tanh(ln(1 + e^z)) and (1 - t^2) sigmoid(z).

    t = (u^2 - 1) / (u^2 + 1) with u = 1 + e^z; divided through by e^2z on the right.
    """
    e = xp.exp(-abs(z))
    above = xp.where(z >= 0, 1.0 + 2.0 * e, e * (2.0 + e))
    beside = xp.where(z >= 0, e * e, 1.0)
    below = above + 2.0 * beside
    return above / below, 4.0 * (1.0 + e) * xp.where(z >= 0, e * e, e) / (below * below)


SOFTPLUS = Activation(
    "softplus",
    title("Softplus", "软加函数（softplus）"),
    r"a = \ln\left(1 + e^{z}\right)",
    r"\frac{\partial a}{\partial z} = \frac{1}{1 + e^{-z}}",
    r"\operatorname{softplus}",
    softplus,
    sigmoid,
    Words(
        "np.logaddexp(0, {z})",
        ("sigmoid({z})",),
        # PyTorch's softplus is a straight line above its threshold; the default 20 would cost 2e-9 there.
        "torch.nn.functional.softplus({z}, threshold=50)",
        "tf.nn.softplus({z})",
        "jax.nn.softplus({z})",
        ("np.maximum({a}, 5e-324) - target",),
    ),
    softplus_residual,
    aliases=("soft_plus",),
    reach=5.0,
    short=title("softplus", "softplus"),
)
SILU = Activation(
    "silu",
    title("SiLU (Swish)", "SiLU（Swish）"),
    r"a = z\,\sigma(z)",
    r"\frac{\partial a}{\partial z} = \sigma(z)\left(1 + z\,\sigma(-z)\right)",
    r"\operatorname{silu}",
    silu,
    silu_derivative,
    Words(
        "{z} * sigmoid({z})",
        ("sigmoid({z}) * (1 + {z} * sigmoid(-{z}))",),
        "torch.nn.functional.silu({z})",
        "{z} * tf.sigmoid({z})",
        "jax.nn.silu({z})",
        ("np.where({z} < 0, np.minimum({a}, -5e-324), {a}) - target",),
    ),
    below_zero_residual,
    saturates=True,
    aliases=("swish",),
    reach=5.0,
    short=title("SiLU", "SiLU"),
)
GELU = Activation(
    "gelu",
    title("GELU (exact, by erf)", "GELU（erf 精确式）"),
    r"a = z\,\Phi(z) = \frac{z}{2}\left(1 + \operatorname{erf}\frac{z}{\sqrt{2}}\right)",
    r"\frac{\partial a}{\partial z} = \Phi(z) + \frac{z}{\sqrt{2\pi}}\,e^{-z^{2}/2}",
    r"\operatorname{gelu}",
    gelu,
    gelu_derivative,
    # The frameworks' own gelu takes 1 + erf, which has no digits left of -6: erfc keeps them.
    Words(
        "{z} * normal({z})",
        ("normal({z}) + {z} * np.exp(-0.5 * {z}**2) / np.sqrt(2 * np.pi)",),
        "0.5 * {z} * torch.erfc(-{z} / 2**0.5)",
        "0.5 * {z} * tf.math.erfc(-{z} / 2**0.5)",
        "0.5 * {z} * jax.scipy.special.erfc(-{z} / 2**0.5)",
        ("np.where({z} < 0, np.minimum({a}, -5e-324), {a}) - target",),
    ),
    below_zero_residual,
    saturates=True,
    aliases=("gaussian_error_linear_unit",),
    reach=3.5,
    short=title("GELU", "GELU"),
)
MISH = Activation(
    "mish",
    title("Mish", "Mish"),
    r"a = z \tanh\left(\ln\left(1 + e^{z}\right)\right)",
    r"\frac{\partial a}{\partial z} = t + z\,\sigma(z)\left(1 - t^{2}\right),\quad "
    r"t = \tanh\left(\ln\left(1 + e^{z}\right)\right)",
    r"\operatorname{mish}",
    mish,
    mish_derivative,
    Words(
        "{z} * np.tanh(np.logaddexp(0, {z}))",
        (
            "np.tanh(np.logaddexp(0, {z})) + {z} * sigmoid({z}) * (1 - np.tanh(np.logaddexp(0, {z})) ** 2)",
            "np.tanh(np.logaddexp(0, {z})) + {z} * sigmoid({z}) / np.cosh(np.minimum(np.logaddexp(0, {z}), 350)) ** 2",
        ),
        "torch.nn.functional.mish({z})",
        "{z} * tf.tanh(tf.nn.softplus({z}))",
        "{z} * jnp.tanh(jax.nn.softplus({z}))",
        ("np.where({z} < 0, np.minimum({a}, -5e-324), {a}) - target",),
    ),
    below_zero_residual,
    saturates=True,
    reach=5.0,
)
