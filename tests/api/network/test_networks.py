"""POST /networks: the same request, the same network."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.api.network import examples as network_examples
from app.core.functions.initializers import INITIALIZERS
from tests.api.contract import assert_problem, pointers

NETWORKS = "/api/v1/networks"


def test_the_same_request_gives_the_same_network(client: TestClient) -> None:
    first, again = (client.post(NETWORKS, json=network_examples.NETWORK).content for _ in range(2))
    other = client.post(NETWORKS, json={**network_examples.NETWORK, "seed": 8}).content
    assert first == again != other


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_every_initializer_draws_the_sizes_asked_for(client: TestClient, initializer: str) -> None:
    request = {**network_examples.NETWORK, "sizes": [3, 5, 2], "initializer": initializer}
    layers = client.post(NETWORKS, json=request).json()["layers"]
    assert [np.array(layer["w"]).shape for layer in layers] == [(5, 3), (2, 5)]
    assert [layer["b"] for layer in layers] == [[0.0] * 5, [0.0] * 2]
    assert [layer["activation"] for layer in layers] == ["tanh", "sigmoid"]


def test_a_drawn_network_can_be_traced(client: TestClient) -> None:
    network = client.post(NETWORKS, json=network_examples.NETWORK).json()
    request = {"network": network, "x": [1, 0], "target": [1], "loss": "half_squared_error"}
    trace = client.post("/api/v1/trace", json=request).json()
    assert [layer["w"] for layer in trace["layers"]] == [layer["w"] for layer in network["layers"]]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"sizes": [2]}, "/sizes"),
        ({"sizes": [2, 0, 1]}, "/sizes/1"),
        ({"sizes": [2, -1]}, "/sizes/1"),
        ({"sizes": [2, 1.5]}, "/sizes/1"),
        ({"sizes": [2, True]}, "/sizes/1"),
        ({"sizes": "2-4-1"}, "/sizes"),
        ({"activation": "softmax"}, "/activation"),
        ({"activation": "swash"}, "/activation"),
        ({"output_activation": None}, "/output_activation"),
        ({"initializer": "random"}, "/initializer"),
        ({"seed": -1}, "/seed"),
        ({"seed": 2**53}, "/seed"),
        ({"seed": "7"}, "/seed"),
        ({"seed": 7.5}, "/seed"),
    ],
)
def test_what_cannot_be_drawn_is_pointed_at(client: TestClient, change: dict[str, Any], pointer: str) -> None:
    body = assert_problem(client.post(NETWORKS, json={**network_examples.NETWORK, **change}), "validation")
    assert pointers(body) == [pointer]


@pytest.mark.parametrize(
    "sizes", [[10**9, 10**9], [int("9" * 4000), 1], [1, 1025], [1] * 66, [1000, 1000], [1] * 100_000]
)
def test_a_network_that_is_too_large_is_refused_at_once(client: TestClient, sizes: list[int]) -> None:
    body = assert_problem(client.post(NETWORKS, json={**network_examples.NETWORK, "sizes": sizes}), "limit-exceeded")
    assert body["limit"]["name"] in ("layers", "units", "parameters")
    assert pointers(body) == ["/sizes"]
