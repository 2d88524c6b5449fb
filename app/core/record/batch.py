"""Many examples at once: the losses, the total loss that training drives down, the cost, and ∇L.

*Loss* is one example's, *total loss* L is their sum, *cost* C is their mean; the gradients are those of L.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Array, freeze
from ..functions.activations import ACTIVATIONS
from ..functions.losses import LOSSES
from ..looking import LARGE_PIECE, LookUp, nothing, products
from ..network import Network
from .backward import backward, weight_gradient
from .forward import forward, losses

PAIR_PRODUCTS = 20
"""Products that take as long as what is done for one pair of units."""


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


def batch(
    network: Network, xs: Array, targets: Array, loss: str, per_example: bool = False, look_up: LookUp = nothing
) -> Batch:
    """Run N examples forward and backward in matrix form.

    Args:
        network: the network.
        xs: one example per row, shape (N, input units).
        targets: shape (N, output units).
        loss: a name in ``LOSSES``.
        per_example: also keep the gradients of every example (N times the memory of θ).
        look_up: called every few milliseconds; what it raises ends the computation.
    """
    x, target = np.asarray(xs, dtype=np.float64).T, np.asarray(targets, dtype=np.float64).T
    size = _at_once(network)
    made = []
    for start in range(0, x.shape[1], size):
        look_up()
        made.append(_run(network, x[:, start : start + size], target[:, start : start + size], loss, per_example))
    return made[0] if len(made) == 1 else _together(made)


def _at_once(network: Network) -> int:
    """So many examples are one piece of the computation: with all that is made of them, some milliseconds."""
    each = products(1, network.parameter_count, sum(network.sizes[1:]))
    if ACTIVATIONS[network.activations[-1]].reads_whole_layer:
        # Under a loss that is not its own each unit's slope is a sum over all others.
        each += PAIR_PRODUCTS * network.sizes[-1] ** 2
    return max(1, LARGE_PIECE // each)


def _together(parts: Sequence[Batch]) -> Batch:
    """Batches one after the other as one."""
    each = np.concatenate([part.losses for part in parts])
    total = float(each.sum())
    layers = range(len(parts[0].layers))
    kept = [part.examples for part in parts if part.examples is not None]
    return Batch(
        freeze(np.concatenate([part.outputs for part in parts])),
        freeze(each),
        total,
        total / len(each),
        tuple(
            Gradient(
                freeze(np.sum([part.layers[layer].dl_dw for part in parts], axis=0)),
                freeze(np.sum([part.layers[layer].dl_db for part in parts], axis=0)),
            )
            for layer in layers
        ),
        tuple(
            Gradient(
                freeze(np.concatenate([examples[layer].dl_dw for examples in kept])),
                freeze(np.concatenate([examples[layer].dl_db for examples in kept])),
            )
            for layer in layers
        )
        if kept
        else None,
    )


def _run(network: Network, x: Array, target: Array, loss: str, per_example: bool) -> Batch:
    """One piece: inputs and targets with a column per example."""
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
