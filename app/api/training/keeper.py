"""What writes the records of one training to the store, and its state, so that it can go on after whatever happens.

A store that is locked, full or away keeps nobody from training: what is due waits in memory, within a bound, and is
written as soon as the store is back.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson

from ...core.training.recipe import EpochRecord
from ...core.training.state import TrainerState
from ...store.contract import Records, Runs, StoreError, theta_stride
from ...store.deadline import within
from ..bounds.trainings import BEAT_SECONDS
from ..wire.outgoing.encoding import encode
from .setup import Plan
from .state_bytes import pack

log = logging.getLogger("backpropscope.api")

KEEP_SECONDS = 0.5
STATE_SECONDS = 2.0
WRITE_SECONDS = 2.0
"""How long a training waits for a store that has worked until now."""
TRY_SECONDS = 0.25
"""How long it waits for one that has not, each time it tries again."""
AGAIN_SECONDS = 1.0
MOST_PENDING = 16 * 2**20
"""Bytes, at most, of what waits to be written; then the training waits as well."""
GIVE_UP_SECONDS = 120.0
"""For so long a store that is away is waited for where no more can be kept in memory, or where a training has ended."""
RECORD_BYTES = 512
LAYER_BYTES = 64
LARGE = ("network", "xs", "targets", "test_xs", "test_targets")


class Keeper:
    """Writes what one piece of a run makes: its records about twice a second, its state every other second.

    Attributes:
        failing_since: since when the store could not be written, by the monotonic clock; None if it could.
    """

    def __init__(self, runs: Runs, run_id: str, stride: int, piece: int = 1) -> None:
        """Keep θ at every ``stride``-th epoch."""
        self.runs = runs
        self.run_id = run_id
        self.stride = stride
        self.piece = piece
        self.pending: list[EpochRecord] = []
        self.pending_bytes = 0
        self.thetas: dict[int, bytes] = {}
        self.written = self.state_written = self.tried = time.monotonic()
        self.failing_since: float | None = None

    def add(self, record: EpochRecord, state: Callable[[], TrainerState]) -> None:
        """Take the record of the epoch that is just complete; ``state`` gives where the training stands now."""
        if record.theta is not None and record.epoch % self.stride == 0:
            self.thetas[record.epoch] = record.theta.tobytes()
            self.pending_bytes += record.theta.nbytes
        self.pending.append(record if record.theta is None else replace(record, theta=None))
        self.pending_bytes += RECORD_BYTES + LAYER_BYTES * len(record.gain_means)
        self.look_up(state)

    def look_up(self, state: Callable[[], TrainerState]) -> None:
        """Write what is due; keep it if that fails.

        Raises:
            StoreError: there is more than may be kept, and the store has been away for long.
            RunNotFound: the run was deleted, or another piece of it has begun.
        """
        now = time.monotonic()
        if self.failing_since is not None:
            if now - self.tried >= AGAIN_SECONDS or self.pending_bytes > MOST_PENDING:
                self.write_until(state(), lambda: self.pending_bytes > MOST_PENDING)
        elif now - self.state_written >= STATE_SECONDS:
            self._write(state())
        elif now - self.written >= KEEP_SECONDS and self.pending:
            self._write(None)

    def write_until(self, state: TrainerState | None, must_wait: Callable[[], bool]) -> None:
        """Try to write, again and again as long as it ``must_wait``. Raises ``StoreError`` after a long while."""
        while not self._write(state) and must_wait():
            if time.monotonic() - (self.failing_since or 0.0) > GIVE_UP_SECONDS:
                raise StoreError("the store has been away for too long")
            time.sleep(TRY_SECONDS)

    def end(self, name: str, ending: dict[str, Any], state: TrainerState | None, may_wait: Callable[[], bool]) -> None:
        """Write the rest, and how this piece ended: by which event, with which data, and where to go on from.

        Raises:
            StoreError: it could not be written, however often it was tried while there was time and it ``may_wait``.
            RunNotFound: as in ``look_up``.
        """
        last = ending.get("last") if state is None else state.last
        if last is not None and last.theta is not None:
            self.thetas[last.epoch] = last.theta.tobytes()
        content = encode(ending)
        until = time.monotonic() + GIVE_UP_SECONDS
        while not self._write(state, lambda records: self.runs.end(self.run_id, name, content, records, self.piece)):
            if time.monotonic() > until or not may_wait():
                raise StoreError("the end of a training could not be written")
            time.sleep(TRY_SECONDS)

    def beat(self) -> None:
        """From another thread: say that the training is alive, if its records have not said so lately."""
        if time.monotonic() - self.written >= BEAT_SECONDS:
            # A store that fails is noticed by the training itself when it next writes.
            with suppress(StoreError), within(TRY_SECONDS):
                self.runs.touch(self.run_id, self.piece)

    def _write(self, state: TrainerState | None, write: Callable[[Records], None] | None = None) -> bool:
        """Write all that waits, by ``append`` unless told otherwise; whether that was possible."""
        records, thetas = list(self.pending), dict(self.thetas)
        packed = None if state is None else (state.completed, pack(state))
        gathered = Records(records[0].epoch if records else -1, encode(records)[1:-1], thetas, packed)
        try:
            with within(WRITE_SECONDS if self.failing_since is None else TRY_SECONDS):
                if write is None:
                    self.runs.append(self.run_id, gathered, self.piece)
                else:
                    write(gathered)
        except StoreError as error:
            self.tried = time.monotonic()
            if self.failing_since is None:
                self.failing_since = self.tried
                log.warning("run %s waits for the store: %s", self.run_id, error)
            return False
        self.pending, self.thetas, self.pending_bytes = [], {}, 0
        self.failing_since, self.written = None, time.monotonic()
        if state is not None:
            self.state_written = self.written
        return True


def stride_of(plan: Plan) -> int:
    """At every how many epochs the store keeps θ."""
    return theta_stride(plan.recipe.epochs, plan.network.parameter_count, plan.recipe.record_every)


def summary_of(request: bytes) -> bytes:
    """What a list tells of what was asked for: all but the long lists."""
    return orjson.dumps({name: value for name, value in orjson.loads(request).items() if name not in LARGE})


def keeper_of(
    runs: Runs, plan: Plan, request: bytes, network: bytes, owner: str = "", run_id: str | None = None
) -> Keeper:
    """Store a new run, under an id of its own or the one given, and give what writes to it."""
    return Keeper(runs, runs.create(request, network, summary_of(request), owner, run_id), stride_of(plan))
