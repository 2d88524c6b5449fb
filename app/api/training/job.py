"""One piece of a training in a thread of its own: computes, hands events over in chunks, keeps the run on the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ... import kernel
from ...core.training.recipe import Diverged, EpochRecord
from ...core.training.state import TrainerState
from ...core.training.trainer import Progress, Trainer
from ...core.training.verdicts import Verdict, Watcher
from ...store.contract import RunNotFound, StoreError
from ..wire.outgoing.streams import Channel, event
from .data import scaling_document
from .events import epoch_events
from .keeper import Keeper
from .schemas import Until
from .setup import Plan
from .verdicts import verdict_document

log = logging.getLogger("backpropscope.api")

CHUNK_RECORDS = 64
CHUNK_NUMBERS = 3_000
"""θ's numbers in one chunk, about 64 KiB as text. A reader that is behind is waited for with eight of them, and all of
those have to be sent before it can hear that the server ends."""
CHUNK_SECONDS = 0.02
LONG_EPOCH = 10_000_000
"""Examples × parameters from which on where a training stands may be stored after every batch, not only every epoch."""
REASONS = {
    "until": "As much as was asked for is done.",
    "client": "The client has closed the connection.",
    "server": "The server is shutting down.",
    "time_limit": "The limit training_seconds is reached.",
}


class Told(Exception):
    """The training is to end, and has been told so within an epoch or a measurement."""


@dataclass(frozen=True, eq=False)
class Piece:
    """Which part of a training is to be done.

    Attributes:
        until: how far; None for to its end.
        state: where to go on from; None for the start.
        after: the last epoch whose record the reader has.
        stored: events of records that were kept and the reader has not.
    """

    until: Until | None = None
    state: TrainerState | None = None
    after: int = -1
    stored: bytes = b""


class Job:
    """One piece of a training and where its records go."""

    def __init__(self, plan: Plan, channel: Channel, keeper: Keeper | None, piece: Piece) -> None:
        """Start nothing yet."""
        self.plan = plan
        self.channel = channel
        self.keeper = keeper
        self.piece = piece
        self.chunk: list[EpochRecord] = []
        self.chunk_numbers = 0
        self.sent = 0.0
        self.last: EpochRecord | None = None
        self.watcher = Watcher(plan.network, plan.data.examples, plan.recipe.loss)
        self.verdict: Verdict | None = None
        self.inside: dict[str, Any] | None = None
        """Where the piece has ended inside an epoch."""
        self.told_to_wait = False

    @property
    def beat(self) -> Callable[[], None] | None:
        """What says from another thread that the training is alive; None for one that is not kept."""
        return None if self.keeper is None else self.keeper.beat

    def run(self) -> None:
        """Train to the end of the piece, whatever it is, and say how it ended."""
        self.put_event("started", self.started())
        if self.piece.stored:
            self.channel.put(self.piece.stored)
        state: TrainerState | None = None
        try:
            plan = self.plan
            trainer = Trainer(
                plan.network,
                plan.data.examples,
                plan.recipe,
                plan.data.test,
                state=self.piece.state,
                engine=kernel.engine(),
                look_up=self.look_up,
            )
            try:
                name, ending = self.train(trainer)
            except Told:
                name, ending = "stopped", self.stopped(trainer, self.channel.reason)
            state = trainer.state()
        except Diverged as error:
            name = "diverged"
            ending = {"epoch": error.epoch, "code": error.code, "reason": error.reason, "last": error.last}
            self.verdict = self.watcher.diverged(error.epoch)
        except Exception:
            log.exception("a training failed")
            name = "stopped"
            ending = {"epoch": -1 if self.last is None else self.last.epoch, "reason": "error", "detail": "A fault."}
        self.flush()
        ending["verdict"] = verdict_document(self.verdict, self.plan)
        ending["kept"] = self.keep(
            lambda keeper: keeper.end(name, self.kept_ending(name, ending), state, self.may_wait)
        )
        self.put_event(name, ending)
        self.channel.close()

    def kept_ending(self, name: str, ending: dict[str, Any]) -> dict[str, Any]:
        """What the store keeps of how the piece ended: the last event, and where it stands inside an epoch."""
        inside = {} if self.inside is None else {"progress": self.inside}
        return {**ending, "event": name, "kept": True, **inside}

    def started(self) -> dict[str, Any]:
        """The data of the first event."""
        plan, data = self.plan, self.plan.data
        return {
            "run": None if self.keeper is None else self.keeper.run_id,
            "network": plan.network.document(),
            "engine": kernel.name(),
            "epochs": plan.recipe.epochs,
            "completed": 0 if self.piece.state is None else self.piece.state.completed,
            "examples": len(data.rows),
            "test_examples": len(data.test_rows),
            "rows": data.rows,
            "test_rows": data.test_rows,
            **scaling_document(data),
        }

    def train(self, trainer: Trainer) -> tuple[str, dict[str, Any]]:
        """Record every epoch until the last, until as much is done as was asked for, or until told to stop.

        Raises:
            Diverged: training has left the finite numbers.
            Told: to stop, within an epoch or a measurement.
        """
        state = self.piece.state
        if state is not None and state.last is not None:
            self.last = state.last
            self.judge(self.last)
        if state is None or not (state.is_recorded or trainer.inside):
            self.take(trainer.record(), trainer)
        self.flush()
        return self.advance(trainer)

    def advance(self, trainer: Trainer) -> tuple[str, dict[str, Any]]:
        """Go on from here. Raises as ``train`` does."""
        epochs = self.plan.recipe.epochs
        step, left = self.stepper(trainer)
        progress: Progress | None = None
        while trainer.completed < epochs and left != 0 and not self.channel.stopped:
            completed = trainer.completed
            progress = step()
            if trainer.completed > completed:
                self.take(trainer.record(), trainer)
            else:
                self.keep(lambda keeper: keeper.look_up(trainer.state))
            if left is not None and (progress is None or self.counts_steps or trainer.completed > completed):
                left -= 1
        if progress is not None and self.counts_steps and left == 0:
            self.flush()
            stands = {**vars(progress), "record": trainer.look()}
            self.put_event("progress", stands)
            if progress.batch + 1 < progress.batches or not progress.updated:
                self.inside = stands
        if trainer.completed >= epochs:
            return "finished", {"epoch": trainer.completed, "last": self.last}
        return "stopped", self.stopped(trainer, "until" if left == 0 else self.channel.reason)

    def stopped(self, trainer: Trainer, reason: str) -> dict[str, Any]:
        """The data of the last event of a piece that ends before the training does."""
        return {"epoch": trainer.completed, "reason": reason, "detail": REASONS[reason]}

    def look_up(self) -> None:
        """Go on only if the training is not to end. Raises ``Told``."""
        if self.channel.stopped:
            raise Told

    @property
    def counts_steps(self) -> bool:
        """Whether the piece is measured in batches or examples, not in epochs."""
        until = self.piece.until
        return until is not None and until.epochs is None

    def stepper(self, trainer: Trainer) -> tuple[Callable[[], Progress | None], int | None]:
        """What advances the training by a little, and how often that, or an epoch, is wanted; None for no bound."""
        until = self.piece.until
        if until is not None and until.examples is not None:
            return trainer.one_example, until.examples
        if until is not None and until.batches is not None:
            return trainer.batch, until.batches
        left = None if until is None else until.epochs
        if len(self.plan.data.examples.xs) * self.plan.network.parameter_count > LONG_EPOCH:
            return trainer.batch, left
        return trainer.rest_of_epoch, left

    def take(self, record: EpochRecord, trainer: Trainer) -> None:
        """Pass a record on."""
        self.last = record
        self.keep(lambda keeper: keeper.add(record, trainer.state))
        if record.epoch > self.piece.after:
            self.chunk.append(record)
            self.chunk_numbers += 0 if record.theta is None else record.theta.size
        if (
            len(self.chunk) >= CHUNK_RECORDS
            or self.chunk_numbers >= CHUNK_NUMBERS
            or time.monotonic() - self.sent >= CHUNK_SECONDS
        ):
            self.flush()
        self.judge(record)

    def judge(self, record: EpochRecord) -> None:
        """Say so where what is to be said of the training has changed."""
        before, self.verdict = self.verdict, self.watcher.see(record)
        if (before is None) != (self.verdict is None):
            self.flush()
            self.put_event("verdict", {"verdict": verdict_document(self.verdict, self.plan)})

    def flush(self) -> None:
        """Hand over what has gathered."""
        if self.chunk:
            self.channel.put(epoch_events(self.chunk))
            self.chunk, self.chunk_numbers = [], 0
        self.sent = time.monotonic()

    def put_event(self, name: str, content: dict[str, Any]) -> None:
        """Hand over one event."""
        self.channel.put(event(name, content))

    def keep(self, write: Callable[[Keeper], None]) -> bool:
        """Do something with the store, if the run is kept; a store that fails for good ends the keeping only."""
        if self.keeper is None:
            return False
        try:
            write(self.keeper)
        except RunNotFound:
            self.keeper = None
        except StoreError:
            log.exception("run %s is no longer kept", self.keeper.run_id)
            self.keeper = None
        self.tell_of_keeping()
        return self.keeper is not None

    def tell_of_keeping(self) -> None:
        """Say so when records begin to wait for the store, and when they do no longer."""
        keeper = self.keeper
        waits = keeper is not None and keeper.failing_since is not None
        if waits != self.told_to_wait:
            self.told_to_wait = waits
            self.flush()
            pending = 0 if keeper is None else len(keeper.pending)
            self.put_event("keeping", {"kept": keeper is not None and not waits, "pending": pending})

    def may_wait(self) -> bool:
        """Whether there is time to wait for the store at the end; who reads is told that this is what takes so long."""
        self.tell_of_keeping()
        return self.channel.reason != "server"
