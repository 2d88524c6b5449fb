"""A learner's number over REST."""

from __future__ import annotations

from typing import Any

import pytest
from contract import assert_problem, pointers
from starlette.testclient import TestClient

from app.api import rule_examples

Json = dict[str, Any]
DIAGNOSE = "/api/v1/diagnose"


@pytest.fixture
def asked(client: TestClient, lecture: Json) -> Any:
    """Ask about a number of the lecture's example."""

    def ask(pointer: str, answer: float, digits: int = 4, **changes: Any) -> Json:
        body = {"request": {**lecture, **changes}, "pointer": pointer, "answer": answer, "digits": digits}
        found: Json = client.post(DIAGNOSE, json=body).json()
        return found

    return ask


def test_a_right_answer_is_right_and_nothing_is_claimed(asked: Any) -> None:
    found = asked("/layers/2/a/0", 0.6177)
    assert found == {"verdict": "right", "finding": "right", "expected": 0.6177047777553412, "misconceptions": []}


def test_an_answer_off_by_one_in_the_last_digit_is_right_but_rounded(asked: Any) -> None:
    found = asked("/layers/2/a/0", 0.6178)
    assert (found["verdict"], found["finding"], found["misconceptions"]) == ("right_but_rounded", "rounding", [])


def test_a_misconception_is_named_in_both_languages_with_its_step(client: TestClient, asked: Any) -> None:
    found = asked("/layers/2/dl_dz/0", -0.3823)
    assert (found["verdict"], found["finding"]) == ("wrong", "misconception")
    (match,) = found["misconceptions"]
    assert match["name"] == match["rule"] == "no_output_gain"
    assert match["title"]["en"]
    assert match["title"]["zh"]
    assert match["value"] == pytest.approx(-0.3823, abs=5e-5)
    steps = client.post("/api/v1/trace", json=rule_examples.DIAGNOSIS["request"]).json()["steps"]
    assert match["pointer"] in steps[match["step"]]["writes"]
    listed = {each["name"] for part in ("rules", "slips") for each in client.get("/api/v1/catalog").json()[part]}
    assert match["name"] in listed


@pytest.mark.parametrize("steps", ["none", "layer", "unit", "term"])
def test_the_step_is_one_of_the_steps_asked_for(client: TestClient, asked: Any, lecture: Json, steps: str) -> None:
    (match,) = asked("/layers/2/dl_dz/0", -0.3823, steps=steps)["misconceptions"]
    walked = {**lecture, "steps": "unit" if steps == "none" else steps}
    listed = client.post("/api/v1/trace", json=walked).json()["steps"]
    assert listed[match["step"]]["operation"] == "amplify"


def test_what_nothing_explains_is_wrong(asked: Any) -> None:
    found = asked("/layers/0/z/0", 17.25)
    assert (found["verdict"], found["finding"], found["expected"]) == ("wrong", "wrong", 4.0)


def test_minus_zero_is_right_and_told(client: TestClient) -> None:
    network = {"layers": [{"w": [[1]], "b": [0], "activation": "relu"}]}
    request = {"network": network, "x": [-1], "target": [1], "loss": "huber"}
    sent = {"request": request, "pointer": "/layers/0/a/0", "answer": -0.0, "digits": 2}
    found = client.post(DIAGNOSE, json=sent).json()
    assert (found["verdict"], found["finding"]) == ("right", "sign_of_zero")


@pytest.mark.parametrize(
    "pointer", ["", "/layers/0/w/0/0", "/x/0", "/layers/9/z/0", "/updated/layers/0/b/0", "nonsense"]
)
def test_only_a_computed_number_can_be_answered(client: TestClient, lecture: Json, pointer: str) -> None:
    body = {"request": lecture, "pointer": pointer, "answer": 1, "digits": 2}
    problem = assert_problem(client.post(DIAGNOSE, json=body), "validation")
    assert pointers(problem) == ["/pointer"]


def test_digits_are_decimal_places_from_0_to_12(client: TestClient, lecture: Json) -> None:
    for digits in (-1, 13):
        body = {"request": lecture, "pointer": "/layers/0/z/0", "answer": 1, "digits": digits}
        assert pointers(assert_problem(client.post(DIAGNOSE, json=body), "validation")) == ["/digits"]


def test_a_request_that_does_not_hold_together_is_pointed_at_inside(client: TestClient, lecture: Json) -> None:
    body = {"request": {**lecture, "x": [1]}, "pointer": "/layers/0/z/0", "answer": 1, "digits": 2}
    assert pointers(assert_problem(client.post(DIAGNOSE, json=body), "validation")) == ["/request/x"]
