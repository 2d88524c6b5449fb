"""Where an endpoint runs, how a request gets there, and what becomes of its body."""

from __future__ import annotations

import threading
import weakref
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.api.services import Services
from app.api.wire.incoming.validation import Body
from app.api.wire.problems import NOT_FOUND, Problem
from app.api.wire.routing import INLINE_BYTES, JSONBytes, Straight, json_router
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


@pytest.mark.parametrize("root_path", ["", "/course"])
def test_only_what_has_a_body_and_a_fixed_path_is_reached_past_the_router(tmp_path: Path, root_path: str) -> None:
    app, router = FastAPI(), json_router("Test")

    @router.post("/fixed")
    async def fixed(body: Text) -> Response:
        if body.text == "problem":
            raise Problem(NOT_FOUND, "Not this one.")
        if body.text == "mistake":
            raise ZeroDivisionError
        return JSONBytes(b"1")

    @router.post("/{name}/open")
    async def with_parameter(name: str, body: Text) -> Response:
        return JSONBytes(b"2")

    @router.get("/plain")
    async def without_body() -> Response:
        return JSONBytes(b"3")

    async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
        await JSONBytes(b"4")(scope, receive, send)

    straight = Straight(elsewhere, router.routes, root_path)

    async def with_application(scope: Scope, receive: Receive, send: Send) -> None:
        await straight({**scope, "app": app}, receive, send)

    client_of(tmp_path, app)
    client = TestClient(with_application)
    path = f"{root_path}/api/v1"
    assert client.post(f"{path}/fixed", json={"text": ""}).json() == 1
    others = [("POST", "/a/open"), ("GET", "/plain"), ("GET", "/fixed"), ("POST", "/fixed/"), ("POST", "/Fixed")]
    assert [client.request(method, path + rest, json={"text": ""}).json() for method, rest in others] == [4] * 5
    refused = client.post(f"{path}/fixed", json={"text": "problem"})
    assert (refused.status_code, refused.json()["detail"]) == (404, "Not this one.")
    assert client.post(f"{path}/fixed", json={}).status_code == 422
    with pytest.raises(ZeroDivisionError):
        client.post(f"{path}/fixed", json={"text": "mistake"})
