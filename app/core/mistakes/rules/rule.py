"""A named wrong rule of the backward pass: what it does, where it shows, how it descends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ...arrays import Array
from ...record.layout import Structure
from .descent import Descent
from .misconception import Misconception
from .twists import text

Way = Callable[[Descent], Array]


class DoesNotApply(ValueError):
    """A rule and a network in which it would change nothing, or which gives it nothing to work on."""


def own_gradient(descent: Descent) -> Array:
    """The rule's gradient of the total loss, as the walks of all examples give it."""
    return descent.gradient()


@dataclass(frozen=True)
class Rule(Misconception):
    """One wrong rule.

    Attributes:
        formula: the wrong step as LaTeX.
        right_formula: the right one.
        needs: what a request must have for the rule to apply, by language.
        applies: whether a trace of this structure shows it.
        notice: how it comes about and how to notice it, by language.
        caught: whether the gradient check finds it where it applies.
        check: why the check finds it, or why it cannot, by language.
        way: what is subtracted, times η, in one step of training; shape of θ.
        several_examples: whether it shows over several examples only, and so in no trace.
    """

    formula: str = ""
    right_formula: str = ""
    needs: Mapping[str, str] = field(default_factory=lambda: text("", ""))
    applies: Callable[[Structure], bool] = lambda structure: True
    notice: Mapping[str, str] = field(default_factory=lambda: text("", ""))
    caught: bool = True
    check: Mapping[str, str] = field(default_factory=lambda: text("", ""))
    way: Way = own_gradient
    several_examples: bool = False

    def require(self, structure: Structure) -> None:
        """Let pass a structure whose trace the rule changes.

        Raises:
            DoesNotApply: it changes nothing there; the message names why.
        """
        if not self.applies(structure):
            raise DoesNotApply(f"The rule {self.name} does not apply: {self.needs['en']}")
