"""Activations in requests: names from elsewhere, a slope, biases left out."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.contract import assert_problem, pointers

V1 = "/api/v1"


def request_with(*activations: str, **layer: Any) -> dict[str, Any]:
    layers = [
        {"w": [[0.4, -0.7], [0.3, 0.9]], "b": [0.1, -0.2], "activation": activations[0], **layer},
        {"w": [[0.8, -0.5]], "activation": activations[-1]},
    ]
    return {"network": {"layers": layers}, "x": [1, -1], "target": [1], "loss": "half_squared_error"}


def test_names_from_elsewhere_are_understood_and_answered_with_ours(client: TestClient) -> None:
    answer = client.post(f"{V1}/trace", json=request_with("ReLU", "Sigmoid")).json()
    assert [layer["activation"] for layer in answer["layers"]] == ["relu", "sigmoid"]
    assert answer == client.post(f"{V1}/trace", json=request_with("relu", "sigmoid")).json()


def test_biases_left_out_are_zeros(client: TestClient) -> None:
    answer = client.post(f"{V1}/trace", json=request_with("swish", "identity")).json()
    assert answer["layers"][1]["b"] == [0.0]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("leky_relu", "The nearest is leaky_relu."),
        ("logsoftmax", "Take softmax with the loss cross_entropy"),
        ("qqqq", "none of them."),
    ],
)
def test_an_unknown_activation_is_told_which_there_are(client: TestClient, word: str, said: str) -> None:
    body = assert_problem(client.post(f"{V1}/trace", json=request_with(word, "linear")), "validation")
    assert pointers(body) == ["/network/layers/0/activation"]
    assert body["errors"][0]["code"] == "unknown_activation"
    assert "sigmoid, tanh, softsign, linear" in body["errors"][0]["detail"]
    assert said in body["errors"][0]["detail"]
    assert "qqqq" not in body["errors"][0]["detail"]


def test_a_slope_is_taken_and_answered(client: TestClient) -> None:
    answer = client.post(f"{V1}/trace", json=request_with("LeakyReLU", "linear", slope=0.2)).json()
    assert answer["layers"][0]["slope"] == 0.2
    assert answer["layers"][0]["gain"] == [1.0, 0.2]
    assert "slope" not in answer["layers"][1]
    usual = client.post(f"{V1}/trace", json=request_with("leaky_relu", "linear")).json()
    assert usual["layers"][0]["slope"] == 0.01


@pytest.mark.parametrize("slope", [0, 0.0, 1, 1.0, 0.01, 0.1, 1e-7, 0.30000000000000004])
def test_any_slope_survives_the_way_there_and_back(client: TestClient, slope: float) -> None:
    answer = client.post(f"{V1}/trace", json=request_with("leaky_relu", "linear", slope=slope)).json()
    assert answer["layers"][0]["slope"] == slope
    assert answer["layers"][0]["b"] == [0.1, -0.2]
    assert answer["layers"][0]["gain"] == [1.0, slope]


@pytest.mark.parametrize(
    ("name", "slope", "code"),
    [("tanh", 0.2, "no_slope"), ("leaky_relu", -0.1, "out_of_range"), ("leaky_relu", 1.5, "out_of_range")],
)
def test_a_slope_that_cannot_be_is_pointed_at(client: TestClient, name: str, slope: float, code: str) -> None:
    body = assert_problem(client.post(f"{V1}/trace", json=request_with(name, "linear", slope=slope)), "validation")
    assert pointers(body) == ["/network/layers/0/slope"]
    assert body["errors"][0]["code"] == code


@pytest.mark.parametrize("path", ["networks", "training"])
def test_a_network_is_drawn_with_a_slope(client: TestClient, path: str) -> None:
    request: dict[str, Any] = {"sizes": [2, 3, 1], "activation": "leaky_relu", "output_activation": "linear"}
    if path == "training":
        request |= {"xs": [[0, 1], [1, 0]], "targets": [[1], [0]], "loss": "half_squared_error", "keep": False}
        request |= {"optimizer": {"name": "gradient_descent", "learning_rate": 0.1}, "epochs": 1}
    answer = client.post(f"{V1}/{path}", json={**request, "slope": 0.25})
    assert answer.status_code == 200
    assert '"activation":"leaky_relu","slope":0.25' in answer.text
    wrong = client.post(f"{V1}/{path}", json={**request, "activation": "relu", "slope": 0.25})
    assert pointers(assert_problem(wrong, "validation")) == ["/slope"]


@pytest.mark.parametrize("name", ["gelu", "mish", "softsign", "leaky_relu"])
@pytest.mark.parametrize("language", ["numpy", "pytorch", "tensorflow", "jax"])
def test_the_new_activations_are_written_in_every_language(client: TestClient, name: str, language: str) -> None:
    extra = {"slope": 0.2} if name == "leaky_relu" else {}
    request = {**request_with(name, **extra), "learning_rate": 0.5}
    request["network"]["layers"][1]["slope"] = extra.get("slope")
    answer = client.post(f"{V1}/code", json={"request": request, "language": language})
    assert answer.status_code == 200, answer.text
    if language == "numpy":
        program = [sys.executable, "-W", "error", "-c", answer.json()["code"]]
        printed = subprocess.run(program, check=True, capture_output=True, text=True).stdout
        loss = client.post(f"{V1}/trace", json=request).json()["loss"]["value"]
        assert f"loss = {loss!r}"[:20] in printed
    if extra:
        assert "0.2" in answer.json()["code"]


def test_a_gradient_check_and_a_batch_know_the_slope(client: TestClient) -> None:
    request = request_with("leaky_relu", "linear", slope=0.2)
    check = client.post(f"{V1}/gradient-check", json=request).json()
    assert check["passed"]
    trace = client.post(f"{V1}/trace", json=request).json()
    many = {key: request[key] for key in ("network", "loss")} | {"xs": [request["x"]], "targets": [request["target"]]}
    batch = client.post(f"{V1}/batch", json=many).json()
    assert batch["layers"][0]["dl_dw"] == trace["layers"][0]["dl_dw"]
