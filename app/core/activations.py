r"""Activation functions, one registry entry each: the function, its derivative, both formulas, both titles.

All take the pre-activation ``z`` and a namespace ``xp`` (NumPy, or ``scalars.SCALARS`` for one float), and
all stay exact where the textbook form cancels. :math:`\sigma'(z) = a(1-a)`, for instance, loses every digit
once a rounds to 1 (z > 37), although the derivative there is an ordinary number, e^-z.

Source: the stable forms are those of Higham, Accuracy and Stability of Numerical Algorithms (2nd ed., 2002), ch. 1,
applied to each function; ELU: Clevert et al. (2016); SiLU: Elfwing et al. (2018).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from .arrays import Array

Elementwise = Callable[[Any, Any], Any]
Residual = Callable[[Any, Any, Any, Any], Any]

LEAKY_SLOPE = 0.01
ELU_ALPHA = 1.0
TINY = 5e-324
"""The smallest positive float64. A distance to a limit that is never reached does not round to 0: its sign counts."""


def plain_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target, for activations that do not saturate at a value a target would name."""
    return a - target


@dataclass(frozen=True)
class Activation:
    r"""One activation function.

    Attributes:
        name: its word in JSON, formulas and code.
        title: its name for people, by language.
        formula: a as LaTeX.
        derivative_formula: da/dz as LaTeX.
        symbol: the function's own symbol as LaTeX, such as ``\\sigma``.
        function: a = function(z, xp), element by element (softmax: along axis 0).
        derivative: gain = derivative(z, xp), element by element; for softmax see ``softmax_jacobian``.
        residual: a - target = residual(z, a, target, xp), exact where a has rounded to its limit.
        kinks: the z at which no derivative exists; there 0 is taken on the side below, as PyTorch has it.
        last_layer_only: whether it may stand in the last layer only.
        reads_whole_layer: whether one a depends on every z of its layer.
        saturates: whether ``residual`` needs z (its a rounds to a limit that a target may name).
    """

    name: str
    title: Mapping[str, str]
    formula: str
    derivative_formula: str
    symbol: str
    function: Elementwise
    derivative: Elementwise
    residual: Residual = plain_residual
    kinks: tuple[float, ...] = ()
    last_layer_only: bool = False
    reads_whole_layer: bool = False
    saturates: bool = False


def linear(z: Any, xp: Any) -> Any:
    """The identity."""
    return z * 1.0


def linear_derivative(z: Any, xp: Any) -> Any:
    """1 everywhere."""
    return xp.where(z > 0, 1.0, 1.0)


def sigmoid(z: Any, xp: Any) -> Any:
    """1 / (1 + e^-z) without overflow: with e = exp(-|z|), 1/(1+e) on the right and e/(1+e) on the left."""
    e = xp.exp(-abs(z))
    return xp.where(z >= 0, 1.0, e) / (1.0 + e)


def sigmoid_derivative(z: Any, xp: Any) -> Any:
    """e / (1 + e)^2 with e = exp(-|z|): right to the last digit where a(1-a) has none left."""
    e = xp.exp(-abs(z))
    s = 1.0 / (1.0 + e)
    return e * s * s


def sigmoid_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; near 1 it is taken as (1 - target) - sigmoid(-z)."""
    to_one, to_zero = xp.maximum(sigmoid(-z, xp), TINY), xp.maximum(a, TINY)
    return xp.where(target > 0.5, (1.0 - target) - to_one, to_zero - target)


def tanh(z: Any, xp: Any) -> Any:
    """tanh z = (1 - e) / (1 + e) with e = exp(-2|z|), the numerator from expm1, with the sign of z."""
    m = xp.expm1(-2.0 * abs(z))
    return xp.sign(z) * (-m / (2.0 + m))


def tanh_derivative(z: Any, xp: Any) -> Any:
    """4e / (1 + e)^2 with e = exp(-2|z|)."""
    e = xp.exp(-2.0 * abs(z))
    s = 2.0 / (1.0 + e)
    return e * s * s


def tanh_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; near 1 and -1 from the distance 2 sigmoid(-2|z|) to the limit."""
    towards = xp.sign(target)
    distance = xp.maximum(2.0 * sigmoid(-2.0 * towards * z, xp), TINY)
    return xp.where(abs(target) > 0.5, (towards - target) - towards * distance, a - target)


def relu(z: Any, xp: Any) -> Any:
    """max(z, 0)."""
    return xp.maximum(z, 0.0)


def relu_derivative(z: Any, xp: Any) -> Any:
    """1 for z > 0, else 0."""
    return xp.where(z > 0, 1.0, 0.0)


def leaky_relu(z: Any, xp: Any) -> Any:
    """z for z > 0, else 0.01 z."""
    return z * xp.where(z > 0, 1.0, LEAKY_SLOPE)


def leaky_relu_derivative(z: Any, xp: Any) -> Any:
    """1 for z > 0, 0.01 below, and 0.01 at the kink itself, as PyTorch has it."""
    return xp.where(z > 0, 1.0, LEAKY_SLOPE)


def elu(z: Any, xp: Any) -> Any:
    """z for z > 0, else e^z - 1."""
    return xp.where(z > 0, z, ELU_ALPHA * xp.expm1(xp.minimum(z, 0.0)))


def elu_derivative(z: Any, xp: Any) -> Any:
    """1 for z > 0, else e^z."""
    return xp.where(z > 0, 1.0, ELU_ALPHA * xp.exp(xp.minimum(z, 0.0)))


def elu_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; near -1 from the distance e^z to the limit."""
    distance = xp.maximum(ELU_ALPHA * xp.exp(xp.minimum(z, 0.0)), TINY)
    return xp.where((target < -0.5) & (z < 0), distance - (ELU_ALPHA + target), a - target)


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


def silu_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; left of 0 a is never 0."""
    return xp.where(z < 0, xp.minimum(a, -TINY), a) - target


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


def title(en: str, zh: str) -> Mapping[str, str]:
    """A name in both languages."""
    return MappingProxyType({"en": en, "zh": zh})


_ENTRIES = (
    Activation(
        "linear",
        title("Linear", "线性"),
        r"a = z",
        r"\frac{\partial a}{\partial z} = 1",
        r"\operatorname{id}",
        linear,
        linear_derivative,
    ),
    Activation(
        "sigmoid",
        title("Sigmoid", "S 型函数（sigmoid）"),
        r"a = \frac{1}{1 + e^{-z}}",
        r"\frac{\partial a}{\partial z} = \frac{e^{-|z|}}{\left(1 + e^{-|z|}\right)^{2}}",
        r"\sigma",
        sigmoid,
        sigmoid_derivative,
        sigmoid_residual,
        saturates=True,
    ),
    Activation(
        "tanh",
        title("Hyperbolic tangent", "双曲正切（tanh）"),
        r"a = \tanh z",
        r"\frac{\partial a}{\partial z} = \frac{4 e^{-2|z|}}{\left(1 + e^{-2|z|}\right)^{2}}",
        r"\tanh",
        tanh,
        tanh_derivative,
        tanh_residual,
        saturates=True,
    ),
    Activation(
        "relu",
        title("ReLU", "修正线性单元（ReLU）"),
        r"a = \max(z, 0)",
        r"\frac{\partial a}{\partial z} = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}",
        r"\operatorname{relu}",
        relu,
        relu_derivative,
        kinks=(0.0,),
    ),
    Activation(
        "leaky_relu",
        title("Leaky ReLU", "带泄漏的 ReLU"),
        r"a = \begin{cases} z & z > 0 \\ 0.01\,z & z \le 0 \end{cases}",
        r"\frac{\partial a}{\partial z} = \begin{cases} 1 & z > 0 \\ 0.01 & z \le 0 \end{cases}",
        r"\operatorname{leaky}",
        leaky_relu,
        leaky_relu_derivative,
        kinks=(0.0,),
    ),
    Activation(
        "elu",
        title("ELU", "指数线性单元（ELU）"),
        r"a = \begin{cases} z & z > 0 \\ e^{z} - 1 & z \le 0 \end{cases}",
        r"\frac{\partial a}{\partial z} = \begin{cases} 1 & z > 0 \\ e^{z} & z \le 0 \end{cases}",
        r"\operatorname{elu}",
        elu,
        elu_derivative,
        elu_residual,
        saturates=True,
    ),
    Activation(
        "softplus",
        title("Softplus", "软加函数（softplus）"),
        r"a = \ln\left(1 + e^{z}\right)",
        r"\frac{\partial a}{\partial z} = \frac{1}{1 + e^{-z}}",
        r"\operatorname{softplus}",
        softplus,
        sigmoid,
        softplus_residual,
    ),
    Activation(
        "silu",
        title("SiLU (Swish)", "SiLU（Swish）"),
        r"a = z\,\sigma(z)",
        r"\frac{\partial a}{\partial z} = \sigma(z)\left(1 + z\,\sigma(-z)\right)",
        r"\operatorname{silu}",
        silu,
        silu_derivative,
        silu_residual,
        saturates=True,
    ),
    Activation(
        "softmax",
        title("Softmax", "归一化指数函数（softmax）"),
        r"a_{i} = \frac{e^{z_{i}}}{\sum_{k} e^{z_{k}}}",
        r"\frac{\partial a_{i}}{\partial z_{j}} = a_{i}\left(\delta_{ij} - a_{j}\right)",
        r"\operatorname{softmax}",
        softmax,
        softmax_diagonal,
        softmax_residual,
        last_layer_only=True,
        reads_whole_layer=True,
        saturates=True,
    ),
)

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({entry.name: entry for entry in _ENTRIES})


def activate(name: str, z: Array) -> Array:
    """a = σ(z) with NumPy; shape of ``z`` (softmax: along axis 0)."""
    a: Array = ACTIVATIONS[name].function(z, np)
    return a


def derivative(name: str, z: Array) -> Array:
    """σ'(z) with NumPy, shape of ``z``; for softmax the diagonal of its Jacobian."""
    gain: Array = ACTIVATIONS[name].derivative(z, np)
    return gain
