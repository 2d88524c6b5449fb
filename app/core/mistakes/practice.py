"""Exercises to be computed by hand: small networks with friendly numbers, drawn from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np

from ..network import Network
from ..record.trace import Trace, trace

LOSS = "half_squared_error"
ATTEMPTS = 200

WEIGHTS = (-2.0, -1.0, 1.0, 2.0)
BIASES = (-1.0, 0.0, 1.0)
INPUTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
TARGETS = (0.0, 1.0)


@dataclass(frozen=True)
class Level:
    """How hard an exercise is.

    Attributes:
        sizes: units per layer, the inputs first.
        hidden: activations that a hidden layer may have.
        output: activations that the last layer may have.
        asked: names of the trace's vectors and matrices that are to be filled in, layer by layer.
        digits: decimal places to which an answer must be right.
    """

    sizes: tuple[int, ...]
    hidden: tuple[str, ...]
    output: tuple[str, ...]
    asked: tuple[str, ...]
    digits: int


LEVELS: Mapping[int, Level] = MappingProxyType(
    {
        1: Level((2, 2), (), ("linear", "relu", "sigmoid"), ("z", "a"), 2),
        2: Level((2, 2, 1), ("relu", "sigmoid"), ("linear", "sigmoid"), ("z", "a", "dl_dz"), 3),
        3: Level((2, 2, 2), ("relu", "sigmoid", "tanh"), ("linear", "sigmoid"), ("z", "a", "dl_dz", "dl_dw"), 3),
    }
)


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise.

    Attributes:
        network: with friendly numbers.
        x: the inputs, shape (n_0,).
        target: shape (n_L,).
        asked: pointers of the numbers to be filled in, in the order in which they are computed.
        digits: decimal places to which an answer must be right.
        record: the trace, with all answers.
    """

    network: Network
    x: tuple[float, ...]
    target: tuple[float, ...]
    asked: tuple[str, ...]
    digits: int
    record: Trace


def exercise(level: int, seed: int) -> Exercise:
    """The exercise of a seed: the same for everyone who has the seed.

    One in which nothing happens (no input, no loss, or nothing that comes back to the first layer) is drawn anew.

    Raises:
        KeyError: there is no such level.
    """
    chosen = LEVELS[level]
    rng = np.random.default_rng([level, seed])
    for _ in range(ATTEMPTS):
        drawn = _drawn(chosen, rng)
        if _is_alive(drawn):
            break
    return drawn


def _drawn(level: Level, rng: np.random.Generator) -> Exercise:
    layers: list[dict[str, Any]] = []
    for place, (sending, receiving) in enumerate(pairwise(level.sizes), start=2):
        activations = level.output if place == len(level.sizes) else level.hidden
        layers.append(
            {
                "w": rng.choice(WEIGHTS, (receiving, sending)).tolist(),
                "b": rng.choice(BIASES, receiving).tolist(),
                "activation": str(rng.choice(activations)),
            }
        )
    network = Network.from_lists(layers)
    x = tuple(map(float, rng.choice(INPUTS, level.sizes[0])))
    target = tuple(map(float, rng.choice(TARGETS, level.sizes[-1])))
    record = trace(network, x, target, LOSS)
    return Exercise(network, x, target, asked_of(record, level.asked), level.digits, record)


def asked_of(record: Trace, names: tuple[str, ...]) -> tuple[str, ...]:
    """Pointers of all numbers of these names, forward ones layer by layer, then backward ones from the last layer."""
    spans = record.layout.layers
    forward = [name for name in names if not name.startswith("dl_")]
    backward = [name for name in names if name == "dl_dz"]
    gradients = [name for name in names if name == "dl_dw"]
    order = [(index, name) for index in range(len(spans)) for name in forward]
    order += [(index, name) for index in reversed(range(len(spans))) for name in backward]
    order += [(index, name) for index in range(len(spans)) for name in gradients]
    return tuple(
        pointer for index, name in order for pointer in getattr(spans[index], name).addresses(f"/layers/{index}/{name}")
    )


def _is_alive(drawn: Exercise) -> bool:
    record = drawn.record
    first = record.layout.layers[0].dl_dz
    loss = record.values[record.layout.position["/loss/value"]]
    return any(drawn.x) and bool(loss > 0 and np.count_nonzero(record.values[first.cut]) > 0)
