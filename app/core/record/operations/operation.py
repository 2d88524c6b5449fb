"""One elementary operation of a walk: what it is called, whose it is, what it reads and writes."""

from __future__ import annotations

from typing import NamedTuple

from ...functions.losses import LOSSES
from ..layout import Structure


class Operation(NamedTuple):
    """One elementary operation.

    Attributes:
        phase: one of ``PHASES``.
        name: the ``operation`` of the contract, such as ``weighted_sum``: a key of ``OPERATIONS``.
        layer: the computing layer, 0-based; None for the loss.
        unit: the unit (for ``input_gradient`` the input), 0-based; None where a whole layer is meant.
        reads: positions read, in the order of the formula.
        writes: positions written.
        part_of: at ``term``, the sum that a product or an accumulation belongs to.
    """

    phase: str
    name: str
    layer: int | None
    unit: int | None
    reads: tuple[int, ...]
    writes: tuple[int, ...]
    part_of: str | None = None


def is_paired(structure: Structure) -> bool:
    """Whether ∂l/∂z of the output is taken from z and the target, loss and activation together."""
    return not structure.injected and structure.output_activation in LOSSES[structure.loss].pairs


def is_of_pair(structure: Structure, operation: Operation) -> bool:
    """Whether an operation belongs to an output layer whose ∂l/∂z is taken together with the loss."""
    return operation.layer == len(structure.activations) - 1 and is_paired(structure)
