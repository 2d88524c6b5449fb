"""The passes as an ordered list of elementary operations, worked out once per structure of network.

An operation says which numbers it reads and which it writes, as positions in the flat vector of
``layout``; position ``layout.size`` is the learning rate, and those after it are the products that exist
among the ``term`` steps only.
The order is that of the lecture: forward through the layers, the loss, back through the reversed
network (∂l/∂a, the amplifier's gain, ∂l/∂z), the products ∂l/∂w, the update.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from ..functions.activations import ACTIVATIONS
from ..functions.losses import LOSSES
from .layout import Layout, Span, Structure, layout
from .operations.operation import Operation, is_paired
from .operations.table import OPERATIONS

GRANULARITIES = ("none", "layer", "unit", "term")
PHASES = ("forward", "loss", "backward", "gradient", "update")


@dataclass(frozen=True)
class Plan:
    """The operations of one structure at one granularity, in order."""

    layout: Layout
    granularity: str
    operations: tuple[Operation, ...]

    def __len__(self) -> int:
        """The number of steps."""
        return len(self.operations)

    @cached_property
    def phase_starts(self) -> dict[str, int]:
        """The index of the first step of each phase that has steps."""
        starts: dict[str, int] = {}
        for index, operation in enumerate(self.operations):
            starts.setdefault(operation.phase, index)
        return starts


def _interleave(*columns: Iterable[int]) -> tuple[int, ...]:
    return tuple(chain.from_iterable(zip(*columns, strict=True)))


def _forward(spans: Layout) -> Iterator[Operation]:
    for index, layer in enumerate(spans.layers):
        whole = ACTIVATIONS[spans.structure.activations[index]].reads_whole_layer
        inputs = spans.inputs(index).positions
        for unit in range(layer.z.rows):
            row = (layer.w.at(unit, column) for column in range(layer.w.columns))
            reads = (*_interleave(row, inputs), layer.b.at(unit))
            yield Operation("forward", "weighted_sum", index, unit, reads, (layer.z.at(unit),))
            if not whole:
                yield Operation("forward", "activation", index, unit, (layer.z.at(unit),), (layer.a.at(unit),))
        if whole:
            yield Operation("forward", "activation", index, None, tuple(layer.z.positions), tuple(layer.a.positions))


def _loss(spans: Layout) -> Operation:
    structure, output = spans.structure, spans.layers[-1]
    loss, activation = LOSSES[structure.loss], ACTIVATIONS[structure.output_activation]
    reads = list(output.a.positions)
    if loss.uses_target:
        reads += spans.target.positions
        if activation.saturates:
            reads += output.z.positions
    return Operation("loss", "loss", None, None, tuple(reads), (spans.loss,))


def _output_gradient(spans: Layout, unit: int) -> Operation:
    """What enters the reversed network at one output: the loss's own ∂l/∂y, or the injected signal in its place."""
    structure, output = spans.structure, spans.layers[-1]
    if spans.signal:
        writes = (output.dl_da.at(unit),)
        return Operation("backward", "inject", len(spans.layers) - 1, unit, (spans.signal.at(unit),), writes)
    loss, activation = LOSSES[structure.loss], ACTIVATIONS[structure.output_activation]
    reads = [output.a.at(unit)]
    if loss.uses_target:
        reads.append(spans.target.at(unit))
        if activation.reads_whole_layer and not loss.pairs:
            reads += [position for position in output.a.positions if position != output.a.at(unit)]
        elif activation.saturates and loss.derivative_reads_z:
            reads.append(output.z.at(unit))
    return Operation("backward", "loss_gradient", len(spans.layers) - 1, unit, tuple(reads), (output.dl_da.at(unit),))


def _amplify(spans: Layout, index: int, unit: int) -> Operation:
    structure, layer = spans.structure, spans.layers[index]
    if index == len(spans.layers) - 1 and is_paired(structure):
        if layer.jacobian:
            reads = (*layer.z.positions, *spans.target.positions)
        else:
            reads = (layer.z.at(unit), spans.target.at(unit))
    elif layer.jacobian:
        column = (layer.jacobian.at(row, unit) for row in range(layer.jacobian.rows))
        reads = _interleave(column, layer.dl_da.positions)
    else:
        reads = (layer.gain.at(unit), layer.dl_da.at(unit))
    return Operation("backward", "amplify", index, unit, reads, (layer.dl_dz.at(unit),))


def _backward(spans: Layout) -> Iterator[Operation]:
    last = len(spans.layers) - 1
    for index in range(last, -1, -1):
        layer = spans.layers[index]
        if layer.jacobian:
            yield from (_output_gradient(spans, unit) for unit in range(layer.z.rows))
            yield Operation("backward", "gain", index, None, tuple(layer.z.positions), tuple(layer.jacobian.positions))
            yield from (_amplify(spans, index, unit) for unit in range(layer.z.rows))
            continue
        for unit in range(layer.z.rows):
            if index == last:
                yield _output_gradient(spans, unit)
            else:
                yield _sum_back(spans, index + 1, unit, "backward", "backward_sum", index, layer.dl_da)
            yield Operation("backward", "gain", index, unit, (layer.z.at(unit),), (layer.gain.at(unit),))
            yield _amplify(spans, index, unit)


def _sum_back(spans: Layout, source: int, column: int, phase: str, name: str, layer: int, target: Span) -> Operation:
    """Σ w ∂l/∂z over the units of layer ``source``, along the wires that leave unit ``column`` before it."""
    fed = spans.layers[source]
    weights = (fed.w.at(row, column) for row in range(fed.w.rows))
    return Operation(phase, name, layer, column, _interleave(weights, fed.dl_dz.positions), (target.at(column),))


def _gradient(spans: Layout) -> Iterator[Operation]:
    for index, layer in enumerate(spans.layers):
        inputs = spans.inputs(index).positions
        for unit in range(layer.z.rows):
            row = tuple(layer.dl_dw.at(unit, column) for column in range(layer.w.columns))
            yield Operation("gradient", "weight_gradient", index, unit, (layer.dl_dz.at(unit), *inputs), row)
            yield Operation("gradient", "bias_gradient", index, unit, (layer.dl_dz.at(unit),), (layer.dl_db.at(unit),))
    for column in range(spans.x.rows):
        yield _sum_back(spans, 0, column, "gradient", "input_gradient", 0, spans.dl_dx)


class Moved(NamedTuple):
    """The spans of w or of b that an update goes through; the last two are None without momentum."""

    old: Span
    gradient: Span
    new: Span
    previous: Span | None
    change: Span | None


def _moves(name: str, layer: int, unit: int, part: slice, spans: Moved) -> Iterator[Operation]:
    """The update of some parameters of one unit; with momentum their change first, and then what it makes of them."""
    old, gradient, new, previous, change = spans
    moving = gradient
    if previous and change:
        reads = _interleave(previous.positions[part], gradient.positions[part])
        yield Operation("update", f"{name}_change", layer, unit, reads, tuple(change.positions[part]))
        moving = change
    reads = _interleave(old.positions[part], moving.positions[part])
    yield Operation("update", f"{name}_update", layer, unit, reads, tuple(new.positions[part]))


def _update(spans: Layout) -> Iterator[Operation]:
    freeze = spans.structure.freeze
    for index, layer in enumerate(spans.layers):
        weights = Moved(layer.w, layer.dl_dw, layer.new_w, layer.previous_w, layer.change_w)
        biases = Moved(layer.b, layer.dl_db, layer.new_b, layer.previous_b, layer.change_b)
        for unit in range(layer.z.rows):
            if "w" not in freeze:
                row = slice(unit * layer.w.columns, (unit + 1) * layer.w.columns)
                yield from _moves("weight", index, unit, row, weights)
            if "b" not in freeze:
                yield from _moves("bias", index, unit, slice(unit, unit + 1), biases)
    parameters = chain.from_iterable((*layer.new_w.positions, *layer.new_b.positions) for layer in spans.layers)
    given = (
        (*spans.x.positions, *spans.target.positions)
        if LOSSES[spans.structure.loss].uses_target
        else tuple(spans.x.positions)
    )
    yield Operation("update", "loss", None, None, (*parameters, *given), (spans.updated_loss,))


def _units(spans: Layout) -> Iterator[Operation]:
    yield from _forward(spans)
    yield _loss(spans)
    yield from _backward(spans)
    yield from _gradient(spans)
    if spans.structure.learning:
        yield from _update(spans)


def by_layer(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Put the units of a layer together: one operation of each kind per layer."""
    groups: dict[tuple[str, str, int | None], list[Operation]] = {}
    for operation in operations:
        groups.setdefault((operation.phase, operation.name, operation.layer), []).append(operation)
    for (phase, name, layer), group in groups.items():
        reads = dict.fromkeys(chain.from_iterable(operation.reads for operation in group))
        writes = chain.from_iterable(operation.writes for operation in group)
        yield Operation(phase, name, layer, None, tuple(reads), tuple(writes))


def by_term(operations: Iterable[Operation], next_term: int) -> Iterator[Operation]:
    """Take sums apart into products and what adds them up, and rows of weights into single ones."""
    for operation in operations:
        entry = OPERATIONS[operation.name]
        if entry.parted == "sum":
            pairs = len(operation.reads) // 2
            terms = range(next_term, next_term + pairs)
            next_term = terms.stop
            for index, term in enumerate(terms):
                factors = operation.reads[2 * index : 2 * index + 2]
                yield operation._replace(name="product", reads=factors, writes=(term,), part_of=operation.name)
            rest = operation.reads[2 * pairs :]
            yield operation._replace(name="accumulate", reads=(*terms, *rest), part_of=operation.name)
        elif entry.parted == "row":
            for place, position in enumerate(operation.writes):
                yield operation._replace(reads=entry.sources(operation, place), writes=(position,))
        else:
            yield operation


@lru_cache(maxsize=128)
def plan(structure: Structure, granularity: str) -> Plan:
    """The operations of a network of this structure; the same object for the same arguments.

    Raises:
        KeyError: no such granularity; the message names those there are.
    """
    spans = layout(structure)
    if granularity == "none":
        return Plan(spans, granularity, ())
    if granularity == "layer":
        return Plan(spans, granularity, tuple(by_layer(_units(spans))))
    if granularity == "unit":
        return Plan(spans, granularity, tuple(_units(spans)))
    if granularity == "term":
        return Plan(spans, granularity, tuple(by_term(_units(spans), spans.size + 1)))
    raise KeyError(f"no granularity {granularity!r}; there are {', '.join(GRANULARITIES)}")


def count_steps(structure: Structure, granularity: str) -> int:
    """How many steps ``plan`` would hold, without building it: to refuse what is too long before it costs anything."""
    if granularity == "none":
        return 0
    sizes = structure.sizes
    layers, units = len(structure.activations), sum(sizes[1:])
    weights = sum(sending * receiving for sending, receiving in pairwise(sizes))
    moves = int(structure.learning) + int(structure.momentum)
    updated = moves * len({"w", "b"} - set(structure.freeze))
    last_loss = int(structure.learning)
    if granularity == "layer":
        return 2 * layers + 1 + 3 * layers + 2 * layers + 1 + updated * layers + last_loss
    whole = sizes[-1] - 1 if ACTIVATIONS[structure.output_activation].reads_whole_layer else 0
    total = 2 * units + 1 + 3 * units + 2 * units + sizes[0] + updated * units + last_loss - 2 * whole
    if granularity == "term":
        backward = weights - sizes[0] * sizes[1]
        per_weight = (weights - units) * (1 + moves * int("w" not in structure.freeze))
        total += weights + backward + sizes[0] * sizes[1] + per_weight
    return total
