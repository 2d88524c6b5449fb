"""Bytes that are kept for clients: the budget, who makes room, and readers that take their answer too slowly."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.api.bounds import ledger as module
from app.api.bounds.ledger import Kept, Ledger
from app.api.wire.problems import TOO_BUSY, Problem
from tests.server import Server, ask

ROWS = 10_000
BODY = {
    "network": {"layers": [{"w": [[1, -2], [-1, 1]], "b": [1, 0], "activation": "sigmoid"}]},
    "xs": [[0.1, 0.2]] * ROWS,
    "targets": [[1, 0]] * ROWS,
    "loss": "half_squared_error",
    "per_example": True,
}
"""Asks for an answer of 2.5 MB."""


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module.time, "monotonic", made.monotonic)
    return made


def kept(client: str, size: int, cut: list[str]) -> Kept:
    return Kept(client, size, lambda: cut.append(client), since=module.time.monotonic())


def test_there_is_room_for_as_much_as_the_limit_and_for_one_that_is_larger(clock: Clock) -> None:
    ledger = Ledger("unsent_bytes", 100)
    large = kept("a", 1000, [])
    ledger.take(large)
    with pytest.raises(Problem) as refused:
        ledger.take(kept("b", 1, []))
    assert refused.value.kind is TOO_BUSY
    assert refused.value.members["limit"] == {"name": "unsent_bytes", "value": 100}
    ledger.give_back(large)
    ledger.give_back(large)
    assert ledger.size == 0
    for _ in range(10):
        ledger.take(kept("b", 10, []))
    assert ledger.size == 100


def test_room_is_made_by_who_keeps_most_and_of_that_by_the_oldest(clock: Clock) -> None:
    ledger, cut = Ledger("unsent_bytes", 100), []
    first = kept("few", 20, cut)
    for entry in (first, kept("many", 30, cut), kept("many", 30, cut)):
        ledger.take(entry)
        clock.now += 0.1
    with pytest.raises(Problem):
        ledger.take(kept("new", 50, cut))
    clock.now += module.PATIENCE_SECONDS
    ledger.take(kept("new", 50, cut))
    assert cut == ["many"]
    assert first in ledger.kept
    assert ledger.size == 100


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    variables = {
        "BACKPROPSCOPE_READER_SECONDS": "1",
        "BACKPROPSCOPE_READER_BYTES": "1000000",
        "BACKPROPSCOPE_REQUEST_SECONDS": "1.5",
        "BACKPROPSCOPE_MAX_UNSENT_BYTES": "6000000",
    }
    with Server(tmp_path_factory.mktemp("data"), variables=variables) as running:
        yield running


def asked(server: Server) -> socket.socket:
    """A connection over which a large answer was asked for and of which nothing is read."""
    parts = urlsplit(server.url)
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.settimeout(30)
    raw.connect((parts.hostname, parts.port))
    body = json.dumps(BODY).encode()
    head = f"POST /api/v1/batch HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    raw.sendall(head.encode() + b"\r\n\r\n" + body)
    return raw


def test_a_reader_of_a_byte_now_and_then_is_cut_off(server: Server) -> None:
    received = 0
    with closing(asked(server)) as raw, suppress(ConnectionError):
        received += len(raw.recv(1))
        began = time.monotonic()
        while time.monotonic() - began < 6 and (piece := raw.recv(1)):
            received += len(piece)
            time.sleep(0.02)
        while piece := raw.recv(2**16):
            received += len(piece)
    assert 0 < received < 1_000_000


def test_unread_answers_are_bounded_and_an_honest_client_is_answered(server: Server) -> None:
    with ExitStack() as stack:
        unread = [stack.enter_context(closing(asked(server))) for _ in range(6)]
        answers = [raw.recv(12)[9:] for raw in unread if select.select([raw], [], [], 10)[0]]
        assert answers.count(b"200") >= 2
        assert set(answers) <= {b"200", b"429"}
        time.sleep(module.PATIENCE_SECONDS + 0.1)
        with closing(server.connect()) as honest:
            answer = ask(honest, "POST", "/api/v1/batch", BODY)
        assert answer.status == 200
        assert len(answer.json()["examples"]) == ROWS


def test_bodies_that_arrive_at_once_are_bounded(tmp_path: Path) -> None:
    head = b"POST /api/v1/batch HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
    head += b"Content-Length: 2000000\r\n\r\n"
    variables = {"BACKPROPSCOPE_MAX_ARRIVING_BYTES": "5000000"}
    with Server(tmp_path, variables=variables) as server, ExitStack() as stack:
        begun = []
        for _ in range(3):
            parts = urlsplit(server.url)
            raw = stack.enter_context(closing(socket.create_connection((parts.hostname, parts.port), timeout=10)))
            raw.sendall(head + b"[" * 100_000)
            begun.append(raw)
            time.sleep(0.1)
        assert begun[2].recv(12) == b"HTTP/1.1 429"
        time.sleep(module.PATIENCE_SECONDS)
        with closing(server.connect()) as honest:
            assert ask(honest, "POST", "/api/v1/batch", {**BODY, "x": [0] * 400_000}).status == 422
            assert ask(honest, "POST", "/api/v1/batch", BODY).status == 200
