"""On which network a wrong rule is shown: a given one, or the nearest one on which the rule changes something."""

from __future__ import annotations

from collections.abc import Iterator

from ...functions.activations import ACTIVATIONS
from ...functions.losses import LOSSES
from ...record.layout import Structure
from .rule import Rule


def nearby(structure: Structure) -> Iterator[Structure]:
    """The structure, then those with another hidden activation, then those with another output and loss."""
    *hidden, output = structure.activations
    yield structure
    for name, activation in ACTIVATIONS.items():
        if not activation.last_layer_only:
            yield structure._replace(activations=(*(name for _ in hidden), output))
    for loss, entry in LOSSES.items():
        for name in entry.outputs or ACTIVATIONS:
            yield structure._replace(activations=(*hidden, name), loss=loss)


def shown_on(rule: Rule, structure: Structure) -> Structure:
    """The first of the structures nearby whose trace the rule changes; the structure itself if there is none."""
    return next(filter(rule.applies, nearby(structure)), structure)
