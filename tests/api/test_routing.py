"""Where an endpoint runs, and what becomes of its body."""

from __future__ import annotations

import threading
import weakref
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import Response

from app.api.routing import INLINE_BYTES, JSONBytes, json_router
from app.api.services import Services
from app.api.validation import Body
from app.settings import Settings


class Text(Body):
    """A body of any length."""

    text: str


def client_of(tmp_path: Path, app: FastAPI) -> TestClient:
    app.state.services = Services.of(Settings(data_dir=tmp_path))
    return TestClient(app)


@pytest.mark.parametrize("length", [1, 2 * INLINE_BYTES])
def test_a_plain_function_runs_in_a_thread_and_a_coroutine_in_the_loop(tmp_path: Path, length: int) -> None:
    app, router, threads = FastAPI(), json_router("Test"), dict[str, int]()

    @router.post("/loop")
    async def loop(body: Text) -> Response:
        threads["loop"] = threading.get_ident()
        return JSONBytes(b"1")

    @router.post("/thread")
    def thread(body: Text) -> Response:
        threads["thread"] = threading.get_ident()
        return JSONBytes(b"2")

    app.router.routes += router.routes

    @app.get("/who")
    async def who() -> int:
        return threading.get_ident()

    with client_of(tmp_path, app) as client:
        body = {"text": "a" * length}
        assert client.post("/api/v1/loop", json=body).json() == 1
        assert client.post("/api/v1/thread", json=body).json() == 2
        assert threads["loop"] == client.get("/who").json() != threads["thread"]


def test_a_body_that_was_read_in_a_thread_is_given_back_there(tmp_path: Path) -> None:
    app, router, gone = FastAPI(), json_router("Test"), list[int]()

    @router.post("/thread")
    def thread(body: Text) -> Response:
        weakref.finalize(body, lambda: gone.append(threading.get_ident()))
        gone.append(threading.get_ident())
        return JSONBytes(b"1")

    app.router.routes += router.routes
    with client_of(tmp_path, app) as client:
        assert client.post("/api/v1/thread", json={"text": "a"}).json() == 1
    assert len(gone) == 2
    assert gone[0] == gone[1] != threading.get_ident()
