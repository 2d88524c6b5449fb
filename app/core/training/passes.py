"""A piece of the examples forward and backward, by NumPy's calls or by compiled loops, with what a record reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

import numpy as np

from ..engine import UNKNOWN, Engine, Laid, Output
from ..functions.kernels import Buffer, Calls, kernel
from ..looking import LookUp, looking
from ..network import Network
from ..record.output_rules import height_of, needs_gain, total_loss
from .compiled import way_of
from .workspace import Parameters, Workspace


class Judging(Protocol):
    """What all passes of one training have in common."""

    network: Network
    parameters: Parameters
    loss: str
    look_up: LookUp
    engine: Engine | None

    def products(self, examples: int) -> int:
        """How much a pass of so many examples is, in products."""


class Pass(Protocol):
    """A pass of some examples.

    Attributes:
        forward: the calls that fill z and y.
        whole: those that fill the gradient, too.
        z: of the output layer, shape (n_L, examples).
        y: the same of the output.
        scratch: as large, to be written over.
    """

    forward: Calls
    whole: Calls
    z: Buffer
    y: Buffer
    scratch: Buffer

    def gains(self) -> list[float]:
        """Per layer the sum of |σ'(z)|, after ``whole``."""

    def total_loss(self) -> float:
        """The sum of the losses."""


class NumpyPass:
    """By NumPy's calls in a workspace; see ``Pass``."""

    def __init__(self, judge: Judging, space: Workspace, x: Buffer, target: Buffer) -> None:
        """Bind the examples to the buffers of the workspace."""
        self.z, self.y, self.scratch = space.z[-1], space.a[-1], space.dl_dz[-1]
        self._judge, self._target = judge, target
        size = judge.products(len(x))
        self.forward = looking(space.forward(x), size, judge.look_up)
        self.whole = [*self.forward, *looking(space.backward(x, target), size, judge.look_up)]
        # The gains are summed by a product with ones, after the backward pass, which has no more use for dl_dz.
        self._gain_sums: list[tuple[Calls, Buffer, Buffer]] = []
        for layer, name in enumerate(judge.network.activations):
            function = kernel(name)
            gain, scratch = space.gain[layer], space.dl_dz[layer]
            before: Calls = []
            if function.derivative is None:
                gain = np.ones_like(gain)
            elif layer == len(space.z) - 1 and not needs_gain(judge.loss, name):
                before += function.derivative(space.z[layer], space.kept[layer], space.a[layer], gain)
            if function.signed:
                before.append(partial(np.abs, gain, scratch))
                gain = scratch
            before = looking(before, size, judge.look_up)
            self._gain_sums.append((before, gain.reshape(-1), np.ones(gain.size, gain.dtype)))

    def gains(self) -> list[float]:
        """Per layer the sum of |σ'(z)|, after ``whole``."""
        sums = []
        for before, gain, ones in self._gain_sums:
            for call in before:
                call()
            sums.append(float(gain.dot(ones)))
        return sums

    def total_loss(self) -> float:
        """The sum of the losses."""
        output = self._judge.network.activations[-1]
        return total_loss(self._judge.loss, output, self.z, self.y, self._target, self.scratch)


class CompiledPass:
    """By compiled loops; see ``Pass``."""

    def __init__(self, engine: Engine, judge: Judging, way: tuple[Laid, Output], x: Buffer, target: Buffer) -> None:
        """Bind the examples."""
        self._loss, self._output, self._target = judge.loss, judge.network.activations[-1], target
        height = height_of(judge.loss, self._output, len(target))
        bound = judge.parameters.theta, judge.parameters.gradient
        forward, whole, filled = engine.measure(*way, height, bound, (x, target))
        self.forward: Calls = [forward]
        self.whole: Calls = [whole]
        self.z, self.y, self._sums, self._losses = filled
        self._known = height.kind != UNKNOWN
        self.scratch = np.empty_like(self.z)

    def gains(self) -> list[float]:
        """Per layer the sum of |σ'(z)|, after ``whole``."""
        sums: list[float] = self._sums.tolist()
        return sums

    def total_loss(self) -> float:
        """The sum of the losses."""
        if self._known:
            return float(self._losses[0])
        return total_loss(self._loss, self._output, self.z, self.y, self._target, self.scratch)


def pass_of(judge: Judging, space: Callable[[int], Workspace], x: Buffer, target: Buffer, one_in_all: bool) -> Pass:
    """The quicker of the two for these examples.

    Args:
        judge: the training.
        space: buffers for so many examples; asked for only if NumPy is the one.
        x: shape (examples, n_0 + 1), the last column ones.
        target: shape (n_L, examples).
        one_in_all: whether each example's targets add up to exactly 1.
    """
    way = None
    if judge.engine is not None and x.dtype == np.float64:
        way = way_of(judge.network, judge.loss, one_in_all)
    if judge.engine is None or way is None:
        return NumpyPass(judge, space(len(x)), x, target)
    return CompiledPass(judge.engine, judge, way, x, target)
