"""POST /paths: the paths of one parameter, and how their number is told."""

from __future__ import annotations

import math
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.trace import examples
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
PATHS = "/api/v1/paths"


def ask(client: TestClient, request: Json, pointer: Any = "/layers/0/w/0/1") -> Any:
    return client.post(PATHS, json={"request": request, "pointer": pointer})


def network_of(client: TestClient, sizes: list[int]) -> Json:
    drawn = {"sizes": sizes, "activation": "tanh", "output_activation": "tanh", "seed": 1}
    return {
        "network": client.post("/api/v1/networks", json=drawn).json(),
        "x": [0.5] * sizes[0],
        "target": [1] * sizes[-1],
        "loss": "half_squared_error",
    }


def test_an_answer_has_the_fields_of_the_contract(client: TestClient, lecture: Json) -> None:
    found = ask(client, lecture).json()
    assert " ".join(found) == "pointer gradient_pointer count count_text limit listed paths sum analytic"
    assert (found["count"], found["count_text"], found["limit"], found["listed"]) == (4, "4", 512, True)
    assert found["gradient_pointer"] == "/layers/0/dl_dw/0/1"
    for path in found["paths"]:
        assert set(path) == {"units", "output", "factors", "product"}
        assert path["product"] == pytest.approx(math.prod(factor["value"] for factor in path["factors"]), rel=1e-14)
    assert found["sum"] == pytest.approx(math.fsum(path["product"] for path in found["paths"]), rel=1e-15)
    assert found["sum"] == pytest.approx(found["analytic"], rel=1e-13)


def test_the_factors_are_numbers_of_the_trace(client: TestClient) -> None:
    request = examples.CLASSIFIER
    trace: Any = client.post("/api/v1/trace", json=request).json()
    for path in ask(client, request, "/layers/0/b/0").json()["paths"]:
        for factor in path["factors"]:
            found = trace
            for part in factor["pointer"].split("/")[1:]:
                found = found[int(part)] if isinstance(found, list) else found[part]
            assert found == factor["value"]


def test_more_paths_than_the_limit_are_counted_only(client: TestClient) -> None:
    request = network_of(client, [2, 8, 8, 9])
    found = ask(client, request, "/layers/0/w/0/0").json()
    assert (found["count"], found["listed"], len(found["paths"])) == (72, True, 72)
    request = network_of(client, [2, 2, 8, 8, 9])
    found = ask(client, request, "/layers/0/w/0/0").json()
    assert (found["count"], found["listed"], found["paths"], found["sum"]) == (576, False, [], None)
    assert found["analytic"] is not None


def test_a_count_that_json_numbers_cannot_hold_exactly_stands_as_text(client: TestClient) -> None:
    found = ask(client, network_of(client, [2, *[16] * 15, 1]), "/layers/0/w/0/0").json()
    assert found["count"] is None
    assert found["count_text"] == str(16**14)
    found = ask(client, network_of(client, [2, *[2] * 53, 1]), "/layers/0/w/0/0").json()
    assert found["count"] == 2**52
    found = ask(client, network_of(client, [2, *[2] * 54, 1]), "/layers/0/w/0/0").json()
    assert (found["count"], found["count_text"]) == (None, str(2**53))


def test_what_float64_cannot_hold_is_null(client: TestClient) -> None:
    request = {
        "network": {"layers": [{"w": [[1e6]], "b": [0], "activation": "sigmoid"}]},
        "x": [-1],
        "target": [1],
        "loss": "binary_cross_entropy",
    }
    found = ask(client, request, "/layers/0/b/0").json()
    (path,) = found["paths"]
    assert path["factors"][-1] == {"pointer": "/layers/0/dl_da/0", "value": None}
    assert (path["product"], found["sum"], found["analytic"]) == (None, None, -1.0)


def test_with_a_signal_the_paths_end_at_it(client: TestClient) -> None:
    found = ask(client, examples.SIGNAL).json()
    assert [path["factors"][-1]["value"] for path in found["paths"]] == [1, 0, 1, 0]


@pytest.mark.parametrize("pointer", ["", "/x/0", "/layers/0/z/0", "/layers/0/w/0/2"])
def test_an_address_that_is_no_weight_or_bias_is_pointed_at(client: TestClient, lecture: Json, pointer: str) -> None:
    body = assert_problem(ask(client, lecture, pointer), "validation")
    assert pointers(body) == ["/pointer"]
    assert "a weight or a bias" in body["detail"]


def test_errors_inside_the_request_point_into_it(client: TestClient, lecture: Json) -> None:
    body = assert_problem(ask(client, {**lecture, "target": [1]}), "validation")
    assert pointers(body) == ["/request/target"]


def test_a_network_over_a_limit_is_refused_by_its_name(small: TestClient, lecture: Json) -> None:
    lecture["network"]["layers"] = [lecture["network"]["layers"][0]] * 4
    body = assert_problem(ask(small, lecture), "limit-exceeded")
    assert pointers(body) == ["/request/network/layers"]
