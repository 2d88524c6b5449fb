"""What every request passes through: ids, security headers, HEAD, the limit on bodies, CORS."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.api.bounds.holding import PIECE, BodyLimit, Unsent
from app.api.bounds.ledger import Ledger
from app.api.wire.middleware import Envelope
from app.main import create_app
from app.settings import Settings
from tests.api.contract import assert_problem

Json = dict[str, Any]
JSON = {"Content-Type": "application/json"}
LEDGER = Ledger("unsent_bytes", 2**20)
PATHS = [
    "/health/live",
    "/api/v1/catalog",
    "/docs",
    "/openapi.json",
    "/static/js/pages/docs.js",
    "/nothing",
    "/problems",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_security_headers_and_an_id(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == ("'none'" if path.startswith("/static/") else "'self'")
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert re.fullmatch(r"[0-9a-f]+-[0-9a-f]+", headers["x-request-id"])


def test_no_two_requests_have_the_same_id(client: TestClient) -> None:
    assert len({client.get("/health/live").headers["x-request-id"] for _ in range(20)}) == 20


@pytest.mark.parametrize("path", PATHS)
def test_head_answers_as_get_without_a_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def test_head_of_what_cannot_be_read_is_refused(client: TestClient) -> None:
    response = client.head("/api/v1/trace")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_static_files_are_asked_for_again_each_time(client: TestClient) -> None:
    first = client.get("/static/js/pages/docs.js")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/js/pages/docs.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", "no-cache")


def test_a_body_over_the_limit_is_refused_unread_if_its_length_is_announced(small: TestClient) -> None:
    body = assert_problem(small.post("/api/v1/trace", content=b" " * 5000, headers=JSON), "body-too-large")
    assert body["limit"] == {"name": "body_bytes", "value": 4096}
    for length in ("4097", "9" * 5000):
        assert_problem(small.post("/api/v1/trace", headers={"Content-Length": length}), "body-too-large")


def test_a_body_over_the_limit_is_refused_once_it_has_grown_too_long(small: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(50):
            yield b" " * 100

    assert_problem(small.post("/api/v1/trace", content=chunks(), headers=JSON), "body-too-large")


def test_a_body_in_chunks_below_the_limit_is_read(small: TestClient) -> None:
    response = small.post(
        "/api/v1/networks",
        content=iter([b'{"sizes": [1, 1], "activation": "tanh",', b' "output_activation": "tanh"}']),
        headers=JSON,
    )
    assert response.status_code == 200


def test_other_origins_are_not_let_in(client: TestClient) -> None:
    response = client.get("/api/v1/version", headers={"Origin": "https://course.example"})
    assert not [name for name in response.headers if name.startswith("access-control")]


def test_origins_of_the_setting_are_let_in_and_may_embed(tmp_path: Path) -> None:
    origin = "https://course.example"
    settings = Settings(data_dir=tmp_path, cors_origins=(origin,), frame_ancestors=origin)
    with TestClient(create_app(settings)) as client:
        response = client.get("/api/v1/version", headers={"Origin": origin})
        assert response.headers["access-control-allow-origin"] == origin
        assert f"frame-ancestors {origin}" in response.headers["content-security-policy"]
        asked = {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "Content-Type",
        }
        assert client.options("/api/v1/trace", headers=asked).status_code == 200
        other = client.get("/api/v1/version", headers={"Origin": "https://elsewhere.example"})
        assert "access-control-allow-origin" not in other.headers


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers nothing."""


@pytest.mark.parametrize(
    "wrapped", [Envelope(nothing, "'self'"), BodyLimit(nothing, 1, LEDGER), Unsent(nothing, LEDGER, "/static/")]
)
def test_what_is_not_http_passes_through(wrapped: Envelope | BodyLimit | Unsent) -> None:
    async def never(*_: Any) -> Any:
        raise AssertionError("nothing is sent or received")

    asyncio.run(wrapped({"type": "lifespan"}, never, never))


def raising(error: Exception, started: bool) -> list[Message]:
    """The messages that leave the envelope when the application inside fails."""
    sent: list[Message] = []

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        if started:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        raise error

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    try:
        asyncio.run(Envelope(fail, "'self'")({"type": "http", "method": "GET", "headers": []}, receive, send))
    except ZeroDivisionError:
        assert started
    return sent


def test_a_failure_before_the_answer_is_answered_and_one_after_its_start_is_passed_on() -> None:
    assert [message.get("status") for message in raising(ZeroDivisionError(), started=False)] == [500, None]
    assert [message.get("status") for message in raising(ZeroDivisionError(), started=True)] == [200]


def test_a_client_that_leaves_is_no_failure(app: FastAPI) -> None:
    assert raising(ClientDisconnect(), started=False) == []

    async def leave(received: list[Message]) -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            return received.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"host", b"here"), (b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": "/api/v1/trace", "headers": headers, "query_string": b""}
        await app(scope, receive, send)
        return sent

    part: Message = {"type": "http.request", "body": b'{"x', "more_body": True}
    gone: Message = {"type": "http.disconnect"}
    assert asyncio.run(leave([gone])) == asyncio.run(leave([part, gone])) == []


@pytest.mark.parametrize(("length", "pieces"), [(0, 1), (PIECE, 1), (PIECE + 1, 2), (3 * PIECE, 3), (3 * PIECE + 5, 4)])
def test_a_long_body_is_sent_in_pieces_between_which_others_have_their_turn(length: int, pieces: int) -> None:
    body = bytes(number % 251 for number in range(length))
    sent: list[Message] = []
    turns: list[int] = []

    async def whole(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("nobody reads the body")

    async def other() -> None:
        while True:
            turns.append(len(sent))
            await asyncio.sleep(0)

    async def run() -> None:
        waiting = asyncio.create_task(other())
        await asyncio.sleep(0)
        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        await Unsent(whole, LEDGER, "/static/")(scope, receive, send)
        waiting.cancel()

    asyncio.run(run())
    bodies = sent[1:]
    assert b"".join(message["body"] for message in bodies) == body
    assert [message.get("more_body", False) for message in bodies] == [True] * (pieces - 1) + [False]
    # The start and the first piece come in one go, each other piece after a turn of the others.
    assert set(range(2, pieces + 1)) <= set(turns)
