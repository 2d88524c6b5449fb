"""Where training happens: θ, its gradient and all activations of a batch in buffers that are made once.

θ lies flat in memory, each layer as one matrix (w | b) of shape (n_l, n_{l-1} + 1); each layer's a carries a last row
of ones. So z = (w | b) · (a; 1) and ∂L/∂(w | b) = ∂L/∂z · (a; 1)ᵀ are one product each, and all gains of neighbouring
layers with the same activation are one block of memory, filled together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np

from .arrays import Array
from .kernels import Buffer, kernel
from .network import Network
from .output_rules import needs_gain, output_rule


class Parameters:
    """θ as training holds it, and views of it.

    Attributes:
        theta: flat, writable; per layer (w | b) row by row.
        gradient: ∂L/∂θ in the same order, written by ``Workspace.run``.
        order: where in ``theta`` the parameters lie in the order of ``Network.theta``.
        is_weight: 1 where ``theta`` holds a weight, 0 where a bias.
    """

    def __init__(self, network: Network, dtype: type[np.floating]) -> None:
        """Take over the network's numbers."""
        self.shapes = [(receiving, sending) for sending, receiving in pairwise(network.sizes)]
        self.order = _order(self.shapes)
        self.theta: Buffer = np.empty(network.parameter_count, dtype)
        self.theta[self.order] = network.theta
        self.gradient: Buffer = np.zeros_like(self.theta)
        self.is_weight: Buffer = np.ones_like(self.theta)
        for layer in self.matrices(self.is_weight):
            layer[:, -1] = 0.0

    def matrices(self, flat: Buffer) -> list[Buffer]:
        """Per layer the view (w | b) of a flat buffer, shape (n_l, n_{l-1} + 1)."""
        views, start = [], 0
        for receiving, sending in self.shapes:
            size = receiving * (sending + 1)
            views.append(flat[start : start + size].reshape(receiving, sending + 1))
            start += size
        return views


def _order(shapes: Sequence[tuple[int, int]]) -> np.typing.NDArray[np.intp]:
    parts, start = [], 0
    for receiving, sending in shapes:
        places = np.arange(start, start + receiving * (sending + 1)).reshape(receiving, sending + 1)
        parts += [places[:, :-1].ravel(), places[:, -1]]
        start += places.size
    return np.concatenate(parts)


class Workspace:
    """Forward and backward pass of a batch of a fixed number of examples.

    Attributes:
        z, a, gain, dl_dz: per layer, shape (units, examples); the gain of the output layer is filled only if the
            backward pass needs it.
    """

    def __init__(self, parameters: Parameters, network: Network, loss: str, one_in_all: bool, examples: int) -> None:
        """Make the buffers for ``examples`` columns."""
        names = network.activations
        starts = np.cumsum([0, *(len(layer.b) + 1 for layer in network.layers)]).tolist()
        blocks = np.zeros((4, starts[-1], examples), parameters.theta.dtype)
        with_ones = [slice(start, stop) for start, stop in pairwise(starts)]
        rows = [slice(start, stop - 1) for start, stop in pairwise(starts)]
        for stop in starts[1:]:
            blocks[1, stop - 1] = 1.0
        z, a, kept, gain = blocks
        self.z, self.a, self.kept, self.gain = ([block[at] for at in rows] for block in blocks)
        self.dl_dz = [np.empty_like(one) for one in self.z]
        self._inputs = [a[at] for at in with_ones[:-1]]
        matrices = parameters.matrices(parameters.theta)
        kernels = [kernel(name) for name in names]
        self._forward = [
            (matrix.dot, each.function, *buffers)
            for matrix, each, *buffers in zip(matrices, kernels, self.z, self.kept, self.a, strict=True)
        ]
        amplified = len(names) if needs_gain(loss, names[-1]) else len(names) - 1
        self._gains = []
        for name, group in groupby(range(amplified), key=lambda index: names[index]):
            layers = list(group)
            derivative = kernel(name).derivative
            block = slice(starts[layers[0]], starts[layers[-1] + 1])
            if derivative is None:
                gain[block] = 1.0
            else:
                self._gains.append((derivative, z[block], kept[block], a[block], gain[block]))
        self._output = output_rule(loss, names[-1], one_in_all)
        self._backward = [
            (
                matrices[index + 1][:, :-1].T.dot,
                self.dl_dz[index + 1],
                self.dl_dz[index],
                None if kernels[index].derivative is None else self.gain[index],
            )
            for index in range(len(names) - 2, -1, -1)
        ]
        gradients = parameters.matrices(parameters.gradient)
        self._first_gradient = (self.dl_dz[0].dot, gradients[0])
        self._gradients = [
            (dl_dz.dot, inputs.T, gradient)
            for dl_dz, inputs, gradient in zip(self.dl_dz[1:], self._inputs, gradients[1:], strict=True)
        ]

    def forward(self, x: Buffer) -> None:
        """Fill z and a; ``x`` has one row per example and a last column of ones, shape (examples, n_0 + 1)."""
        inputs = x.T
        for (product, function, z, kept, a), following in zip(self._forward, (*self._inputs, None), strict=True):
            product(inputs, z)
            function(z, kept, a)
            inputs = following

    def run(self, x: Buffer, target: Buffer) -> None:
        """Forward, backward, and ∂L/∂θ, summed over the examples, into the parameters' gradient.

        Args:
            x: as for ``forward``.
            target: shape (output units, examples).
        """
        self.forward(x)
        for derivative, z, kept, a, gain in self._gains:
            derivative(z, kept, a, gain)
        self._output(self.z[-1], self.a[-1], self.gain[-1], target, self.dl_dz[-1])
        for pull, dl_dz_next, dl_dz, amplifier in self._backward:
            pull(dl_dz_next, dl_dz)
            if amplifier is not None:
                np.multiply(dl_dz, amplifier, dl_dz)
        product, gradient = self._first_gradient
        product(x, gradient)
        for product, inputs, gradient in self._gradients:
            product(inputs, gradient)


def with_ones(xs: Array, dtype: type[np.floating]) -> Buffer:
    """The inputs with a last column of ones, shape (N, n_0 + 1), a new array."""
    extended: Buffer = np.ones((len(xs), xs.shape[1] + 1), dtype)
    extended[:, :-1] = xs
    return extended
