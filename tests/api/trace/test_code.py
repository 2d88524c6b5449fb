"""POST /code: a program that runs as it stands, and marks that point at its lines."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.api.trace import examples
from app.api.training import cost_program
from app.snippets import LANGUAGES
from app.snippets.cost_code import DATA_FILE
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
CODE = "/api/v1/code"
COST = "/api/v1/code/cost"


def ask(client: TestClient, request: Json, language: Any = "numpy") -> Any:
    return client.post(CODE, json={"request": request, "language": language})


@pytest.mark.parametrize("request_", [examples.TRACE, examples.CLASSIFIER, examples.SIGNAL])
def test_the_numpy_program_runs_as_it_stands_and_finds_the_traces_numbers(client: TestClient, request_: Json) -> None:
    answer = ask(client, request_).json()
    trace: Any = client.post("/api/v1/trace", json=request_).json()
    namespace: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(answer["code"], namespace)
    for mark in answer["marks"]:
        (pointer,) = mark["writes"]
        found = trace
        for part in pointer.split("/")[1:]:
            found = found[int(part)] if isinstance(found, list) else found[part]
        assert np.ravel(namespace[mark["variable"]]) == pytest.approx(np.ravel(found), rel=1e-12)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_has_the_fields_of_the_contract(client: TestClient, lecture: Json, language: str) -> None:
    answer = ask(client, lecture, language).json()
    assert " ".join(answer) == "language code marks"
    assert answer["language"] == language
    compile(answer["code"], "<program>", "exec")
    lines = answer["code"].split("\n")
    for mark in answer["marks"]:
        assert " ".join(mark) == "first_line last_line phase operation layer variable writes"
        assert 1 <= mark["first_line"] <= mark["last_line"] <= len(lines)
    steps = client.post("/api/v1/trace", json={**lecture, "steps": "layer"}).json()["steps"]
    assert [(step["phase"], step["operation"], step["layer"]) for step in steps] == [
        (mark["phase"], mark["operation"], mark["layer"]) for mark in answer["marks"]
    ]


def test_how_fine_the_steps_are_makes_no_difference(client: TestClient, lecture: Json) -> None:
    assert ask(client, {**lecture, "steps": "none"}).content == ask(client, {**lecture, "steps": "term"}).content


@pytest.mark.parametrize("language", ["fortran", "", "NumPy", 1, None])
def test_another_language_is_refused(client: TestClient, lecture: Json, language: Any) -> None:
    body = assert_problem(ask(client, lecture, language), "validation")
    assert pointers(body) == ["/language"]
    assert "numpy, pytorch, tensorflow, jax" in body["detail"]


def test_errors_inside_the_request_point_into_it(client: TestClient, lecture: Json) -> None:
    body = assert_problem(ask(client, {**lecture, "signal": [1, 0]}), "validation")
    assert pointers(body) == ["/request/learning_rate"]


def test_a_network_over_a_limit_is_refused_by_its_name(small: TestClient, lecture: Json) -> None:
    lecture["network"]["layers"] = [lecture["network"]["layers"][0]] * 4
    body = assert_problem(ask(small, lecture), "limit-exceeded")
    assert pointers(body) == ["/request/network/layers"]


def test_nothing_from_the_request_but_numbers_stands_in_the_program(client: TestClient, lecture: Json) -> None:
    lecture["network"]["layers"][0]["activation"] = "sigmoid)\nimport os\n("
    assert_problem(ask(client, lecture), "validation")


def test_the_cost_program_runs_as_it_stands_and_finds_the_batchs_cost(client: TestClient) -> None:
    answer = client.post(COST, json=cost_program.INLINE).json()
    assert " ".join(answer) == "language code file"
    assert answer["file"] is None
    truth = client.post("/api/v1/batch", json=examples.BATCH).json()
    namespace: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(answer["code"], namespace)
    assert namespace["cost"] == pytest.approx(truth["cost"], rel=1e-12)
    assert namespace["total_loss"] == pytest.approx(truth["total_loss"], rel=1e-12)


def test_a_cost_program_that_reads_a_file_names_it(client: TestClient) -> None:
    answer = client.post(COST, json=cost_program.FROM_FILE).json()
    assert answer["file"] == DATA_FILE
    assert f'open("{DATA_FILE}"' in answer["code"]
    compile(answer["code"], "<program>", "exec")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"xs": [[1, -1], [0], [-1, 0]]}, ["/xs/1"]),
        ({"targets": [[1, 0]]}, ["/targets"]),
        ({"targets": [[1], [1], [0]]}, ["/targets/0", "/targets/1", "/targets/2"]),
        ({"test_xs": [[1, 0]]}, ["/test_targets"]),
        ({"test_targets": [[1, 0]]}, ["/test_xs"]),
        ({"test_xs": [[1, 0]], "test_targets": [[1, 0], [0, 1]]}, ["/test_targets"]),
        (
            {
                "loss": "cross_entropy",
                "network": {"layers": [{"w": [[1, 1], [0, 1]], "b": [0, 0], "activation": "tanh"}]},
            },
            ["/loss"],
        ),
        ({"language": "fortran"}, ["/language"]),
        ({"data": "../../secret"}, ["/data"]),
    ],
)
def test_data_that_do_not_fit_are_refused_where_they_stand(client: TestClient, change: Json, expected: Any) -> None:
    body = assert_problem(client.post(COST, json={**cost_program.INLINE, **change}), "validation")
    assert pointers(body) == expected


def test_more_examples_than_the_limit_are_refused_by_its_name(small: TestClient) -> None:
    many = {**cost_program.INLINE, "xs": [[1, 0]] * 5, "targets": [[1, 0]] * 5}
    assert pointers(assert_problem(small.post(COST, json=many), "limit-exceeded")) == ["/xs"]
