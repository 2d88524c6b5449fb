"""What training is timed on, as plain numbers that every peer can be built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.engine import Engine
from app.core.functions.datasets import MADE_SETS
from app.core.network import Network, initialize
from app.core.training.trainer import Examples, Recipe, Trainer

LOSS = "half_squared_error"
RATE = 0.03
AGREEMENT = 1e-9


@dataclass(frozen=True)
class Course:
    """A tanh network, 500 points of which half are held out, gradient descent; a loss on both halves every epoch.

    Attributes:
        name: the network's sizes, for people.
        network: where to start.
        train: what to train on.
        test: what is held out.
        batch_size: examples per step.
    """

    name: str
    network: Network
    train: Examples
    test: Examples
    batch_size: int

    def trainer(self, engine: Engine | None = None) -> Trainer:
        """Ours, with the compiled loops if they are given."""
        recipe = Recipe(LOSS, learning_rate=RATE, batch_size=self.batch_size, epochs=10**9, record_every=10**6)
        return Trainer(self.network, self.train, recipe, self.test, engine=engine)


def course(sizes: Sequence[int], batch_size: int | None) -> Course:
    """Two circles, targets -1 and 1, as TensorFlow Playground has them."""
    xs, labels = MADE_SETS["circles"].make(500, 0.05, np.random.default_rng(3))
    targets = np.where(labels == 0, 1.0, -1.0)[:, None]
    network = initialize(sizes, "tanh", "tanh", "xavier_uniform", np.random.default_rng(7))
    parts = [Examples(xs[rows], targets[rows]) for rows in (slice(250), slice(250, None))]
    return Course("-".join(map(str, sizes)), network, *parts, batch_size or 250)


def require_agreement(problem: Course, costs: Sequence[float], epochs: int) -> None:
    """Hold a peer's costs after some epochs of full batch against ours.

    Raises:
        ValueError: they differ, so there is nothing to time.
    """
    trainer = problem.trainer()
    for _ in range(epochs):
        record = trainer.epoch()
    if not np.allclose(costs, [record.cost, record.test_cost], rtol=AGREEMENT, atol=0):
        raise ValueError(f"{problem.name}: after {epochs} epochs we have {record.cost, record.test_cost}, got {costs}")
