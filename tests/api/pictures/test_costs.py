"""The seconds that a landscape is expected to take, held to those it takes on this machine; and the limit on them."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.api.pictures.costs import ACTIVATION_SECONDS, landscape_seconds
from app.core.functions.activations import ACTIVATIONS
from app.core.network import Network
from app.core.pictures.landscape import landscape, random_plane
from tests.api.contract import assert_problem

LOSS = "half_squared_error"
TINY = (2, *[3] * 63, 1)
FACTOR = 6
"""Machines differ, and so do the shares of their time that a test gets."""


def layers(sizes: tuple[int, ...], activation: str) -> list[dict[str, Any]]:
    rng = np.random.default_rng(0)
    return [
        {"w": (0.3 * rng.standard_normal((after, before))).tolist(), "b": [0.1] * after, "activation": activation}
        for before, after in pairwise(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "activation", "examples", "resolution"),
    [
        (TINY, "tanh", 60, 60),
        ((1,) * 65, "gelu", 300, 16),
        ((2, 8, 8, 1), "tanh", 400, 80),
        ((2, 64, 64, 1), "relu", 10, 80),
        ((90, 990, 9), "tanh", 1, 24),
    ],
)
def test_the_estimate_is_near_what_it_takes(
    sizes: tuple[int, ...], activation: str, examples: int, resolution: int
) -> None:
    network = Network.from_lists(layers(sizes, activation))
    rng = np.random.default_rng(1)
    xs, targets = rng.standard_normal((examples, sizes[0])), np.full((examples, sizes[-1]), 0.3)
    plane, axis = random_plane(network, rng), np.linspace(-1, 1, resolution)
    began = time.process_time()
    landscape(network, plane, axis, axis, xs, targets, LOSS)
    took = time.process_time() - began
    expected = landscape_seconds(sizes, network.activations, examples, resolution**2, 0, everywhere=True)
    assert took / FACTOR < expected < FACTOR * took


def test_what_has_its_own_seconds_is_an_activation() -> None:
    assert ACTIVATION_SECONDS.keys() <= ACTIVATIONS.keys()


def test_many_tiny_layers_are_held_to_the_limit_in_seconds(client: TestClient) -> None:
    body = {
        "network": {"layers": layers((1,) * 64, "gelu")},
        "xs": [[0.5]] * 300,
        "targets": [[0.1]] * 300,
        "loss": LOSS,
        "directions": "random",
        "resolution": 200,
    }
    problem = assert_problem(client.post("/api/v1/landscape", json=body), "limit-exceeded")
    assert problem["limit"] == {"name": "work_seconds", "value": 10}
    assert [error["pointer"] for error in problem["errors"]] == ["/resolution"]
    assert client.post("/api/v1/landscape", json={**body, "resolution": 20}).status_code == 200
