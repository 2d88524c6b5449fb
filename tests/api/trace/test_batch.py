"""POST /batch and POST /gradient-check."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.api.trace import examples
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
BATCH = "/api/v1/batch"
CHECK = "/api/v1/gradient-check"


@pytest.fixture
def batch() -> Json:
    return copy.deepcopy(examples.BATCH)


def test_a_batch_is_the_sum_of_its_traces(client: TestClient, batch: Json) -> None:
    made = client.post(BATCH, json={**batch, "per_example": True}).json()
    shared = {"network": batch["network"], "loss": batch["loss"]}
    traces = [
        client.post("/api/v1/trace", json={**shared, "x": x, "target": target}).json()
        for x, target in zip(batch["xs"], batch["targets"], strict=True)
    ]
    assert made["outputs"] == [pytest.approx(trace["layers"][-1]["a"], rel=1e-14) for trace in traces]
    assert made["losses"] == pytest.approx([trace["loss"]["value"] for trace in traces], rel=1e-14)
    assert made["total_loss"] == pytest.approx(sum(made["losses"]), rel=1e-14)
    assert made["cost"] == pytest.approx(made["total_loss"] / 3, rel=1e-14)
    for index, layer in enumerate(made["layers"]):
        for name in ("dl_dw", "dl_db"):
            each = [np.array(trace["layers"][index][name]) for trace in traces]
            np.testing.assert_allclose(layer[name], sum(each), rtol=1e-12)
            for example, expected in zip(made["examples"], each, strict=True):
                np.testing.assert_allclose(example["layers"][index][name], expected, rtol=1e-12)


def test_gradients_of_every_example_are_there_only_if_asked_for(client: TestClient, batch: Json) -> None:
    assert "examples" not in client.post(BATCH, json=batch).json()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"xs": [[1, 2], [1]], "targets": [[1, 0], [1, 0]]}, "/xs/1"),
        ({"targets": [[1, 0], [1], [0, 1]]}, "/targets/1"),
        ({"targets": [[1, 0], [1, 0]]}, "/targets"),
        ({"xs": []}, "/xs"),
        ({"xs": [1, 2]}, "/xs/0"),
        ({"per_example": 1}, "/per_example"),
        ({"loss": "binary_cross"}, "/loss"),
    ],
)
def test_a_batch_that_does_not_fit_is_pointed_at(client: TestClient, batch: Json, change: Json, pointer: str) -> None:
    assert pointers(assert_problem(client.post(BATCH, json={**batch, **change}), "validation")) == [pointer]


def test_a_batch_of_a_thousand_wrong_rows_gets_a_short_answer(client: TestClient, batch: Json) -> None:
    request = {**batch, "xs": [[1]] * 1000, "targets": [[1]] * 1000}
    assert len(pointers(assert_problem(client.post(BATCH, json=request), "validation"))) == 20


def test_a_batch_over_a_limit_is_refused_by_its_name(small: TestClient, batch: Json) -> None:
    many = {**batch, "xs": [[1, 1]] * 5, "targets": [[1, 1]] * 5}
    each = {**batch, "xs": [[1, 1]] * 4, "targets": [[1, 1]] * 4, "per_example": True}
    for request, name in ((many, "samples"), (each, "batch_numbers")):
        assert assert_problem(small.post(BATCH, json=request), "limit-exceeded")["limit"]["name"] == name


def test_numbers_that_overflow_are_null(client: TestClient, batch: Json) -> None:
    for layer in batch["network"]["layers"]:
        layer["activation"] = "linear"
    made = client.post(BATCH, json={**batch, "xs": [[1e308, 1e308]] * 3}).json()
    assert made["total_loss"] is None


def test_every_gradient_of_the_lecture_is_confirmed(client: TestClient, lecture: Json) -> None:
    made = client.post(CHECK, json=lecture).json()
    assert made["method"] == "central_difference"
    assert made["passed"] is True
    assert made["max_relative_error"] <= made["tolerance"]
    trace = client.post("/api/v1/trace", json=lecture).json()
    by_pointer = {row["pointer"]: row for row in made["parameters"]}
    assert len(by_pointer) == 18
    for index, layer in enumerate(trace["layers"]):
        assert by_pointer[f"/layers/{index}/dl_dw/0/1"]["analytic"] == layer["dl_dw"][0][1]
        assert by_pointer[f"/layers/{index}/dl_db/1"]["kink"] is False


def test_a_gradient_at_a_kink_is_marked_and_does_not_fail(client: TestClient) -> None:
    request = {
        "network": {"layers": [{"w": [[1]], "b": [0], "activation": "relu"}]},
        "x": [0],
        "target": [1],
        "loss": "half_squared_error",
    }
    made = client.post(CHECK, json=request).json()
    assert any(row["kink"] for row in made["parameters"])
    assert made["passed"] is True


def test_a_gradient_check_over_its_limit_is_refused(small: TestClient) -> None:
    request = {
        "network": {"layers": [{"w": [[1] * 5] * 4, "b": [1] * 4, "activation": "tanh"}]},
        "x": [1] * 5,
        "target": [1] * 4,
        "loss": "half_squared_error",
    }
    body = assert_problem(small.post(CHECK, json=request), "limit-exceeded")
    assert body["limit"] == {"name": "checked_parameters", "value": 20}


def test_what_a_trace_refuses_a_gradient_check_refuses_too(client: TestClient, lecture: Json) -> None:
    assert_problem(client.post(CHECK, json={**lecture, "target": [1]}), "validation")
