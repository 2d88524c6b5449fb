"""POST /derivative: the shape of the answer, what it refuses, and that what float64 cannot hold is null."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
DERIVATIVE = "/api/v1/derivative"


def ask(client: TestClient, request: Json, pointer: Any = "/layers/0/w/0/1") -> Any:
    return client.post(DERIVATIVE, json={"request": request, "pointer": pointer})


def test_an_answer_has_the_fields_of_the_contract(client: TestClient, lecture: Json) -> None:
    view = ask(client, lecture).json()
    assert " ".join(view) == ("pointer gradient_pointer value analytic numeric relative_error kink loss curve errors")
    assert view["pointer"] == "/layers/0/w/0/1"
    assert view["gradient_pointer"] == "/layers/0/dl_dw/0/1"
    assert view["value"] == -2
    assert view["kink"] is False
    assert len(view["curve"]["values"]) == len(view["curve"]["losses"]) == 81
    assert (view["curve"]["values"][0], view["curve"]["values"][-1]) == (-4, 0)
    assert len(view["errors"]) == 27
    assert [view["errors"][0]["h"], view["errors"][-1]["h"]] == pytest.approx([1.0, 1e-13])
    for row in view["errors"]:
        assert set(row) == {"h", "numeric", "relative_error", "kink", "secant"}
        assert len(row["secant"]) == 2


@pytest.mark.parametrize("pointer", ["/layers/0/w/0/1", "/layers/2/b/1", "/x/0"])
def test_its_numbers_are_those_of_the_trace(client: TestClient, lecture: Json, pointer: str) -> None:
    view = ask(client, lecture, pointer).json()
    trace: Any = client.post("/api/v1/trace", json=lecture).json()
    for address, number in ((view["pointer"], view["value"]), (view["gradient_pointer"], view["analytic"])):
        found = trace
        for part in address.split("/")[1:]:
            found = found[int(part)] if isinstance(found, list) else found[part]
        assert found == number
    assert view["loss"] == trace["loss"]["value"]
    assert view["numeric"] == pytest.approx(view["analytic"], rel=1e-6)


def test_its_numeric_derivative_is_that_of_the_gradient_check(client: TestClient, lecture: Json) -> None:
    rows = client.post("/api/v1/gradient-check", json=lecture).json()["parameters"]
    for row in rows:
        view = ask(client, lecture, row["pointer"].replace("dl_d", "")).json()
        assert view["gradient_pointer"] == row["pointer"]
        assert view["numeric"] == pytest.approx(row["numeric"], rel=1e-9)
        assert view["kink"] == row["kink"]


def test_a_learning_rate_makes_no_difference(client: TestClient, lecture: Json) -> None:
    without = {name: value for name, value in lecture.items() if name not in ("learning_rate", "freeze", "steps")}
    assert ask(client, lecture).json() == ask(client, without).json()


def test_what_float64_cannot_hold_is_null(client: TestClient) -> None:
    layer = {"w": [[1e9]], "b": [0], "activation": "tanh"}
    request = {"network": {"layers": [layer]}, "x": [1e-9], "target": [1], "loss": "half_squared_error"}
    view = ask(client, request, "/layers/0/w/0/0").json()
    assert view["errors"][-1]["numeric"] is None
    assert view["errors"][-1]["relative_error"] is None
    assert view["numeric"] is not None


@pytest.mark.parametrize("pointer", ["", "/layers/0/z/0", "/layers/0/w/0/2", "/target/0", "/x/2", "x", "/layers/9/b/0"])
def test_an_address_without_a_parameter_is_pointed_at(client: TestClient, lecture: Json, pointer: str) -> None:
    body = assert_problem(ask(client, lecture, pointer), "validation")
    assert pointers(body) == ["/pointer"]
    assert "a weight, a bias or an input" in body["detail"]


def test_a_pointer_is_a_string(client: TestClient, lecture: Json) -> None:
    assert pointers(assert_problem(ask(client, lecture, 3), "validation")) == ["/pointer"]


def test_errors_inside_the_request_point_into_it(client: TestClient, lecture: Json) -> None:
    for change, pointer in (({"x": [1]}, "/request/x"), ({"target": ["1", 2]}, "/request/target/0")):
        assert pointers(assert_problem(ask(client, {**lecture, **change}), "validation")) == [pointer]
    broken = {**lecture, "x": [1], "target": [1, 2, 3]}
    assert pointers(assert_problem(ask(client, broken), "validation")) == ["/request/x", "/request/target"]


def test_a_signal_is_refused_since_it_is_not_the_losss(client: TestClient, lecture: Json) -> None:
    del lecture["learning_rate"]
    body = assert_problem(ask(client, {**lecture, "signal": [1, 0]}), "validation")
    assert pointers(body) == ["/request/signal"]


def test_a_network_over_a_limit_is_refused_by_its_name(small: TestClient, lecture: Json) -> None:
    lecture["network"]["layers"] = [lecture["network"]["layers"][0]] * 4
    body = assert_problem(ask(small, lecture), "limit-exceeded")
    assert body["limit"]["name"] == "layers"
    assert pointers(body) == ["/request/network/layers"]


def test_a_name_that_stands_twice_in_the_request_inside_is_refused(client: TestClient) -> None:
    text = '{"pointer": "/x/0", "request": {"x": [1], "x": [1], "target": [1], "loss": "output_sum", "network": '
    text += '{"layers": [{"w": [[1]], "b": [0], "activation": "tanh"}]}}}'
    headers = {"Content-Type": "application/json"}
    assert_problem(client.post(DERIVATIVE, content=text, headers=headers), "invalid-json")
    once = text.replace('"x": [1], "x"', '"x"')
    assert client.post(DERIVATIVE, content=once, headers=headers).status_code == 200


def test_a_large_network_is_answered_too(client: TestClient) -> None:
    drawn = {"sizes": [30, 40, 30, 5], "activation": "tanh", "output_activation": "softmax", "seed": 1}
    network = client.post("/api/v1/networks", json=drawn).json()
    request = {"network": network, "x": [0.5] * 30, "target": [1, 0, 0, 0, 0], "loss": "cross_entropy"}
    view = ask(client, request, "/layers/1/w/29/39").json()
    assert view["relative_error"] < 1e-6
