"""What slips are made of: other numbers read, something else made of them, and where that can happen.

A diagnosis names a slip and its step; unlike those of the rules, its formula is written nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import numpy as np

from ..arrays import Array
from ..functions.activations import ACTIVATIONS, Activation
from ..functions.losses import LOSSES
from ..record.layout import Layout, Structure
from ..record.operations.operation import Operation, is_paired
from ..record.operations.table import SUMS
from .rules.run import Run
from .rules.twists import (
    Reads,
    Twist,
    Value,
    Where,
    at_output,
    both,
    curved,
    elementwise,
    products,
    right_formula,
    scaling,
)

SQUARES = ("half_squared_error", "squared_error", "mean_squared_error")


def unwritten_twist(
    operation: str, where: Where, value: Value, reads: Reads = lambda spans, operation: operation.reads
) -> Twist:
    """A twist whose formula nobody asks for: a diagnosis names the slip and its step."""
    return Twist(operation, where, value, "", right_formula, reads)


def named(*names: str) -> Where:
    """In layers of these activations."""
    return lambda structure, layer: structure.activations[layer] in names


def after_first(structure: Structure, layer: int) -> bool:
    """In all layers but the first."""
    return layer > 0


def layer_of(operation: Operation) -> int:
    """The layer of an operation that has one."""
    assert operation.layer is not None
    return operation.layer


def own(name: str) -> Reads:
    """The unit's own number of this name."""
    return lambda spans, operation: (getattr(spans.layers[layer_of(operation)], name).at(operation.unit or 0),)


def without_bias(spans: Layout, operation: Operation) -> tuple[int, ...]:
    """All that z is made of but b."""
    return operation.reads[:-1]


def minus_bias(run: Run, operation: Operation) -> Array:
    """z with b subtracted."""
    right = run.plain(operation)
    bent: Array = right - 2.0 * run.at(operation.reads[-1:])
    return bent


def column_for_row(spans: Layout, operation: Operation) -> tuple[int, ...]:
    """The weights of a column where those of the row belong."""
    w, unit = spans.layers[layer_of(operation)].w, operation.unit or 0
    weights = (w.at(row, unit) for row in range(w.rows))
    return (*chain.from_iterable(zip(weights, operation.reads[1::2], strict=True)), operation.reads[-1])


def sum_of_products_and_rest(run: Run, operation: Operation) -> Array:
    """Σ of the products of pairs, and the last read."""
    total: Array = products(run, operation._replace(reads=operation.reads[:-1])) + run.at(operation.reads[-1:])
    return total


def of_z(function: Callable[[Activation, Array], Array]) -> Value:
    """A function of the activation's registry entry and z."""

    def value(run: Run, operation: Operation) -> Array:
        entry = ACTIVATIONS[run.right.layout.structure.activations[layer_of(operation)]]
        return function(entry, run.at(operation.reads[:1]))

    return value


def one_minus(run: Run, operation: Operation) -> Array:
    """1 less what is read."""
    rest: Array = 1.0 - run.at(operation.reads)
    return rest


def dl_dz_only(run: Run, operation: Operation) -> Array:
    """The sum of every second read: of ∂l/∂z, the weights passed over."""
    total: Array = run.at(operation.reads[1::2]).sum(axis=0, keepdims=True)
    return total


def for_each_weight(run: Run, operation: Operation) -> Array:
    """The first read, once for each weight."""
    return np.repeat(run.at(operation.reads[:1]), len(operation.writes), axis=0)


def with_row_of(name: str) -> Reads:
    """∂l/∂z of the unit, then the numbers of this name of the layer before."""
    return lambda spans, operation: (
        operation.reads[0],
        *getattr(spans.layers[layer_of(operation) - 1], name).positions,
    )


def outer_row(run: Run, operation: Operation) -> Array:
    """The first read times each of the others."""
    read = run.at(operation.reads)
    row: Array = read[:1] * read[1:]
    return row


def swapped(spans: Layout, operation: Operation) -> tuple[int, ...]:
    """For each weight of the row the factors of the weight on the other side of the diagonal."""
    layer = layer_of(operation)
    sent = spans.inputs(layer).at(operation.unit or 0)
    return tuple(chain.from_iterable((position, sent) for position in spans.layers[layer].dl_dz.positions))


def each_product(run: Run, operation: Operation) -> Array:
    """The products of pairs, one by one."""
    read = run.at(operation.reads)
    each: Array = read[::2] * read[1::2]
    return each


def stepped(factor: Callable[[float], float]) -> Value:
    """What an update gives that adds a factor of η times the gradient."""

    def value(run: Run, operation: Operation) -> Array:
        read = run.at(operation.reads)
        new: Array = read[::2] + factor(run.learning_rate) * read[1::2]
        return new

    return value


def left_out(run: Run, operation: Operation, row: int) -> Array:
    """The sum without one of its products, for each of them."""
    return without_each(run, operation, 1.0)


def sign_lost(run: Run, operation: Operation, row: int) -> Array:
    """The sum with the sign of one of its products turned, for each of them."""
    return without_each(run, operation, 2.0)


def without_each(run: Run, operation: Operation, times: float) -> Array:
    """What is right less ``times`` one of its products, for each: shape (products, columns)."""
    if operation.name not in SUMS:
        return np.empty((0, run.width))
    read, right = run.at(operation.reads), run.plain(operation)
    even = len(read) // 2 * 2
    less: Array = right - times * (read[:even:2] * read[1:even:2])
    return less


def minus_lost(run: Run, operation: Operation, row: int) -> Array:
    """The number with the other sign."""
    return -run.plain(operation)[[row]]


def convention(structure: Structure) -> float:
    """How many times the plain sum of squares a squared error is."""
    factors = {"half_squared_error": 0.5, "squared_error": 1.0, "mean_squared_error": 1.0 / structure.sizes[-1]}
    return factors[structure.loss]


def as_loss(other: str) -> tuple[Twist, ...]:
    """The loss and what follows from it by another convention for the squared error."""

    def factor(spans: Layout, operation: Operation) -> float:
        structure = spans.structure
        return convention(structure._replace(loss=other)) / convention(structure)

    def where(structure: Structure, layer: int) -> bool:
        return structure.loss in SQUARES and structure.loss != other

    return tuple(scaling(name, where, factor, unwritten, phase) for name, phase in LOSS_AND_SLOPE)


LOSS_AND_SLOPE = (("loss", "loss"), ("loss_gradient", "backward"))


def unwritten(spans: Layout, operation: Operation) -> str:
    """No factor to be shown."""
    return ""


def one_by_outputs(spans: Layout, operation: Operation) -> float:
    """1 by the number of outputs."""
    return 1.0 / spans.structure.sizes[-1]


def own_a_for_dl_dz(spans: Layout, operation: Operation) -> tuple[int, ...]:
    """The unit's own a in place of its ∂l/∂z, then what arrives at it."""
    return (*own("a")(spans, operation), *operation.reads[1:])


def softmax_of_softmax(run: Run, operation: Operation) -> Array:
    """Softmax of what softmax gives."""
    softmax = ACTIVATIONS["softmax"].function
    again: Array = softmax(softmax(run.at(operation.reads), np), np)
    return again


def times_all(factor: float) -> tuple[Twist, ...]:
    """The loss, and what follows from it, times a factor; where this is no other convention for the squared error."""

    def where(structure: Structure, layer: int) -> bool:
        if structure.injected:
            return False
        if structure.loss not in SQUARES:
            return True
        others = (convention(structure._replace(loss=other)) for other in SQUARES)
        return factor * convention(structure) not in others

    def of_it(spans: Layout, operation: Operation) -> float:
        return factor

    return (
        *(scaling(name, where, of_it, unwritten, phase) for name, phase in LOSS_AND_SLOPE),
        scaling("amplify", both(where, at_paired_output), of_it, unwritten),
    )


def summed_elsewhere(structure: Structure, layer: int) -> bool:
    """Where the loss is a sum over the outputs, other than of squares."""
    loss = LOSSES[structure.loss]
    return loss.uses_target and not loss.averaged and structure.loss not in SQUARES


def at_paired_output(structure: Structure, layer: int) -> bool:
    """In an output layer whose ∂l/∂z is taken together with the loss."""
    return at_output(structure, layer) and is_paired(structure)


def with_logarithm(structure: Structure, layer: int) -> bool:
    """Where the loss has a logarithm."""
    return structure.loss in ("cross_entropy", "binary_cross_entropy")


UPDATES = ("weight_update", "bias_update")
BENT = both(elementwise, curved)
