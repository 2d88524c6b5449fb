"""Many examples at once: the losses, the total loss that training drives down, the cost, and ∇L.

*Loss* is one example's, *total loss* L is their sum, *cost* C is their mean; the gradients are those of L.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Array, freeze
from ..functions.activations import ACTIVATIONS
from ..functions.losses import LOSSES
from ..network import Network
from .backward import backward, weight_gradient
from .forward import forward, losses


@dataclass(frozen=True, eq=False)
class Gradient:
    """The gradient of one layer.

    Attributes:
        dl_dw: shape of w, or (examples, *shape of w).
        dl_db: shape of b, or (examples, *shape of b).
    """

    dl_dw: Array
    dl_db: Array


@dataclass(frozen=True, eq=False)
class Batch:
    """The result for N examples.

    Attributes:
        outputs: y of each example, shape (N, output units).
        losses: l of each example, shape (N,).
        total_loss: L, the sum of the losses.
        cost: C, their mean.
        layers: ∂L/∂w and ∂L/∂b of the total loss.
        examples: per layer the gradients of every single example, or None if not asked for.
    """

    outputs: Array
    losses: Array
    total_loss: float
    cost: float
    layers: tuple[Gradient, ...]
    examples: tuple[Gradient, ...] | None


def batch(network: Network, xs: Array, targets: Array, loss: str, per_example: bool = False) -> Batch:
    """Run N examples forward and backward in matrix form.

    Args:
        network: the network.
        xs: one example per row, shape (N, input units).
        targets: shape (N, output units).
        loss: a name in ``LOSSES``.
        per_example: also keep the gradients of every example (N times the memory of θ).
    """
    x, target = np.asarray(xs, dtype=np.float64).T, np.asarray(targets, dtype=np.float64).T
    with np.errstate(all="ignore"):
        ran = forward(network, x)
        swept = backward(network, ran, target, loss)
        each = losses(LOSSES[loss], ACTIVATIONS[network.layers[-1].activation], ran.z[-1], ran.a[-1], target)
        total = float(each.sum())
        layers = tuple(
            Gradient(freeze(weight_gradient(dl_dz, inputs)), freeze(dl_dz.sum(axis=1)))
            for dl_dz, inputs in zip(swept.dl_dz, ran.inputs, strict=True)
        )
        examples = None
        if per_example:
            examples = tuple(
                Gradient(freeze(dl_dz.T[:, :, None] * inputs.T[:, None, :]), freeze(dl_dz.T.copy()))
                for dl_dz, inputs in zip(swept.dl_dz, ran.inputs, strict=True)
            )
    return Batch(freeze(ran.a[-1].T.copy()), freeze(each), total, total / len(each), layers, examples)
