"""Momentum in a trace request: what comes back, goes in again, and is refused."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.trace.examples import MOMENTUM
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
TRACE = "/api/v1/trace"
ZEROS: Json = {"layers": [{"w": [[0, 0], [0, 0]], "b": [0, 0]}, {"w": [[0, 0]], "b": [0]}]}


@pytest.fixture
def moving() -> Json:
    return copy.deepcopy(MOMENTUM)


def numbers(change: Json) -> list[float]:
    return [value for layer in change["layers"] for part in (*layer["w"], layer["b"]) for value in part]


def test_the_change_is_a_part_of_the_one_before_and_a_step_against_the_gradient(
    client: TestClient, moving: Json
) -> None:
    trace = client.post(TRACE, json=moving).json()
    assert trace["momentum"] == 0.9
    assert trace["previous_change"] == moving["previous_change"]
    gradient = numbers({"layers": [{"w": each["dl_dw"], "b": each["dl_db"]} for each in trace["layers"]]})
    pairs = zip(numbers(moving["previous_change"]), gradient, strict=True)
    change = numbers(trace["updated"]["change"])
    assert change == pytest.approx([0.9 * before - 0.1 * slope for before, slope in pairs], rel=1e-12)
    moved = [old + step for old, step in zip(numbers(moving["network"]), change, strict=True)]
    assert numbers(trace["updated"]) == pytest.approx(moved, rel=1e-15)


def test_the_change_can_be_sent_as_the_next_previous_change(client: TestClient, moving: Json) -> None:
    first = client.post(TRACE, json=moving).json()["updated"]
    for layer, new in zip(moving["network"]["layers"], first["layers"], strict=True):
        layer.update(new)
    second = client.post(TRACE, json={**moving, "previous_change": first["change"]})
    assert second.status_code == 200
    assert second.json()["previous_change"] == first["change"]


@pytest.mark.parametrize("steps", ["layer", "unit", "term"])
def test_every_number_of_the_steps_is_found_at_its_pointer(client: TestClient, moving: Json, steps: str) -> None:
    trace = client.post(TRACE, json={**moving, "steps": steps}).json()
    change = [step for step in trace["steps"] if step["operation"] in ("weight_change", "bias_change")]
    assert sorted({step["operation"] for step in change}) == ["bias_change", "weight_change"]
    for step in change:
        for pointer, value in zip(step["writes"], step["value"], strict=True):
            found: Any = trace
            for part in pointer.split("/")[1:]:
                found = found[int(part) if part.isdigit() else part]
            assert found == value


def test_without_a_previous_change_it_is_zeros_and_what_is_frozen_changes_by_zero(
    client: TestClient, moving: Json
) -> None:
    del moving["previous_change"]
    trace = client.post(TRACE, json={**moving, "freeze": ["w"]}).json()
    assert trace["previous_change"] == ZEROS
    for layer, change in zip(moving["network"]["layers"], trace["updated"]["change"]["layers"], strict=True):
        assert change["w"] == [[0] * len(row) for row in layer["w"]]
        assert all(change["b"])
    assert not any(step["operation"] == "weight_change" for step in trace["steps"])


def test_without_momentum_the_answer_says_nothing_of_it(client: TestClient, moving: Json) -> None:
    del moving["previous_change"], moving["momentum"]
    trace = client.post(TRACE, json=moving).json()
    assert not {"momentum", "previous_change"} & set(trace)
    assert set(trace["updated"]) == {"layers", "loss"}


def without(body: Json, *names: str) -> Json:
    return {name: value for name, value in body.items() if name not in names}


@pytest.mark.parametrize(
    ("changed", "pointer", "code"),
    [
        ({"momentum": 1}, "/momentum", "too_large"),
        ({"momentum": -0.1}, "/momentum", "too_small"),
        ({"momentum": "0.9"}, "/momentum", "not_a_number"),
        ({"learning_rate": None}, "/momentum", "needs_learning_rate"),
        ({"momentum": None}, "/previous_change", "needs_momentum"),
        ({"rule": "sign_flipped"}, "/momentum", "not_with_rule"),
        ({"previous_change": {"layers": ZEROS["layers"][:1]}}, "/previous_change/layers", "wrong_length"),
        ({"previous_change": {"layers": []}}, "/previous_change/layers", "too_short"),
        ({"previous_change": []}, "/previous_change", "not_an_object"),
        (
            {"previous_change": {"layers": [{"w": [[0, 0], [0]], "b": [0, 0]}, ZEROS["layers"][1]]}},
            "/previous_change/layers/0/w/1",
            "wrong_length",
        ),
        (
            {"previous_change": {"layers": [{"w": [[0, 0]], "b": [0, 0]}, ZEROS["layers"][1]]}},
            "/previous_change/layers/0/w",
            "wrong_length",
        ),
        (
            {"previous_change": {"layers": [ZEROS["layers"][0], {"w": [[0, 0]], "b": [0, 1]}]}},
            "/previous_change/layers/1/b",
            "wrong_length",
        ),
        (
            {"previous_change": {"layers": [ZEROS["layers"][0], {"w": [[0, None]], "b": [0]}]}},
            "/previous_change/layers/1/w/0/1",
            "not_a_number",
        ),
        (
            {"previous_change": {"layers": [ZEROS["layers"][0], {"w": [[0, 1]]}]}},
            "/previous_change/layers/1/b",
            "missing",
        ),
    ],
)
def test_what_does_not_hold_together_is_named(
    client: TestClient, moving: Json, changed: Json, pointer: str, code: str
) -> None:
    body = assert_problem(client.post(TRACE, json={**moving, **changed}), "validation")
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in body["errors"]]


def test_beside_a_signal_there_is_no_update_to_move(client: TestClient, moving: Json) -> None:
    body = assert_problem(client.post(TRACE, json={**moving, "signal": [1]}), "validation")
    assert "/learning_rate" in pointers(body)


@pytest.mark.parametrize("path", ["derivative", "paths"])
@pytest.mark.parametrize("freeze", [[], ["w"]])
def test_momentum_plays_no_part_where_no_update_is_asked_for(
    client: TestClient, moving: Json, path: str, freeze: list[str]
) -> None:
    asked = {"request": {**moving, "freeze": freeze}, "pointer": "/layers/0/w/0/1"}
    plain = {**asked, "request": without(moving, "momentum", "previous_change", "learning_rate")}
    answer = client.post(f"/api/v1/{path}", json=asked)
    assert answer.status_code == 200
    assert answer.json() == client.post(f"/api/v1/{path}", json=plain).json()


def test_a_gradient_check_checks_the_gradient_alone(client: TestClient, moving: Json) -> None:
    plain = without(moving, "momentum", "previous_change", "learning_rate")
    answers = [client.post("/api/v1/gradient-check", json=each).json() for each in (moving, plain)]
    assert answers[0] == answers[1]
    assert answers[0]["passed"]


def test_a_diagnosis_knows_plain_gradient_descent_only(client: TestClient, moving: Json) -> None:
    asked = {"request": moving, "pointer": "/updated/layers/0/w/0/0", "answer": 0.5, "digits": 2}
    body = assert_problem(client.post("/api/v1/diagnose", json=asked), "validation")
    assert [(error["pointer"], error["code"]) for error in body["errors"]] == [("/request/momentum", "not_with_rule")]


def test_a_session_walks_the_same_steps_and_knows_the_change_when_it_is_done(client: TestClient, moving: Json) -> None:
    session = client.post("/api/v1/sessions", json=moving).json()
    place = f"/api/v1/sessions/{session['id']}"
    client.post(f"{place}/step", json={"phase": "update"})
    trace = client.get(place).json()["trace"]
    assert trace["previous_change"] == moving["previous_change"]
    assert set(numbers(trace["updated"]["change"])) == {None}
    moved = client.post(f"{place}/step", json={"by": session["total"]}).json()
    whole = client.post(TRACE, json=moving).json()
    assert moved["executed"] == [step for step in whole["steps"] if step["phase"] == "update"]
    assert client.get(place).json()["trace"]["updated"] == whole["updated"]


@pytest.mark.parametrize("language", ["numpy", "pytorch", "tensorflow", "jax"])
def test_programs_carry_momentum_in_every_language(client: TestClient, moving: Json, language: str) -> None:
    code = client.post("/api/v1/code", json={"request": moving, "language": language}).json()["code"]
    assert "momentum = 0.9" in code
    assert "change_w1 = momentum * previous_w1 - learning_rate * dl_dw1" in code
    assert "new_b2 = b2 + change_b2" in code
    frozen = {**moving, "freeze": ["b"]}
    code = client.post("/api/v1/code", json={"request": frozen, "language": language}).json()["code"]
    assert "previous_w1" in code
    assert "previous_b1" not in code


def test_the_numpy_program_makes_the_numbers_of_the_trace(client: TestClient, moving: Json) -> None:
    code = client.post("/api/v1/code", json={"request": moving, "language": "numpy"}).json()["code"]
    made: Json = {}
    exec(code, made)
    updated = client.post(TRACE, json=moving).json()["updated"]
    for number, (layer, change) in enumerate(zip(updated["layers"], updated["change"]["layers"], strict=True), start=1):
        assert made[f"new_w{number}"].ravel() == pytest.approx([w for row in layer["w"] for w in row], rel=1e-12)
        assert made[f"change_b{number}"] == pytest.approx(change["b"], rel=1e-12)
    assert float(made["new_loss"]) == pytest.approx(updated["loss"], rel=1e-12)
