"""What each operation makes of the numbers it reads, said once for arrays and for names.

An operation is computed on ``Numbers``: a wrong run has columns of numbers, one for each example; the straight line has
names of variables, and writes down what is done with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from ..layout import Structure
from .operation import Operation, is_of_pair

Column = Any
"""Several values below each other: they are cut into slices, and added, subtracted and multiplied one by one. A column
of one value goes with each value of another one."""


class Numbers(Protocol):
    """The numbers of a walk so far, and what the functions of the registries make of them."""

    @property
    def structure(self) -> Structure:
        """Which numbers there are."""

    @property
    def eta(self) -> Any:
        """The learning rate η."""

    @property
    def mu(self) -> Any:
        """The momentum μ."""

    def at(self, positions: Iterable[int]) -> Column:
        """The values at some positions."""

    def total(self, column: Column) -> Column:
        """The sum of a column, as a column of one value."""

    def activated(self, operation: Operation) -> Column:
        """σ of the z that an operation reads."""

    def slope(self, operation: Operation) -> Column:
        """σ' of the z that an operation reads, or the Jacobian of a layer that is read as a whole, row by row."""

    def loss(self) -> Column:
        """The loss."""

    def loss_after(self) -> Column:
        """The loss with the updated parameters."""

    def loss_slope(self, operation: Operation) -> Column:
        """∂l/∂y of one output."""

    def paired(self, operation: Operation) -> Column:
        """∂l/∂z of one output, loss and activation taken together."""


Compute = Callable[[Numbers, Operation], Column]


def products(numbers: Numbers, operation: Operation) -> Column:
    """Σ of the products of pairs, and what is read besides."""
    read = numbers.at(operation.reads)
    even = len(operation.reads) // 2 * 2
    total = numbers.total(read[:even:2] * read[1:even:2])
    return total + read[even:] if even < len(operation.reads) else total


def added(numbers: Numbers, operation: Operation) -> Column:
    """Σ of all that is read."""
    return numbers.total(numbers.at(operation.reads))


def activation(numbers: Numbers, operation: Operation) -> Column:
    """σ of one z, or of all of a layer."""
    return numbers.activated(operation)


def gain(numbers: Numbers, operation: Operation) -> Column:
    """σ' of one z, or the Jacobian."""
    return numbers.slope(operation)


def loss(numbers: Numbers, operation: Operation) -> Column:
    """The loss, before or after the update."""
    return numbers.loss() if operation.phase == "loss" else numbers.loss_after()


def loss_gradient(numbers: Numbers, operation: Operation) -> Column:
    """∂l/∂y of one output."""
    return numbers.loss_slope(operation)


def amplify(numbers: Numbers, operation: Operation) -> Column:
    """∂l/∂z of one unit."""
    if is_of_pair(numbers.structure, operation):
        return numbers.paired(operation)
    return products(numbers, operation)


def row(numbers: Numbers, operation: Operation) -> Column:
    """The first read times each of the others."""
    read = numbers.at(operation.reads)
    return read[:1] * read[1:]


def copy(numbers: Numbers, operation: Operation) -> Column:
    """What is read, as it is."""
    return numbers.at(operation.reads)


def change(numbers: Numbers, operation: Operation) -> Column:
    """The change before times μ, less η times the gradient."""
    read = numbers.at(operation.reads)
    return numbers.mu * read[::2] - numbers.eta * read[1::2]


def update(numbers: Numbers, operation: Operation) -> Column:
    """The parameter and its change, which without momentum is -η times the gradient."""
    read = numbers.at(operation.reads)
    return read[::2] + read[1::2] if numbers.structure.momentum else read[::2] - numbers.eta * read[1::2]
