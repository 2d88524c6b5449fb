"""A signal of one's own in a trace request, and where it is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
TRACE = "/api/v1/trace"


@pytest.fixture
def injected(lecture: Json) -> Json:
    del lecture["learning_rate"], lecture["freeze"]
    return {**lecture, "signal": [1, 0]}


def test_the_answer_carries_the_signal_and_the_steps_inject_it(client: TestClient, injected: Json) -> None:
    trace = client.post(TRACE, json=injected).json()
    assert set(trace) == {"x", "target", "signal", "layers", "loss", "dl_dx", "counts", "steps"}
    assert trace["signal"] == trace["layers"][-1]["dl_da"] == [1, 0]
    operations = [step["operation"] for step in trace["steps"]]
    assert operations.count("inject") == 2
    assert "loss_gradient" not in operations
    assert operations.count("loss") == 1
    assert trace["loss"]["value"] == pytest.approx(0.4167981090280999)


def test_without_a_signal_there_is_none_in_the_answer(client: TestClient, lecture: Json) -> None:
    for request in (lecture, {**lecture, "signal": None}):
        assert "signal" not in client.post(TRACE, json=request).json()


def test_two_unit_responses_add_up_to_the_true_gradient(client: TestClient, injected: Json) -> None:
    true = client.post(TRACE, json={**injected, "signal": None}).json()["layers"]
    responses = [client.post(TRACE, json={**injected, "signal": unit}).json()["layers"] for unit in ([1, 0], [0, 1])]
    for index, layer in enumerate(true):
        parts = [
            slope * np.array(response[index]["dl_dz"])
            for slope, response in zip(true[-1]["dl_da"], responses, strict=True)
        ]
        assert sum(parts) == pytest.approx(np.array(layer["dl_dz"]), rel=1e-12)


@pytest.mark.parametrize(
    ("signal", "pointer", "code"),
    [
        ([1], "/signal", "wrong_length"),
        ([1, 0, 0], "/signal", "wrong_length"),
        ([], "/signal", "too_short"),
        (1, "/signal", "not_an_array"),
        ([1, "0"], "/signal/1", "not_a_number"),
        ([1, True], "/signal/1", "not_a_number"),
        (["a"] * 5000, "/signal/0", "not_a_number"),
    ],
)
def test_a_signal_that_is_none_is_pointed_at(
    client: TestClient, injected: Json, signal: Any, pointer: str, code: str
) -> None:
    body = assert_problem(client.post(TRACE, json={**injected, "signal": signal}), "validation")
    assert [(error["pointer"], error["code"]) for error in body["errors"]] == [(pointer, code)]


def test_a_learning_rate_beside_a_signal_is_refused(client: TestClient, injected: Json) -> None:
    body = assert_problem(client.post(TRACE, json={**injected, "learning_rate": 0.5}), "validation")
    assert pointers(body) == ["/learning_rate"]
    assert body["errors"][0]["code"] == "not_with_signal"


def test_a_gradient_check_refuses_a_signal(client: TestClient, injected: Json) -> None:
    body = assert_problem(client.post("/api/v1/gradient-check", json=injected), "validation")
    assert pointers(body) == ["/signal"]


def test_a_session_walks_through_an_injected_signal(client: TestClient, injected: Json) -> None:
    url = client.post("/api/v1/sessions", json=injected).headers["location"]
    moved = client.post(f"{url}/step", json={"phase": "backward"}).json()
    state = client.get(url).json()
    assert state["trace"]["signal"] == [1, 0]
    assert state["trace"]["layers"][-1]["dl_da"] == [None, None]
    (step,) = client.post(f"{url}/step", json={"by": 1}).json()["executed"]
    assert moved["phase"] == "backward"
    assert (step["operation"], step["reads"], step["value"]) == ("inject", ["/signal/0"], [1.0])
