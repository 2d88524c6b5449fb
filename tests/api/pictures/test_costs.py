"""The seconds that a landscape is expected to take, held to those it takes on this machine; and the limit on them."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app import kernel
from app.api.pictures.costs import ACTIVATION_SECONDS, Surface, landscape_seconds
from app.core.engine import Engine, pays
from app.core.functions.activations import ACTIVATIONS
from app.core.network import Network
from app.core.pictures.landscape import blocks, landscape, parameter_plane, random_plane
from tests.api.contract import assert_problem

LOSS = "half_squared_error"
TINY = (2, *[3] * 63, 1)
FACTOR = 4
"""Machines differ, and so do the shares of their time that a test gets."""
SHORT = 0.05
"""Seconds that are no matter."""


def layers(sizes: tuple[int, ...], activation: str) -> list[dict[str, Any]]:
    rng = np.random.default_rng(0)
    return [
        {"w": (0.3 * rng.standard_normal((after, before))).tolist(), "b": [0.1] * after, "activation": activation}
        for before, after in pairwise(sizes)
    ]


PROBLEMS = [
    (TINY, "tanh", 60, 60),
    (TINY, "relu", 60, 60),
    ((1,) * 65, "gelu", 300, 16),
    ((2, 8, 8, 1), "tanh", 400, 80),
    ((2, 64, 64, 1), "relu", 10, 80),
    ((2, 190, 1), "gelu", 60, 40),
    ((90, 990, 9), "tanh", 1, 24),
]


@pytest.mark.parametrize("moved", [None, (0, 1)], ids=str)
@pytest.mark.parametrize("engine", [None, kernel.engine()], ids=["numpy", "as it is"])
@pytest.mark.parametrize(("sizes", "activation", "examples", "resolution"), PROBLEMS)
def test_the_estimate_is_near_what_it_takes(
    sizes: tuple[int, ...],
    activation: str,
    examples: int,
    resolution: int,
    engine: Engine | None,
    moved: tuple[int, int] | None,
) -> None:
    network = Network.from_lists(layers(sizes, activation))
    rng = np.random.default_rng(1)
    xs, targets = rng.standard_normal((examples, sizes[0])), np.full((examples, sizes[-1]), 0.3)
    if moved is None:
        plane = random_plane(network, rng)
    else:
        starts = [start for start, _ in ((w.start, b) for w, b in blocks(network))]
        plane = parameter_plane(network, starts[moved[0]], starts[moved[1]] + (moved[0] == moved[1]))
    axis = np.linspace(-1, 1, resolution)
    began = time.process_time()
    landscape(network, plane, axis, axis, xs, targets, LOSS, engine=engine)
    took = time.process_time() - began
    surface = Surface(sizes, network.activations, examples, resolution**2, 0, moved)
    expected = landscape_seconds(surface, engine is not None and pays(surface.parameters, network.activations))
    assert took / FACTOR - SHORT < expected < FACTOR * took + SHORT


def test_what_has_its_own_seconds_is_an_activation() -> None:
    assert ACTIVATION_SECONDS.keys() <= ACTIVATIONS.keys()


def test_many_tiny_layers_are_held_to_the_limit_in_seconds(client: TestClient) -> None:
    body = {
        "network": {"layers": layers((1,) * 64, "gelu")},
        "xs": [[0.5]] * 390,
        "targets": [[0.1]] * 390,
        "loss": LOSS,
        "directions": "random",
        "resolution": 200,
    }
    problem = assert_problem(client.post("/api/v1/landscape", json=body), "limit-exceeded")
    assert problem["limit"] == {"name": "work_seconds", "value": 10}
    assert [error["pointer"] for error in problem["errors"]] == ["/resolution"]
    assert client.post("/api/v1/landscape", json={**body, "resolution": 20}).status_code == 200
