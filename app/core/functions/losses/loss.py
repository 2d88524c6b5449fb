"""What a loss is: a registry entry that holds all there is to know about it.

A loss is the sum (or mean) over the outputs of ``element``; ``derivative`` is the derivative of one
element with respect to its output a. Both take ``(z, a, residual, target, xp)`` of an output unit: z and a of the
unit, residual = a - target as the activation computes it without cancellation, and the namespace.
A ``Pair`` is a loss together with an output activation, both computed from z: its ∂l/∂z stays
finite where ∂l/∂a = -target/a has overflowed.

Source: Bishop, Pattern Recognition and Machine Learning (2006), sect. 4.3 and 5.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ...arrays import Array

OutputRule = Callable[[Any, Any, Any, Any, Any], Any]
TextbookRule = Callable[[Array, Array], Array]
"""A textbook's form, from a and target alone, shape (units, examples) each."""


@dataclass(frozen=True)
class Words:
    """How programs write a loss, or a pair: expressions with placeholders.

    The placeholders are ``{z}`` and ``{a}`` of the output layer and ``{error}`` for a - target; ``target`` is a
    variable of every program. A pair is written from ``{z}``. Where there are several, the shortest comes first and
    the last keeps its digits everywhere; a NumPy program gets the first that gives the trace's numbers.

    Attributes:
        numpy: l.
        slope: ∂l/∂a in NumPy; for a pair ∂l/∂z.
        pytorch: l from ``{a}`` (for a pair ``{z}``), as for the other frameworks.
        tensorflow: the same.
        jax: the same.
    """

    numpy: str
    slope: tuple[str, ...]
    pytorch: str
    tensorflow: str
    jax: str


@dataclass(frozen=True)
class Textbook:
    """A loss in the textbook's form, for an a that is not the one that z gives: a rounded one, or a wrong one.

    Attributes:
        element: one output's term.
        derivative: ∂l/∂a of one output.
    """

    element: TextbookRule
    derivative: TextbookRule


@dataclass(frozen=True)
class Pair:
    """A loss and an output activation taken together for accuracy.

    Attributes:
        element: the loss element from ``(z, a, residual, target, xp)``.
        dl_dz: ∂l/∂z of the output unit from the same.
        formula: ∂l/∂z as LaTeX, with the placeholders ``@z@``, ``@a@`` and ``@target@`` for one unit's symbols,
            ``@total@`` for the sum of the targets.
        textbook: ∂l/∂z from a and target alone.
        words: how programs write it.
    """

    element: OutputRule
    dl_dz: OutputRule
    formula: str
    textbook: TextbookRule
    words: Words


@dataclass(frozen=True)
class Written:
    """A loss written out unit by unit: LaTeX with the placeholders ``@a@``, ``@target@`` and ``@n@`` (outputs).

    Attributes:
        opening: LaTeX before the sum.
        term: one output's term.
        closing: LaTeX after the sum.
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
        element: one output's term of the loss.
        derivative: the derivative of ``element`` with respect to a.
        written: how the loss and its derivative are written out unit by unit.
        words: how programs write it.
        textbook: its form from the outputs alone; None if ``element`` and ``derivative`` do not read z.
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
    words: Words
    textbook: Textbook | None = None
    averaged: bool = False
    derivative_reads_z: bool = True
    pairs: Mapping[str, Pair] = field(default_factory=lambda: MappingProxyType({}))
    outputs: tuple[str, ...] = ()
    kinks: tuple[float, ...] = ()
    uses_target: bool = True
    least_outputs: int = 1

    def scale(self, outputs: int) -> float:
        """The factor before the sum over ``outputs`` elements."""
        return 1.0 / outputs if self.averaged else 1.0
