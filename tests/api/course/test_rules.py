"""Wrong rules over REST: traces that follow them, gradient checks that catch them, trainings that suffer from them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.course import rule_examples
from app.api.trace import examples
from app.core.mistakes.rules.registry import RULES
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
TRACE = "/api/v1/trace"
CHECK = "/api/v1/gradient-check"


def at(document: Any, pointer: str) -> Any:
    """What stands at an address."""
    for part in pointer.split("/")[1:]:
        document = document[int(part) if isinstance(document, list) else part]
    return document


@pytest.mark.parametrize("steps", ["none", "layer", "unit", "term"])
def test_a_trace_by_a_rule_lists_every_number_that_it_spoils(client: TestClient, steps: str) -> None:
    body = {**examples.RULED_TRACE, "steps": steps}
    wrong = client.post(TRACE, json=body).json()
    right = client.post(TRACE, json={name: value for name, value in body.items() if name != "rule"}).json()
    assert wrong["rule"] == "updated_weights"
    assert "rule" not in right
    assert "differs" not in right
    assert wrong["differs"]
    for each in wrong["differs"]:
        assert each["value"] == at(wrong, each["pointer"])
        assert each["right"] == at(right, each["pointer"])
        assert each["difference"] == each["value"] - each["right"] != 0
    assert bool(wrong["steps"]) == (steps != "none")


def test_with_the_listed_numbers_put_right_the_trace_is_the_right_one(client: TestClient) -> None:
    body = {**examples.RULED_TRACE, "rule": "no_output_gain"}
    wrong = client.post(TRACE, json=body).json()
    right = client.post(TRACE, json={name: value for name, value in body.items() if name != "rule"}).json()
    for each in wrong.pop("differs"):
        holder, _, key = each["pointer"].rpartition("/")
        inner = at(wrong, holder)
        inner[int(key) if isinstance(inner, list) else key] = each["right"]
    wrong.pop("rule")
    assert [step.get("right_formula") for step in wrong.pop("steps")].count(None) == len(right.pop("steps")) - 2
    assert wrong == right


def test_a_rule_that_does_not_apply_is_refused_with_why(client: TestClient, lecture: Json) -> None:
    body = assert_problem(client.post(TRACE, json={**lecture, "rule": "leaky_slope_zero"}), "validation")
    assert pointers(body) == ["/rule"]
    assert "leaky ReLU" in body["detail"]
    without = {name: value for name, value in lecture.items() if name != "learning_rate"}
    body = assert_problem(client.post(TRACE, json={**without, "rule": "updated_weights"}), "validation")
    assert "learning rate" in body["detail"]
    body = assert_problem(client.post(TRACE, json={**lecture, "rule": "mean_over_examples"}), "validation")
    assert "several examples" in body["detail"]


def test_a_network_too_large_for_a_check_is_too_large_for_a_rule(small: TestClient, lecture: Json) -> None:
    layers = [
        {"w": [[1] * 4] * 4, "b": [0] * 4, "activation": "tanh"},
        {"w": [[1] * 4], "b": [0], "activation": "tanh"},
    ]
    request = {**lecture, "network": {"layers": layers}, "x": [1] * 4, "target": [1], "steps": "none"}
    assert small.post(TRACE, json=request).status_code == 200
    body = assert_problem(small.post(TRACE, json={**request, "rule": "no_output_gain"}), "limit-exceeded")
    assert body["limit"]["name"] == "checked_parameters"


def test_an_unknown_rule_is_refused(client: TestClient, lecture: Json) -> None:
    body = assert_problem(client.post(TRACE, json={**lecture, "rule": "nonsense"}), "validation")
    assert pointers(body) == ["/rule"]


@pytest.mark.parametrize("path", ["sessions", "derivative", "paths", "code", "diagnose"])
def test_what_cannot_follow_a_rule_refuses_one(client: TestClient, lecture: Json, path: str) -> None:
    request = {**lecture, "rule": "no_output_gain"}
    rest = {
        "sessions": request,
        "derivative": {"request": request, "pointer": "/layers/0/w/0/0"},
        "paths": {"request": request, "pointer": "/layers/0/w/0/0"},
        "code": {"request": request, "language": "numpy"},
        "diagnose": {"request": request, "pointer": "/layers/0/z/0", "answer": 1, "digits": 2},
    }
    body = assert_problem(client.post(f"/api/v1/{path}", json=rest[path]), "validation")
    assert pointers(body) == ["/rule" if path == "sessions" else "/request/rule"]


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if not rule.several_examples])
def test_the_check_of_a_rule_says_what_the_catalogue_says_of_it(client: TestClient, name: str) -> None:
    request = {name: value for name, value in examples.TRACE.items() if name != "freeze"}
    layers = request["network"]["layers"]
    activation = {"leaky_slope_zero": "leaky_relu", "sigmoid_slope": "tanh"}.get(name)
    if activation:
        request |= {"network": {"layers": [{**layer, "activation": activation} for layer in layers]}}
    if name in ("elementwise_softmax", "softmax_in_loss"):
        request |= {"network": {"layers": [*layers[:2], {**layers[2], "activation": "softmax"}]}}
        request["loss"] = "half_squared_error" if name == "elementwise_softmax" else "cross_entropy"
    check = client.post(CHECK, json={**request, "rule": name}).json()
    assert check["rule"] == name
    assert check["passed"] is not RULES[name].caught
    listed = {each["name"]: each for each in client.get("/api/v1/catalog").json()["rules"]}
    assert listed[name]["check"]["caught"] is RULES[name].caught
    plain = client.post(CHECK, json=request).json()
    assert plain["passed"] is True
    assert [row["numeric"] for row in plain["parameters"]] == [row["numeric"] for row in check["parameters"]]


def test_a_training_by_a_rule_is_laid_over_the_right_one(client: TestClient) -> None:
    body = {**rule_examples.RULE_TRAINING, "steps": 8}
    both = client.post("/api/v1/rules/sign_flipped/training", json=body).json()
    assert both["rule"] == "sign_flipped"
    assert len(both["right"]) == len(both["wrong"]) == 9
    assert both["right"][0] == both["wrong"][0]
    assert both["right"][-1] < both["right"][0] < both["wrong"][-1]


def test_a_training_by_no_rule_is_not_found(client: TestClient) -> None:
    response = client.post("/api/v1/rules/nonsense/training", json=rule_examples.RULE_TRAINING)
    assert assert_problem(response, "not-found")["status"] == 404


def test_a_training_that_is_too_large_or_does_not_fit_is_refused(client: TestClient) -> None:
    def refused(**changes: Any) -> list[str]:
        sent = {**rule_examples.RULE_TRAINING, **changes}
        return pointers(assert_problem(client.post("/api/v1/rules/no_output_gain/training", json=sent), "validation"))

    assert refused(steps=501) == ["/steps"]
    assert refused(xs=[[0, 0]] * 32, targets=[[0, 0]] * 32, steps=94) == ["/steps"]
    assert refused(xs=[[0, 0]] * 33, targets=[[0, 0]] * 33) == ["/xs"]
    wide = {"layers": [{"w": [[0, 0]] * 9, "b": [0] * 9, "activation": "tanh"}]}
    assert refused(network=wide, targets=[[0] * 9] * 3) == ["/network/layers"]
    deep = {"layers": [{"w": [[0, 0]] * 2, "b": [0] * 2, "activation": "tanh"}] * 5}
    assert refused(network=deep) == ["/network/layers"]
    assert refused(xs=[[0]] * 3) == ["/xs/0", "/xs/1", "/xs/2"]
    assert refused(targets=[[0, 0]]) == ["/targets"]
    assert refused(loss="cross_entropy", network={"layers": [{**deep["layers"][0]}]}) == ["/loss"]
    linear = {"layers": [{"w": [[0, 0]] * 2, "b": [0] * 2, "activation": "linear"}]}
    assert refused(network=linear) == ["/network"]


@pytest.mark.parametrize(("more", "right", "wrong"), [({}, 0.32, 0.18), ({"reduction": "sum"}, 0.18, 0.32)])
def test_sum_and_mean_are_told_apart_as_a_training_does(
    client: TestClient, more: Json, right: float, wrong: float
) -> None:
    network = {"layers": [{"w": [[0]], "b": [0], "activation": "linear"}]}
    body: Json = {"network": network, "xs": [[1], [1]], "targets": [[1], [1]], "loss": "half_squared_error", **more}
    both = client.post("/api/v1/rules/mean_over_examples/training", json={**body, "learning_rate": 0.1, "steps": 1})
    assert (both.json()["right"][1], both.json()["wrong"][1]) == pytest.approx((right, wrong), rel=1e-14)
    how = {"optimizer": {"name": "gradient_descent", "learning_rate": 0.1}, "epochs": 1, "keep": False}
    events = client.post("/api/v1/training", json={**body, **how}).text
    last = json.loads(events.rsplit("data: ", 1)[1])["last"]
    assert last["cost"] == pytest.approx(right, rel=1e-14)
