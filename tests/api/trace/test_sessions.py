"""Stepping on the server over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
SESSIONS = "/api/v1/sessions"
PHASES = ["forward", "loss", "backward", "gradient", "update"]


@pytest.fixture
def whole(client: TestClient, lecture: Json) -> Json:
    """The trace that the sessions of these tests walk to."""
    trace: Json = client.post("/api/v1/trace", json=lecture).json()
    return trace


@pytest.fixture
def url(client: TestClient, lecture: Json) -> str:
    """A new session."""
    return str(client.post(SESSIONS, json=lecture).headers["location"])


def test_a_new_session_says_where_it_is_and_how_long(client: TestClient, lecture: Json, whole: Json) -> None:
    response = client.post(SESSIONS, json=lecture)
    assert response.status_code == 201
    created = response.json()
    assert response.headers["location"] == f"{SESSIONS}/{created.pop('id')}"
    assert created == {"cursor": 0, "total": len(whole["steps"]), "phase": "forward"}


def test_steps_are_executed_one_by_one_to_the_end_and_then_it_stays(client: TestClient, url: str, whole: Json) -> None:
    executed = []
    for cursor in range(1, len(whole["steps"]) + 1):
        moved = client.post(f"{url}/step", json={"by": 1}).json()
        assert moved["cursor"] == cursor
        executed += moved["executed"]
    assert executed == whole["steps"]
    end = client.post(f"{url}/step", json={"by": 1}).json()
    assert end == {"cursor": len(executed), "total": len(executed), "phase": "update", "executed": []}


def test_going_back_executes_nothing_and_stops_at_the_start(client: TestClient, url: str) -> None:
    client.post(f"{url}/step", json={"by": 5})
    assert client.post(f"{url}/step", json={"by": -2}).json()["cursor"] == 3
    back = client.post(f"{url}/step", json={"by": -99}).json()
    assert (back["cursor"], back["executed"], back["phase"]) == (0, [], "forward")


def test_a_moment_is_reached_from_either_side(client: TestClient, url: str, whole: Json) -> None:
    assert client.post(f"{url}/step", json={"to": 17}).json()["executed"] == whole["steps"][:17]
    assert client.post(f"{url}/step", json={"to": 4}).json()["cursor"] == 4
    assert client.post(f"{url}/step", json={"to": 17}).json()["executed"] == whole["steps"][4:17]
    assert client.post(f"{url}/step", json={"to": 10**30}).json()["cursor"] == len(whole["steps"])
    assert client.post(f"{url}/step", json={"to": -(10**30)}).json()["cursor"] == 0


@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_is_entered_just_before_its_first_step(client: TestClient, url: str, whole: Json, phase: str) -> None:
    moved = client.post(f"{url}/step", json={"phase": phase}).json()
    first = next(step["index"] for step in whole["steps"] if step["phase"] == phase)
    assert (moved["cursor"], moved["phase"]) == (first, phase)


def test_a_session_without_a_learning_rate_has_no_update(client: TestClient, lecture: Json) -> None:
    del lecture["learning_rate"]
    url = client.post(SESSIONS, json=lecture).headers["location"]
    client.post(f"{url}/step", json={"by": 3})
    body = assert_problem(client.post(f"{url}/step", json={"phase": "update"}), "validation")
    assert pointers(body) == ["/phase"]
    assert client.get(url).json()["cursor"] == 3


def test_what_is_not_computed_yet_is_null_in_its_final_shape(client: TestClient, url: str, whole: Json) -> None:
    for cursor in range(0, len(whole["steps"]) + 1, 3):
        client.post(f"{url}/step", json={"to": cursor})
        state = client.get(url).json()
        assert state["cursor"] == cursor
        assert state["last_step"] == (whole["steps"][cursor - 1] if cursor else None)
        done = {pointer for step in whole["steps"][:cursor] for pointer in step["writes"]}
        assert_known(state["trace"], {key: value for key, value in whole.items() if key != "steps"}, "", done)


GIVEN = ("/x/", "/target/", "/counts/")


def assert_known(now: Any, final: Any, pointer: str, done: set[str]) -> None:
    """Each number of ``now`` is the final one if it is given or done, else null."""
    if isinstance(final, dict):
        assert set(now) == set(final)
        for key in final:
            assert_known(now[key], final[key], f"{pointer}/{key}", done)
    elif isinstance(final, list):
        assert len(now) == len(final)
        for index, value in enumerate(final):
            assert_known(now[index], value, f"{pointer}/{index}", done)
    elif isinstance(final, float):
        parts = pointer.split("/")
        given = pointer.startswith(GIVEN) or (parts[1] == "layers" and parts[3] in ("w", "b"))
        frozen = parts[1] == "updated" and parts[2] == "layers" and parts[4] == "b"
        assert now == (final if given or frozen or pointer in done else None), pointer
    else:
        assert now == final


def test_a_deleted_session_is_not_found(client: TestClient, url: str) -> None:
    response = client.delete(url)
    assert (response.status_code, response.content) == (204, b"")
    for answer in (client.get(url), client.delete(url), client.post(f"{url}/step", json={"by": 1})):
        assert_problem(answer, "session-not-found")


@pytest.mark.parametrize(
    "session_id", ["x", "a" * 22, "%00" * 22, "a" * 3000, "..%2f..%2fetc", "%ff%fe", "%F0%9F%92%A9"]
)
def test_an_unknown_session_is_not_found(client: TestClient, session_id: str) -> None:
    for answer in (client.get(f"{SESSIONS}/{session_id}"), client.delete(f"{SESSIONS}/{session_id}")):
        assert answer.status_code == 404
        assert_problem(answer)


@pytest.mark.parametrize("move", [{}, {"by": 1, "to": 1}, {"by": None}, {"by": 1, "to": 2, "phase": "loss"}])
def test_a_move_names_exactly_one_destination(client: TestClient, url: str, move: Json) -> None:
    assert_problem(client.post(f"{url}/step", json=move), "validation")
    assert client.get(url).json()["cursor"] == 0


@pytest.mark.parametrize(
    "move", [{"by": 1.5}, {"by": "1"}, {"by": True}, {"to": []}, {"phase": "end"}, {"phase": 1}, {"on": 1}]
)
def test_a_move_of_the_wrong_kind_is_pointed_at(client: TestClient, url: str, move: Json) -> None:
    body = assert_problem(client.post(f"{url}/step", json=move), "validation")
    assert pointers(body) == [f"/{next(iter(move))}"]


def test_a_session_without_steps_is_refused(client: TestClient, lecture: Json) -> None:
    body = assert_problem(client.post(SESSIONS, json={**lecture, "steps": "none"}), "validation")
    assert pointers(body) == ["/steps"]


def test_what_a_trace_refuses_a_session_refuses_too(client: TestClient, lecture: Json) -> None:
    assert_problem(client.post(SESSIONS, json={**lecture, "x": [1]}), "validation")


def test_there_is_always_room_for_another_session(small: TestClient, lecture: Json) -> None:
    lecture["steps"] = "layer"
    made = [small.post(SESSIONS, json=lecture) for _ in range(3)]
    assert [answer.status_code for answer in made] == [201] * 3
    statuses = [small.get(answer.headers["location"]).status_code for answer in made]
    assert statuses == [404, 200, 200]


def test_a_session_survives_a_restart_of_the_server(tmp_path: Path, lecture: Json) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path))) as first:
        url = first.post(SESSIONS, json=lecture).headers["location"]
        first.post(f"{url}/step", json={"by": 7})
        before = first.get(url).json()
    with TestClient(create_app(Settings(data_dir=tmp_path))) as second:
        assert second.get(url).json() == before


def test_without_its_store_the_server_is_not_ready_but_traces(tmp_path: Path, lecture: Json) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")
    with TestClient(create_app(Settings(data_dir=tmp_path / "data"))) as client:
        assert_problem(client.get("/health/ready"), "store-unavailable")
        response = client.post(SESSIONS, json=lecture)
        assert_problem(response, "store-unavailable")
        assert int(response.headers["retry-after"]) > 0
        assert str(tmp_path) not in response.text
        assert client.get("/health/live").status_code == 200
        assert client.post("/api/v1/trace", json=lecture).status_code == 200
        (tmp_path / "data").unlink()
        assert client.get("/health/ready").status_code == 200
        assert client.post(SESSIONS, json=lecture).status_code == 201
