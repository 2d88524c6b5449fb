"""A fully connected feedforward network: frozen layers of explicit numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from .arrays import Array, ShapeError, frozen
from .functions.activations import ACTIVATIONS, key_in, written
from .functions.initializers import INITIALIZERS

__all__ = ["Layer", "Network", "ShapeError", "initialize"]


@dataclass(frozen=True, eq=False)
class Layer:
    """One computing layer.

    Attributes:
        w: weights, shape (receiving units, sending units), read-only.
        b: biases, shape (receiving units,), read-only.
        activation: the key of an entry of ``ACTIVATIONS``: a name, or one such as ``leaky_relu(0.2)``.
    """

    w: Array
    b: Array
    activation: str

    @classmethod
    def of(cls, w: Sequence[Sequence[float]] | Array, b: Sequence[float] | Array, activation: str) -> Layer:
        """Build a layer from numbers.

        Raises:
            ShapeError: w is ragged or empty, or b has another length than w has rows.
            KeyError: there is no such activation; the message names those there are.
        """
        activation = ACTIVATIONS[activation].key
        columns = len(w[0]) if len(w) else 0
        if not columns:
            raise ShapeError("/w", "a layer needs at least one unit with at least one weight")
        for row, weights in enumerate(w):
            if len(weights) != columns:
                raise ShapeError(f"/w/{row}", f"expected {columns} weights as in the first row, got {len(weights)}")
        if len(b) != len(w):
            raise ShapeError("/b", f"expected {len(w)} biases, one per row of w, got {len(b)}")
        return cls(frozen(w), frozen(b), activation)


@dataclass(frozen=True, eq=False)
class Network:
    """The layers in forward order; layer 0 receives the input."""

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        """Check that the shapes chain and that whole-layer activations stand last.

        Raises:
            ShapeError: a layer receives another number of values than the one before it sends.
        """
        if not self.layers:
            raise ShapeError("/layers", "a network needs at least one layer")
        for index, layer in enumerate(self.layers[1:], start=1):
            sent = len(self.layers[index - 1].b)
            if layer.w.shape[1] != sent:
                raise ShapeError(
                    f"/layers/{index}/w/0",
                    f"expected {sent} weights per row, one per unit of the layer before, got {layer.w.shape[1]}",
                )
        for index, layer in enumerate(self.layers[:-1]):
            if ACTIVATIONS[layer.activation].last_layer_only:
                raise ShapeError(f"/layers/{index}/activation", f"{layer.activation} may stand in the last layer only")

    @classmethod
    def from_lists(cls, layers: Sequence[Mapping[str, Any]]) -> Network:
        """Build from JSON-like layers ``{"w": rows, "b": numbers, "activation": name}``, with ``slope`` if it has one.

        Raises:
            ShapeError: with a pointer from the network down to the offending value.
        """
        built = []
        for index, layer in enumerate(layers):
            try:
                built.append(Layer.of(layer["w"], layer["b"], key_in(layer)))
            except ShapeError as error:
                raise ShapeError(f"/layers/{index}{error.pointer}", error.detail) from None
        return cls(tuple(built))

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Units per layer, the input layer first; length = number of computing layers + 1."""
        return (self.layers[0].w.shape[1], *(len(layer.b) for layer in self.layers))

    @cached_property
    def activations(self) -> tuple[str, ...]:
        """The activation of each layer."""
        return tuple(layer.activation for layer in self.layers)

    def document(self) -> dict[str, Any]:
        """The network as JSON has it, its numbers as arrays."""
        return {"layers": [{"w": layer.w, "b": layer.b, **written(layer.activation)} for layer in self.layers]}

    @cached_property
    def theta(self) -> Array:
        """θ, all parameters as one read-only vector: of each layer w row by row, then b."""
        return frozen(np.concatenate([part.ravel() for layer in self.layers for part in (layer.w, layer.b)]))

    @cached_property
    def theta_list(self) -> list[float]:
        """``theta`` as Python floats."""
        numbers: list[float] = self.theta.tolist()
        return numbers

    @cached_property
    def parameter_count(self) -> int:
        """The number of weights and biases, the length of θ."""
        return sum(layer.w.size + layer.b.size for layer in self.layers)


def initialize(
    sizes: Sequence[int], activation: str, output_activation: str, initializer: str, rng: np.random.Generator
) -> Network:
    """Draw a network: weights by ``initializer``, biases 0.

    Args:
        sizes: units per layer, the input layer first; at least two.
        activation: the key of that of every hidden layer.
        output_activation: the key of that of the last layer.
        initializer: a name in ``INITIALIZERS``.
        rng: the random generator; the same generator state gives the same network.
    """
    if len(sizes) < 2:
        raise ShapeError("/sizes", f"expected at least an input and an output layer, got {len(sizes)} sizes")
    draw = INITIALIZERS[initializer].draw
    last = len(sizes) - 2
    return Network(
        tuple(
            Layer.of(
                draw(rng, receiving, sending), np.zeros(receiving), output_activation if index == last else activation
            )
            for index, (sending, receiving) in enumerate(pairwise(sizes))
        )
    )


def network_at(network: Network, theta: Array) -> Network:
    """The network with the same shape and activations but these parameters, in the order of ``Network.theta``."""
    layers, start = [], 0
    for layer in network.layers:
        middle, stop = start + layer.w.size, start + layer.w.size + layer.b.size
        w = theta[start:middle].reshape(layer.w.shape)
        layers.append(Layer(frozen(w), frozen(theta[middle:stop]), layer.activation))
        start = stop
    return Network(tuple(layers))
