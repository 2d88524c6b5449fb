"""The whole OpenAPI document, walked through: whatever is added to it has to be described like the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.document import passes as openapi_passes
from app.api.document.parts import EVENTS
from app.api.trace.example_session import SESSION
from app.api.training.example_run import RUN
from scripts.answers import answers, example_of, same
from tests.api.contract import responses_of

Json = dict[str, Any]

COMPONENTS = "#/components/schemas/"
ANYTHING = {"ForeignNetwork", "NetworkImport.request"}
"""What others' programs write may be any JSON, and is answered as it stands there."""


@pytest.fixture(scope="module")
def document(client: TestClient) -> Json:
    found: Json = client.get("/openapi.json").json()
    return found


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", {**operation, "responses": responses_of(document, operation)}


def schemas(document: Json) -> Iterator[tuple[str, Json]]:
    """Every schema, and where it stands."""

    def within(where: str, schema: Any) -> Iterator[tuple[str, Json]]:
        if not isinstance(schema, dict):
            return
        yield where, schema
        for name, inner in schema.get("properties", {}).items():
            yield from within(f"{where}.{name}", inner)
        for word in ("items", "additionalProperties"):
            yield from within(f"{where}[{word}]", schema.get(word))
        for word in ("anyOf", "oneOf", "allOf", "prefixItems"):
            for inner in schema.get(word, ()):
                yield from within(where, inner)

    for name, schema in document["components"]["schemas"].items():
        yield from within(name, schema)
    for where, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            yield from within(f"{where} {parameter['name']}", parameter["schema"])
        for status, response in operation["responses"].items():
            for content in response.get("content", {}).values():
                yield from within(f"{where} {status}", content["schema"])
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield from within(where, content["schema"])


def allows_null(schema: Json) -> bool:
    kind = schema.get("type")
    return (
        kind == "null" or (isinstance(kind, list) and "null" in kind) or any(map(allows_null, schema.get("anyOf", ())))
    )


def test_it_says_who_made_it_under_which_licence_and_where_it_is(document: Json) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["license"] == {"name": "MIT", "identifier": "MIT"}
    assert document["info"]["contact"]["name"]
    assert [server["url"] for server in document["servers"]] == ["/"]


def test_every_part_of_the_api_has_a_text(document: Json) -> None:
    described = {tag["name"] for tag in document["tags"] if tag["description"].endswith(".")}
    used = {tag for _, operation in operations(document) for tag in operation["tags"]}
    assert used == described, "app/api/document/parts.py lists them"


def test_every_parameter_has_a_description_and_an_example(document: Json) -> None:
    for where, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            assert parameter["description"].endswith("."), (where, parameter["name"])
            example_of(parameter)


def test_every_body_has_an_example(document: Json) -> None:
    for _, operation in operations(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert example_of(content) is not None


def test_every_answer_of_the_document_is_what_the_program_answers() -> None:
    """If one has changed: ``python -m scripts.answers``."""
    for name, answer in answers():
        shown = openapi_passes.answers().get(name)
        assert (shown is None) == (answer is None), f"{name}: python -m scripts.answers"
        assert same(shown, answer), f"{name}: python -m scripts.answers"


def test_every_success_shows_an_answer(document: Json) -> None:
    for where, operation in operations(document):
        successes = [status for status in operation["responses"] if status[0] == "2"]
        assert successes, where
        for status in successes:
            response = operation["responses"][status]
            assert status == "204" or response["content"], where
            for content in response.get("content", {}).values():
                assert example_of(content) is not None, where


def test_every_error_is_described_with_its_example(document: Json) -> None:
    for where, operation in operations(document):
        for status, response in operation["responses"].items():
            assert response["description"].endswith("."), (where, status)
            if status[0] in "45":
                for example in response["content"]["application/problem+json"]["examples"].values():
                    assert str(example["value"]["status"]) == status


def test_every_header_is_described_with_an_example(document: Json) -> None:
    headers = document["components"]["headers"]
    for header in headers.values():
        assert header["description"].endswith(".")
        assert "example" in header
    for where, operation in operations(document):
        responses = operation["responses"]
        named = {
            status: {header["$ref"].split("/")[-1] for header in response["headers"].values()}
            for status, response in responses.items()
        }
        assert all("X-Request-ID" in names for names in named.values()), where
        for status, name in (("201", "Location"), ("429", "Retry-After"), ("503", "Retry-After"), ("default", "Allow")):
            assert status not in named or name in named[status], where


def test_what_is_made_has_a_location_and_a_wrong_method_is_told_the_right_ones(client: TestClient) -> None:
    body = {"network": {"layers": [{"w": [[1]], "b": [0], "activation": "linear"}]}, "x": [1], "target": [0]}
    body["loss"] = "squared_error"
    assert client.post("/api/v1/sessions", json=body).headers["location"].startswith("/api/v1/sessions/")
    assert client.put("/api/v1/sessions").headers["allow"] == "POST"


def test_no_object_is_bare_and_no_array_without_items(document: Json) -> None:
    for where, schema in schemas(document):
        if schema.get("type") == "array":
            assert schema.get("items"), where
        if schema.get("type") == "object":
            typed = isinstance(schema.get("additionalProperties"), dict)
            assert schema.get("properties") or typed or "externalDocs" in schema or where in ANYTHING, where
        if "$ref" not in schema:
            meant = {"type", "anyOf", "oneOf", "allOf", "const", "enum"} & schema.keys()
            assert meant or where.split()[0] in ANYTHING, f"{where} may be anything"


def test_no_object_has_numbers_for_any_other_name_beside_a_word(document: Json) -> None:
    """TypeScript has no type for that."""
    for where, schema in schemas(document):
        assert not (schema.get("properties") and isinstance(schema.get("additionalProperties"), dict)), where


def test_bounds_are_written_as_json_schema_has_them(document: Json) -> None:
    for where, schema in schemas(document):
        assert not {"ge", "le", "gt", "lt"} & schema.keys(), where


def test_what_null_means_is_said_wherever_it_may_stand(document: Json) -> None:
    for where, schema in schemas(document):
        for name, field in schema.get("properties", {}).items():
            if allows_null(field):
                said = field["description"].lower()
                assert any(word in said for word in ("null", "by default")), f"{where}.{name}: {said}"
        items = schema.get("items")
        if isinstance(items, dict) and allows_null(items):
            assert "null" in items["description"], where


def test_no_word_of_an_answer_is_one_of_a_closed_set(document: Json) -> None:
    found = openapi_passes.answered(document)
    assert {"Trace", "EpochRecord", "ProblemDetails"} <= found
    for where, schema in schemas(document):
        if where.split(".")[0].split("[")[0] in found:
            assert not {"enum", "const"} & schema.keys(), where
        if "x-extensible-enum" in schema:
            assert set(schema["examples"]) <= set(schema["x-extensible-enum"])
    kinds = document["components"]["schemas"]["ProblemDetails"]["properties"]["type"]
    assert kinds["type"] == "string"
    assert "about:blank" in kinds["x-extensible-enum"]


def test_a_stream_is_text_with_a_catalogue_of_its_events(document: Json) -> None:
    streams = [
        content
        for _, operation in operations(document)
        for response in operation["responses"].values()
        for media_type, content in response.get("content", {}).items()
        if media_type == "text/event-stream"
    ]
    assert len(streams) >= 2
    for stream in streams:
        assert stream["schema"]["type"] == "string"
        catalogue = {each["event"]: each["data"]["$ref"] for each in stream["schema"]["x-events"]}
        assert catalogue == {EVENTS[ref.removeprefix(COMPONENTS)]: ref for ref in catalogue.values()}
        for block in stream["example"].strip().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.split("\n"))
            described = document["components"]["schemas"][catalogue[lines["event"]].removeprefix(COMPONENTS)]
            data = json.loads(lines["data"])
            assert set(described["required"]) <= set(data) <= set(described["properties"])


def test_the_optimizer_and_the_schedule_name_their_parameters(document: Json) -> None:
    optimizer = document["components"]["schemas"]["OptimizerChoice"]
    assert optimizer["additionalProperties"] is False
    assert set(optimizer["properties"]) >= {"name", "learning_rate", "momentum", "beta1", "weight_decay"}
    assert set(document["components"]["schemas"]["ScheduleChoice"]["properties"]) >= {"name", "every", "floor"}


def test_the_document_stays_small_enough_to_be_read_at_once(client: TestClient) -> None:
    assert len(client.get("/openapi.json").content) < 800_000


def test_the_shared_session_and_the_shared_run_are_always_there(client: TestClient) -> None:
    session, run = f"/api/v1/sessions/{SESSION}", f"/api/v1/runs/{RUN}"
    for _ in range(2):
        assert client.post(f"{session}/step", json={"to": 3}).json()["cursor"] == 3
        assert client.get(session).json()["cursor"] == 3
        assert client.delete(session).status_code == 204
        assert client.get(session).json()["cursor"] == 0
        assert client.get(run).json()["state"] == "stopped"
        for _ in range(2):
            assert "event: finished" in client.post(f"{run}/training", json={}).text
        assert client.get(run).json()["state"] == "finished"
        assert client.delete(run).status_code == 204


def test_no_object_has_a_field_of_its_own_name(document: Json) -> None:
    """A client in Python has one name for both."""
    for name, schema in document["components"]["schemas"].items():
        assert re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() not in schema.get("properties", {}), name


def test_no_two_objects_have_one_name(document: Json) -> None:
    """Their names would then be those of Python's modules."""
    assert [name for name in document["components"]["schemas"] if not re.fullmatch("[A-Za-z]+", name)] == []
