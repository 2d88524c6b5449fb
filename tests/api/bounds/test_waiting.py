"""A class at once: trainings that wait, scripts that need no place, work of those who left, streams in silence."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from app.api.pictures.plotly_script import script_url
from app.api.training.schemas import XOR
from app.api.wire.outgoing.streams import COMMENT, Channel, EventStream
from tests.server import Server, ask
from tests.soak.heaviest import PLANE, WEIGHTS

CLASS = 30
JSON = {"Content-Type": "application/json"}
HEAVY = {**PLANE, "pointers": WEIGHTS, "low": [-4, -4], "high": [4, 4]}
"""A second or so of computing."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("data")) as running:
        yield running


def sent(server: Server, path: str, body: object) -> HTTPConnection:
    """A connection over which something was asked for, and not yet answered."""
    connection = server.connect()
    connection.request("POST", path, json.dumps(body), JSON)
    return connection


def test_thirty_trainings_at_once_are_all_served(server: Server) -> None:
    body = {**XOR, "epochs": 200, "keep": False}

    def train(_: int) -> int:
        with closing(sent(server, "/api/v1/training", body)) as connection:
            response = connection.getresponse()
            assert response.status != 200 or b"event: finished" in response.read()
            return response.status

    with ThreadPoolExecutor(CLASS) as pool:
        statuses = Counter(pool.map(train, range(CLASS)))
    assert statuses == {200: CLASS}


def test_the_script_of_the_charts_needs_no_place_in_the_queue(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(16):
            stack.enter_context(closing(sent(server, "/api/v1/landscape", HEAVY)))
        with ThreadPoolExecutor(CLASS) as pool:
            answers = list(pool.map(lambda _: server.ask("GET", f"/{script_url()}").status, range(CLASS)))
    assert answers == [200] * CLASS


def test_work_of_clients_that_left_keeps_nobody_waiting(server: Server) -> None:
    left = [sent(server, "/api/v1/landscape", HEAVY) for _ in range(16)]
    time.sleep(0.2)
    for connection in left:
        connection.close()
    # Noticed within a few turns of the loop; a busy machine takes its time for them.
    time.sleep(0.5)
    began = time.monotonic()
    with closing(server.connect()) as honest:
        small = {**HEAVY, "resolution": 4}
        assert ask(honest, "POST", "/api/v1/landscape", small).status == 200
    assert time.monotonic() - began < 3


def test_a_stream_in_silence_says_that_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> list[bytes]:
        channel = Channel()
        pieces: list[bytes] = []

        async def send(message: dict[str, bytes]) -> None:
            pieces.append(message.get("body", b""))
            if len(pieces) == 4:
                channel.put(b"event: finished\n\n")
                channel.close()

        async def receive() -> dict[str, str]:
            await asyncio.sleep(10)
            return {"type": "http.disconnect"}

        await EventStream(channel)({}, receive, send)
        return pieces

    monkeypatch.setattr("app.api.wire.outgoing.streams.COMMENT_SECONDS", 0.02)
    assert asyncio.run(run())[1:] == [COMMENT, COMMENT, COMMENT, b"event: finished\n\n", b""]
