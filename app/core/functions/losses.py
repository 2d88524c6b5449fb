"""Loss functions of one example, one registry entry each: value, derivative, the pairs taken from z.

A loss is the sum (or mean) over the outputs of ``element``; ``derivative`` is the derivative of one
element by its output a. Both take ``(z, a, residual, target, xp)`` of an output unit: z and a of the
unit, residual = a - target as the activation computes it without cancellation, and the namespace.
A ``Pair`` holds what a loss and an output activation are together, both taken from z: its ∂l/∂z stays
finite where ∂l/∂a = -target/a has overflowed.

Source: Bishop, Pattern Recognition and Machine Learning (2006), sect. 4.3 and 5.2; Huber (1964).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from .activations import others_sum, sigmoid, softplus, title

OutputRule = Callable[[Any, Any, Any, Any, Any], Any]

HUBER_DELTA = 1.0


@dataclass(frozen=True)
class Pair:
    """A loss and an output activation taken together for accuracy.

    Attributes:
        element: the loss element from ``(z, a, residual, target, xp)``.
        dl_dz: ∂l/∂z of the output unit from the same.
        formula: ∂l/∂z as LaTeX, with the placeholders ``@z@``, ``@a@`` and ``@target@`` for one unit's symbols,
            ``@total@`` for the sum of the targets.
    """

    element: OutputRule
    dl_dz: OutputRule
    formula: str


@dataclass(frozen=True)
class Written:
    """A loss written out unit by unit: LaTeX with the placeholders ``@a@``, ``@target@`` and ``@n@`` (outputs).

    Attributes:
        opening: what stands before the sum.
        term: one output's term.
        closing: what stands after the sum.
        slope: ∂l/∂a of one output.
    """

    opening: str
    term: str
    closing: str
    slope: str


@dataclass(frozen=True)
class Loss:
    """One loss function.

    Attributes:
        name: its word in JSON and code; the convention is in the name.
        title: its name for people, by language.
        formula: l as LaTeX.
        derivative_formula: ∂l/∂y as LaTeX.
        element: what one output adds to the loss.
        derivative: the derivative of ``element`` by a.
        written: how the loss and its derivative are written out unit by unit.
        averaged: whether the sum over the outputs is divided by their number.
        derivative_reads_z: whether ``derivative`` needs z (or the other outputs) when the activation saturates.
        pairs: by output activation, the forms taken from z.
        outputs: the output activations allowed; empty for any.
        kinks: the values of a - target at which no derivative exists; there 0 is taken.
        uses_target: False for the loss that differentiates the output itself.
        least_outputs: how many outputs there must be for it to tell every target from every other: of one output
            −ŷ ln y is 0 where the target is 0, whatever the output is.
    """

    name: str
    title: Mapping[str, str]
    formula: str
    derivative_formula: str
    element: OutputRule
    derivative: OutputRule
    written: Written
    averaged: bool = False
    derivative_reads_z: bool = True
    pairs: Mapping[str, Pair] = field(default_factory=lambda: MappingProxyType({}))
    outputs: tuple[str, ...] = ()
    kinks: tuple[float, ...] = ()
    uses_target: bool = True
    least_outputs: int = 1

    def scale(self, outputs: int) -> float:
        """What the sum over ``outputs`` elements is multiplied by."""
        return 1.0 / outputs if self.averaged else 1.0


def _square(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return residual * residual


def _square_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return 2.0 * residual


def _half_square(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return 0.5 * (residual * residual)


def _half_square_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return residual * 1.0


def _huber(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    distance = abs(residual)
    return xp.where(distance <= HUBER_DELTA, 0.5 * residual * residual, HUBER_DELTA * (distance - 0.5 * HUBER_DELTA))


def _huber_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return xp.maximum(-HUBER_DELTA, xp.minimum(residual, HUBER_DELTA))


def _absolute(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return abs(residual)


def _absolute_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return xp.sign(residual)


def _output(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return a * 1.0


def _output_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return xp.where(a > 0, 1.0, 1.0)


def _none_if_absent(target: Any, quotient: Any, xp: Any) -> Any:
    """The quotient, but 0 where the target gives the term no weight (0/0 and 0 ln 0 count as 0)."""
    return xp.where(target == 0, 0.0, quotient)


def _cross_entropy_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return _none_if_absent(target, xp.divide(-target, a), xp)


def _binary_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    rest = 1.0 - target
    return _none_if_absent(target, xp.divide(-target, a), xp) + _none_if_absent(
        rest, xp.divide(rest, sigmoid(-z, xp)), xp
    )


def _sigmoid_cross_entropy(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return _none_if_absent(target, target * softplus(-z, xp), xp)


def _sigmoid_cross_entropy_dl_dz(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return -target * sigmoid(-z, xp)


def _binary_cross_entropy(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    rest = 1.0 - target
    return _none_if_absent(target, target * softplus(-z, xp), xp) + _none_if_absent(rest, rest * softplus(z, xp), xp)


def _residual(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return residual * 1.0


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


_ENTRIES = (
    Loss(
        "half_squared_error",
        title("Half squared error", "半平方误差"),
        r"l = \frac{1}{2} \sum_{i} \left(y_{i} - \hat{y}_{i}\right)^{2}",
        r"\frac{\partial l}{\partial y_{i}} = y_{i} - \hat{y}_{i}",
        _half_square,
        _half_square_derivative,
        Written(r"\frac{1}{2} \left[", r"(@a@ - @target@)^{2}", r"\right]", r"@a@ - @target@"),
    ),
    Loss(
        "squared_error",
        title("Squared error", "平方误差"),
        r"l = \sum_{i} \left(y_{i} - \hat{y}_{i}\right)^{2}",
        r"\frac{\partial l}{\partial y_{i}} = 2 \left(y_{i} - \hat{y}_{i}\right)",
        _square,
        _square_derivative,
        Written("", r"(@a@ - @target@)^{2}", "", r"2 (@a@ - @target@)"),
    ),
    Loss(
        "mean_squared_error",
        title("Mean squared error", "均方误差"),
        r"l = \frac{1}{n} \sum_{i} \left(y_{i} - \hat{y}_{i}\right)^{2}",
        r"\frac{\partial l}{\partial y_{i}} = \frac{2}{n} \left(y_{i} - \hat{y}_{i}\right)",
        _square,
        _square_derivative,
        Written(r"\frac{1}{@n@} \left[", r"(@a@ - @target@)^{2}", r"\right]", r"\frac{2}{@n@} (@a@ - @target@)"),
        averaged=True,
    ),
    Loss(
        "cross_entropy",
        title("Cross entropy", "交叉熵"),
        r"l = -\sum_{i} \hat{y}_{i} \ln y_{i}",
        r"\frac{\partial l}{\partial y_{i}} = -\frac{\hat{y}_{i}}{y_{i}}",
        _softmax_cross_entropy,
        _cross_entropy_derivative,
        Written(r"-\left[", r"@target@ \ln @a@", r"\right]", r"-\frac{@target@}{@a@}"),
        derivative_reads_z=False,
        pairs=MappingProxyType(
            {
                "softmax": Pair(
                    _softmax_cross_entropy,
                    _softmax_cross_entropy_dl_dz,
                    r"@a@ @total@ - @target@",
                ),
                "sigmoid": Pair(_sigmoid_cross_entropy, _sigmoid_cross_entropy_dl_dz, r"-@target@\,\sigma(-@z@)"),
            }
        ),
        outputs=("softmax", "sigmoid"),
        least_outputs=2,
    ),
    Loss(
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
        pairs=MappingProxyType({"sigmoid": Pair(_binary_cross_entropy, _residual, r"\sigma(@z@) - @target@")}),
        outputs=("sigmoid",),
    ),
    Loss(
        "huber",
        title("Huber loss (δ = 1)", "Huber 损失（δ = 1）"),
        r"l = \sum_{i} \begin{cases} \frac{1}{2} (y_{i} - \hat{y}_{i})^{2} & |y_{i} - \hat{y}_{i}| \le 1 \\"
        r" |y_{i} - \hat{y}_{i}| - \frac{1}{2} & \text{else} \end{cases}",
        r"\frac{\partial l}{\partial y_{i}} = \max\left(-1, \min\left(y_{i} - \hat{y}_{i}, 1\right)\right)",
        _huber,
        _huber_derivative,
        Written("", r"\operatorname{h}(@a@ - @target@)", "", r"\max(-1, \min(@a@ - @target@, 1))"),
    ),
    Loss(
        "absolute_error",
        title("Absolute error", "绝对误差"),
        r"l = \sum_{i} \left|y_{i} - \hat{y}_{i}\right|",
        r"\frac{\partial l}{\partial y_{i}} = \operatorname{sign}\left(y_{i} - \hat{y}_{i}\right)",
        _absolute,
        _absolute_derivative,
        Written("", r"\left|@a@ - @target@\right|", "", r"\operatorname{sign}(@a@ - @target@)"),
        kinks=(0.0,),
    ),
    Loss(
        "output_sum",
        title("Sum of the outputs (no target)", "输出之和（不看目标）"),
        r"l = \sum_{i} y_{i}",
        r"\frac{\partial l}{\partial y_{i}} = 1",
        _output,
        _output_derivative,
        Written("", r"@a@", "", r"1"),
        derivative_reads_z=False,
        uses_target=False,
    ),
)

LOSSES: Mapping[str, Loss] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
