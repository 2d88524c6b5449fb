"""A walk done wrongly: the operations of the right one in order, some of them exchanged, for many examples at once.

A number that no wrong number went into is not computed again: it is the right one, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf, isnan

import numpy as np

from ..activations import ACTIVATIONS, Activation, softmax_jacobian
from ..arrays import Array
from ..forward import loss_values, losses
from ..layout import Layout, Span
from ..losses import LOSSES
from ..network import Layer, Network
from ..plan import Operation, is_paired
from ..trace import Trace
from .twists import Misconception

SAME = 1e-13
"""Two ways of adding up the same numbers differ by less, relative to their size."""
WHOLE = 2.0**53
"""From here on a float64 has no decimal places, and rounded by NumPy it might overflow."""


class Run:
    """The numbers of a walk that goes wrong somewhere.

    Attributes:
        right: a trace of the structure; of several examples any one.
        numbers: shape (layout.size, examples); the right ones until a wrong one is written.
        wrong: the positions at which a number differs from the right one.
        learning_rate: η of the updates.
    """

    def __init__(self, right: Trace, numbers: Array | None = None) -> None:
        """Begin with the right numbers: those of ``right``, or of several examples, a column each."""
        self.right = right
        self.numbers = right.values[:, None].copy() if numbers is None else numbers
        self.truth = self.numbers.copy()
        self.wrong: set[int] = set()
        self.learning_rate = right.learning_rate or 0.0

    def at(self, positions: Iterable[int]) -> Array:
        """The numbers at some positions, shape (positions, examples)."""
        found: Array = self.numbers[list(positions)]
        return found

    def go(self, misconception: Misconception, operations: Sequence[Operation], decimals: int | None = None) -> int:
        """Do all of ``operations``.

        Args:
            misconception: what is done wrongly.
            operations: in an order in which each finds what it reads.
            decimals: to how many decimal places each number is rounded before one goes on with it; None for not.

        Returns:
            the index of the first operation whose number is wrong; -1 if none is.
        """
        structure, parted = self.right.layout.structure, -1
        with np.errstate(all="ignore"):
            for index, operation in enumerate(operations):
                twist = misconception.twist_of(structure, operation)
                if twist:
                    made = twist.value(self, operation._replace(reads=twist.reads(self.right.layout, operation)))
                elif decimals is None and self.wrong.isdisjoint(operation.reads):
                    continue
                else:
                    made = self.plain(operation)
                if decimals is not None:
                    made = np.where(np.abs(made) < WHOLE, np.round(made, decimals), made)
                if self.write(operation.writes, made) and parted < 0:
                    parted = index
        return parted

    def write(self, positions: tuple[int, ...], made: Array) -> bool:
        """Take over numbers, shape (positions, examples); whether one of them is not the right one."""
        if made.size == 1:
            return self._write_one(positions[0], made.item())
        places = list(positions)
        right = self.truth[places]
        near = np.abs(made - right) <= SAME * np.maximum(np.abs(made), np.abs(right))
        near &= np.isfinite(made) & np.isfinite(right)
        apart = ~(near | (made == right) | (np.isnan(made) & np.isnan(right)))
        self.numbers[places] = np.where(apart, made, right)
        found = [position for position, row in zip(places, apart.any(axis=1).tolist(), strict=True) if row]
        self.wrong.update(found)
        return bool(found)

    def _write_one(self, position: int, made: float) -> bool:
        """The same for one number of one example, which most operations write, without NumPy's calls around it."""
        right = self.truth.item(position, 0)
        size = max(abs(made), abs(right))
        if made == right or (isnan(made) and isnan(right)) or (size < inf and abs(made - right) <= SAME * size):
            self.numbers[position, 0] = right
            return False
        self.numbers[position, 0] = made
        self.wrong.add(position)
        return True

    def plain(self, operation: Operation) -> Array:
        """What the right operation makes of the numbers as they are, shape (writes, examples)."""
        if self.wrong.isdisjoint(operation.reads):
            return self.truth[list(operation.writes)]
        spans = self.right.layout
        read = self.at(operation.reads)
        made: Array
        match operation.name:
            case "weighted_sum" | "backward_sum" | "input_gradient":
                even = len(read) // 2 * 2
                made = (read[:even:2] * read[1:even:2]).sum(axis=0, keepdims=True) + read[even:].sum(axis=0)
            case "activation":
                made = self._activation(operation).function(read, np)
            case "gain" if len(operation.writes) > 1:
                columns = [softmax_jacobian(column).ravel() for column in ACTIVATIONS["softmax"].function(read, np).T]
                made = np.array(columns).T
            case "gain":
                made = self._activation(operation).derivative(read, np)
            case "loss" if operation.phase == "loss":
                made = self._loss(spans)
            case "loss":
                made = self._loss_after(spans)
            case "loss_gradient":
                made = self._slope(spans, operation)
            case "amplify" if operation.layer == len(spans.layers) - 1 and is_paired(spans.structure):
                made = self._paired(spans, operation)
            case "amplify":
                made = (read[::2] * read[1::2]).sum(axis=0, keepdims=True)
            case "weight_gradient":
                made = read[:1] * read[1:]
            case "weight_update" | "bias_update":
                made = read[::2] - self.learning_rate * read[1::2]
            case _:
                made = read
        return made

    def _activation(self, operation: Operation) -> Activation:
        assert operation.layer is not None
        return ACTIVATIONS[self.right.layout.structure.activations[operation.layer]]

    def _output(self, spans: Layout) -> tuple[Array, Array, Array, Array]:
        """z, a, residual and target of the output layer; the residual only from z where a is the one that z gives."""
        last = spans.layers[-1]
        z, a, target = (self.numbers[span.cut] for span in (last.z, last.a, spans.target))
        entry = ACTIVATIONS[spans.structure.output_activation]
        if np.allclose(a, entry.function(z, np), rtol=SAME, atol=0.0):
            return z, a, entry.residual(z, a, target, np), target
        # Whoever has another a goes on with it; the forms that are taken from z alone have no answer then.
        return np.full_like(z, np.nan), a, a - target, target

    def _loss(self, spans: Layout) -> Array:
        loss, entry = LOSSES[spans.structure.loss], ACTIVATIONS[spans.structure.output_activation]
        z, a, residual, target = self._output(spans)
        if np.isnan(z).any() and not loss.pairs:
            made: Array = loss.scale(len(a)) * loss.element(z, a, residual, target, np).sum(axis=0, keepdims=True)
            return made
        return np.full((1, a.shape[1]), np.nan) if np.isnan(z).any() else losses(loss, entry, z, a, target)[None, :]

    def _slope(self, spans: Layout, operation: Operation) -> Array:
        loss = LOSSES[spans.structure.loss]
        z, a, residual, target = self._output(spans)
        made: Array = loss.scale(len(a)) * loss.derivative(z, a, residual, target, np)
        return made[[operation.unit or 0]]

    def _paired(self, spans: Layout, operation: Operation) -> Array:
        loss = LOSSES[spans.structure.loss]
        pair = loss.pairs[spans.structure.output_activation]
        z, a, residual, target = self._output(spans)
        made: Array = loss.scale(len(a)) * pair.dl_dz(z, a, residual, target, np)
        return made[[operation.unit or 0]]

    def _loss_after(self, spans: Layout) -> Array:
        """The loss of each example after its own update."""
        found = []
        for column in self.numbers.T:

            def of(span: Span, column: Array = column) -> Array:
                return column[span.cut].reshape(span.shape)

            layers = tuple(
                Layer(of(layer.new_w), of(layer.new_b), name)
                for layer, name in zip(spans.layers, spans.structure.activations, strict=True)
            )
            x, target = of(spans.x)[:, None], of(spans.target)[:, None]
            found.append(loss_values(Network(layers), x, target, spans.structure.loss)[0])
        return np.array([found])
