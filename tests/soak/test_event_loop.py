"""No request, however heavy, keeps the event loop to itself: what computes is in a thread.

Measured without a network, in the loop's own processor time, so that others who use the machine are not in it.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.types import Message

from app.main import RARELY, create_app
from app.settings import Settings
from tests.soak.client import report
from tests.soak.heaviest import PREPARING, REQUESTS, SHORTER, Heavy, routes, stand_for

LOOK_SECONDS = 0.0005
HOLD = 0.03
"""Seconds of computing for which nothing else in the process gets the interpreter, the loop among it."""
TURN = 0.0025
"""Seconds that one turn of the loop may take: with twenty such requests at once, whoever waits behind all of them waits
for 50 ms."""
REPEATS = 3
BEGINNING = 10_000
"""Bytes of an answer that are looked at."""


def route_of(app: FastAPI, heavy: Heavy) -> tuple[str, str]:
    """Method and path of the route that serves a request."""
    path = heavy.path.partition("?")[0].replace("{session}", "some").replace("{run}", "some")
    scope = {"type": "http", "method": heavy.method, "path": path, "headers": [], "root_path": ""}
    found = (route for route in routes(app) if route.matches(scope)[0].name == "FULL")
    return heavy.method, next(found).path


def test_every_operation_and_every_page_has_a_heaviest_request(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path))
    asked = {route_of(app, heavy) for heavy in REQUESTS.values()}
    documented = {
        (method.upper(), path)
        for path, operations in app.openapi()["paths"].items()
        for method in operations
        if method != "parameters"
    }
    pages = {("GET", route.path) for route in routes(app) if not route.include_in_schema}
    # Its content is a file that stands ready.
    pages.discard(("GET", "/static/plotly/{version}/plotly.min.js"))
    assert documented | pages == asked


async def call(
    app: FastAPI, method: str, target: str, content: bytes, media_type: str = "application/json"
) -> tuple[int, bytes]:
    """One request to the application itself, as a browser would send it; its status and how its answer begins."""
    path, _, query = target.partition("?")
    headers = [(b"accept-encoding", b"gzip")] if method == "GET" else [(b"content-type", media_type.encode())]
    scope = {
        "type": "http",
        "app": app,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"here"), *headers, (b"content-length", b"%d" % len(content))],
    }
    asked = False
    status, beginning = 0, b""

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, beginning
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            beginning = (beginning + message.get("body", b""))[:BEGINNING]

    await app(scope, receive, send)
    return status, beginning


async def asked_for(app: FastAPI, before: Callable[[str, int], None]) -> None:
    """Every heaviest request, several times; ``before`` is told which one comes, and the how-manieth time."""
    async with app.router.lifespan_context(app):
        session, run = [(await call(app, each.method, each.path, each.content()))[1] for each in PREPARING]
        stands_for = stand_for(session, run)
        gc.collect()
        gc.freeze()
        usual = gc.get_threshold()
        gc.set_threshold(*RARELY)
        try:
            for kind, heavy in REQUESTS.items():
                body = {**heavy.body, **SHORTER.get(kind, {})} if isinstance(heavy.body, dict) else heavy.body
                target, content = heavy.path.format(**stands_for), heavy._replace(body=body).content()
                for number in range(REPEATS):
                    before(kind, number)
                    # A task, so that what this test itself does is in other turns.
                    status, answer = await asyncio.create_task(
                        call(app, heavy.method, target, content, heavy.media_type)
                    )
                    assert status == heavy.done, (kind, status, answer[:500])
        finally:
            gc.set_threshold(*usual)
            gc.unfreeze()


def best(held: Mapping[tuple[str, int], float]) -> dict[str, float]:
    """Of each kind the best but the first, which also fills caches: what a busy machine adds is not in each of them."""
    return {kind: min(held.get((kind, number), 0.0) for number in range(1, REPEATS)) for kind in REQUESTS}


def reported(row: str, held: Mapping[str, float]) -> float:
    """Print the longest first; the longest of all."""
    for kind, seconds in sorted(held.items(), key=lambda each: -each[1]):
        report(f"{row}, {kind}", ms=1000 * seconds)
    return max(held.values())


@pytest.mark.soak
def test_no_turn_of_the_loop_takes_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[tuple[str, int], float] = {}
    asked = ("", 0)
    run: Callable[[asyncio.Handle], None] = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        now = asked
        began = time.thread_time()
        run(handle)
        held[now] = max(held.get(now, 0.0), time.thread_time() - began)

    def before(kind: str, number: int) -> None:
        nonlocal asked
        asked = (kind, number)

    monkeypatch.setattr(asyncio.Handle, "_run", timed)
    asyncio.run(asked_for(create_app(Settings(data_dir=tmp_path)), before))
    assert reported("longest turn", best(held)) < TURN


@pytest.mark.soak
def test_no_call_keeps_the_interpreter_to_itself_for_long(tmp_path: Path) -> None:
    held: dict[tuple[str, int], float] = {}
    asked = ("", 0)
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            now = asked
            began = time.process_time()
            # Lets the others run; whoever has the interpreter then has to give it back before this goes on.
            time.sleep(LOOK_SECONDS)
            held[now] = max(held.get(now, 0.0), time.process_time() - began)

    def before(kind: str, number: int) -> None:
        nonlocal asked
        asked = (kind, number)

    watching = threading.Thread(target=watch)
    usual = sys.getswitchinterval()
    try:
        watching.start()
        asyncio.run(asked_for(create_app(Settings(data_dir=tmp_path)), before))
    finally:
        over.set()
        watching.join()
    assert sys.getswitchinterval() == usual
    assert reported("longest hold", best(held)) < HOLD
