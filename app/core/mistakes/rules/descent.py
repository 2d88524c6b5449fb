"""One step of a descent led by a wrong way of calculating: what it has to go by, and the gradients it may follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...arrays import Array
from ...functions.reductions import Reduction
from ...network import Network
from ...record.backward import backward, weight_gradient
from ...record.batch import Batch, batch
from ...record.forward import forward
from ...record.plan import plan
from ...record.trace import trace
from .misconception import Misconception
from .run import Run


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
        reduction: whether g is a mean or a sum over the examples.
        memory: the sum of the right g over the steps so far, shape of θ.
    """

    rule: Misconception
    network: Network
    xs: Array
    targets: Array
    loss: str
    learning_rate: float
    reduction: Reduction
    memory: Array

    @property
    def share(self) -> float:
        """What sums over the examples are multiplied by."""
        return self.reduction.share(len(self.xs))

    @cached_property
    def _batch(self) -> Batch:
        return batch(self.network, self.xs, self.targets, self.loss)

    def _total(self) -> Array:
        """∇L, shape of θ."""
        return flat([(layer.dl_dw, layer.dl_db) for layer in self._batch.layers])

    def true_gradient(self) -> Array:
        """The right g, shape of θ."""
        return self.share * self._total()

    def otherwise_reduced(self) -> Array:
        """The sum where the mean is right, the mean where the sum is: shape of θ."""
        return self._total() / (1 if self.reduction.divides else len(self.xs))

    def by_layer(self, made: Callable[[Array, Array], tuple[Array, Array]]) -> Array:
        """One number per parameter, made layer by layer from w and b."""
        return flat([made(layer.w, layer.b) for layer in self.network.layers])

    def gradient(self) -> Array:
        """What g is if the rule's numbers are taken for each example's ∂l/∂θ."""
        records = [trace(self.network, x, target, self.loss) for x, target in zip(self.xs, self.targets, strict=True)]
        run = Run(records[0], np.stack([record.values for record in records], axis=1))
        spans = records[0].layout
        self.rule.do(run, plan(spans.structure, "unit").operations)
        sums = run.numbers.sum(axis=1)
        return self.share * np.concatenate(
            [sums[span.cut] for layer in spans.layers for span in (layer.dl_dw, layer.dl_db)]
        )

    def through_updated(self) -> Array:
        """g where what goes back from a layer goes through its weights after the update."""
        ran = forward(self.network, self.xs.T)
        right = backward(self.network, ran, self.targets.T, self.loss)
        dl_dz, parts = right.dl_dz[-1], []
        for index in range(len(self.network.layers) - 1, -1, -1):
            dl_dw = weight_gradient(dl_dz, ran.inputs[index])
            parts.append((dl_dw, dl_dz.sum(axis=1)))
            if index:
                w = self.network.layers[index].w - self.learning_rate * self.share * dl_dw
                dl_dz = right.gain[index - 1] * (w.T @ dl_dz)
        return self.share * flat(parts[::-1])

    def cost(self) -> float:
        """The mean of the losses."""
        return self._batch.cost


def flat(layers: Sequence[tuple[Array, Array]]) -> Array:
    """Per layer a matrix and a vector, laid out like θ."""
    return np.concatenate([part.ravel() for layer in layers for part in layer])
