"""One error shape for every route and method, and a page for every kind of error."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.routes import ROUTES
from app.api.wire.problems import KINDS
from tests.api.contract import assert_problem

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def offered() -> dict[str, set[str]]:
    """The methods of each path."""
    paths: dict[str, set[str]] = {}
    for route in ROUTES:
        path = getattr(route, "path", "")
        paths.setdefault(re.sub(r"\{\w+\}", "nothing", path), set()).update(getattr(route, "methods", ()))
    return paths


@pytest.mark.parametrize("path", offered())
def test_a_method_that_a_path_lacks_is_refused_with_those_it_has(client: TestClient, path: str) -> None:
    has = offered()[path]
    for method in set(METHODS) - has:
        response = client.request(method, path)
        assert_problem(response, "method-not-allowed")
        allowed = set(response.headers["allow"].split(", "))
        assert allowed == has | ({"HEAD"} if "GET" in has else set())


NOTHING_NEEDED = ("/api/v1/runs/nothing/training",)
"""Where an empty object is as good as any."""


TAKES_FILES = ("/api/v1/tables", "/api/v1/tables/examples")
"""Where the body is a file; test_tables.py sends bad ones."""


@pytest.mark.parametrize(
    "path", [path for path, methods in offered().items() if "POST" in methods and path not in TAKES_FILES]
)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"nothing": 1}', b"\x00", b"NaN"])
def test_every_route_that_takes_a_body_refuses_a_bad_one(client: TestClient, path: str, body: bytes) -> None:
    response = client.post(path, content=body, headers={"Content-Type": "application/json"})
    if body == b"{}" and path in NOTHING_NEEDED:
        assert_problem(response, "run-not-found")
        return
    assert response.status_code == 422
    assert assert_problem(response)["errors"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v2/trace",
        "/api/v1/trace/",
        "/%00",
        "/.env",
        "/static/nothing.js",
        "/static/../app/main.py",
        "/static/%2e%2e/app/main.py",
        "/health",
        "/docs/x",
        "/redoc",
    ],
)
def test_an_unknown_path_is_not_found(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), "not-found")


def test_static_files_can_only_be_read(client: TestClient) -> None:
    response = client.delete("/static/js/pages/docs.js")
    assert_problem(response, "method-not-allowed")
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("slug", KINDS)
def test_every_kind_of_error_is_described_in_both_languages_where_its_type_points(
    client: TestClient, slug: str
) -> None:
    kind = KINDS[slug]
    page = client.get(kind.type)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    for text in (kind.title, kind.description):
        for language in ("en", "zh"):
            assert text[language]
            assert text[language].replace("'", "&#39;") in page.text
    assert f'id="{slug}"' in client.get("/problems").text


def test_the_kinds_of_error_are_listed_in_the_openapi_document(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()["components"]["schemas"]["ProblemDetails"]
    assert set(schema["properties"]["type"]["x-extensible-enum"]) >= {kind.type for kind in KINDS.values()}


def test_an_unknown_kind_of_error_is_not_found(client: TestClient) -> None:
    assert_problem(client.get("/problems/none-of-these"), "not-found")


def test_a_mistake_of_the_server_is_a_problem_without_details(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(session_id: str) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(app.state.services.sessions, "get", fail)
    response = client.get("/api/v1/sessions/anything")
    body: dict[str, Any] = assert_problem(response, "internal-error")
    assert "secret" not in response.text
    assert body["request_id"] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "content-security-policy" in response.headers
