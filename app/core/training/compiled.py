"""Where a training uses compiled loops: for small mini-batches, and for the record of a small network's epoch.

Plain gradient descent runs in them altogether; other optimizers take the gradient from them, batch by batch. The losses
of a record are NumPy's, from the z and a of the output that the loops leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ..engine import Engine, Laid, Output, laid_out
from ..functions.kernels import Buffer, Calls
from ..functions.losses import HUBER_DELTA
from ..functions.reductions import Reduction
from ..network import Network
from ..record.output_rules import needs_gain
from .workspace import Parameters

LANES = 4
"""A row is computed up to a multiple of so many columns."""

MOST_PRODUCTS = 16_000
"""Examples of a batch × parameters up to which the loops are quicker than NumPy's matrix products."""

PLAIN, THROUGH_GAIN, THROUGH_SOFTMAX = range(3)
SLOPES: Mapping[str, int] = MappingProxyType(
    {
        name: code
        for code, name in enumerate(
            (
                "half_squared_error",
                "squared_error",
                "mean_squared_error",
                "huber",
                "absolute_error",
                "output_sum",
            )
        )
    }
)
"""The losses whose ∂l/∂a the loops have, by their numbers in ``kernel.c``; 0 is also ∂l/∂z of a cross entropy."""


def output_way(loss: str, activation: str, one_in_all: bool) -> Output | None:
    """How ∂l/∂z of the output layer is found; None if that is not written down.

    Args:
        loss: a name in ``LOSSES``.
        activation: of the output layer.
        one_in_all: whether each example's targets add up to exactly 1.
    """
    if (loss, activation) == ("binary_cross_entropy", "sigmoid"):
        return Output(0, PLAIN, HUBER_DELTA)
    if (loss, activation) == ("cross_entropy", "softmax"):
        return Output(0, PLAIN, HUBER_DELTA) if one_in_all else None
    if loss not in SLOPES:
        return None
    if activation == "softmax":
        return Output(SLOPES[loss], THROUGH_SOFTMAX, HUBER_DELTA)
    return Output(SLOPES[loss], THROUGH_GAIN if needs_gain(loss, activation) else PLAIN, HUBER_DELTA)


def way_of(network: Network, loss: str, one_in_all: bool) -> tuple[Laid, Output] | None:
    """What the compiled loops need of a network and its loss; None where NumPy is to be used.

    Args:
        network: its sizes and activations count.
        loss: a name in ``LOSSES``.
        one_in_all: whether each example's targets add up to exactly 1.
    """
    laid, output = laid_out(network), output_way(loss, network.activations[-1], one_in_all)
    return None if laid is None or output is None else (laid, output)


class CompiledBatches:
    """The mini-batches of one training."""

    def __init__(
        self,
        engine: Engine,
        way: tuple[Laid, Output],
        parameters: Parameters,
        examples: tuple[Buffer, Buffer, NDArray[np.int64]],
        size: int,
    ) -> None:
        """Bind the buffers.

        Args:
            engine: the loops.
            way: of ``way_of``.
            parameters: θ and its gradient.
            examples: x with a last column of ones, targets of shape (n_L, N), and the places of the examples, an array
                whose order changes from epoch to epoch.
            size: examples in a batch.
        """
        self._descend = engine.descend(*way, (parameters.theta, parameters.gradient), examples, size)

    def gradient(self, batch: int) -> Calls:
        """The one call that leaves ∂L/∂θ of a batch, summed over its examples, in the gradient."""
        return [partial(self._descend, batch, batch + 1, 0.0, False)]

    def descend(self, first: int, last: int, rate: float, reduction: Reduction) -> None:
        """Batches first … last - 1, each followed by a step of plain gradient descent on its mean or its sum."""
        self._descend(first, last, rate, reduction.divides)
