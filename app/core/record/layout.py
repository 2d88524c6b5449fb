"""Where each number of a trace lives: one flat vector, one position per number, one JSON Pointer per position.

A trace is a single float64 vector. What depends on the structure of the network alone (shapes, names,
addresses) is worked out once per structure and shared by every trace of that structure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ..functions.activations import ACTIVATIONS
from ..functions.losses import LOSSES

FREEZABLE = ("b", "w")


class Structure(NamedTuple):
    """All that decides which numbers a trace has and how they depend on each other.

    Attributes:
        sizes: units per layer, the input layer first.
        activations: one key of ``ACTIVATIONS`` per computing layer.
        loss: a name in ``LOSSES``.
        learning: whether a learning rate was given, so that there is an update.
        freeze: what the update leaves alone, a sorted subset of ``("b", "w")``.
        injected: whether ∂l/∂y is a given signal instead of the loss's own derivative.
        momentum: whether the update adds a part of a previous change, which is given along with that part, μ.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    learning: bool = False
    freeze: tuple[str, ...] = ()
    injected: bool = False
    momentum: bool = False

    @property
    def output_activation(self) -> str:
        """The last layer's activation."""
        return self.activations[-1]


@dataclass(frozen=True)
class Span:
    """A vector or matrix inside the flat vector: first position, rows, columns (0 columns for a vector).

    What follows from the three is kept, since every trace of a structure asks for it again.
    """

    start: int
    rows: int
    columns: int = 0

    @cached_property
    def stop(self) -> int:
        """The position after the last one."""
        return self.start + self.rows * (self.columns or 1)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """As an array shape."""
        return (self.rows, self.columns) if self.columns else (self.rows,)

    @cached_property
    def cut(self) -> slice:
        """As a slice of the flat vector."""
        return slice(self.start, self.stop)

    def at(self, row: int, column: int = 0) -> int:
        """The position of one element."""
        return self.start + row * (self.columns or 1) + column

    @property
    def positions(self) -> range:
        """All positions, row by row."""
        return range(self.start, self.stop)

    def addresses(self, pointer: str) -> Iterator[str]:
        """The JSON Pointers of all elements, row by row, below ``pointer``."""
        for row in range(self.rows):
            if self.columns:
                for column in range(self.columns):
                    yield f"{pointer}/{row}/{column}"
            else:
                yield f"{pointer}/{row}"


@dataclass(frozen=True)
class LayerSpans:
    """The spans of one computing layer; ``new_w`` and ``new_b`` are w and b after the update, or the given ones.

    With momentum, ``previous_w`` and ``previous_b`` are the given changes of the update before, ``change_w`` and
    ``change_b`` those of this one; a change is None where nothing changes, because it is frozen or without momentum.
    """

    w: Span
    b: Span
    z: Span
    a: Span
    gain: Span
    jacobian: Span | None
    dl_da: Span
    dl_dz: Span
    dl_dw: Span
    dl_db: Span
    new_w: Span
    new_b: Span
    previous_w: Span | None = None
    previous_b: Span | None = None
    change_w: Span | None = None
    change_b: Span | None = None


@dataclass(frozen=True)
class Layout:
    """The flat vector of one structure.

    The given values come first: x, target, the injected signal if there is one, then w (row by row) and b of each
    layer, then, with momentum, μ and the previous change of each layer's w and b. ``given_count`` is their number,
    ``size`` the length of the whole vector. A softmax layer has a ``jacobian`` instead of a ``gain``; its ``gain`` span
    is empty. ``updated_loss`` is -1 without a learning rate, ``momentum`` without one.
    The z of all layers stand together, and so do their gains, dl_dz and dl_db: what is done unit by unit can be done
    for many layers at once.
    """

    structure: Structure
    given_count: int
    size: int
    x: Span
    target: Span
    layers: tuple[LayerSpans, ...]
    loss: int
    dl_dx: Span
    updated_loss: int
    signal: Span | None
    momentum: int = -1

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The JSON Pointer of every position."""
        pointers = [""] * self.size

        def name(span: Span, pointer: str) -> None:
            pointers[span.start : span.stop] = span.addresses(pointer)

        name(self.x, "/x")
        name(self.target, "/target")
        if self.signal:
            name(self.signal, "/signal")
        for index, spans in enumerate(self.layers):
            for field in ("w", "b", "z", "a", "gain", "jacobian", "dl_da", "dl_dz", "dl_dw", "dl_db"):
                span = getattr(spans, field)
                if span is not None:
                    name(span, f"/layers/{index}/{field}")
            if self.structure.learning:
                for field, span in (("w", spans.new_w), ("b", spans.new_b)):
                    if field not in self.structure.freeze:
                        name(span, f"/updated/layers/{index}/{field}")
            changes = (
                ("/previous_change", spans.previous_w, spans.previous_b),
                ("/updated/change", spans.change_w, spans.change_b),
            )
            for where, *both in changes:
                for field, span in zip("wb", both, strict=True):
                    if span is not None:
                        name(span, f"{where}/layers/{index}/{field}")
        pointers[self.loss] = "/loss/value"
        name(self.dl_dx, "/dl_dx")
        if self.structure.learning:
            pointers[self.updated_loss] = "/updated/loss"
        if self.structure.momentum:
            pointers[self.momentum] = "/momentum"
        return tuple(pointers)

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of every JSON Pointer; the inverse of ``addresses``."""
        return {pointer: position for position, pointer in enumerate(self.addresses)}

    @cached_property
    def gains(self) -> tuple[tuple[str, slice, slice], ...]:
        """The layers with gains, those of one activation in a row taken together: its name, their z, their gains."""
        found = []
        neighbours = groupby(zip(self.structure.activations, self.layers, strict=True), key=itemgetter(0))
        for name, pairs in neighbours:
            spans = [layer for _, layer in pairs if not layer.jacobian]
            if spans:
                first, last = spans[0], spans[-1]
                found.append((name, slice(first.z.start, last.z.stop), slice(first.gain.start, last.gain.stop)))
        return tuple(found)

    @property
    def given(self) -> range:
        """The positions of x, target, the injected signal, w and b, and with momentum of μ and the previous change."""
        return range(self.given_count)

    def across(self, name: str) -> slice:
        """The numbers of one name in all layers, as one slice: z, a, dl_da, dl_dz or dl_db."""
        return slice(getattr(self.layers[0], name).start, getattr(self.layers[-1], name).stop)

    def inputs(self, layer: int) -> Span:
        """What arrives at the wires of a layer: x, or a of the layer before."""
        return self.layers[layer - 1].a if layer else self.x


class _Cursor:
    """Hands out consecutive spans."""

    def __init__(self) -> None:
        self.next = 0

    def take(self, rows: int, columns: int = 0) -> Span:
        span = Span(self.next, rows, columns)
        self.next = span.stop
        return span


@lru_cache(maxsize=256)
def layout(structure: Structure) -> Layout:
    """The layout of ``structure``; the same object for the same structure.

    Raises:
        KeyError: an activation or loss that is not in its registry; the message names it.
    """
    if structure.loss not in LOSSES:
        raise KeyError(f"no loss {structure.loss!r}; there are {', '.join(LOSSES)}")
    sizes, take = structure.sizes, (cursor := _Cursor()).take
    x, target = take(sizes[0]), take(sizes[-1])
    signal = take(sizes[-1]) if structure.injected else None
    shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
    parameters = [(take(rows, columns), take(rows)) for rows, columns in shapes]
    momentum = take(1).start if structure.momentum else -1
    previous = [(take(*shape), take(shape[0])) if structure.momentum else (None, None) for shape in shapes]
    given_count = cursor.next
    wholes = [ACTIVATIONS[name].reads_whole_layer for name in structure.activations]
    units = sizes[1:]
    z, a = [take(rows) for rows in units], [take(rows) for rows in units]
    gain = [take(0 if whole else rows) for rows, whole in zip(units, wholes, strict=True)]
    jacobian = [take(rows, rows) if whole else None for rows, whole in zip(units, wholes, strict=True)]
    dl_da, dl_dz = [take(rows) for rows in units], [take(rows) for rows in units]
    dl_dw, dl_db = [take(*shape) for shape in shapes], [take(rows) for rows in units]
    loss, dl_dx = take(1).start, take(sizes[0])
    changes = [
        tuple(
            take(*size) if structure.momentum and name not in structure.freeze else None
            for name, size in (("w", shape), ("b", shape[:1]))
        )
        for shape in shapes
    ]
    updated = [
        (
            take(rows, columns) if structure.learning and "w" not in structure.freeze else w,
            take(rows) if structure.learning and "b" not in structure.freeze else b,
        )
        for (rows, columns), (w, b) in zip(shapes, parameters, strict=True)
    ]
    updated_loss = take(1).start if structure.learning else -1
    w, b = zip(*parameters, strict=True)
    new_w, new_b = zip(*updated, strict=True)
    moved = (*zip(*previous, strict=True), *zip(*changes, strict=True))
    layers = tuple(
        map(LayerSpans, w, b, z, a, gain, jacobian, dl_da, dl_dz, dl_dw, dl_db, new_w, new_b, *moved),
    )
    return Layout(structure, given_count, cursor.next, x, target, layers, loss, dl_dx, updated_loss, signal, momentum)
