"""When a training or its store fails, its reader is told, and what can go on does."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, cast

import pytest
from test_training import XOR, parsed

from app.api import training_job
from app.api.streams import Channel
from app.api.training_job import Job, Piece
from app.api.training_keeper import Keeper
from app.api.training_schemas import TrainingRequest
from app.api.training_setup import prepare
from app.store.database import StoreError
from app.store.runs import RunNotFound


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

    def __init__(self, error: Exception, good: int) -> None:
        self.error, self.good, self.ended = error, good, False

    def add(self, record: Any, state: Any) -> None:
        self.good -= 1
        if self.good < 0:
            raise self.error

    def end(self, *ending: Any) -> None:
        self.ended = True


def events_of(keeper: FailingKeeper | None = None) -> list[tuple[str, dict[str, Any]]]:
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
    assert events[-1][1] == {"epoch": 0, "reason": "error", "detail": "A fault.", "kept": False}
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
