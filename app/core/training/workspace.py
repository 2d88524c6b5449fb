"""Where training happens: θ, its gradient and all activations of a batch in buffers that are made once.

θ lies flat in memory, each layer as one matrix (w | b) of shape (n_l, n_{l-1} + 1); each layer's a carries a last row
of ones. So z = (w | b) · (a; 1) and ∂L/∂(w | b) = ∂L/∂z · (a; 1)ᵀ are one product each, and all gains of neighbouring
layers with the same activation are one block of memory, filled together. What is to be done is a list of NumPy calls
bound to their buffers, put together once and then only gone through.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby, pairwise

import numpy as np

from ..arrays import Array
from ..engine import flat_places
from ..functions.kernels import Buffer, Calls, kernel
from ..network import Network
from ..record.output_rules import needs_gain, output_rule


class Parameters:
    """θ as training holds it, and views of it.

    Attributes:
        theta: flat, writable; per layer (w | b) row by row.
        gradient: ∂L/∂θ in the same order, written by the calls of ``Workspace.backward``.
        order: where in ``theta`` the parameters lie in the order of ``Network.theta``.
        starts: where in ``theta`` each layer begins.
        is_weight: 1 where ``theta`` holds a weight, 0 where a bias.
    """

    def __init__(self, network: Network, dtype: type[np.floating]) -> None:
        """Take over the network's numbers."""
        self.shapes = [(receiving, sending) for sending, receiving in pairwise(network.sizes)]
        self.order = np.argsort(flat_places(network.sizes))
        sizes = [receiving * (sending + 1) for receiving, sending in self.shapes]
        self.starts = np.cumsum([0, *sizes[:-1]])
        self.theta: Buffer = np.empty(network.parameter_count, dtype)
        self.theta[self.order] = network.theta
        self.gradient: Buffer = np.zeros_like(self.theta)
        self.is_weight: Buffer = np.ones_like(self.theta)
        for layer in self.matrices(self.is_weight):
            layer[:, -1] = 0.0

    def matrices(self, flat: Buffer) -> list[Buffer]:
        """Per layer the view (w | b) of a flat buffer, shape (n_l, n_{l-1} + 1)."""
        return [
            part.reshape(receiving, sending + 1)
            for part, (receiving, sending) in zip(np.split(flat, self.starts[1:]), self.shapes, strict=True)
        ]


class Workspace:
    """Forward and backward pass of a batch of a fixed number of examples.

    Attributes:
        z, a, gain, dl_dz: per layer, shape (units, examples); gain is filled only where the backward pass needs it: not
            where it is 1, and not in every output layer.
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
        self._first, *later = matrices = parameters.matrices(parameters.theta)
        self._first_gradient, *gradients = parameters.matrices(parameters.gradient)
        kernels = [kernel(name) for name in names]
        fills = [each.function(*buffers) for each, *buffers in zip(kernels, self.z, self.kept, self.a, strict=True)]
        self._forward = fills[0]
        for matrix, inputs, out, fill in zip(later, self._inputs, self.z[1:], fills[1:], strict=True):
            self._forward += [partial(matrix.dot, inputs, out), *fill]
        self._gains: Calls = []
        amplified = len(names) if needs_gain(loss, names[-1]) else len(names) - 1
        for name, group in groupby(range(amplified), key=lambda index: names[index]):
            derivative = kernel(name).derivative
            if derivative is not None:
                layers = list(group)
                at = slice(starts[layers[0]], starts[layers[-1] + 1])
                self._gains += derivative(z[at], kept[at], a[at], gain[at])
        self._output = output_rule(loss, names[-1], one_in_all)
        self._backward: Calls = []
        for index in range(len(names) - 2, -1, -1):
            pull, dl_dz = matrices[index + 1][:, :-1].T, self.dl_dz[index]
            self._backward.append(partial(pull.dot, self.dl_dz[index + 1], dl_dz))
            if kernels[index].derivative is not None:
                self._backward.append(partial(np.multiply, dl_dz, self.gain[index], dl_dz))
        for dl_dz, inputs, gradient in zip(self.dl_dz[1:], self._inputs, gradients, strict=True):
            self._backward.append(partial(dl_dz.dot, inputs.T, gradient))

    def forward(self, x: Buffer) -> Calls:
        """The calls that fill z and a.

        Args:
            x: one row per example and a last column of ones, shape (examples, n_0 + 1); bound, not copied.
        """
        return [partial(self._first.dot, x.T, self.z[0]), *self._forward]

    def backward(self, x: Buffer, target: Buffer) -> Calls:
        """The calls that, after those of ``forward``, leave ∂L/∂θ, summed over the examples, in the gradient.

        Args:
            x: as for ``forward``.
            target: shape (output units, examples); bound, not copied.
        """
        output = self._output(self.z[-1], self.a[-1], self.gain[-1], target, self.dl_dz[-1])
        return [*self._gains, *output, *self._backward, partial(self.dl_dz[0].dot, x, self._first_gradient)]


def with_ones(xs: Array, dtype: type[np.floating]) -> Buffer:
    """The inputs with a last column of ones, shape (N, n_0 + 1), a new array."""
    extended: Buffer = np.ones((len(xs), xs.shape[1] + 1), dtype)
    extended[:, :-1] = xs
    return extended
