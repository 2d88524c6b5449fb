"""The way from a training to its reader: a reader that is behind is waited for, asleep, and not for ever."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from threading import Thread

import pytest

from app.api.training.job import CHUNK_NUMBERS, Job, Piece
from app.api.training.schemas import TrainingRequest
from app.api.training.setup import prepare
from app.api.wire.outgoing.streams import WAITING_CHUNKS, Channel
from app.store.contract import ABANDONED_SECONDS
from tests.api.training.test_training import RUNS, XOR, cut, opened, parsed, settled
from tests.server import Server

ENDLESS = {**XOR, "epochs": 10_000, "sizes": [2, 64, 1], "keep": True}


def test_a_thread_waits_for_its_reader_without_using_the_processor() -> None:
    used: list[float] = []
    handed: list[int] = []

    async def read_late() -> list[bytes | None]:
        channel = Channel()

        def hand_over() -> None:
            for number in range(WAITING_CHUNKS + 3):
                began = time.thread_time()
                channel.put(b"%d" % number)
                used.append(time.thread_time() - began)
                handed.append(number)
            channel.close()

        thread = Thread(target=hand_over)
        thread.start()
        await asyncio.sleep(1.0)
        assert len(handed) == WAITING_CHUNKS
        read = [await channel.get() for _ in range(WAITING_CHUNKS + 4)]
        await asyncio.to_thread(thread.join)
        return read

    read = asyncio.run(read_late())
    assert read == [*(b"%d" % number for number in range(WAITING_CHUNKS + 3)), None]
    assert sum(used) < 0.05


def test_what_waits_for_a_reader_is_bounded_also_where_theta_is_large() -> None:
    chunks: list[bytes] = []

    class Unread(Channel):
        def put(self, chunk: bytes) -> None:
            chunks.append(chunk)

    async def train() -> int:
        body = {**XOR, "sizes": [2, 1000, 30, 1], "epochs": 30}
        plan = prepare(TrainingRequest.model_validate(body))
        await asyncio.to_thread(Job(plan, Unread(), None, Piece()).run)
        return plan.network.parameter_count

    numbers = asyncio.run(train())
    assert b"".join(chunks).count(b"event: epoch") == 31
    assert max(chunk.count(b"event: epoch") for chunk in chunks) * numbers < CHUNK_NUMBERS + numbers


def test_a_reader_that_stands_still_for_long_misses_nothing(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        connection, response = opened(server, {**ENDLESS, "epochs": 9000})
        response.readline()
        run_id = json.loads(response.readline().removeprefix(b"data: "))["run"]
        time.sleep(ABANDONED_SECONDS + 1.5)
        run = server.ask("GET", f"{RUNS}/{run_id}").json()
        assert run["state"] == "running"
        assert len(run["records"]) < 9000
        events = parsed("event: rest\ndata: {}\n" + response.read().decode())
        assert [data["epoch"] for name, data in events if name == "epoch"] == list(range(9001))
        assert events[-1][0] == "finished"
        assert events[-1][1]["kept"]
        cut(connection, response)


@pytest.mark.parametrize("seconds", [1])
def test_a_reader_that_never_reads_holds_its_place_no_longer_than_a_training_may_take(
    tmp_path: Path, seconds: int
) -> None:
    variables = {"BACKPROPSCOPE_MAX_TRAINING_SECONDS": str(seconds), "BACKPROPSCOPE_MAX_CONCURRENT_TRAININGS": "1"}
    with Server(tmp_path, variables=variables) as server:
        connection, response = opened(server, ENDLESS)
        response.readline()
        run_id = json.loads(response.readline().removeprefix(b"data: "))["run"]
        run = settled(server, run_id, seconds + 2.0)
        assert (run["state"], run["ending"]["reason"]) == ("stopped", "time_limit")
        until = time.monotonic() + 1.0
        status = 429
        while status == 429 and time.monotonic() < until:
            again, second = opened(server, {**XOR, "epochs": 1})
            status = second.status
            cut(again, second)
        assert status == 200
        cut(connection, response)
