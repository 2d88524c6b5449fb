"""The API's version, and how something that is to go is announced."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.responses import Response
from starlette.testclient import TestClient

from app.api.wire import routing, versions
from app.api.wire.routing import json_response, json_router
from app.api.wire.versions import API_VERSION, Retiring, headers_of, mark

GOING = (
    Retiring(("get_old",), date(2027, 1, 1), date(2027, 7, 1), "use /api/v1/new."),
    Retiring(("get_new",), date(2027, 2, 1), date(2028, 1, 1), "use better.", "Answer.good"),
)


@pytest.mark.parametrize(
    "path", ["/api/v1/version", "/api/v1/nothing", "/", "/health/live", "/openapi.json", "/static/css/base/tokens.css"]
)
def test_every_answer_names_the_version_of_the_api(client: TestClient, path: str) -> None:
    assert client.get(path).headers["api-version"] == API_VERSION


def test_an_operation_that_is_to_go_says_so_in_its_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "headers_of", lambda name: headers_of(name, GOING))
    router = json_router("Service")

    @router.get("/old")
    async def get_old() -> Response:
        return json_response({})

    app = FastAPI(routes=list(router.routes))
    answer = TestClient(app).get("/api/v1/old")
    assert answer.headers["deprecation"] == "@1798761600"
    assert answer.headers["sunset"] == "Thu, 01 Jul 2027 00:00:00 GMT"
    assert headers_of("get_other", GOING) == {}


def test_what_is_to_go_is_marked_in_the_document() -> None:
    def operation(name: str) -> dict[str, Any]:
        return {"get": {"operationId": name, "description": "It.", "responses": {"200": {"description": "Yes."}}}}

    document: dict[str, Any] = {
        "paths": {"/old": operation("get_old"), "/new": operation("get_new")},
        "components": {"schemas": {"Answer": {"properties": {"good": {"type": "string"}, "better": {}}}}},
    }
    mark(document, GOING)
    old, new = (document["paths"][path]["get"] for path in ("/old", "/new"))
    assert old["deprecated"] is True
    assert old["description"] == "It. To go after 2027-07-01: use /api/v1/new."
    assert "deprecated" not in new
    assert set(new["responses"]["200"]["headers"]) == {"Deprecation", "Sunset"}
    fields = document["components"]["schemas"]["Answer"]["properties"]
    assert fields["good"]["deprecated"] is True
    assert fields["better"] == {}
    with pytest.raises(KeyError):
        mark(document, (Retiring(("get_nothing",), date(2027, 1, 1), date(2027, 7, 1), "x."),))


def test_what_is_announced_today_is_there_and_has_half_a_year(client: TestClient) -> None:
    for each in versions.RETIRING:
        assert (each.sunset - each.since).days >= 180
    assert client.get("/openapi.json").status_code == 200
