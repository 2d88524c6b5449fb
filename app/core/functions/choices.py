"""What may be tuned: parameters by name with their defaults and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Choices:
    """The parameters of one registry entry.

    Attributes:
        defaults: their values when nothing is chosen.
        limits: by the same names the smallest and the largest value that makes sense.
    """

    defaults: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    limits: Mapping[str, tuple[float, float]] = field(default_factory=lambda: MappingProxyType({}))

    def settle(self, owner: str, chosen: Mapping[str, float]) -> dict[str, float]:
        """All parameters: those chosen, the others by default.

        Args:
            owner: whose parameters they are, for the messages.
            chosen: values by name.

        Raises:
            KeyError: there is no such parameter; the message names those there are.
            ValueError: a value is outside its limits.
        """
        for name, value in chosen.items():
            if name not in self.defaults:
                known = ", ".join(self.defaults) or "none"
                raise KeyError(f"{owner} has no parameter {name!r}; there are: {known}")
            low, high = self.limits[name]
            if not low <= value <= high:
                raise ValueError(f"{name} of {owner}: expected a number from {low:g} to {high:g}, got {value:g}")
        return {**self.defaults, **chosen}


NONE = Choices()


def choices(**each: tuple[float, float, float]) -> Choices:
    """Build from ``name=(default, smallest, largest)``."""
    return Choices(
        MappingProxyType({name: default for name, (default, _, _) in each.items()}),
        MappingProxyType({name: (low, high) for name, (_, low, high) in each.items()}),
    )
