"""POST /networks/import: what the readers find, as JSON, inside the limits."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.network.imports import KERAS, SQUARE, STATE_DICT
from tests.api.contract import assert_problem, pointers

IMPORT = "/api/v1/networks/import"


def test_a_complete_document_gives_a_network_that_can_be_traced(client: TestClient) -> None:
    for document in (KERAS, STATE_DICT):
        answer = client.post(IMPORT, json=document).json()
        assert answer["missing"] == []
        request = {"network": answer["network"], "x": [1, -1], "target": [1, 0], "loss": "cross_entropy"}
        assert client.post("/api/v1/trace", json=request).status_code == 200


def test_an_incomplete_one_says_in_both_languages_what_is_missing(client: TestClient) -> None:
    answer = client.post(IMPORT, json=SQUARE).json()
    assert answer["network"] is None
    assert [each["code"] for each in answer["missing"]] == ["kernels", "activations"]
    assert all(set(each["text"]) == {"en", "zh"} for each in answer["missing"])
    assert answer["found"] == [{"name": "1", "inputs": 2, "units": 2, "activation": None, "has_weights": True}]


def test_a_file_is_sent_as_it_is_also_a_list(client: TestClient) -> None:
    arrays: list[Any] = SQUARE["weights"]
    assert client.post(IMPORT, json=arrays).json()["format"] == "weights"
    assert client.post(IMPORT, json={"document": arrays}).json()["format"] == "weights"


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (b"[", "invalid_json", ""),
        (b"null", "not_a_network", ""),
        (b'{"a": 1, "a": 2}', "duplicate_name", ""),
        (b'{"layers":[{"w":[[1],[1,2]],"activation":"relu"}]}', "no_matrix", "/layers/0/w/1"),
        (b'{"layers":[{"w":[[1e999]],"activation":"relu"}]}', "no_matrix", "/layers/0/w/0"),
        (b'{"layers":[{"w":[[1]],"activation":"rilu"}]}', "unknown_activation", "/layers/0/activation"),
        (b"[" * 100_000, "invalid_json", ""),
        (b'{"a":' * 900 + b"1" + b"}" * 900, "invalid_json", ""),
        (b'{"state_dict":{"' + b"x" * 500 + b'.bias":[1],"a.weight":[[1]]}}', "no_weights", ""),
    ],
)
def test_what_cannot_be_read_is_a_problem(client: TestClient, body: bytes, code: str, pointer: str) -> None:
    answer = client.post(IMPORT, content=body, headers={"Content-Type": "application/json"})
    problem = answer.json()
    assert answer.status_code == 422, problem
    assert [(each["code"], each["pointer"]) for each in problem["errors"]] == [(code, pointer)]
    assert len(answer.content) < 3000


def test_a_network_over_a_limit_is_refused(client: TestClient) -> None:
    model = {"class_name": "Sequential", "config": {"layers": []}}
    model["config"]["layers"] = [{"class_name": "Dense", "config": {"name": "d", "units": 10**9}}]
    body = assert_problem(client.post(IMPORT, json=model), "limit-exceeded")
    assert pointers(body) == [""]
