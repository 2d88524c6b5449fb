"""The OpenAPI document: complete, and its examples work when sent as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.course import rule_examples
from app.api.links.schemas import EXAMPLE as LINK
from app.api.network import examples as network_examples
from app.api.tables.documents import CSV
from app.api.trace import examples
from app.api.training.schemas import XOR
from app.api.wire.problems import MEDIA_TYPE
from tests.api.contract import assert_problem, responses_of

Json = dict[str, Any]


@pytest.fixture(scope="module")
def document(client: TestClient) -> Json:
    found: Json = client.get("/openapi.json").json()
    return found


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, {**operation, "responses": responses_of(document, operation)}


def test_every_path_of_the_contract_is_described(document: Json) -> None:
    assert {(method, path) for path, method, _ in operations(document)} == {
        ("post", "/api/v1/trace"),
        ("post", "/api/v1/networks/import"),
        ("post", "/api/v1/sessions"),
        ("post", "/api/v1/sessions/{id}/step"),
        ("get", "/api/v1/sessions/{id}"),
        ("get", "/api/v1/sessions/{id}/steps"),
        ("delete", "/api/v1/sessions/{id}"),
        ("post", "/api/v1/links"),
        ("get", "/api/v1/links/{id}"),
        ("post", "/api/v1/batch"),
        ("post", "/api/v1/gradient-check"),
        ("post", "/api/v1/diagnose"),
        ("post", "/api/v1/rules/{name}/training"),
        ("post", "/api/v1/derivative"),
        ("post", "/api/v1/paths"),
        ("post", "/api/v1/code"),
        ("post", "/api/v1/code/cost"),
        ("post", "/api/v1/networks"),
        ("post", "/api/v1/training"),
        ("post", "/api/v1/training/preview"),
        ("get", "/api/v1/runs"),
        ("get", "/api/v1/runs/{id}"),
        ("get", "/api/v1/runs/{id}/events"),
        ("get", "/api/v1/runs/{id}/network"),
        ("get", "/api/v1/runs/{id}/thetas"),
        ("get", "/api/v1/runs/{id}/examples"),
        ("get", "/api/v1/runs/{id}/example"),
        ("post", "/api/v1/runs/{id}/training"),
        ("delete", "/api/v1/runs/{id}"),
        ("post", "/api/v1/landscape"),
        ("post", "/api/v1/regions"),
        ("post", "/api/v1/loop-or-matrix"),
        ("post", "/api/v1/figures/curves"),
        ("post", "/api/v1/figures/gradient-flow"),
        ("post", "/api/v1/figures/fit"),
        ("get", "/api/v1/runs/{id}/units"),
        ("get", "/api/v1/runs/{id}/figures/curves"),
        ("get", "/api/v1/runs/{id}/figures/gradient-flow"),
        ("post", "/api/v1/figures/loop-or-matrix"),
        ("post", "/api/v1/figures/surface"),
        ("post", "/api/v1/figures/contour"),
        ("post", "/api/v1/figures/response"),
        ("post", "/api/v1/figures/decision-map"),
        ("post", "/api/v1/figures/feature-plane"),
        ("post", "/api/v1/figures/feature-planes"),
        ("get", "/api/v1/datasets/{name}"),
        ("post", "/api/v1/tables"),
        ("post", "/api/v1/tables/examples"),
        ("get", "/api/v1/presets"),
        ("get", "/api/v1/presets/{name}"),
        ("get", "/api/v1/lessons"),
        ("get", "/api/v1/lessons/{name}"),
        ("get", "/api/v1/glossary"),
        ("get", "/api/v1/practice"),
        ("get", "/api/v1/catalog"),
        ("get", "/api/v1/version"),
        ("get", "/health/live"),
        ("get", "/health/ready"),
    }


def test_every_operation_has_a_summary_a_description_and_its_own_id(document: Json) -> None:
    found = [operation for _, _, operation in operations(document)]
    assert len({operation["operationId"] for operation in found}) == len(found)
    for operation in found:
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"]


def test_every_field_has_a_description(document: Json) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("description"), name
        for field, described in schema.get("properties", {}).items():
            assert described.get("description"), f"{name}.{field}"
    for path, _, operation in operations(document):
        for parameter in operation.get("parameters", []):
            assert parameter["description"], path


def test_every_answer_is_described_with_the_request_id(document: Json) -> None:
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            assert response["description"]
            assert "X-Request-ID" in response["headers"]
            if status[0] == "2":
                content = response.get("content", {})
                assert (
                    status == "204"
                    or "text/event-stream" in content
                    or "$ref" in str(content["application/json"]["schema"])
                ), path
            elif status == "304":
                assert "content" not in response
            else:
                assert response["content"][MEDIA_TYPE]["schema"] == {"$ref": "#/components/schemas/ProblemDetails"}
        assert {"500", "default"} <= set(operation["responses"])
        if "requestBody" in operation:
            assert {"413", "415", "422", "429"} <= set(operation["responses"]), (path, method)


def test_every_reference_leads_somewhere(document: Json) -> None:
    def references(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for each in value.values():
                yield from references(each)
        elif isinstance(value, list):
            for each in value:
                yield from references(each)

    for reference in references(document):
        inner = document
        for part in reference.removeprefix("#/").split("/"):
            inner = inner[part]


def begun(client: TestClient, path: str) -> str:
    """The id of something that this path can be used on."""
    if path.startswith("/api/v1/runs/"):
        text = client.post("/api/v1/training", json={**XOR, "keep": True, "until": {"epochs": 1}}).text
        return re.findall(r'"run":"([^"]+)"', text)[0]
    session: str = client.post("/api/v1/sessions", json=examples.TRACE).json()["id"]
    return session


def test_every_example_works_when_sent_as_it_stands(client: TestClient, document: Json) -> None:
    sent = 0
    for path, method, operation in operations(document):
        if "application/json" not in operation.get("requestBody", {}).get("content", {}):
            continue
        content = operation["requestBody"]["content"]["application/json"]
        schema = document["components"]["schemas"][content["schema"]["$ref"].split("/")[-1]]
        bodies = [example["value"] for example in content["examples"].values()] + schema["examples"]
        for body in bodies:
            sent_to = path.replace("{id}", begun(client, path)).replace("{name}", "no_hidden_gain")
            response = client.request(method, sent_to, json=body)
            assert response.status_code in (200, 201), (path, response.text)
            sent += 1
    assert sent >= 12


def test_every_example_of_a_file_works_when_sent_as_it_stands(client: TestClient, document: Json) -> None:
    sent = 0
    for path, method, operation in operations(document):
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            if media_type == "application/json":
                continue
            for example in content["examples"].values():
                headers = {"Content-Type": media_type}
                response = client.request(method, path, content=example["value"], headers=headers)
                assert response.status_code == 200, (path, response.text)
                sent += 1
    assert sent >= 12


def test_answers_have_the_fields_that_are_described(client: TestClient, document: Json, lecture: Json) -> None:
    schemas = document["components"]["schemas"]

    def check(value: Any, schema: Json, where: str) -> None:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].split("/")[-1]]
        for option in schema.get("anyOf", []):
            if (option.get("type") == "null") == (value is None):
                check(value, option, where)
        if schema.get("type") == "object" and "properties" in schema:
            assert set(schema.get("required", ())) <= set(value) <= set(schema["properties"]), where
            for name, inner in value.items():
                check(inner, schema["properties"].get(name, {}), f"{where}/{name}")
        elif schema.get("type") == "array":
            for inner in value[:3]:
                check(inner, schema["items"], where)

    url = client.post("/api/v1/sessions", json=lecture).headers["location"]
    run = f"/api/v1/runs/{begun(client, '/api/v1/runs/')}"
    asked = [
        ("post", "/api/v1/trace", "/api/v1/trace", lecture),
        ("post", "/api/v1/batch", "/api/v1/batch", {**examples.BATCH, "per_example": True}),
        ("post", "/api/v1/gradient-check", "/api/v1/gradient-check", lecture),
        ("post", "/api/v1/trace", "/api/v1/trace", examples.SIGNAL),
        ("post", "/api/v1/trace", "/api/v1/trace", examples.RULED_TRACE),
        ("post", "/api/v1/gradient-check", "/api/v1/gradient-check", examples.RULED_CHECK),
        ("post", "/api/v1/diagnose", "/api/v1/diagnose", rule_examples.DIAGNOSIS),
        (
            "post",
            "/api/v1/rules/{name}/training",
            "/api/v1/rules/sign_flipped/training",
            rule_examples.RULE_TRAINING,
        ),
        ("post", "/api/v1/derivative", "/api/v1/derivative", examples.DERIVATIVE),
        ("post", "/api/v1/paths", "/api/v1/paths", examples.PATHS),
        ("post", "/api/v1/code", "/api/v1/code", examples.CODE),
        ("post", "/api/v1/networks", "/api/v1/networks", network_examples.NETWORK),
        ("post", "/api/v1/sessions/{id}/step", f"{url}/step", {"by": 2}),
        ("get", "/api/v1/sessions/{id}", url, None),
        ("get", "/api/v1/sessions/{id}/steps", f"{url}/steps", None),
        ("post", "/api/v1/training/preview", "/api/v1/training/preview", XOR),
        ("get", "/api/v1/runs", "/api/v1/runs", None),
        ("get", "/api/v1/runs/{id}", run, None),
        ("get", "/api/v1/runs/{id}/network", f"{run}/network", None),
        ("get", "/api/v1/runs/{id}/units", f"{run}/units", None),
        ("get", "/api/v1/runs/{id}/thetas", f"{run}/thetas", None),
        ("get", "/api/v1/runs/{id}/examples", f"{run}/examples", None),
        ("get", "/api/v1/runs/{id}/example", f"{run}/example?index=0", None),
        ("get", "/api/v1/links/{id}", client.post("/api/v1/links", json=LINK).headers["location"], None),
        ("get", "/api/v1/catalog", "/api/v1/catalog", None),
        ("get", "/api/v1/presets", "/api/v1/presets", None),
        ("get", "/api/v1/lessons", "/api/v1/lessons", None),
        ("get", "/api/v1/lessons/{name}", "/api/v1/lessons/function-set", None),
        ("get", "/api/v1/glossary", "/api/v1/glossary", None),
        ("get", "/api/v1/practice", "/api/v1/practice?level=2&seed=4", None),
        ("get", "/api/v1/version", "/api/v1/version", None),
        ("get", "/health/live", "/health/live", None),
    ]
    tables = [("post", f"/api/v1/tables{end}", f"/api/v1/tables{end}", CSV.encode()) for end in ("", "/examples")]
    for method, template, path, body in asked + tables:
        is_file = isinstance(body, bytes)
        how = {"content": body, "headers": {"Content-Type": "text/csv"}} if is_file else {"json": body}
        answer = client.request(method, path, **how).json()
        described = document["paths"][template][method]["responses"]["200"]["content"]["application/json"]["schema"]
        check(answer, described, path)
    problem = assert_problem(client.post("/api/v1/trace", json={}))
    check(problem, {"$ref": "#/components/schemas/ProblemDetails"}, "problem")


def test_the_document_is_the_same_each_time(app: FastAPI, document: Json) -> None:
    assert {**app.openapi(), "servers": document["servers"]} == document
    assert app.openapi() == app.openapi()


def test_the_documentation_page_asks_no_other_host_and_runs_no_inline_script(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "http://" not in page
    assert "https://" not in page
    assert "<script>" not in page
    named = re.findall(r'(?:src|href)="(?:\./)?(static/[^"]+)"', page)
    for path in ("swagger-ui-bundle.js", "swagger-ui.css", "docs.js"):
        (address,) = (each for each in named if each.endswith(f"/{path}"))
        assert client.get(f"/{address}").status_code == 200
    for path in ("LICENSE", "NOTICE", "package.json"):
        assert client.get(f"/static/vendor/swagger-ui/{path}").status_code == 200
