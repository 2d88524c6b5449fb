"""Where a training stands: plain numbers that can be put away, and taken up again later or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..arrays import Array
from .recipe import EpochRecord


@dataclass(frozen=True, eq=False)
class TrainerState:
    """All that a training remembers beside its network at the start, its examples and its recipe.

    Attributes:
        completed: how many epochs are complete.
        batches: how many batches of the current epoch are done.
        used: how many examples of the current batch have been used; θ has not moved by them yet.
        theta: θ in the order of ``Network.theta``.
        memory: what the optimizer remembers, by its own names, in its own order.
        order: the places of the examples in the order of the current epoch, or of the last one between two epochs.
        generator: state of the bit generator that shuffles them, as NumPy gives it.
        last: the record after the last complete epoch, with its θ; None if the start was never measured.
    """

    completed: int
    batches: int
    used: int
    theta: Array
    memory: Mapping[str, Array]
    order: tuple[int, ...]
    generator: Mapping[str, Any]
    last: EpochRecord | None

    @property
    def is_recorded(self) -> bool:
        """Whether the last complete epoch, or the start, has been measured; if not, that is what comes next."""
        return self.last is not None and self.last.epoch == self.completed
