"""What every error looks like, said once."""

from __future__ import annotations

from typing import Any

from httpx2 import Response

from app.api.wire.problems import KINDS, MAX_ERRORS, TOLD

MAX_BYTES = 4096


def assert_problem(response: Response, slug: str | None = None) -> dict[str, Any]:
    """Hold an answer against the one error shape; gives its body."""
    assert response.headers["content-type"] == "application/problem+json"
    assert len(response.content) <= MAX_BYTES
    body: dict[str, Any] = response.json()
    kind = KINDS[body["type"].removeprefix("/problems/")]
    assert slug in (None, kind.slug), body
    assert body["type"] == kind.type
    assert body["title"] == kind.title["en"]
    assert body["status"] == response.status_code == kind.status
    assert body["detail"].endswith(".")
    assert body["request_id"] == response.headers["x-request-id"] != ""
    for error in body.get("errors", []):
        assert set(error) == {"pointer", "code", "detail", "params"}
        assert not error["params"] or tuple(error["params"]) == TOLD[error["code"]]
        assert error["pointer"] == "" or error["pointer"].startswith("/")
    assert len(body.get("errors", [])) <= MAX_ERRORS
    for word in ("Traceback", "pydantic", "Error(", "<class", 'File "', "float64("):
        assert word not in response.text
    return body


def pointers(body: dict[str, Any]) -> list[str]:
    """Where the errors are."""
    return [error["pointer"] for error in body["errors"]]


def responses_of(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """What an operation of the OpenAPI document answers by status, those that it shares with others included."""
    shared = document["components"]["responses"]
    return {
        status: shared[response["$ref"].split("/")[-1]] if "$ref" in response else response
        for status, response in operation["responses"].items()
    }
