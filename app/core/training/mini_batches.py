"""The batches of an epoch: what to call for each, so that the gradient of its total loss stands in the buffer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..functions.kernels import Buffer, Calls
from ..looking import looking
from .evaluation import Evaluation, Judge
from .recipe import Examples

GATHERED_AT_ONCE = 1 << 19
"""Bytes of x up to which the examples of an epoch are put into their new order at once, in one call; beyond, batch by
batch, so that a batch is still in the processor's cache when it is used."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Some of the examples, by their places in the order of the epoch.

    Attributes:
        calls: leave ∂L/∂θ, summed over its examples, in the gradient.
        start: its first place.
        stop: the place behind its last.
    """

    calls: Calls
    start: int
    stop: int


def bounds(count: int, size: int) -> list[tuple[int, int]]:
    """Where the batches of so many examples begin and end; the last may be smaller."""
    return [(start, min(start + size, count)) for start in range(0, count, size)]


def mini_batches(
    judge: Judge,
    evaluation: Evaluation,
    examples: Examples,
    order: NDArray[np.int64],
    parts: Sequence[tuple[int, int]],
) -> tuple[list[Batch], Calls]:
    """Batches run by NumPy.

    Args:
        judge: has the network and the parameters.
        evaluation: has the examples laid out.
        examples: the same ones.
        order: the places of the examples, an array whose order changes from epoch to epoch.
        parts: of ``bounds``.

    Returns:
        the batches; and what to call once the order has changed.
    """
    columns = {stop - start for start, stop in parts}
    spaces = {count: judge.workspace(count, examples) for count in columns}
    xs, targets = evaluation.x, evaluation.target
    gathering: Calls = []
    at_once = xs.nbytes <= GATHERED_AT_ONCE
    if at_once:
        x, target = np.empty_like(xs), np.empty_like(targets)
        gathering = _gather(xs, targets, order, x, target)
        data = [(x[start:stop], target[:, start:stop]) for start, stop in parts]
    else:
        own = {count: (np.empty_like(xs[:count]), np.empty_like(targets[:, :count])) for count in columns}
        data = [own[stop - start] for start, stop in parts]
    batches = []
    for (start, stop), part in zip(parts, data, strict=True):
        fetch = [] if at_once else _gather(xs, targets, order[start:stop], *part)
        space = spaces[stop - start]
        calls = fetch + space.forward(part[0]) + space.backward(*part)
        batches.append(Batch(looking(calls, judge.products(stop - start), judge.look_up), start, stop))
    return batches, gathering


def _gather(xs: Buffer, targets: Buffer, order: NDArray[np.int64], x: Buffer, target: Buffer) -> Calls:
    """Put the examples at ``order`` into x and target; mode "clip" writes there directly, "raise" would buffer."""
    return [
        partial(np.take, xs, order, axis=0, out=x, mode="clip"),
        partial(np.take, targets, order, axis=1, out=target, mode="clip"),
    ]
