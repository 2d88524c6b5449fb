"""What makes the API pleasant to call: asking again, asking for less, and not being sent what one has."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from app.api.trace import examples
from app.api.trace.example_session import SESSION
from app.api.training.example_run import RUN
from app.api.wire.outgoing.packing import WORTH_BYTES
from app.api.wire.routing import PREFIX
from tests.api.contract import assert_problem

Json = dict[str, Any]
TRACE = "/api/v1/trace"
SESSIONS = "/api/v1/sessions"
RUN_PATH = f"/api/v1/runs/{RUN}"
LASTING = ["/api/v1/catalog", "/api/v1/presets", "/api/v1/presets/lecture-1-1", "/api/v1/lessons", "/openapi.json"]


@pytest.fixture
def session(client: TestClient, lecture: Json) -> str:
    made: str = client.post(SESSIONS, json=lecture).headers["location"]
    return made


def test_a_move_whose_answer_was_lost_is_asked_for_again_and_done_once(client: TestClient, session: str) -> None:
    move = {"by": 1, "cursor": 0}
    first = client.post(f"{session}/step", json=move).json()
    assert first["cursor"] == 1
    again = client.post(f"{session}/step", json=move)
    assert assert_problem(again, "session-moved")["cursor"] == 1
    assert client.get(f"{session}/steps", params={"from": 0, "to": 1}).json()["steps"] == first["executed"]
    assert client.get(session).json()["cursor"] == 1
    assert client.post(f"{session}/step", json={"by": 1, "cursor": 1}).json()["cursor"] == 2


def test_steps_that_were_done_are_given_as_often_as_they_are_asked_for(client: TestClient, session: str) -> None:
    executed = client.post(f"{session}/step", json={"to": 20}).json()["executed"]
    for query, wanted in (({}, slice(0, 20)), ({"from": 5}, slice(5, 20)), ({"from": 3, "to": 7}, slice(3, 7))):
        answer = client.get(f"{session}/steps", params=query).json()
        assert answer["steps"] == executed[wanted]
        assert (answer["from"], answer["to"], answer["cursor"]) == (wanted.start, wanted.stop, 20)


@pytest.mark.parametrize("query", ["to=21", "from=7&to=6", "from=-1", "from=21", "to=x", "from=1&from=2"])
def test_steps_that_were_not_done_are_refused(client: TestClient, session: str, query: str) -> None:
    client.post(f"{session}/step", json={"to": 20})
    assert_problem(client.get(f"{session}/steps?{query}"), "validation")


def test_a_run_is_read_page_by_page_as_it_is_at_once(client: TestClient) -> None:
    whole = client.get(RUN_PATH).json()
    assert whole["next"] is None
    records, path = [], f"{RUN_PATH}?limit=2"
    while path:
        answer = client.get(path)
        page = answer.json()
        assert len(page["records"]) <= 2
        assert {**page, "records": [], "next": None} == {**whole, "records": []}
        records += page["records"]
        path = page["next"]
        assert (answer.links.get("next", {}).get("url")) == path
    assert records == whole["records"]
    assert client.get(f"{RUN_PATH}?from=3").json()["records"] == records[3:]
    assert client.get(f"{RUN_PATH}?from=1000&limit=5").json()["records"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=-1", "from=-1", "limit=100001", "from=1e3", "page=2"])
def test_a_page_that_cannot_be_is_refused(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"{RUN_PATH}?{query}"), "validation")


@pytest.mark.parametrize("rule", [None, "the first"])
@pytest.mark.parametrize("fields", ["loss", "dl_dx,loss", "steps", "x,target,layers,loss,dl_dx,updated,counts,steps"])
def test_of_a_trace_some_fields_are_given_as_they_are_in_the_whole(
    client: TestClient, lecture: Json, fields: str, rule: str | None
) -> None:
    body = {**lecture, **({} if rule is None else {"rule": rules(client)[0]})}
    whole = client.post(TRACE, json=body).json()
    part = client.post(f"{TRACE}?fields={fields}", json=body).json()
    assert part == {name: value for name, value in whole.items() if name in fields.split(",")}
    assert part


def rules(client: TestClient) -> list[str]:
    return [rule["name"] for rule in client.get("/api/v1/catalog").json()["rules"] if not rule["several_examples"]]


@pytest.mark.parametrize("fields", ["", "lost", "loss,", "loss, x", "/layers/0", "loss&fields=x"])
def test_fields_that_a_trace_does_not_have_are_refused(client: TestClient, lecture: Json, fields: str) -> None:
    assert_problem(client.post(f"{TRACE}?fields={fields}", json=lecture), "validation")


@pytest.mark.parametrize("fields", ["limits", "activations,losses", "slips,rules"])
def test_of_the_catalogue_some_parts_are_given_as_they_are_in_the_whole(client: TestClient, fields: str) -> None:
    whole = client.get("/api/v1/catalog").json()
    part = client.get(f"/api/v1/catalog?fields={fields}")
    assert part.json() == {name: value for name, value in whole.items() if name in fields.split(",")}
    assert part.headers["ETag"] != client.get("/api/v1/catalog").headers["ETag"]
    assert_problem(client.get(f"/api/v1/catalog?fields={fields},all"), "validation")


def test_no_operation_takes_a_parameter_that_it_does_not_have(app: FastAPI, client: TestClient) -> None:
    tried = 0
    for route in app.routes:
        if isinstance(route, APIRoute) and route.path.startswith(PREFIX):
            path = route.path.replace("{id}", SESSION if "/sessions" in route.path else RUN).replace("{name}", "xor")
            for method in (route.methods or set()) - {"DELETE"}:
                body = {} if method == "GET" else {"json": {}}
                answer = client.request(method, f"{path}?no_such_one=1", **body)
                if answer.status_code == 404:
                    continue
                errors = assert_problem(answer, "validation")["errors"]
                assert ("unknown_parameter" in [each["code"] for each in errors]) or method == "POST", path
                tried += 1
    assert tried > 20


def test_a_parameter_that_is_refused_is_named_unless_its_name_could_be_anything(client: TestClient) -> None:
    body = assert_problem(client.get("/api/v1/catalog?colour=red"), "validation")
    assert "colour" in body["detail"]
    body = assert_problem(client.get("/api/v1/catalog?%3Cscript%3E=1"), "validation")
    assert "script" not in body["detail"]
    assert_problem(client.post(f"{TRACE}?colour=red", json=examples.TRACE), "validation")


@pytest.mark.parametrize("path", LASTING)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_a_client_has_is_not_sent_again(client: TestClient, path: str, encoding: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": encoding})
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers.get("content-encoding", "identity") == encoding
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = client.get(path, headers={"Accept-Encoding": encoding, "If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"Accept-Encoding": encoding, "If-None-Match": '"other"'}).content == first.content


def test_plain_and_compressed_have_names_of_their_own(client: TestClient) -> None:
    tags = {client.get(LASTING[0], headers={"Accept-Encoding": each}).headers["etag"] for each in ("gzip", "identity")}
    assert len(tags) == 2


def test_a_large_answer_to_post_is_compressed_where_that_is_asked_for(client: TestClient, lecture: Json) -> None:
    large = {**lecture, "network": {"layers": [layer(4, 16), layer(16, 16), layer(16, 2)]}, "x": [0.1] * 4}
    plain = client.post(TRACE, json=large, headers={"Accept-Encoding": "identity"})
    assert len(plain.content) > WORTH_BYTES
    assert "content-encoding" not in plain.headers
    with client.stream("POST", TRACE, json=large, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) == len(raw) < len(plain.content) / 3
    assert gzip.decompress(raw) == plain.content
    refused = client.post(TRACE, json=large, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers
    small = client.post(TRACE, json={**lecture, "steps": "none"}, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in small.headers


def layer(sending: int, receiving: int) -> Json:
    return {"w": [[0.1] * sending] * receiving, "b": [0.0] * receiving, "activation": "tanh"}
