r"""What a step of a training follows: the mean or the sum over its batch, one registry entry each.

*Loss* is one example's, *cost* C is the mean over a batch of N examples, *total loss* L is their sum; ∇L = N ∇C.
So with the same η a step along the sum is N times as long. The names are those of ``torch.nn`` losses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from .activations import title

ReductionName = Literal["mean", "sum"]


@dataclass(frozen=True)
class Reduction:
    """One way to put the gradients of a batch together.

    Attributes:
        name: its word in JSON and code.
        title: its name for people, by language.
        formula: g, which the optimizer is given, as LaTeX.
        divides: whether the sum over the batch is divided by the number of its examples.
    """

    name: str
    title: Mapping[str, str]
    formula: str
    divides: bool

    def share(self, examples: int) -> float:
        """What the sum of the gradients of so many examples is multiplied by."""
        return 1.0 / examples if self.divides else 1.0


_ENTRIES = (
    Reduction(
        "mean",
        title("Mean over the batch: ∇C", "对一批取平均：∇C"),
        r"g = \nabla C = \frac{1}{N} \sum_{n} \nabla l^{n}",
        divides=True,
    ),
    Reduction(
        "sum",
        title("Sum over the batch: ∇L", "对一批求和：∇L"),
        r"g = \nabla L = \sum_{n} \nabla l^{n}",
        divides=False,
    ),
)

REDUCTIONS: Mapping[str, Reduction] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
