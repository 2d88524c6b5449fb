"""How a wrong way of calculating differs from the right one: in what an operation reads, and what it makes of that.

A twist speaks of one kind of operation. All else of the walk stays as ``plan`` has it, so that a wrong trace is the
right one with a few operations exchanged, and every number that does not depend on them keeps all its digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ...arrays import Array
from ...functions.activations import ACTIVATIONS
from ...record.layout import Layout, Structure
from ...record.operations.formulas import Piece, Symbols
from ...record.operations.operation import Operation
from ...record.operations.table import pieces
from .run import Run

Where = Callable[[Structure, int], bool]
Reads = Callable[[Layout, Operation], tuple[int, ...]]
Value = Callable[[Run, Operation], Array]
Formula = Callable[[Symbols, Operation], list[Piece]]
Factor = Callable[[Layout, Operation], float]
Before = Callable[[Layout, Operation], str]


def text(en: str, zh: str) -> Mapping[str, str]:
    """A sentence in both languages."""
    return MappingProxyType({"en": en, "zh": zh})


@dataclass(frozen=True)
class Twist:
    """One kind of operation done wrongly.

    Attributes:
        operation: its name in the plan.
        where: whether the computing layer of this index is meant (the loss counts as the last layer).
        value: the numbers written, shape (writes, examples).
        matrix: the wrong step of a whole layer as LaTeX, with ``@name@`` for a vector or matrix of the layer and
            ``@name+@`` for one of the layer after it; ``@in@`` is what arrives at the layer.
        formula: the wrong step of one unit as pieces.
        reads: what it reads instead.
        phase: the phase in which it happens, if the operation's name stands in two.
        before: the factor before what is right as LaTeX, if that is all that is wrong.
        factor: this factor as a number.
    """

    operation: str
    where: Where
    value: Value
    matrix: str
    formula: Formula
    reads: Reads = lambda spans, operation: operation.reads
    phase: str = ""
    before: Before | None = None
    factor: Factor | None = None

    def concerns(self, structure: Structure, operation: Operation) -> bool:
        """Whether it is this operation that is done wrongly."""
        layer = len(structure.activations) - 1 if operation.layer is None else operation.layer
        return (
            self.operation == (operation.part_of or operation.name)
            and self.phase in ("", operation.phase)
            and self.where(structure, layer)
        )


def equation(symbols: Symbols, operation: Operation, written_as: str) -> list[Piece]:
    """The formula that an operation of the name ``written_as`` would have with these reads."""
    return pieces(symbols, operation._replace(name=written_as), "unit")


def right_formula(symbols: Symbols, operation: Operation) -> list[Piece]:
    """The formula of the operation itself."""
    return pieces(symbols, operation, "unit")


# What an operation may be made of: each gives the ``value`` and the ``formula`` of a twist.


def products(run: Run, operation: Operation) -> Array:
    """Σ of the products of pairs of reads."""
    read = run.at(operation.reads)
    total: Array = (read[::2] * read[1::2]).sum(axis=0, keepdims=True)
    return total


def as_products(symbols: Symbols, operation: Operation) -> list[Piece]:
    """The formula of ``products``."""
    return equation(symbols, operation, "product")


def copied(run: Run, operation: Operation) -> Array:
    """The first read as it is."""
    return run.at(operation.reads[:1])


def as_copy(symbols: Symbols, operation: Operation) -> list[Piece]:
    """The formula of ``copied``."""
    return equation(symbols, operation, "bias_gradient")


def scaled(factor: Factor) -> Value:
    """What is right, times a factor."""
    return lambda run, operation: factor(run.right.layout, operation) * run.plain(operation)


def times(factor: str, formula: list[Piece]) -> list[Piece]:
    """A formula with a factor before its right side."""
    at = formula.index(" = ") + 1
    return [*formula[:at], factor, r" \left( ", *formula[at:], r" \right)"]


def scaling(operation: str, where: Where, factor: Factor, before: Before, phase: str = "") -> Twist:
    """A twist that multiplies what is right by a factor."""

    def formula(symbols: Symbols, each: Operation) -> list[Piece]:
        return times(before(symbols.layout, each), right_formula(symbols, each))

    return Twist(operation, where, scaled(factor), "", formula, phase=phase, before=before, factor=factor)


# Where a twist may apply.


def everywhere(structure: Structure, layer: int) -> bool:
    """In all layers."""
    return True


def at_output(structure: Structure, layer: int) -> bool:
    """In the last layer."""
    return layer == len(structure.activations) - 1


def hidden(structure: Structure, layer: int) -> bool:
    """In all layers but the last."""
    return not at_output(structure, layer)


def elementwise(structure: Structure, layer: int) -> bool:
    """In layers whose activation looks at one z at a time."""
    return not ACTIVATIONS[structure.activations[layer]].reads_whole_layer


def curved(structure: Structure, layer: int) -> bool:
    """In layers with a gain that is not 1 everywhere."""
    return structure.activations[layer] != "linear"


def square(structure: Structure, layer: int) -> bool:
    """In layers that receive as many values as they have units, at least two."""
    return structure.sizes[layer] == structure.sizes[layer + 1] > 1


def both(*conditions: Where) -> Where:
    """Where all of them hold."""
    return lambda structure, layer: all(condition(structure, layer) for condition in conditions)


def some_layer(condition: Where) -> Callable[[Structure], bool]:
    """Whether there is a layer of the kind."""
    return lambda structure: any(condition(structure, layer) for layer in range(len(structure.activations)))
