"""What writes the records of one training to the store, and its state, so that it can go on after whatever happens."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ..core.recipe import EpochRecord
from ..core.training_state import TrainerState
from ..store.database import StoreError
from ..store.runs import Records, SQLiteRuns, theta_stride
from .encoding import encode
from .training_bytes import pack
from .training_setup import Plan

log = logging.getLogger("backpropscope.api")

KEEP_SECONDS = 0.5
STATE_SECONDS = 2.0
BEAT_SECONDS = 1.0


class Keeper:
    """Writes what one piece of a run makes: its records about twice a second, its state every other second."""

    def __init__(self, runs: SQLiteRuns, run_id: str, stride: int, piece: int = 1) -> None:
        """Keep θ at every ``stride``-th epoch."""
        self.runs = runs
        self.run_id = run_id
        self.stride = stride
        self.piece = piece
        self.pending: list[EpochRecord] = []
        self.thetas: dict[int, bytes] = {}
        self.written = self.state_written = time.monotonic()

    def add(self, record: EpochRecord, state: Callable[[], TrainerState]) -> None:
        """Take the record of the epoch that is just complete; ``state`` gives where the training stands now."""
        if record.theta is not None and record.epoch % self.stride == 0:
            self.thetas[record.epoch] = record.theta.tobytes()
        self.pending.append(record if record.theta is None else replace(record, theta=None))
        self.look_up(state)

    def look_up(self, state: Callable[[], TrainerState]) -> None:
        """Write what is due."""
        now = time.monotonic()
        if now - self.state_written >= STATE_SECONDS:
            self.runs.append(self.run_id, self._taken(state()), self.piece)
        elif now - self.written >= KEEP_SECONDS and self.pending:
            self.runs.append(self.run_id, self._taken(None), self.piece)

    def end(self, name: str, ending: dict[str, Any], state: TrainerState | None) -> None:
        """Write the rest, and how this piece ended: by which event, with which data, and where to go on from."""
        last = ending.get("last") if state is None else state.last
        if last is not None and last.theta is not None:
            self.thetas[last.epoch] = last.theta.tobytes()
        self.runs.end(self.run_id, name, encode(ending), self._taken(state), self.piece)

    def beat(self) -> None:
        """From another thread: say that the training is alive, if its records have not said so lately."""
        if time.monotonic() - self.written >= BEAT_SECONDS:
            # A store that fails is noticed by the training itself when it next writes.
            with suppress(StoreError):
                self.runs.touch(self.run_id, self.piece)

    def _taken(self, state: TrainerState | None) -> Records:
        records, thetas = self.pending, self.thetas
        self.pending, self.thetas, self.written = [], {}, time.monotonic()
        packed = None
        if state is not None:
            self.state_written = self.written
            packed = state.completed, pack(state)
        return Records(records[0].epoch if records else -1, encode(records)[1:-1], thetas, packed)


def stride_of(plan: Plan) -> int:
    """At every how many epochs the store keeps θ."""
    return theta_stride(plan.recipe.epochs, plan.network.parameter_count, plan.recipe.record_every)


def keeper_of(runs: SQLiteRuns, plan: Plan, request: bytes, network: bytes) -> Keeper:
    """Store a new run and give what writes to it."""
    return Keeper(runs, runs.create(request, network), stride_of(plan))
