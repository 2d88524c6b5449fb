"""What a record of training says, measured over all examples in pieces that stay in the processor's cache."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Array
from .kernels import Buffer, kernel
from .network import Network
from .output_rules import needs_gain, total_loss
from .recipe import Examples
from .workspace import Parameters, Workspace, with_ones

PIECE = 1024
"""Examples measured at a time."""


@dataclass(frozen=True)
class Measured:
    """The sums over one set of examples.

    Attributes:
        total_loss: the sum of the losses.
        accuracy: the share classified rightly; None for regression.
        gain_means: per layer the mean of |σ'(z)|; empty without a backward pass.
    """

    total_loss: float
    accuracy: float | None
    gain_means: tuple[float, ...]


def is_one_in_all(targets: Array) -> bool:
    """Whether each example's targets add up to exactly 1."""
    return bool((targets.sum(axis=1) == 1.0).all())


def is_classification(network: Network, targets: Array, loss: str) -> bool:
    """Whether outputs name classes: one-hot targets, or a single sigmoid output with targets 0 and 1."""
    zeros_and_ones = bool(np.isin(targets, (0.0, 1.0)).all()) and loss != "output_sum"
    if targets.shape[1] == 1:
        return zeros_and_ones and network.activations[-1] == "sigmoid"
    return zeros_and_ones and is_one_in_all(targets)


class Judge:
    """What all measurements of one training have in common."""

    def __init__(self, network: Network, parameters: Parameters, loss: str) -> None:
        """Keep them."""
        self.network = network
        self.parameters = parameters
        self.loss = loss
        self.output = network.activations[-1]

    def workspace(self, columns: int, examples: Examples) -> Workspace:
        """Buffers for so many of these examples."""
        return Workspace(self.parameters, self.network, self.loss, is_one_in_all(examples.targets), columns)


class Evaluation:
    """One set of examples, measured again and again.

    Attributes:
        count: how many examples.
        x: shape (N, n_0 + 1), the last column is ones.
        target: shape (n_L, N).
    """

    def __init__(self, judge: Judge, examples: Examples) -> None:
        """Lay the examples out and make the buffers."""
        self.judge = judge
        self.count = len(examples.xs)
        dtype = judge.parameters.theta.dtype.type
        self.x: Buffer = with_ones(examples.xs, dtype)
        self.target: Buffer = np.ascontiguousarray(examples.targets.T, dtype)
        self.classes = is_classification(judge.network, examples.targets, judge.loss)
        self._labels = examples.targets.argmax(axis=1) if len(self.target) > 1 else examples.targets[:, 0] > 0.5
        bounds = [(start, min(start + PIECE, self.count)) for start in range(0, self.count, PIECE)]
        spaces = {columns: judge.workspace(columns, examples) for columns in {stop - start for start, stop in bounds}}
        self._pieces = [
            (
                spaces[stop - start],
                self.x[start:stop],
                np.ascontiguousarray(self.target[:, start:stop]),
                self._labels[start:stop],
            )
            for start, stop in bounds
        ]
        self._sum: Buffer = np.zeros_like(judge.parameters.gradient)
        gradients = judge.parameters.matrices(judge.parameters.gradient)
        self._weight_gradients = [matrix[:, :-1] for matrix in gradients]

    def measure(self, backward: bool = True) -> Measured:
        """Run all examples; with ``backward``, the parameters' gradient is then that of the total loss."""
        loss, right = 0.0, 0
        gains = [0.0] * len(self.judge.network.layers)
        several = len(self._pieces) > 1
        gradient = self.judge.parameters.gradient
        if several:
            self._sum.fill(0.0)
        for space, x, target, labels in self._pieces:
            if backward:
                space.run(x, target)
                for layer, total in enumerate(self._gain_sums(space)):
                    gains[layer] += total
                if several:
                    np.add(self._sum, gradient, self._sum)
            else:
                space.forward(x)
            z, y = space.z[-1], space.a[-1]
            loss += total_loss(self.judge.loss, self.judge.output, z, y, target, space.dl_dz[-1])
            if self.classes:
                chosen = y.argmax(axis=0) if len(y) > 1 else y[0] > 0.5
                right += int(np.count_nonzero(chosen == labels))
        if backward and several:
            np.copyto(gradient, self._sum)
        means = tuple(
            total / (self.count * len(layer.b)) for total, layer in zip(gains, self.judge.network.layers, strict=True)
        )
        return Measured(loss, right / self.count if self.classes else None, means if backward else ())

    def _gain_sums(self, space: Workspace) -> list[float]:
        """Per layer Σ|σ'(z)|; kept and dl_dz are free by now."""
        last = len(space.z) - 1
        derivative = kernel(self.judge.output).derivative
        if derivative is not None and not needs_gain(self.judge.loss, self.judge.output):
            derivative(space.z[last], space.kept[last], space.a[last], space.gain[last])
        sums = []
        for gain, scratch in zip(space.gain, space.dl_dz, strict=True):
            np.abs(gain, scratch)
            sums.append(float(np.add.reduce(scratch, axis=None)))
        if derivative is None:
            sums[last] = float(space.gain[last].size)
        return sums

    def gradient_squares(self) -> list[float]:
        """Per layer Σ(∂L/∂w)², after ``measure``."""
        return [float(np.einsum("ij,ij->", matrix, matrix)) for matrix in self._weight_gradients]
