"""The table of operations: whatever is to be known of one stands in its entry.

The plan has the order in which they are done; steps, the straight line, wrong runs and sentences ask the table what
each of them is. An operation is added by its entry here and its place in the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ..layout import Layout
from . import arithmetic, equations, update_words, words
from .arithmetic import Compute
from .equations import MatrixForm, RightSide
from .formulas import ASSIGNED, Piece, Slot, Symbols, row
from .operation import Operation
from .scene import Scene, Words


@dataclass(frozen=True)
class Entry:
    """All that is known of one operation.

    Attributes:
        compute: what it makes of the numbers it reads.
        right: what stands right of the equals sign in its formula for one unit or one weight.
        words: the sentence that a step deserves.
        whole: its formula for a whole layer; None where that is the formula of one unit.
        parted: how ``term`` takes it apart: a ``sum`` into its products and what adds them up, a ``row`` into its
            numbers; None for not at all.
        sources: what the number at a place among the writes is made of, of a step of one unit; all reads by default.
        products: how many multiplications it does, of those that ``counts`` counts; none by default.
        sign: between the left and the right side of the formula.
    """

    compute: Compute
    right: RightSide
    words: Callable[[Scene], Words]
    whole: MatrixForm | None = None
    parted: Literal["sum", "row"] | None = None
    sources: Callable[[Operation, int], tuple[int, ...]] = lambda operation, place: operation.reads
    products: Callable[[Layout, Operation], int] = lambda layout, operation: 0
    sign: Piece = " = "


def _pair(operation: Operation, place: int) -> tuple[int, ...]:
    return operation.reads[2 * place : 2 * place + 2]


def _first_and_own(operation: Operation, place: int) -> tuple[int, ...]:
    return operation.reads[0], operation.reads[1 + place]


def _wires_in(layout: Layout, operation: Operation) -> int:
    w = layout.layers[operation.layer or 0].w
    return (w.rows if operation.unit is None else 1) * w.columns


def _wires_out(layout: Layout, operation: Operation) -> int:
    w = layout.layers[(operation.layer or 0) + 1].w
    return (w.columns if operation.unit is None else 1) * w.rows


def _each_write(layout: Layout, operation: Operation) -> int:
    return len(operation.writes)


def _the_one(layout: Layout, operation: Operation) -> int:
    # The way on to ∂l/∂x is no part of the gradient.
    return 0 if operation.part_of == "input_gradient" else 1


OPERATIONS: Mapping[str, Entry] = MappingProxyType(
    {
        "weighted_sum": Entry(
            compute=arithmetic.products,
            right=equations.sum_of_products,
            whole=equations.whole_sum,
            words=words.weighted_sum,
            parted="sum",
            products=_wires_in,
        ),
        "activation": Entry(
            compute=arithmetic.activation,
            right=equations.of_function,
            whole=equations.whole("a", equations.of_function),
            words=words.activation,
        ),
        "loss": Entry(
            compute=arithmetic.loss,
            right=equations.of_loss,
            words=words.loss,
        ),
        "loss_gradient": Entry(
            compute=arithmetic.loss_gradient,
            right=equations.of_loss_gradient,
            whole=equations.whole("dl_da", equations.of_loss_gradient),
            words=words.loss_gradient,
        ),
        "inject": Entry(
            compute=arithmetic.copy,
            right=equations.copied,
            whole=equations.whole_signal,
            words=words.inject,
            sign=ASSIGNED,
        ),
        "gain": Entry(
            compute=arithmetic.gain,
            right=equations.of_slope,
            whole=equations.whole_slope,
            words=words.gain,
        ),
        "backward_sum": Entry(
            compute=arithmetic.products,
            right=equations.sum_of_products,
            whole=equations.whole_sum_back,
            words=words.backward_sum,
            parted="sum",
            products=_wires_out,
        ),
        "amplify": Entry(
            compute=arithmetic.amplify,
            right=equations.of_amplifier,
            whole=equations.whole_amplifier,
            words=words.amplify,
        ),
        "weight_gradient": Entry(
            compute=arithmetic.row,
            right=equations.row_of_products,
            whole=equations.whole_weight_gradient,
            words=words.weight_gradient,
            parted="row",
            sources=_first_and_own,
            products=_each_write,
        ),
        "bias_gradient": Entry(
            compute=arithmetic.copy,
            right=equations.copied,
            whole=equations.whole_bias_gradient,
            words=words.bias_gradient,
        ),
        "input_gradient": Entry(
            compute=arithmetic.products,
            right=equations.sum_of_products,
            whole=equations.whole_input_gradient,
            words=words.input_gradient,
            parted="sum",
        ),
        "weight_change": Entry(
            compute=arithmetic.change,
            right=equations.changed,
            whole=equations.whole_change("w"),
            words=update_words.weight_change,
            parted="row",
            sources=_pair,
        ),
        "bias_change": Entry(
            compute=arithmetic.change,
            right=equations.changed,
            whole=equations.whole_change("b"),
            words=update_words.bias_change,
        ),
        "weight_update": Entry(
            compute=arithmetic.update,
            right=equations.updated,
            whole=equations.whole_update("w"),
            words=update_words.weight_update,
            parted="row",
            sources=_pair,
        ),
        "bias_update": Entry(
            compute=arithmetic.update,
            right=equations.updated,
            whole=equations.whole_update("b"),
            words=update_words.bias_update,
        ),
        "product": Entry(
            compute=arithmetic.products,
            right=equations.sum_of_products,
            words=words.product,
            products=_the_one,
        ),
        "accumulate": Entry(
            compute=arithmetic.added,
            right=equations.sum_of_terms,
            words=words.accumulate,
        ),
    }
)

SUMS = tuple(name for name, entry in OPERATIONS.items() if entry.parted == "sum")


def pieces(symbols: Symbols, operation: Operation, granularity: str) -> list[Piece]:
    """The formula of a step, as pieces."""
    entry = OPERATIONS[operation.name]
    is_whole = granularity == "layer" or operation.unit is None
    if entry.whole and operation.layer is not None and is_whole:
        return entry.whole(symbols, operation, operation.layer)
    left = row(operation.writes) if len(operation.writes) > 1 else (Slot(operation.writes[0]),)
    return [*left, entry.sign, *entry.right(symbols, operation)]
