"""The numbers of a walk done wrongly, some of its operations exchanged, for many examples at once.

A number that no wrong number went into is not computed again: it is the right one, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isnan

import numpy as np

from ...arrays import Array
from ...functions.activations import ACTIVATIONS, Activation, softmax_jacobian
from ...functions.losses import LOSSES
from ...record.forward import losses
from ...record.layout import Layout, Span, Structure
from ...record.operations.operation import Operation
from ...record.operations.table import OPERATIONS
from ...record.trace import Trace
from .outputs import dl_dz_from_outputs, loss_from_outputs, slope_from_outputs

SAME = 1e-13
"""Two ways of adding up the same numbers differ by less, relative to their size."""


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

    @property
    def width(self) -> int:
        """How many columns of numbers there are."""
        return int(self.numbers.shape[1])

    def at(self, positions: Iterable[int]) -> Array:
        """The numbers at some positions, shape (positions, examples)."""
        found: Array = self.numbers[list(positions)]
        return found

    def of(self, span: Span) -> Array:
        """The numbers of a span, shape (its size, examples)."""
        return self.numbers[span.cut]

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
        return self.anew(operation)

    def anew(self, operation: Operation) -> Array:
        """The same, worked out from what it reads in any case."""
        made: Array = OPERATIONS[operation.name].compute(self, operation)
        return made

    @property
    def structure(self) -> Structure:
        """Which numbers there are."""
        return self.right.layout.structure

    @property
    def eta(self) -> float:
        """The learning rate η."""
        return self.learning_rate

    @property
    def mu(self) -> Array:
        """The momentum μ of each example."""
        mu: Array = self.numbers[self.right.layout.momentum]
        return mu

    def total(self, column: Array) -> Array:
        """The sum of a column of numbers, shape (1, examples)."""
        total: Array = column.sum(axis=0, keepdims=True)
        return total

    def activated(self, operation: Operation) -> Array:
        """σ of the z that an operation reads."""
        made: Array = self._activation(operation).function(self.at(operation.reads), np)
        return made

    def slope(self, operation: Operation) -> Array:
        """σ'(z) of the z read first, shape (1, examples); of a whole layer the Jacobian, shape (units², examples)."""
        entry = self._activation(operation)
        if entry.reads_whole_layer:
            outputs = entry.function(self.of(self.right.layout.layers[operation.layer or 0].z), np)
            return np.array([softmax_jacobian(column).ravel() for column in outputs.T]).T
        made: Array = entry.derivative(self.at(operation.reads[:1]), np)
        return made

    def _activation(self, operation: Operation) -> Activation:
        assert operation.layer is not None
        return ACTIVATIONS[self.structure.activations[operation.layer]]

    def _output(self, spans: Layout) -> tuple[Array, Array, Array, Array]:
        """z, a, residual and target of the output layer; z is NaN in a column whose a is not the one that z gives.

        There the residual is taken from a, and so is all that follows: whoever has another a goes on with it.
        """
        last = spans.layers[-1]
        z, a, target = (self.of(span) for span in (last.z, last.a, spans.target))
        entry = ACTIVATIONS[spans.structure.output_activation]
        near = np.isclose(a, entry.function(z, np), rtol=SAME, atol=0.0).all(axis=0)
        residual = np.where(near, entry.residual(z, a, target, np), a - target)
        return np.where(near, z, np.nan), a, residual, target

    def loss(self) -> Array:
        """The loss of each example."""
        spans = self.right.layout
        structure = spans.structure
        loss, entry = LOSSES[structure.loss], ACTIVATIONS[structure.output_activation]
        z, a, residual, target = self._output(spans)
        made = losses(loss, entry, z, a, target)
        other = np.isnan(z).any(axis=0)
        if other.any():
            made = np.where(other, loss_from_outputs(structure.loss, a, residual, target), made)
        return made[None, :]

    def loss_slope(self, operation: Operation) -> Array:
        """∂l/∂y of one output of each example."""
        spans = self.right.layout
        loss = LOSSES[spans.structure.loss]
        z, a, residual, target = self._output(spans)
        made: Array = loss.scale(len(a)) * loss.derivative(z, a, residual, target, np)
        if np.isnan(z).any():
            made = np.where(np.isnan(z), slope_from_outputs(spans.structure.loss, a, residual, target), made)
        return made[[operation.unit or 0]]

    def paired(self, operation: Operation) -> Array:
        """∂l/∂z of one output of each example, loss and activation taken together."""
        spans = self.right.layout
        structure = spans.structure
        loss = LOSSES[structure.loss]
        z, a, residual, target = self._output(spans)
        made: Array = loss.scale(len(a)) * loss.pairs[structure.output_activation].dl_dz(z, a, residual, target, np)
        if np.isnan(z).any():
            made = np.where(np.isnan(z), dl_dz_from_outputs(structure, a, target), made)
        return made[[operation.unit or 0]]

    def loss_after(self) -> Array:
        """The loss of each example after its own update."""
        spans = self.right.layout
        structure, a = spans.structure, self.of(spans.x)
        for name, layer in zip(structure.activations, spans.layers, strict=True):
            w = self.of(layer.new_w).reshape(*layer.new_w.shape, -1)
            z = np.einsum("ijn,jn->in", w, a) + self.of(layer.new_b)
            a = ACTIVATIONS[name].function(z, np)
        entry = ACTIVATIONS[structure.output_activation]
        made: Array = losses(LOSSES[structure.loss], entry, z, a, self.of(spans.target))[None, :]
        return made
