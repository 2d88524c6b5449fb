"""When a training or its store fails, its reader is told, and what can go on does."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any, cast

import pytest

from app.api.training import job as training_job
from app.api.training import keeper as training_keeper
from app.api.training.job import Job, Piece
from app.api.training.keeper import Keeper
from app.api.training.schemas import TrainingRequest
from app.api.training.setup import prepare
from app.api.wire.outgoing.streams import Channel
from app.store.contract import Records, RunNotFound, Runs, StoreError
from tests.api.training.test_training import XOR, parsed


class Read(Channel):
    """A channel whose reader has all that was put into it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = b""

    def put(self, chunk: bytes) -> None:
        self.text += chunk


class FailingKeeper:
    """A keeper whose store fails from its so-many-th record on."""

    run_id = "r1"
    failing_since = None

    def __init__(self, error: Exception, good: int) -> None:
        self.error, self.good, self.ended = error, good, False

    def add(self, record: Any, state: Any) -> None:
        self.good -= 1
        if self.good < 0:
            raise self.error

    def end(self, *ending: Any) -> None:
        self.ended = True


def events_of(keeper: FailingKeeper | Keeper | None = None) -> list[tuple[str, dict[str, Any]]]:
    async def train() -> bytes:
        channel = Read()
        plan = prepare(TrainingRequest.model_validate({**XOR, "epochs": 5}))
        await asyncio.to_thread(Job(plan, channel, cast(Keeper | None, keeper), Piece()).run)
        assert await channel.get() is None
        return channel.text

    return parsed(asyncio.run(train()).decode())


def test_a_fault_in_a_training_ends_it_with_a_word_to_the_reader_and_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_off(*given: Any) -> Any:
        raise RuntimeError("secret")

    monkeypatch.setattr(training_job.Job, "stepper", break_off)
    with caplog.at_level(logging.ERROR, "backpropscope.api"):
        events = events_of()
    assert [name for name, _ in events] == ["started", "epoch", "stopped"]
    assert events[-1][1] == {"epoch": 0, "reason": "error", "detail": "A fault.", "verdict": None, "kept": False}
    assert [record.message for record in caplog.records] == ["a training failed"]


def test_a_fault_before_the_first_record_names_no_epoch(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*given: Any, **named: Any) -> Any:
        raise RuntimeError("secret")

    monkeypatch.setattr(training_job, "Trainer", refuse)
    events = events_of()
    assert [name for name, _ in events] == ["started", "stopped"]
    assert events[-1][1]["epoch"] == -1


@pytest.mark.parametrize(
    ("error", "lines"),
    [(StoreError("the disk is full"), ["run r1 is no longer kept"]), (RunNotFound("r1"), [])],
    ids=["a store that fails", "a run that was deleted"],
)
def test_a_training_that_can_no_longer_be_kept_goes_on(
    error: Exception, lines: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    keeper = FailingKeeper(error, good=2)
    with caplog.at_level(logging.ERROR, "backpropscope.api"):
        events = events_of(keeper)
    assert [name for name, _ in events] == ["started", *["epoch"] * 6, "finished"]
    assert events[-1][1]["kept"] is False
    assert not keeper.ended
    assert [record.message for record in caplog.records] == lines


def test_a_training_whose_store_works_is_kept() -> None:
    keeper = FailingKeeper(StoreError("never"), good=100)
    assert events_of(keeper)[-1][1]["kept"] is True
    assert keeper.ended


class AwayRuns:
    """A store of one run that is away for a while, and then has all that it was told."""

    def __init__(self, fails: int) -> None:
        self.fails = fails
        self.records: list[int] = []
        self.state = "running"

    def append(self, run_id: str, records: Records, piece: int = 1) -> None:
        self.fails -= 1
        if self.fails >= 0:
            raise StoreError("locked")
        self.records += [record["epoch"] for record in json.loads(b"[" + records.document + b"]")]

    def end(self, run_id: str, state: str, ending: bytes, records: Records, piece: int = 1) -> None:
        self.append(run_id, records, piece)
        self.state = state


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are due at once, and what failed is tried again soon."""
    monkeypatch.setattr(training_keeper, "KEEP_SECONDS", 0.0)
    monkeypatch.setattr(training_keeper, "AGAIN_SECONDS", 0.0)
    monkeypatch.setattr(training_keeper, "TRY_SECONDS", 0.01)


@pytest.mark.parametrize("fails", [1, 3, 9], ids=["a moment", "a while", "beyond the end"])
@pytest.mark.usefixtures("impatient")
def test_a_store_that_is_away_for_a_while_loses_nothing_and_the_reader_is_told(fails: int) -> None:
    runs = AwayRuns(fails)
    events = events_of(Keeper(cast(Runs, runs), "r1", 1))
    told = [content for name, content in events if name == "keeping"]
    assert [each["kept"] for each in told] == [False, True]
    assert told[0]["pending"] > 0 == told[1]["pending"]
    assert events[-1][0] == "finished"
    assert events[-1][1]["kept"] is True
    assert runs.records == [0, 1, 2, 3, 4, 5]
    assert runs.state == "finished"


@pytest.mark.usefixtures("impatient")
def test_a_training_waits_for_a_store_that_is_away_with_no_more_than_it_may_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(training_keeper, "MOST_PENDING", 1)
    runs = AwayRuns(20)
    keeper = Keeper(cast(Runs, runs), "r1", 1)
    most = []
    write = keeper._write
    monkeypatch.setattr(keeper, "_write", lambda *given: most.append(len(keeper.pending)) or write(*given))
    assert events_of(keeper)[-1][1]["kept"] is True
    assert max(most) <= 2
    assert runs.records == [0, 1, 2, 3, 4, 5]


@pytest.mark.usefixtures("impatient")
def test_a_store_that_does_not_come_back_is_given_up_and_the_training_is_not(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(training_keeper, "GIVE_UP_SECONDS", 0.05)
    events = events_of(Keeper(cast(Runs, AwayRuns(10**6)), "r1", 1))
    assert [name for name, _ in events if name != "epoch"] == ["started", "keeping", "keeping", "finished"]
    assert events[-1][1]["kept"] is False
    assert caplog.records[-1].message == "run r1 is no longer kept"
