"""All activations by name; and those with other parameters than the usual ones, by their key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from ...arrays import Array
from . import rectified, shares, sigmoidal, smooth
from .activation import Activation

FAMILIES = (sigmoidal, rectified, smooth, shares)
ENTRIES = tuple(each for family in FAMILIES for each in vars(family).values() if isinstance(each, Activation))
"""Every entry that stands in a family's module, in the order in which they stand there."""

KEY = re.compile(r"(\w+)\(([^()]*)\)")
MOST_KEPT = 256
"""Entries with parameters of their own that are kept: there are as many as there are numbers."""


class Registry(dict[str, Activation]):
    """The entries by name. Who asks by the key of an entry with other parameters gets that one; it is not listed."""

    def __init__(self, entries: tuple[Activation, ...]) -> None:
        """List the entries."""
        super().__init__({entry.name: entry for entry in entries})
        self._made: dict[str, Activation] = {}

    def __missing__(self, key: str) -> Activation:
        """The entry of a key such as ``leaky_relu(0.2)``. Raises ``KeyError``, which names those there are."""
        if key not in self._made:
            found = KEY.fullmatch(key)
            entry = self.get(found[1]) if found else None
            if found is None or entry is None or entry.at is None:
                raise KeyError(f"no activation {key!r}; there are {', '.join(self)}")
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            values = [float(each) for each in found[2].split(",")]
            self._made[key] = entry.at(**dict(zip(entry.choices.defaults, values, strict=True)))
        return self._made[key]


ACTIVATIONS: Mapping[str, Activation] = Registry(ENTRIES)


def key_of(name: str, parameters: Mapping[str, float]) -> str:
    """The key of an activation with parameters; those not named are the usual ones.

    Args:
        name: a name in ``ACTIVATIONS``.
        parameters: values by name.

    Raises:
        KeyError: it has no parameter of this name.
        ValueError: a value is outside its limits.
    """
    entry = ACTIVATIONS[name]
    chosen = entry.choices.settle(name, parameters)
    return entry.at(**chosen).key if entry.at and parameters else entry.key


def key_in(layer: Mapping[str, Any]) -> str:
    """The key of the activation of a JSON-like layer, ``{"activation": name}`` with its parameters by name."""
    entry = ACTIVATIONS[layer["activation"]]
    given = {name: float(layer[name]) for name in entry.choices.defaults if layer.get(name) is not None}
    return key_of(entry.name, given) if given else entry.key


def written(key: str) -> dict[str, str | float]:
    """An activation as a layer's JSON has it: its name, and its parameters by theirs, whole ones as whole numbers."""
    entry = ACTIVATIONS[key]
    parameters = {name: int(value) if value.is_integer() else value for name, value in entry.parameters.items()}
    return {"activation": entry.name, **parameters}


def activate(name: str, z: Array) -> Array:
    """a = σ(z) with NumPy; shape of ``z`` (softmax: along axis 0)."""
    a: Array = ACTIVATIONS[name].function(z, np)
    return a


def derivative(name: str, z: Array) -> Array:
    """σ'(z) with NumPy, shape of ``z``; for softmax the diagonal of its Jacobian."""
    gain: Array = ACTIVATIONS[name].derivative(z, np)
    return gain
