"""The total loss over two single parameters: only what they touch is computed again.

Of the layer that a parameter enters, one unit changes; before it nothing does, behind it everything. So the layers up
to the later parameter are run once for each value of the earlier one, and of its layer a single unit for each pair;
behind it all weights stand still, and the examples of many grid points go through each layer as one product.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from ..arrays import Array
from ..functions.activations import ACTIVATIONS
from ..functions.losses import LOSSES
from ..looking import LookUp, nothing
from ..network import Network
from ..record.forward import losses
from ..record.output_rules import SQUARES

CHUNK_NUMBERS = 48_000
"""Numbers in one layer of one chunk: with the few buffers beside it, about the size of a second-level cache."""
MOST_POINTS = 125


class Place(NamedTuple):
    """One parameter: the layer and unit it enters, and the sending unit; None for a bias."""

    layer: int
    unit: int
    column: int | None


def place_of(network: Network, position: int) -> Place:
    """Where the parameter at a position of θ stands."""
    for index, layer in enumerate(network.layers):
        if position < layer.w.size:
            unit, column = divmod(position, layer.w.shape[1])
            return Place(index, unit, column)
        position -= layer.w.size
        if position < len(layer.b):
            return Place(index, position, None)
        position -= len(layer.b)
    raise IndexError("θ has no such position")


def _logistic(z: Array, a: Array) -> None:
    """1 / (1 + e^-z); where e^-z overflows, the result is 0 to 308 places."""
    np.negative(z, a)
    np.exp(a, a)
    np.add(a, 1.0, a)
    np.reciprocal(a, a)


def _tanh(z: Array, a: Array) -> None:
    np.tanh(z, a)


def _relu(z: Array, a: Array) -> None:
    np.maximum(z, 0.0, out=a)


QUICK: Mapping[str, Callable[[Array, Array], None]] = MappingProxyType(
    {"tanh": _tanh, "sigmoid": _logistic, "relu": _relu}
)
"""Five to ten times as fast as the registry's own forms, and as exact but for the last digit."""


def run(activation: str, z: Array) -> Array:
    """a = σ(z), a new array; where the activation looks at a whole layer, its units lie along axis 0."""
    a = np.empty_like(z)
    run_into(activation, z, a)
    return a


def run_into(activation: str, z: Array, a: Array) -> None:
    """The same into ``a``, which may be ``z``: memory that the system has to hand out costs as much as the tanh."""
    quick = QUICK.get(activation)
    if quick is None:
        np.copyto(a, ACTIVATIONS[activation].function(z, np))
    else:
        quick(z, a)


def total_losses(network: Network, z: Array, a: Array, target: Array, loss: str) -> Array:
    """The total loss of each of K grid points.

    Args:
        network: for its output activation.
        z: of the output layer, shape (outputs, K * N): the examples of the first point, then those of the next.
        a: the same of the output.
        target: shape (outputs, N).
        loss: a name in ``LOSSES``.

    Returns:
        shape (K,).
    """
    points = z.shape[1] // target.shape[1]
    if loss in SQUARES:
        # Not the loss's own form, which keeps the digits of a difference near 0: fifty times as slow, and a sum over
        # examples that is drawn does not show them.
        scale = SQUARES[loss](len(a))
        residual = np.ascontiguousarray((a.reshape(len(a), points, -1) - target[:, None, :]).transpose(1, 0, 2))
        flat = residual.reshape(points, -1)
        squares: Array = scale * np.einsum("ij,ij->i", flat, flat)
        return squares
    if loss == "binary_cross_entropy":
        # softplus(z) - ŷ z, summed over outputs and examples; softplus written so that it cannot overflow.
        each = np.log1p(np.exp(-np.abs(z)))
        each += np.maximum(z, 0.0)
        each = each.reshape(len(z), points, -1) - z.reshape(len(z), points, -1) * target[:, None, :]
        entropies: Array = each.sum(axis=(0, 2))
        return entropies
    repeated = target if points == 1 else np.tile(target, (1, points))
    each = losses(LOSSES[loss], ACTIVATIONS[network.activations[-1]], z, a, repeated)
    sums: Array = each.reshape(points, -1).sum(axis=1)
    return sums


def over_two(
    network: Network,
    places: tuple[Place, Place],
    us: Array,
    vs: Array,
    x: Array,
    target: Array,
    loss: str,
    look_up: LookUp = nothing,
) -> Array:
    """The total loss over two parameters.

    Args:
        network: where both offsets are 0.
        places: two different parameters.
        us: what is added to the first, the columns.
        vs: what is added to the second, the rows.
        x: shape (input units, N).
        target: shape (outputs, N).
        loss: a name in ``LOSSES``.
        look_up: called every few milliseconds; what it raises ends the computation.

    Returns:
        shape (rows, columns).
    """
    first, second = places
    if first.layer > second.layer:
        return over_two(network, (second, first), vs, us, x, target, loss, look_up).T
    widest = max(len(layer.b) for layer in network.layers[second.layer :])
    chunk = int(np.clip(CHUNK_NUMBERS // (x.shape[1] * widest), 1, MOST_POINTS))
    total = np.empty((len(vs), len(us)))
    for start in range(0, len(vs), chunk):
        sweep = _Sweep(network, first, second, vs[start : start + chunk], x)
        for column, u in enumerate(us):
            look_up()
            total[start : start + chunk, column] = sweep.losses(float(u), target, loss)
    return total


class _Sweep:
    """What does not change while the earlier parameter runs through its values."""

    def __init__(self, network: Network, first: Place, second: Place, vs: Array, x: Array) -> None:
        self.network, self.first, self.second = network, first, second
        self.steps = vs[:, None]
        self.arriving = x
        for layer in network.layers[: first.layer]:
            self.arriving = run(layer.activation, layer.w @ self.arriving + layer.b[:, None])
        layer = network.layers[first.layer]
        self.z = layer.w @ self.arriving + layer.b[:, None]
        self.last = second.layer == len(network.layers) - 1
        softmax = ACTIVATIONS[layer.activation].reads_whole_layer
        self.a = self.z if softmax else run(layer.activation, self.z)
        # Two units of one layer do not see each other: the later one's values serve for every value of the earlier.
        self.apart = first.layer == second.layer and first.unit != second.unit
        self.swept = self._sweep(self.z, self.arriving) if self.apart and not self.last else None
        self.buffer: Array | None = None

    def _sweep(self, z: Array, arriving: Array) -> Array:
        """A of the later parameter's unit for each of its values, shape (values, N)."""
        return run(self.network.layers[self.second.layer].activation, self._moved(z, arriving))

    def _moved(self, z: Array, arriving: Array) -> Array:
        """Its z."""
        column = self.second.column
        moved: Array = z[self.second.unit] + (self.steps if column is None else self.steps * arriving[column])
        return moved

    def losses(self, u: float, target: Array, loss: str) -> Array:
        """The total loss with the earlier parameter moved by ``u``, for each value of the later one."""
        layers, index = self.network.layers, self.first.layer
        arriving, unit, column = self.arriving, self.first.unit, self.first.column
        z = self.z.copy()
        z[unit] += u if column is None else u * arriving[column]
        a = self.a
        if not ACTIVATIONS[layers[index].activation].reads_whole_layer:
            a = a.copy()
            a[unit] = run(layers[index].activation, z[unit])
        while index < self.second.layer:
            index += 1
            arriving = a
            z = layers[index].w @ arriving + layers[index].b[:, None]
            a = z if index == len(layers) - 1 else run(layers[index].activation, z)
        if self.last:
            # Every output enters the loss, and softmax reads them all.
            points = len(self.steps)
            spread = np.repeat(z[:, None, :], points, axis=1)
            spread[self.second.unit] = self._moved(z, arriving)
            z = spread.reshape(len(z), -1)
        else:
            swept = self._sweep(z, arriving) if self.swept is None else self.swept
            index += 1
            layer = layers[index]
            others = layer.w.copy()
            others[:, self.second.unit] = 0.0
            rest = others @ a + layer.b[:, None]
            # NumPy would lay the product out by the strides of its factors, and the reshape would copy it.
            if self.buffer is None:
                self.buffer = np.empty((len(rest), *swept.shape))
            z = self.buffer
            np.multiply(layer.w[:, self.second.unit, None, None], swept, z)
            z += rest[:, None, :]
            z = z.reshape(len(z), -1)
        for layer in layers[index + 1 :]:
            run_into(layers[index].activation, z, z)
            z = layer.w @ z
            z += layer.b[:, None]
            index += 1
        a = run(layers[-1].activation, z)
        return total_losses(self.network, z, a, target, loss)
