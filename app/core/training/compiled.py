"""Small mini-batches by loops that somebody has compiled: one call per batch instead of some thirty.

With few examples and few units the number of NumPy's calls is what takes the time. Who makes a ``Trainer`` may hand it
``compiled_pass.descend`` in compiled form; it is then used where it pays and where all it needs is written down there.
Plain gradient descent runs in it altogether; other optimizers take the gradient from it, batch by batch. What a record
says is measured by NumPy either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ..functions.activations import ACTIVATIONS
from ..functions.kernels import Buffer, Calls
from ..functions.reductions import Reduction
from ..network import Network
from ..record.output_rules import needs_gain
from . import compiled_pass as loops
from .workspace import Parameters

Descend = Callable[..., None]
"""``compiled_pass.descend``, compiled or as it stands."""

MOST_PRODUCTS = 16_000
"""Examples of a batch × parameters up to which the loops are quicker than NumPy's matrix products."""

WRITTEN: Mapping[str, int] = MappingProxyType(
    {
        "linear": loops.LINEAR,
        "sigmoid": loops.SIGMOID,
        "tanh": loops.TANH,
        "relu": loops.RELU,
        "leaky_relu": loops.LEAKY_RELU,
        "elu": loops.ELU,
        "softplus": loops.SOFTPLUS,
        "silu": loops.SILU,
        "gelu": loops.GELU,
        "mish": loops.MISH,
        "softsign": loops.SOFTSIGN,
        "softmax": loops.SOFTMAX,
    }
)
SLOPES: Mapping[str, int] = MappingProxyType(
    {
        "half_squared_error": loops.RESIDUAL,
        "squared_error": loops.TWICE_RESIDUAL,
        "mean_squared_error": loops.MEAN_RESIDUAL,
        "huber": loops.CLIPPED_RESIDUAL,
        "absolute_error": loops.SIGN_OF_RESIDUAL,
        "output_sum": loops.ONE,
    }
)


def output_way(loss: str, activation: str, one_in_all: bool) -> tuple[int, int] | None:
    """How ∂l/∂z of the output layer is found, as ``gradient_of_batch`` is told; None if that is not written down.

    Args:
        loss: a name in ``LOSSES``.
        activation: of the output layer.
        one_in_all: whether each example's targets add up to exactly 1.
    """
    if (loss, activation) == ("binary_cross_entropy", "sigmoid"):
        return loops.RESIDUAL, loops.PLAIN
    if (loss, activation) == ("cross_entropy", "softmax"):
        return (loops.RESIDUAL, loops.PLAIN) if one_in_all else None
    if loss not in SLOPES:
        return None
    if activation == "softmax":
        return SLOPES[loss], loops.THROUGH_SOFTMAX
    return SLOPES[loss], loops.THROUGH_GAIN if needs_gain(loss, activation) else loops.PLAIN


def way_of(network: Network, batch_size: int, loss: str, one_in_all: bool) -> tuple[int, int] | None:
    """How the compiled loops are to find ∂l/∂z of the output layer; None where NumPy is to be used.

    Args:
        network: its sizes and activations count.
        batch_size: examples in a batch.
        loss: a name in ``LOSSES``.
        one_in_all: whether each example's targets add up to exactly 1.
    """
    if not all(ACTIVATIONS[key].name in WRITTEN for key in network.activations):
        return None
    if batch_size * network.parameter_count > MOST_PRODUCTS:
        return None
    return output_way(loss, network.activations[-1], one_in_all)


class CompiledBatches:
    """The mini-batches of one training, run by ``compiled_pass.descend`` in compiled form."""

    def __init__(
        self,
        descend: Descend,
        network: Network,
        parameters: Parameters,
        examples: tuple[Buffer, Buffer, NDArray[np.int64]],
        size: int,
        way: tuple[int, int],
    ) -> None:
        """Make the buffers.

        Args:
            descend: the function.
            network: gives the sizes and the activations; ``way_of`` has been asked.
            parameters: θ and its gradient.
            examples: x with a last column of ones, targets of shape (n_L, N), and the places of the examples, an array
                whose order changes from epoch to epoch.
            size: examples in a batch.
            way: of ``way_of``.
        """
        x, target, order = examples
        columns = (size + loops.LANES - 1) // loops.LANES * loops.LANES
        numbers = sum(units + 1 for units in network.sizes) * columns
        entries = [ACTIVATIONS[key] for key in network.activations]
        self._descend = partial(
            descend,
            parameters.theta,
            parameters.gradient,
            # Copied, because what is compiled takes writable arrays only.
            np.array(x),
            np.array(target),
            order,
            size,
            np.array(network.sizes, np.int64),
            np.array([WRITTEN[entry.name] for entry in entries], np.int64),
            np.array([sum(entry.parameters.values()) for entry in entries], np.float64),
            *way,
            *(np.zeros(numbers) for _ in range(4)),
        )

    def gradient(self, batch: int) -> Calls:
        """The one call that leaves ∂L/∂θ of a batch, summed over its examples, in the gradient."""
        return [partial(self._descend, batch, batch + 1, 0.0, False)]

    def descend(self, first: int, last: int, rate: float, reduction: Reduction) -> None:
        """Batches first … last - 1, each followed by a step of plain gradient descent on its mean or its sum."""
        self._descend(first, last, rate, reduction.divides)
