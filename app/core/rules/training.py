"""Gradient descent led by a wrong rule, beside the same descent done rightly: small networks, every step in full.

A step goes through all examples and follows the gradient of the **total loss**: θ ← θ − η ∇L, as in the lecture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..arrays import Array
from ..backward import backward, weight_gradient
from ..batch import Batch, batch
from ..forward import forward
from ..layout import Structure
from ..network import Layer, Network
from ..plan import plan
from ..trace import trace
from .run import Run

if TYPE_CHECKING:
    from .rule import Rule


@dataclass(frozen=True, eq=False)
class Descent:
    """One step's place in a descent.

    Attributes:
        rule: what is done wrongly.
        network: the network as it is now.
        xs: shape (N, n_0).
        targets: shape (N, n_L).
        loss: a name in ``LOSSES``.
        learning_rate: η.
        memory: the sum of ∇L over the steps so far, shape of θ.
    """

    rule: Rule
    network: Network
    xs: Array
    targets: Array
    loss: str
    learning_rate: float
    memory: Array

    @property
    def examples(self) -> int:
        """How many examples there are."""
        return len(self.xs)

    @cached_property
    def _batch(self) -> Batch:
        return batch(self.network, self.xs, self.targets, self.loss)

    def true_gradient(self) -> Array:
        """∇L, shape of θ."""
        return flat([(layer.dl_dw, layer.dl_db) for layer in self._batch.layers])

    def by_layer(self, made: Callable[[Array, Array], tuple[Array, Array]]) -> Array:
        """One number per parameter, made layer by layer from w and b."""
        return flat([made(layer.w, layer.b) for layer in self.network.layers])

    def gradient(self) -> Array:
        """The sum over the examples of what the rule takes for ∂l/∂θ."""
        records = [trace(self.network, x, target, self.loss) for x, target in zip(self.xs, self.targets, strict=True)]
        run = Run(records[0], np.stack([record.values for record in records], axis=1))
        spans = records[0].layout
        run.go(self.rule, plan(spans.structure, "unit").operations)
        sums = run.numbers.sum(axis=1)
        return np.concatenate([sums[span.cut] for layer in spans.layers for span in (layer.dl_dw, layer.dl_db)])

    def through_updated(self) -> Array:
        """∇L where what goes back from a layer goes through its weights after the update."""
        ran = forward(self.network, self.xs.T)
        right = backward(self.network, ran, self.targets.T, self.loss)
        dl_dz, parts = right.dl_dz[-1], []
        for index in range(len(self.network.layers) - 1, -1, -1):
            dl_dw = weight_gradient(dl_dz, ran.inputs[index])
            parts.append((dl_dw, dl_dz.sum(axis=1)))
            if index:
                w = self.network.layers[index].w - self.learning_rate * dl_dw
                dl_dz = right.gain[index - 1] * (w.T @ dl_dz)
        return flat(parts[::-1])

    def cost(self) -> float:
        """The mean of the losses."""
        return self._batch.cost


def flat(layers: Sequence[tuple[Array, Array]]) -> Array:
    """Per layer a matrix and a vector, laid out like θ."""
    return np.concatenate([part.ravel() for layer in layers for part in layer])


def moved(network: Network, theta: Array) -> Network:
    """The network with other parameters."""
    layers, start = [], 0
    for layer in network.layers:
        middle = start + layer.w.size
        stop = middle + layer.b.size
        layers.append(Layer(theta[start:middle].reshape(layer.w.shape), theta[middle:stop], layer.activation))
        start = stop
    return Network(tuple(layers))


@dataclass(frozen=True, eq=False)
class Histories:
    """The cost before the first step and after each.

    Attributes:
        right: of the descent that follows ∇L.
        wrong: of the one that follows the rule.
    """

    right: tuple[float, ...]
    wrong: tuple[float, ...]


def histories(
    rule: Rule, network: Network, xs: Array, targets: Array, loss: str, learning_rate: float, steps: int
) -> Histories:
    """Descend twice from the same start.

    A descent that has left the finite numbers ends there: its later costs are missing from the history.

    Args:
        rule: the wrong rule.
        network: the start.
        xs: one example per row.
        targets: one row per example.
        loss: a name in ``LOSSES``.
        learning_rate: η.
        steps: how many times all examples are gone through.

    Raises:
        DoesNotApply: the rule changes nothing here; the message names why.
    """
    if rule.several_examples:
        if len(xs) < 2:
            rule.require(Structure(network.sizes, network.activations, loss))
    else:
        rule.require(Structure(network.sizes, network.activations, loss, learning=True))

    def descend(way: Callable[[Descent], Array]) -> tuple[float, ...]:
        theta, memory, costs = network.theta.copy(), np.zeros(network.parameter_count), []
        for step in range(steps + 1):
            here = Descent(rule, moved(network, theta), xs, targets, loss, learning_rate, memory)
            with np.errstate(all="ignore"):
                cost = here.cost()
                if not np.isfinite(cost):
                    break
                costs.append(cost)
                if step == steps:
                    break
                followed = way(here)
                memory = memory + here.true_gradient()
                theta = theta - learning_rate * followed
        return tuple(costs)

    return Histories(descend(Descent.true_gradient), descend(rule.way))
