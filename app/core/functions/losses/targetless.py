"""The sum of the outputs, which has no target: its gradient is that of the network itself."""

from __future__ import annotations

from typing import Any

from ..activations import title
from .loss import Loss, Words, Written


def _output(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return a * 1.0


def _output_derivative(z: Any, a: Any, residual: Any, target: Any, xp: Any) -> Any:
    return xp.where(a > 0, 1.0, 1.0)


OUTPUT_SUM = Loss(
    "output_sum",
    title("Sum of the outputs (no target)", "输出之和（不看目标）"),
    r"l = \sum_{i} y_{i}",
    r"\frac{\partial l}{\partial y_{i}} = 1",
    _output,
    _output_derivative,
    Written("", r"@a@", "", r"1"),
    Words("np.sum({a})", ("np.ones_like({a})",), "torch.sum({a})", "tf.reduce_sum({a})", "jnp.sum({a})"),
    derivative_reads_z=False,
    uses_target=False,
)
