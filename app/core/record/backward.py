"""The backward pass in matrix form: the reversed network, its amplifiers set by the forward pass.

Source: Rumelhart, Hinton, Williams (1986); the lecture's ∂l/∂z = σ'(z) Σ w ∂l/∂z' (case 2), started from
∂l/∂z = σ'(z) ∂l/∂y at the output (case 1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Array
from ..functions.activations import ACTIVATIONS, Activation
from ..functions.losses import LOSSES, Loss
from ..network import Network
from .forward import Forward, residual_of


@dataclass(frozen=True, eq=False)
class Backward:
    """What the backward pass computed, per layer; ``dl_dx`` once.

    Attributes:
        gain: σ'(z), shape (units, examples); of softmax the Jacobian's diagonal.
        dl_da: ∂l/∂a, shape (units, examples).
        dl_dz: ∂l/∂z, shape (units, examples).
        dl_dx: ∂l/∂x, shape (input units, examples).
    """

    gain: tuple[Array, ...]
    dl_da: tuple[Array, ...]
    dl_dz: tuple[Array, ...]
    dl_dx: Array


def output_gradient(
    loss: Loss, activation: Activation, z: Array, a: Array, target: Array, gain: Array
) -> tuple[Array, Array]:
    """∂l/∂a and ∂l/∂z of the output layer (case 1), both of shape (units, examples).

    Where the loss and the activation are a pair, ∂l/∂z comes from z and the target, so that it stays finite and
    exact when ∂l/∂a overflows. Softmax with another loss multiplies by its Jacobian in the form
    ∂l/∂z_i = a_i Σ_j a_j (g_i - g_j), which does not cancel when one a is nearly 1.
    """
    residual = residual_of(activation, z, a, target)
    dl_da: Array = loss.scale(len(a)) * loss.derivative(z, a, residual, target, np)
    pair = loss.pairs.get(activation.name)
    if pair:
        dl_dz: Array = loss.scale(len(a)) * pair.dl_dz(z, a, residual, target, np)
        return dl_da, dl_dz
    return dl_da, amplified(activation, a, gain, dl_da)


PAIRS_AT_ONCE = 1 << 20
"""Pairs of units, times examples, that are held in memory at once: 8 MB."""


def amplified(activation: Activation, a: Array, gain: Array, dl_da: Array) -> Array:
    """∂l/∂z of a layer from any ∂l/∂a, shape (units, examples)."""
    dl_dz: Array
    if activation.reads_whole_layer:
        columns = max(1, PAIRS_AT_ONCE // len(a) ** 2)
        if a.ndim > 1 and a.shape[1] > columns:
            starts = range(0, a.shape[1], columns)
            parts = ((a[:, at : at + columns], dl_da[:, at : at + columns]) for at in starts)
            return np.concatenate([amplified(activation, own, gain, slopes) for own, slopes in parts], axis=1)
        dl_dz = a * ((dl_da[:, None] - dl_da[None, :]) * a[None, :]).sum(axis=1)
    else:
        dl_dz = gain * dl_da
    return dl_dz


def backward(network: Network, ran: Forward, target: Array, loss: str, signal: Array | None = None) -> Backward:
    """Run the reversed network once: ∂l/∂z of every unit for every example.

    Args:
        network: the network that ``ran`` went through.
        ran: its forward pass over n examples.
        target: shape (output units, n).
        loss: a name in ``LOSSES``.
        signal: what to send in at the outputs instead of the loss's own ∂l/∂y, shape (output units, n).
    """
    gains, dl_das, dl_dzs = [], [], []
    dl_da = np.empty(0)
    for index in range(len(network.layers) - 1, -1, -1):
        layer = network.layers[index]
        activation = ACTIVATIONS[layer.activation]
        gain = activation.derivative(ran.z[index], np)
        if index == len(network.layers) - 1 and signal is not None:
            dl_da, dl_dz = signal, amplified(activation, ran.a[index], gain, signal)
        elif index == len(network.layers) - 1:
            dl_da, dl_dz = output_gradient(LOSSES[loss], activation, ran.z[index], ran.a[index], target, gain)
        else:
            dl_dz = gain * dl_da
        gains.append(gain)
        dl_das.append(dl_da)
        dl_dzs.append(dl_dz)
        dl_da = layer.w.T @ dl_dz
    return Backward(tuple(gains[::-1]), tuple(dl_das[::-1]), tuple(dl_dzs[::-1]), dl_da)


def weight_gradient(dl_dz: Array, inputs: Array) -> Array:
    """∂L/∂w of a layer, summed over the examples: dl_dz @ inputs.T, shape (units, sending units).

    For one example ∂l/∂w = ∂z/∂w ∂l/∂z, and ∂z/∂w is the value at the wire's input.
    """
    gradient: Array = dl_dz @ inputs.T
    return gradient
