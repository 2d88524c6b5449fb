"""One example forward and backward: the frozen record that everything else reads.

The record is one flat float64 vector (see ``layout``); the layers, the document and the steps are views of it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..arrays import Array, ShapeError, freeze
from ..functions.activations import ACTIVATIONS, softmax_jacobian, written
from ..functions.losses import LOSSES
from ..network import Layer, Network
from .backward import amplified, output_gradient
from .counts import Counts, counts
from .fast import straight_line
from .forward import loss_values, losses
from .layout import LayerSpans, Layout, Span, Structure, layout


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """One layer of a trace: read-only views, w (n, m), dl_dw (n, m), the rest (n,); see ``layout.LayerSpans``.

    The activation is named by its key in ``ACTIVATIONS``.
    """

    activation: str
    w: Array
    b: Array
    z: Array
    a: Array
    gain: Array | None
    jacobian: Array | None
    dl_da: Array
    dl_dz: Array
    dl_dw: Array
    dl_db: Array


@dataclass(frozen=True, eq=False)
class Updated:
    """The parameters after one step of gradient descent, and the loss of the same example with them."""

    layers: tuple[Layer, ...]
    loss: float


@dataclass(frozen=True, eq=False)
class Trace:
    """What the network did with one example.

    Attributes:
        layout: where each number stands.
        computed: all numbers in the order of the layout; an array is read-only from here on.
        learning_rate: η, or None when there is no update.
    """

    layout: Layout
    computed: Array | tuple[float, ...]
    learning_rate: float | None

    def __post_init__(self) -> None:
        """Make the record one that nobody can change."""
        if not isinstance(self.computed, tuple):
            freeze(self.computed)

    @cached_property
    def values(self) -> Array:
        """All numbers, shape (layout.size,), read-only."""
        return freeze(np.asarray(self.computed))

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """All numbers as Python floats."""
        return self.computed if isinstance(self.computed, tuple) else tuple(self.computed.tolist())

    def view(self, span: Span) -> Array:
        """The read-only array of a span, in its shape."""
        return self.values[span.cut].reshape(span.shape)

    @property
    def x(self) -> Array:
        """The input, shape (n_0,)."""
        return self.view(self.layout.x)

    @property
    def target(self) -> Array:
        """The target ŷ, shape (n_L,)."""
        return self.view(self.layout.target)

    @cached_property
    def layers(self) -> tuple[LayerTrace, ...]:
        """The computing layers in forward order."""
        return tuple(
            LayerTrace(
                activation=activation,
                w=self.view(spans.w),
                b=self.view(spans.b),
                z=self.view(spans.z),
                a=self.view(spans.a),
                gain=None if spans.jacobian else self.view(spans.gain),
                jacobian=self.view(spans.jacobian) if spans.jacobian else None,
                dl_da=self.view(spans.dl_da),
                dl_dz=self.view(spans.dl_dz),
                dl_dw=self.view(spans.dl_dw),
                dl_db=self.view(spans.dl_db),
            )
            for activation, spans in zip(self.layout.structure.activations, self.layout.layers, strict=True)
        )

    @property
    def loss(self) -> float:
        """The loss l of this example."""
        return float(self.values[self.layout.loss])

    @property
    def dl_dx(self) -> Array:
        """∂l/∂x, shape (n_0,)."""
        return self.view(self.layout.dl_dx)

    @cached_property
    def updated(self) -> Updated | None:
        """The parameters after the update and the loss with them; None without a learning rate."""
        if self.learning_rate is None:
            return None
        layers = tuple(
            Layer(self.view(spans.new_w), self.view(spans.new_b), activation)
            for activation, spans in zip(self.layout.structure.activations, self.layout.layers, strict=True)
        )
        return Updated(layers, float(self.values[self.layout.updated_loss]))

    @property
    def counts(self) -> Counts:
        """Multiplications by weights, see ``counts``."""
        return counts(self.layout.structure.sizes)

    def document(self, known: Container[int] | None = None) -> dict[str, Any]:
        """The trace as JSON-ready lists, without its steps.

        Args:
            known: the positions computed so far; all others become None. None for all.
        """
        numbers: list[float | None] = list(self.numbers)
        if known is not None:
            numbers = [number if position in known else None for position, number in enumerate(numbers)]

        def lists(span: Span) -> Any:
            if not span.columns:
                return numbers[span.start : span.stop]
            return [numbers[at : at + span.columns] for at in range(span.start, span.stop, span.columns)]

        def of_layer(activation: str, spans: LayerSpans) -> dict[str, Any]:
            return {
                **written(activation),
                "w": lists(spans.w),
                "b": lists(spans.b),
                "z": lists(spans.z),
                "a": lists(spans.a),
                "gain": None if spans.jacobian else lists(spans.gain),
                "jacobian": lists(spans.jacobian) if spans.jacobian else None,
                "dl_da": lists(spans.dl_da),
                "dl_dz": lists(spans.dl_dz),
                "dl_dw": lists(spans.dl_dw),
                "dl_db": lists(spans.dl_db),
            }

        structure = self.layout.structure
        document: dict[str, Any] = {
            "x": lists(self.layout.x),
            "target": lists(self.layout.target),
            **({"signal": lists(self.layout.signal)} if self.layout.signal else {}),
            "layers": [
                of_layer(activation, spans)
                for activation, spans in zip(structure.activations, self.layout.layers, strict=True)
            ],
            **self._momentum(numbers, lists),
            "loss": {"name": structure.loss, "value": numbers[self.layout.loss]},
            "dl_dx": lists(self.layout.dl_dx),
            "counts": self.counts,
        }
        if structure.learning:
            document["updated"] = {
                "layers": [{"w": lists(spans.new_w), "b": lists(spans.new_b)} for spans in self.layout.layers],
                "loss": numbers[self.layout.updated_loss],
            }
        if structure.momentum:
            # What is frozen changes by nothing; a whole number, as it stands nowhere in the record.
            still = [([[0] * each.w.columns] * each.w.rows, [0] * each.b.rows) for each in self.layout.layers]
            document["updated"]["change"] = {
                "layers": [
                    {
                        "w": lists(each.change_w) if each.change_w else w,
                        "b": lists(each.change_b) if each.change_b else b,
                    }
                    for each, (w, b) in zip(self.layout.layers, still, strict=True)
                ]
            }
        return document

    def _momentum(self, numbers: Sequence[float | None], lists: Callable[[Span], Any]) -> dict[str, Any]:
        """What the document says of μ and of the change before; nothing without momentum."""
        if not self.layout.structure.momentum:
            return {}
        changes = [
            {"w": lists(each.previous_w), "b": lists(each.previous_b)}
            for each in self.layout.layers
            if each.previous_w and each.previous_b
        ]
        return {"momentum": numbers[self.layout.momentum], "previous_change": {"layers": changes}}


def _matrix_form(spans: Layout, given: Sequence[float] | Array, learning_rate: float | None) -> Array:
    """All numbers of a trace by matrix operations on the flat vector; shape (spans.size,)."""
    values = np.empty(spans.size)
    values[: spans.given_count] = given
    _complete(spans, values, learning_rate)
    return values


@np.errstate(all="ignore")
def _complete(spans: Layout, values: Array, learning_rate: float | None) -> None:
    """Compute, in place, all numbers of ``values`` from those that stand in it as given."""
    structure = spans.structure

    def view(span: Span) -> Array:
        return values[span.cut].reshape(span.shape)

    # The views of the two loops are cut in place: for layers of 64 units the calls cost as much as the arithmetic.
    x, target = values[spans.x.cut], values[spans.target.cut]
    passed = []
    sent = x
    for name, each in zip(structure.activations, spans.layers, strict=True):
        w, z = values[each.w.cut].reshape(each.w.shape), values[each.z.cut]
        passed.append((each, w, sent))
        w.dot(sent, out=z)
        z += values[each.b.cut]
        values[each.a.cut] = sent = ACTIVATIONS[name].function(z, np)
    for name, z_cut, gain_cut in spans.gains:
        values[gain_cut] = ACTIVATIONS[name].derivative(values[z_cut], np)
    loss, output, last = LOSSES[structure.loss], ACTIVATIONS[structure.output_activation], spans.layers[-1]
    values[spans.loss] = losses(loss, output, z, sent, target)
    gain = values[last.gain.cut]
    if spans.signal:
        dl_da = values[spans.signal.cut]
        dl_dz = amplified(output, sent, gain, dl_da)
    else:
        dl_da, dl_dz = output_gradient(loss, output, z, sent, target, gain)
    values[last.dl_da.cut], values[last.dl_dz.cut] = dl_da, dl_dz
    if last.jacobian:
        view(last.jacobian)[:] = softmax_jacobian(sent)
    for each, w, sent in reversed(passed):
        if each is not last:
            dl_dz = dl_da * values[each.gain.cut]
            values[each.dl_da.cut], values[each.dl_dz.cut] = dl_da, dl_dz
        # A product of a column and a row: three times as fast as broadcasting, and as exact.
        dl_dz[:, None].dot(sent[None], out=values[each.dl_dw.cut].reshape(each.dl_dw.shape))
        dl_da = dl_dz.dot(w)
    values[spans.dl_dx.cut] = dl_da
    values[spans.across("dl_db")] = values[spans.across("dl_dz")]
    if learning_rate is not None:
        for each in spans.layers:
            moves = (
                ("w", each.w, each.dl_dw, each.new_w, each.previous_w, each.change_w),
                ("b", each.b, each.dl_db, each.new_b, each.previous_b, each.change_b),
            )
            for name, old, gradient, new, previous, change in moves:
                if name in structure.freeze:
                    continue
                step = learning_rate * values[gradient.cut]
                if previous and change:
                    values[change.cut] = values[spans.momentum] * values[previous.cut] - step
                    values[new.cut] = values[old.cut] + values[change.cut]
                else:
                    values[new.cut] = values[old.cut] - step
        after = zip(structure.activations, spans.layers, strict=True)
        updated = Network(tuple(Layer(view(each.new_w), view(each.new_b), name) for name, each in after))
        values[spans.updated_loss] = loss_values(updated, x[:, None], target[:, None], structure.loss)[0]


def trace_of(structure: Structure, given: Sequence[float] | Array, learning_rate: float | None = None) -> Trace:
    """Trace from the given numbers in layout order: x, target, a signal if injected, then w row by row and b by layer.

    With momentum, μ and the previous change, in the order of w and b, stand behind them.

    All parameters are updated from the OLD ones, after the whole gradient is known. Matt Mazur's famous article
    (2015) prints an error of 0.291027924 after its first update: that is what one gets by sending the gradient
    of the hidden layer back through the already updated output weights. Done properly it is 0.291027774.

    Args:
        structure: which numbers there are; ``structure.learning`` says whether ``learning_rate`` is meant.
        given: as many numbers as ``layout(structure).given_count``.
        learning_rate: η, the size of the update in units of θ per unit of gradient.

    Raises:
        ShapeError: the number of given values does not fit the structure.
    """
    spans = layout(structure)
    if len(given) != spans.given_count:
        raise ShapeError("", f"expected {spans.given_count} given numbers, got {len(given)}")
    if straight_line.suits(structure):
        run = straight_line.compiled(structure)
        return Trace(spans, run([*map(float, given)], 0.0 if learning_rate is None else learning_rate), learning_rate)
    return Trace(spans, _matrix_form(spans, given, learning_rate), learning_rate)


def trace(
    network: Network,
    x: Sequence[float] | Array,
    target: Sequence[float] | Array,
    loss: str,
    *,
    learning_rate: float | None = None,
    freeze: Sequence[str] = (),
    signal: Sequence[float] | Array | None = None,
    momentum: float | None = None,
    previous_change: Sequence[float] | Array | None = None,
) -> Trace:
    """Run one example forward and backward and keep every number.

    Args:
        network: the network.
        x: the input, n_0 numbers.
        target: ŷ, n_L numbers (ignored by ``output_sum``, but of that length).
        loss: a name in ``LOSSES``.
        learning_rate: with it the update is part of the trace; all parameters change from their old values.
        freeze: what the update leaves alone, ``"w"`` or ``"b"``.
        signal: what to send into the reversed network at the outputs instead of the loss's own ∂l/∂y, n_L numbers. The
            backward pass then answers what this signal, not the loss, would feel of each number.
        momentum: μ, from 0 to less than 1, with a learning rate only: the change is Δ = μ Δ_prev − η ∂l/∂θ, and
            θ + Δ what becomes of θ. PyTorch keeps v = μ v + ∂l/∂θ and takes θ − η v, which is the same with
            Δ = −η v as long as η stays the same.
        previous_change: Δ_prev in the order of ``network.theta`` and as long; None for zeros.

    Raises:
        ShapeError: x, target or signal has another length than the network's first or last layer.
    """
    sizes = network.sizes
    for name, vector, length in (("x", x, sizes[0]), ("target", target, sizes[-1]), ("signal", signal, sizes[-1])):
        if vector is not None and len(vector) != length:
            raise ShapeError(f"/{name}", f"expected {length} numbers, got {len(vector)}")
    injected = () if signal is None else signal
    structure = Structure(
        sizes,
        network.activations,
        loss,
        learning=learning_rate is not None,
        freeze=tuple(sorted(freeze)),
        injected=signal is not None,
        momentum=momentum is not None and learning_rate is not None,
    )
    moved: Sequence[float] | Array = ()
    if momentum is not None and structure.momentum:
        moved = [momentum, *(np.zeros(network.theta.size) if previous_change is None else previous_change)]
        if len(moved) != 1 + network.theta.size:
            raise ShapeError("/previous_change", f"expected {network.theta.size} numbers, got {len(moved) - 1}")
    if straight_line.suits(structure):
        return trace_of(structure, [*x, *target, *injected, *network.theta_list, *moved], learning_rate)
    spans = layout(structure)
    values = np.empty(spans.size)
    np.concatenate([x, target, injected, network.theta, moved], out=values[: spans.given_count])
    _complete(spans, values, learning_rate)
    return Trace(spans, values, learning_rate)
