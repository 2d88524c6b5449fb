"""The two networks that traces are timed on, as plain numbers that every peer can be built from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.api.network import examples as network_examples
from app.core.arrays import Array
from app.core.network import Network, initialize
from app.core.record.trace import Trace, trace

LOSS = "half_squared_error"
AGREEMENT = 1e-9

Numbers = dict[str, list[Array]]


@dataclass(frozen=True)
class Problem:
    """One example through one network, always with the loss ½Σ(y−ŷ)²."""

    name: str
    network: Network
    x: list[float]
    target: list[float]

    @property
    def activation(self) -> str:
        """The activation that all layers have."""
        return self.network.activations[0]

    def trace(self) -> Trace:
        """Ours, with everything the REST answer has when no steps are asked for."""
        record = trace(self.network, self.x, self.target, LOSS)
        _ = record.counts
        return record


def lecture(activation: str) -> Problem:
    """The lecture's 2-2-2-2 network."""
    layers = [{**layer, "activation": activation} for layer in network_examples.LECTURE_NETWORK["layers"]]
    return Problem("2-2-2-2", Network.from_lists(layers), [1.0, -1.0], [1.0, 0.0])


def wide(activation: str) -> Problem:
    """Eight layers of 64 units, drawn with a fixed seed."""
    rng = np.random.default_rng(7)
    network = initialize((64,) * 9, activation, activation, "xavier_uniform", rng)
    return Problem("8 layers of 64", network, rng.normal(size=64).tolist(), rng.random(64).tolist())


def numbers_of(record: Trace) -> Numbers:
    """What a peer has to agree with: per name one array per layer (of loss and dl_dx just one)."""
    per_layer = {
        name: [getattr(layer, name) for layer in record.layers]
        for name in ("z", "a", "dl_da", "dl_dz", "dl_dw", "dl_db")
    }
    return {**per_layer, "dl_dx": [record.dl_dx], "loss": [np.array(record.loss)]}


def require_agreement(problem: Problem, theirs: Numbers) -> None:
    """Hold every number of a peer against ours.

    Raises:
        ValueError: two arrays differ by more than 1e-9 of the larger one's norm, so there is nothing to time.
    """
    ours = numbers_of(problem.trace())
    if set(ours) != set(theirs):
        raise ValueError(f"{problem.name}: expected the numbers {sorted(ours)}, got {sorted(theirs)}")
    for name, arrays in ours.items():
        for layer, (own, other) in enumerate(zip(arrays, theirs[name], strict=True)):
            allowed = AGREEMENT * max(np.linalg.norm(own), np.linalg.norm(other))
            if own.shape != other.shape or np.linalg.norm(own - other) > allowed:
                raise ValueError(f"{problem.name}: {name} of layer {layer} differs from ours")
