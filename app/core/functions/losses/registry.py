"""All losses by name: each entry of a family's module, in the order of the families and of their entries."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import distances, entropies, squares, targetless
from .loss import Loss

FAMILIES = (squares, entropies, distances, targetless)

LOSSES: Mapping[str, Loss] = MappingProxyType(
    {entry.name: entry for family in FAMILIES for entry in vars(family).values() if isinstance(entry, Loss)}
)
