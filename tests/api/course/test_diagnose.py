"""A learner's number over REST."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.course import rule_examples
from tests.api.contract import assert_problem, pointers

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
    nothing: Json = {"misconceptions": [], "conventions": [], "first_wrong": None}
    assert found == {"verdict": "right", "finding": "right", "expected": 0.6177047777553412, **nothing}


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


def test_what_follows_from_a_wrong_number_is_right_going_on_from_it(client: TestClient) -> None:
    found = client.post(DIAGNOSE, json=rule_examples.DIAGNOSIS_CARRIED_ON).json()
    assert (found["verdict"], found["misconceptions"]) == ("follows", [])
    first = found["first_wrong"]
    assert (first["pointer"], first["verdict"], first["expected"]) == ("/layers/0/z/0", "wrong", 4.0)
    assert first["misconceptions"][0]["rules"] == ["bias_left_out"]
    without = client.post(DIAGNOSE, json={**rule_examples.DIAGNOSIS_CARRIED_ON, "given": {}}).json()
    assert (without["verdict"], without["first_wrong"]) == ("wrong", None)


def test_a_given_number_that_is_right_or_not_on_the_way_changes_nothing(asked: Any, client: TestClient) -> None:
    body = {**rule_examples.DIAGNOSIS, "given": {"/layers/2/dl_dw/0/0": 17.0, "/layers/0/z/0": 4.0}}
    plain = client.post(DIAGNOSE, json=rule_examples.DIAGNOSIS).json()
    assert client.post(DIAGNOSE, json=body).json() == plain


def test_the_other_sign_of_a_derivative_is_a_convention_and_right_for_who_has_it(client: TestClient) -> None:
    body = rule_examples.DIAGNOSIS_BY_CONVENTION
    found = client.post(DIAGNOSE, json=body).json()
    assert (found["verdict"], found["finding"]) == ("wrong", "convention")
    assert [each["name"] for each in found["conventions"]] == ["delta_is_descent"]
    assert [each["rule"] for each in found["misconceptions"]] == ["minus_lost"]
    for answer in (body["answer"], -body["answer"]):
        accepted = client.post(DIAGNOSE, json={**body, "answer": answer, "conventions": ["delta_is_descent"]}).json()
        assert (accepted["verdict"], accepted["misconceptions"]) == ("right", [])
    listed = client.get("/api/v1/catalog").json()["conventions"]
    assert listed == found["conventions"]


def test_a_mistake_is_named_by_the_learners_own_convention(client: TestClient) -> None:
    body = {
        **rule_examples.DIAGNOSIS,
        "answer": -rule_examples.DIAGNOSIS["answer"],
        "conventions": ["delta_is_descent"],
    }
    found = client.post(DIAGNOSE, json=body).json()
    assert [each["rule"] for each in found["misconceptions"]] == ["no_output_gain"]


def test_two_mistakes_together_are_named_where_it_can_hardly_be_chance(client: TestClient, lecture: Json) -> None:
    """Both σ′ and the weights left out on the way back, to eight places."""
    made = client.post("/api/v1/trace", json={**lecture, "rule": "no_output_gain"}).json()
    layers = made["layers"]
    answer = sum(layers[2]["dl_dz"]) * layers[1]["gain"][0]
    body = {"request": lecture, "pointer": "/layers/1/dl_dz/0", "answer": round(answer, 8), "digits": 8}
    found = client.post(DIAGNOSE, json=body).json()
    assert sorted(found["misconceptions"][0]["rules"]) == ["no_output_gain", "weights_left_out"]
    assert found["misconceptions"][0]["title"]["en"].count(" + ") == 1


BATCH = rule_examples.BATCHED


@pytest.mark.parametrize("reduction", ["mean", "sum", None])
def test_the_numbers_of_a_batch_are_those_of_the_batch(client: TestClient, reduction: str | None) -> None:
    made = client.post(
        "/api/v1/batch", json={name: BATCH[name] for name in ("network", "xs", "targets", "loss")}
    ).json()
    share = 1.0 if reduction == "sum" else 1 / 3
    request = {**BATCH, "reduction": reduction}
    right = {
        "/cost": made["cost"],
        "/total_loss": made["total_loss"],
        "/layers/1/dl_dw/0/1": made["layers"][1]["dl_dw"][0][1] * share,
        "/layers/0/dl_db/1": made["layers"][0]["dl_db"][1] * share,
        "/examples/2/loss/value": made["losses"][2],
        "/examples/1/layers/2/a/0": made["outputs"][1][0],
    }
    for pointer, value in right.items():
        found = client.post(
            DIAGNOSE, json={"request": request, "pointer": pointer, "answer": value, "digits": 9}
        ).json()
        assert found["verdict"] == "right", pointer
        assert found["expected"] == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("reduction", "factor", "name"),
    [
        ("mean", 3.0, "mean_over_examples"),
        ("sum", 1 / 3, "mean_over_examples"),
        ("mean", 1 / 3, "mean_taken_twice"),
        ("mean", 0.5, "stray_half"),
        ("mean", 2.0, "as_squared_error"),
    ],
)
def test_a_stray_factor_is_found_in_a_batch(client: TestClient, reduction: str, factor: float, name: str) -> None:
    request, pointer = {**BATCH, "reduction": reduction}, "/layers/1/dl_dw/0/1"
    body = {"request": request, "pointer": pointer, "answer": 0, "digits": 9}
    right = client.post(DIAGNOSE, json=body).json()["expected"]
    found = client.post(DIAGNOSE, json={**body, "answer": round(factor * right, 9)}).json()
    assert name in [each["rule"] for each in found["misconceptions"]]


def test_of_a_batch_the_last_example_alone_is_recognised_and_a_bug_of_every_example(client: TestClient) -> None:
    one = {"network": BATCH["network"], "loss": BATCH["loss"], "steps": "none"}
    answers = {"last_example_only": 0.0, "no_hidden_gain": 0.0}
    for x, target in zip(BATCH["xs"], BATCH["targets"], strict=True):
        request = {**one, "x": x, "target": target}
        ruled = client.post("/api/v1/trace", json={**request, "rule": "no_hidden_gain"}).json()
        answers["last_example_only"] = client.post("/api/v1/trace", json=request).json()["layers"][0]["dl_dw"][0][0]
        answers["no_hidden_gain"] += ruled["layers"][0]["dl_dw"][0][0] / 3
    for name, answer in answers.items():
        body = {"request": BATCH, "pointer": "/layers/0/dl_dw/0/0", "answer": round(answer, 9), "digits": 9}
        assert name in [each["rule"] for each in client.post(DIAGNOSE, json=body).json()["misconceptions"]]


def test_a_number_of_one_example_of_a_batch_goes_on_from_its_own_given_numbers(client: TestClient) -> None:
    body = {
        "request": BATCH,
        "pointer": "/examples/1/layers/0/a/0",
        "answer": 0.8808,
        "digits": 4,
        "given": {"/examples/1/layers/0/z/0": 2, "/examples/0/layers/0/z/0": 17, "/cost": 5, "/layers/0/dl_db/0": 1},
    }
    found = client.post(DIAGNOSE, json=body).json()
    assert found["verdict"] == "follows"
    assert found["first_wrong"]["pointer"] == "/examples/1/layers/0/z/0"
    total = {**body, "pointer": "/total_loss", "answer": 3, "given": {"/examples/2/layers/2/a/1": 9}}
    assert client.post(DIAGNOSE, json=total).json()["first_wrong"]["pointer"] == "/examples/2/layers/2/a/1"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"x": [1, -1]}, ["/request/x"]),
        ({"targets": None}, ["/request/targets"]),
        ({"xs": None, "targets": None}, ["/request/x", "/request/target", "/request/reduction"]),
        ({"xs": [[1]]}, ["/request/xs/0", "/request/targets"]),
        ({"learning_rate": 0.1, "signal": [1, 0]}, ["/request/learning_rate", "/request/signal"]),
        ({"rule": "no_output_gain"}, ["/request/rule"]),
        ({"reduction": "median"}, ["/request/reduction"]),
    ],
)
def test_several_examples_that_do_not_hold_together_are_refused(
    client: TestClient, changes: Json, expected: Any
) -> None:
    body = {"request": {**BATCH, **changes}, "pointer": "/cost", "answer": 1, "digits": 2}
    assert pointers(assert_problem(client.post(DIAGNOSE, json=body), "validation")) == expected


@pytest.mark.parametrize(
    "pointer",
    [
        "/layers/0/z/0",
        "/examples/3/layers/0/z/0",
        "/examples/01/layers/0/z/0",
        "/dl_dx/0",
        "/layers/0/dl_dw/9/0",
        "/examples/0/x/0",
    ],
)
def test_only_a_computed_number_of_the_batch_can_be_answered(client: TestClient, pointer: str) -> None:
    body = {"request": BATCH, "pointer": pointer, "answer": 1, "digits": 2}
    assert pointers(assert_problem(client.post(DIAGNOSE, json=body), "validation")) == ["/pointer"]


@pytest.mark.parametrize("given", [{"/layers/0/w/0/0": 1}, {"": 1}, {"nonsense:": 1}, {"/layers/9/z/0": 1}])
def test_given_numbers_have_addresses_of_computed_numbers(client: TestClient, lecture: Json, given: Json) -> None:
    for request, pointer in ((lecture, "/layers/0/a/0"), (BATCH, "/cost")):
        body = {"request": request, "pointer": pointer, "answer": 1, "digits": 2, "given": given}
        assert pointers(assert_problem(client.post(DIAGNOSE, json=body), "validation")) == ["/given"]


def test_a_batch_too_large_names_the_limit(client: TestClient) -> None:
    request = {**BATCH, "xs": [[1, -1]] * 400, "targets": [[1, 0]] * 400}
    body = {"request": request, "pointer": "/cost", "answer": 1, "digits": 2}
    problem = client.post(DIAGNOSE, json=body)
    assert problem.status_code == 422
    assert problem.json()["limit"]["name"] == "checked_parameters"
