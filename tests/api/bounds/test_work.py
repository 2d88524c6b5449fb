"""The queue before long computations: fair, dropped when the client has left, with an honest Retry-After."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from app.api.bounds import work as module
from app.api.bounds.work import Workers
from app.api.wire.asked import ASKED, Asked
from app.api.wire.problems import Problem
from app.looking import look_up


class Client:
    """Somebody who may leave."""

    def __init__(self, address: str, path: str = "/work") -> None:
        self.gone = asyncio.Event()
        route = type("Route", (), {"path": path})
        self.asked = Asked({"type": "http", "client": (address, 1), "route": route}, self.receive)

    async def receive(self) -> Message:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    def start(self, workers: Workers, function: Callable[..., Any], *arguments: Any) -> asyncio.Task[Any]:
        async def run() -> Any:
            ASKED.set(self.asked)
            return await workers.run(function, *arguments)

        return asyncio.create_task(run())


@asynccontextmanager
async def blocked(workers: Workers) -> AsyncIterator[threading.Event]:
    """One thread that is busy until the event is set."""
    release = threading.Event()
    running = Client("0.0.0.0").start(workers, release.wait, 10)
    await asyncio.sleep(0.01)
    yield release
    release.set()
    await running


def test_what_waits_for_a_client_that_left_is_dropped() -> None:
    async def run() -> tuple[list[str], int]:
        done: list[str] = []
        workers = Workers(1, "concurrent_work", 4)
        async with blocked(workers) as release:
            leaving, staying = Client("a"), Client("b")
            dropped = leaving.start(workers, done.append, "left")
            stays = staying.start(workers, done.append, "stayed")
            await asyncio.sleep(2 * module.LOOK_SECONDS)
            leaving.gone.set()
            with pytest.raises(ClientDisconnect):
                await asyncio.wait_for(dropped, 2)
            waiting = workers.taken
            release.set()
            await stays
        return done, waiting

    done, waiting = asyncio.run(run())
    assert done == ["stayed"]
    assert waiting == 2


def test_what_runs_for_a_client_that_left_ends_when_it_looks_up() -> None:
    def compute() -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            look_up()
            time.sleep(0.005)

    async def run() -> float:
        workers = Workers(1, "concurrent_work", 4)
        client = Client("a")
        task = client.start(workers, compute)
        await asyncio.sleep(2 * module.LOOK_SECONDS)
        began = time.monotonic()
        client.gone.set()
        with pytest.raises(ClientDisconnect):
            await task
        assert workers.taken == 0
        return time.monotonic() - began

    assert asyncio.run(run()) < 2


def test_turns_go_round_the_clients() -> None:
    async def run() -> list[str]:
        done: list[str] = []
        workers = Workers(1, "concurrent_work", 20)
        async with blocked(workers) as release:
            many, few = Client("many"), Client("few")
            tasks = [many.start(workers, done.append, f"many {number}") for number in range(4)]
            await asyncio.sleep(0)
            tasks.append(few.start(workers, done.append, "few"))
            await asyncio.sleep(0.01)
            release.set()
            await asyncio.gather(*tasks)
        return done

    assert asyncio.run(run()) == ["many 0", "few", "many 1", "many 2", "many 3"]


def test_who_has_most_waiting_gives_a_place_to_who_has_none() -> None:
    async def run() -> tuple[list[str], int, Problem]:
        done: list[str] = []
        workers = Workers(1, "concurrent_work", 4)
        async with blocked(workers) as release:
            many, few = Client("many"), Client("few")
            tasks = [many.start(workers, done.append, f"many {number}") for number in range(4)]
            await asyncio.sleep(0.01)
            tasks.append(few.start(workers, done.append, "few"))
            await asyncio.sleep(0.01)
            release.set()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        (first, second) = (each for each in results if each is not None)
        assert isinstance(first, Problem)
        assert isinstance(second, Problem)
        return done, workers.taken, second

    done, taken, problem = asyncio.run(run())
    assert done == ["many 0", "few", "many 1"]
    assert taken == 0
    assert problem.members["limit"] == {"name": "concurrent_work", "value": 4}


def test_retry_after_is_what_the_queue_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> tuple[int, int]:
        workers = Workers(1, "concurrent_work", 9)
        for kind, seconds in (("/long", 4.0), ("/short", 0.1)):
            workers._seconds[kind] = seconds
        async with blocked(workers) as release:
            empty = workers.seconds_to_wait()
            tasks = [Client("a", kind).start(workers, int) for kind in ("/long", "/long", "/short")]
            await asyncio.sleep(0.01)
            full = workers.seconds_to_wait()
            release.set()
            await asyncio.gather(*tasks)
        return empty, full

    assert asyncio.run(run()) == (1, 9)
