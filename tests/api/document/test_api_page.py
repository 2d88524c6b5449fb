"""What docs/api.md says of the API holds."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.testclient import TestClient

from app.api.wire.problems import KINDS
from tests.server import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
Json = dict[str, Any]


def section(name: str) -> str:
    return PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]


def test_the_error_shown_is_the_one_that_is_answered(client: TestClient, lecture: Json) -> None:
    shown = json.loads(re.findall(r"```json\n(.*?)```", section("Errors"), re.DOTALL)[0])
    answered = client.post("/api/v1/trace", json={**lecture, "x": [1]}).json()
    assert {**shown, "request_id": ""} == {**answered, "request_id": ""}


def test_every_status_of_an_error_is_named() -> None:
    named = set(re.findall(r"\b[45]\d\d\b", section("Errors")))
    assert {str(kind.status) for kind in KINDS.values()} <= named


def test_the_fields_named_for_null_are_described_as_such(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    fields: dict[str, list[str]] = {}
    for schema in document["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            fields.setdefault(name, []).append(json.dumps(field))
    rows = re.findall(r"^\| .*? \| (.*) \|$", section("Numbers and null"), re.MULTILINE)[1:]
    for name in re.findall(r"`(\w+)`", " ".join(rows)):
        assert any('"null"' in each or "null" in each for each in fields[name]), name


def test_the_generators_named_are_those_that_are_tried() -> None:
    tried = (ROOT / "Makefile").read_text("utf-8").split("/clients.stamp:")[1]
    for name in ("openapi-python-client", "openapi-typescript", "openapi-fetch", "orval", "@hey-api"):
        assert name in tried
        assert name.removeprefix("@") in section("Generated clients")
