"""Small networks in compiled loops: what they have to know of a network, and what can be asked of them.

With few examples and few units the number of NumPy's calls is what takes the time, and on processors with narrow vector
registers its tanh. Whoever starts a computation may hand it an ``Engine``; it is then used where it pays and where all
it needs is written down here. NumPy's numbers are the reference: the two agree to about 1e-15 a step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from .arrays import Array
from .functions.activations import ACTIVATIONS
from .functions.kernels import Buffer
from .network import Network

WRITTEN: Mapping[str, int] = MappingProxyType(
    {
        name: code
        for code, name in enumerate(
            (
                "linear",
                "sigmoid",
                "tanh",
                "relu",
                "leaky_relu",
                "elu",
                "softplus",
                "silu",
                "gelu",
                "mish",
                "softsign",
                "softmax",
            )
        )
    }
)
"""The activations that the loops have, by their numbers there (``kernel.c``)."""

MOST_PARAMETERS = 3_000
"""Beyond, matrix products are better left to NumPy's library for them."""


class Output(NamedTuple):
    """How the loops find ∂l/∂z of the output layer, as numbers of ``kernel.c``.

    Attributes:
        slope: ∂l/∂a of the output.
        way: how it becomes ∂l/∂z.
        delta: where Huber's loss bends.
    """

    slope: int
    way: int
    delta: float


UNKNOWN = 3
"""A loss that the loops do not have."""


class Height(NamedTuple):
    """How the loops find the loss of an example, as a number of ``kernel.c``.

    Attributes:
        kind: squares of the residuals, a cross entropy from z, or ``UNKNOWN``.
        factor: of the squares.
    """

    kind: int
    factor: float


@dataclass(frozen=True, eq=False)
class Laid:
    """A network's shape as the loops read it.

    Attributes:
        sizes: units of each layer, the input first, shape (L + 1,).
        activations: of each computing layer, numbers of ``WRITTEN``, shape (L,).
        parameters: of these activations, such as the slope of leaky ReLU; 0 for one that has none, shape (L,).
    """

    sizes: NDArray[np.int64]
    activations: NDArray[np.int64]
    parameters: Array

    @property
    def rows(self) -> int:
        """Rows of a buffer: one per unit and one of ones per layer."""
        return int(self.sizes.sum()) + len(self.sizes)


class Engine(Protocol):
    """The compiled loops. Each method binds arrays, which are kept, and gives what can be called again and again.

    θ and gradients are flat, per layer (w | b) row by row; x has a last column of ones.
    """

    @property
    def name(self) -> str:
        """What it is, for ``/version``."""

    def descend(
        self, laid: Laid, output: Output, parameters: tuple[Buffer, Buffer], examples: tuple[Buffer, ...], size: int
    ) -> Callable[[int, int, float, bool], object]:
        """``call(first, last, rate, divides)``: mini-batches, each followed by a step of plain gradient descent.

        Args:
            laid: the network.
            output: of ``training.compiled``.
            parameters: θ and its gradient, both written to.
            examples: x of shape (N, n_0 + 1), target of shape (n_L, N), and their places in the order of the epoch.
            size: examples in a batch.
        """

    def measure(
        self,
        laid: Laid,
        output: Output,
        height: Height,
        parameters: tuple[Buffer, Buffer],
        examples: tuple[Buffer, Buffer],
    ) -> tuple[Callable[[], object], Callable[[], object], tuple[Buffer, ...]]:
        """Two calls, all examples forward, and forward and backward; and what they fill.

        Returns:
            the calls; z and a of the output, shape (n_L, N), per layer the sum of |σ'(z)|, shape (L,), and the sum of
            the losses, shape (1,), NaN where the loops do not have them.
        """

    def respond(
        self, laid: Laid, theta: Array, grid: tuple[tuple[int, ...], Array, Array, Array], outs: Mapping[int, Array]
    ) -> Callable[[int, int], object]:
        """``call(first, last)``: these rows of a grid of inputs.

        Args:
            laid: the network.
            theta: its parameters.
            grid: which inputs vary, their values across and down, and x at which the others are held.
            outs: per layer wanted where its a goes, shape (units, rows, columns).
        """

    def landscape(
        self, laid: Laid, height: Height, plane: tuple[Array, Array], examples: tuple[Array, Array]
    ) -> Callable[[Array, Array], object]:
        """``call(uv, total)``: the total loss at points of shape (K, 2) of the plane, into ``total``.

        Args:
            laid: the network.
            height: of ``record.output_rules``, and not ``UNKNOWN``.
            plane: θ at its origin and its two directions, shape (2, P).
            examples: x of shape (n_0 + 1, N), its last row ones, and target of shape (n_L, N).
        """


def pays(parameters: int, activations: Sequence[str]) -> bool:
    """Whether compiled loops have all of such a network, and are quicker.

    Args:
        parameters: how many.
        activations: names of entries of ``ACTIVATIONS``.
    """
    return parameters <= MOST_PARAMETERS and all(name in WRITTEN for name in activations)


def laid_out(network: Network) -> Laid | None:
    """The network as compiled loops read it; None where they do not have all of it, or where they do not pay."""
    entries = [ACTIVATIONS[key] for key in network.activations]
    if not pays(network.parameter_count, [entry.name for entry in entries]):
        return None
    return Laid(
        np.array(network.sizes, np.int64),
        np.array([WRITTEN[entry.name] for entry in entries], np.int64),
        np.array([sum(entry.parameters.values()) for entry in entries], np.float64),
    )


def flat_places(sizes: Sequence[int]) -> NDArray[np.intp]:
    """Where in ``Network.theta`` what the loops read one after the other stands: per layer (w | b) row by row.

    Args:
        sizes: units of each layer, the input first.
    """
    parts, start = [], 0
    for sending, receiving in pairwise(sizes):
        middle, stop = start + sending * receiving, start + (sending + 1) * receiving
        weights = np.arange(start, middle).reshape(receiving, sending)
        parts.append(np.column_stack([weights, np.arange(middle, stop)]).ravel())
        start = stop
    return np.concatenate(parts)
