"""One training in a thread of its own: computes, hands events over in chunks, keeps the run on the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from threading import BoundedSemaphore, Thread
from typing import Any

from ..core.arrays import Array
from ..core.recipe import Diverged, EpochRecord
from ..core.training import Trainer
from ..store.database import StoreError
from ..store.runs import Records, RunNotFound, SQLiteRuns, theta_stride
from .encoding import encode
from .problems import TOO_BUSY, Problem
from .streams import Channel, epoch_events, event
from .training_setup import Plan

log = logging.getLogger("backpropscope.api")

CHUNK_RECORDS = 64
CHUNK_SECONDS = 0.03
KEEP_SECONDS = 0.5
LONG_EPOCH = 10_000_000
"""Examples × parameters from which on a training looks up after every batch, not only after every epoch."""
RETRY_SECONDS = 5
DRAIN_SECONDS = 2.0
REASONS = {
    "client": "The client has closed the connection.",
    "server": "The server is shutting down.",
    "time_limit": "The limit training_seconds is reached.",
}


class Keeper:
    """Writes the records of one run to the store, about twice a second."""

    def __init__(self, runs: SQLiteRuns, run_id: str, stride: int) -> None:
        """Keep θ at every ``stride``-th epoch."""
        self.runs = runs
        self.run_id = run_id
        self.stride = stride
        self.pending: list[EpochRecord] = []
        self.thetas: dict[int, bytes] = {}
        self.written = time.monotonic()

    def add(self, record: EpochRecord) -> None:
        """Take the next record."""
        if record.theta is not None and record.epoch % self.stride == 0:
            self.thetas[record.epoch] = record.theta.tobytes()
        self.pending.append(record if record.theta is None else replace(record, theta=None))
        if time.monotonic() - self.written >= KEEP_SECONDS:
            self.runs.append(self.run_id, self._taken())

    def end(self, state: str, ending: dict[str, Any], last: tuple[int, Array] | None) -> None:
        """Write the rest, and how it ended; ``last`` is the last epoch and its θ."""
        if last is not None:
            self.thetas[last[0]] = last[1].tobytes()
        self.runs.end(self.run_id, state, encode(ending), self._taken())

    def _taken(self) -> Records:
        records, thetas = self.pending, self.thetas
        self.pending, self.thetas, self.written = [], {}, time.monotonic()
        return Records(records[0].epoch if records else -1, encode(records)[1:-1], thetas)


class Job:
    """One training and where its records go."""

    def __init__(self, plan: Plan, channel: Channel, keeper: Keeper | None, seconds: float) -> None:
        """Start nothing yet; the training may take so many seconds."""
        self.plan = plan
        self.channel = channel
        self.keeper = keeper
        self.deadline = time.monotonic() + seconds
        self.chunk: list[EpochRecord] = []
        self.sent = 0.0
        self.last: EpochRecord | None = None

    def run(self) -> None:
        """Train to the end, whatever it is, and say how it ended."""
        self.put_event("started", self.started())
        trainer: Trainer | None = None
        last: tuple[int, Array] | None = None
        try:
            trainer = Trainer(self.plan.network, self.plan.examples, self.plan.recipe, self.plan.test)
            state, ending = self.train(trainer)
        except Diverged as error:
            state, ending = "diverged", {"epoch": error.epoch, "reason": error.reason, "last": error.last}
            if error.last is not None and error.last.theta is not None:
                last = error.last.epoch, error.last.theta
        except Exception:
            log.exception("a training failed")
            state = "stopped"
            ending = {"epoch": -1 if self.last is None else self.last.epoch, "reason": "error", "detail": "A fault."}
        else:
            # Between two records the state is in the middle of an epoch, which is nobody's.
            if self.last is not None and self.last.epoch == trainer.completed:
                last = self.last.epoch, trainer.theta
        self.flush()
        ending["kept"] = self.keep(lambda keeper: keeper.end(state, {**ending, "event": state}, last))
        self.put_event(state, ending)
        self.channel.close()

    def started(self) -> dict[str, Any]:
        """The data of the first event."""
        plan = self.plan
        layers = [{"w": layer.w, "b": layer.b, "activation": layer.activation} for layer in plan.network.layers]
        return {
            "run": None if self.keeper is None else self.keeper.run_id,
            "network": {"layers": layers},
            "epochs": plan.recipe.epochs,
            "examples": len(plan.rows),
            "test_examples": len(plan.test_rows),
            "rows": plan.rows,
            "test_rows": plan.test_rows,
            "shift": plan.shift,
            "scale": plan.scale,
        }

    def train(self, trainer: Trainer) -> tuple[str, dict[str, Any]]:
        """Record every epoch until the last or until told to stop. Raises ``Diverged``."""
        epochs = self.plan.recipe.epochs
        long = len(self.plan.examples.xs) * self.plan.network.parameter_count > LONG_EPOCH
        self.take(trainer.record())
        self.flush()
        while trainer.completed < epochs:
            if time.monotonic() > self.deadline:
                self.channel.stop("time_limit")
            if self.channel.stopped:
                reason = self.channel.reason
                return "stopped", {"epoch": trainer.completed, "reason": reason, "detail": REASONS[reason]}
            if long:
                completed = trainer.completed
                trainer.batch()
                if trainer.completed > completed:
                    self.take(trainer.record())
            else:
                self.take(trainer.epoch())
        return "finished", {"epoch": trainer.completed, "last": self.last}

    def take(self, record: EpochRecord) -> None:
        """Pass a record on."""
        self.last = record
        self.chunk.append(record)
        self.keep(lambda keeper: keeper.add(record))
        if len(self.chunk) >= CHUNK_RECORDS or time.monotonic() - self.sent >= CHUNK_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Hand over what has gathered."""
        if self.chunk:
            self.channel.put(epoch_events(self.chunk))
            self.chunk = []
        self.sent = time.monotonic()

    def put_event(self, name: str, content: dict[str, Any]) -> None:
        """Hand over one event."""
        self.channel.put(event(name, content))

    def keep(self, write: Callable[[Keeper], None]) -> bool:
        """Do something with the store, if the run is kept; a store that fails ends the keeping, not the training."""
        if self.keeper is None:
            return False
        try:
            write(self.keeper)
        except RunNotFound:
            self.keeper = None
        except StoreError:
            log.exception("run %s is no longer kept", self.keeper.run_id)
            self.keeper = None
        return self.keeper is not None


class Trainings:
    """The trainings of one process: so many at once and no more."""

    def __init__(self, places: int, seconds: float) -> None:
        """Set the two limits: how many at once, and how many seconds each may take."""
        self.places = places
        self.seconds = seconds
        self._free = BoundedSemaphore(places)
        self.running: dict[Channel, Thread] = {}

    def reserve(self) -> None:
        """Take a place; ``start`` or ``give_back`` follows. Raises ``Problem`` if there is none."""
        if not self._free.acquire(blocking=False):
            raise Problem(
                TOO_BUSY,
                f"The limit concurrent_trainings is {self.places}; as many are going on.",
                headers={"Retry-After": str(RETRY_SECONDS)},
                limit={"name": "concurrent_trainings", "value": self.places},
            )

    def give_back(self) -> None:
        """Free a place."""
        self._free.release()

    def start(self, plan: Plan, channel: Channel, keeper: Keeper | None) -> None:
        """Train in a thread; the place is free again when it ends."""
        job = Job(plan, channel, keeper, self.seconds)

        def work() -> None:
            try:
                job.run()
            finally:
                self.running.pop(channel, None)
                self.give_back()

        thread = Thread(target=work, name="training", daemon=True)
        self.running[channel] = thread
        thread.start()

    def close(self) -> None:
        """Have all of them end, and wait for their last write."""
        running = list(self.running.items())
        for channel, _ in running:
            channel.stop("server")
        until = time.monotonic() + DRAIN_SECONDS
        for _, thread in running:
            thread.join(max(0.0, until - time.monotonic()))


def keeper_of(runs: SQLiteRuns, plan: Plan, request: bytes, network: bytes) -> Keeper:
    """Store a new run and give what writes to it."""
    run_id = runs.create(request, network)
    return Keeper(runs, run_id, theta_stride(plan.recipe.epochs, plan.network.parameter_count))
