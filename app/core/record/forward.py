"""The forward pass in matrix form: a column per example, so that one code serves a trace and a batch.

Source: the lecture's y = σ(W^L … σ(W^2 σ(W^1 x + b^1) + b^2) … + b^L).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..arrays import Array
from ..functions.activations import ACTIVATIONS, Activation
from ..functions.losses import LOSSES, Loss
from ..looking import LookUp, nothing, pieces
from ..network import Network


@dataclass(frozen=True, eq=False)
class Forward:
    """What the forward pass computed.

    Attributes:
        inputs: per layer what arrives at its wires, shape (sending units, examples); inputs[0] is x.
        z: per layer, shape (units, examples).
        a: per layer, shape (units, examples); a[-1] is the output y.
    """

    inputs: tuple[Array, ...]
    z: tuple[Array, ...]
    a: tuple[Array, ...]


def forward(network: Network, x: Array) -> Forward:
    """Run every layer: z = w a + b, then a = σ(z).

    Args:
        network: L layers.
        x: inputs, shape (input units, examples): one column per example.
    """
    zs, activations = [], [x]
    for layer in network.layers:
        z = layer.w @ activations[-1] + layer.b[:, None]
        zs.append(z)
        activations.append(ACTIVATIONS[layer.activation].function(z, np))
    return Forward(tuple(activations[:-1]), tuple(zs), tuple(activations[1:]))


def each_layer(network: Network, x: Array, look_up: LookUp = nothing) -> list[Array]:
    """A of every layer, of many examples: a piece of them at a time.

    Args:
        network: L layers.
        x: inputs, shape (input units, examples).
        look_up: called every few milliseconds; what it raises ends the computation.

    Returns:
        L arrays of shape (units, examples).
    """
    made = [np.empty((units, x.shape[1])) for units in network.sizes[1:]]
    for part in pieces(x.shape[1], network.parameter_count, sum(network.sizes[1:])):
        look_up()
        for whole, a in zip(made, forward(network, x[:, part]).a, strict=True):
            whole[:, part] = a
    return made


def residual_of(activation: Activation, z: Array, a: Array, target: Array) -> Array:
    """a - target of the output layer, exact also where a has rounded to its limit; shape of ``a``."""
    residual: Array = activation.residual(z, a, target, np)
    return residual


def losses(loss: Loss, activation: Activation, z: Array, a: Array, target: Array) -> Array:
    """The loss of each example, shape (examples,), from the output layer's z and a, shape (units, examples)."""
    pair = loss.pairs.get(activation.name)
    element: Any = pair.element if pair else loss.element
    per_output: Array = element(z, a, residual_of(activation, z, a, target), target, np)
    total: Array = per_output.sum(axis=0) * loss.scale(len(a))
    return total


def loss_values(network: Network, x: Array, target: Array, loss: str) -> Array:
    """The loss of each example, shape (examples,): a forward pass and nothing else."""
    ran = forward(network, x)
    return losses(LOSSES[loss], ACTIVATIONS[network.layers[-1].activation], ran.z[-1], ran.a[-1], target)
