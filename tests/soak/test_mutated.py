"""Ten thousand bodies that nobody meant, over the wire: no 5xx, no reset, short answers, soon."""

from __future__ import annotations

import json
import random
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.api.test_mutations import ROUTES, examples, mutated
from tests.server import Server
from tests.soak.client import SCALE, percentile, report

pytestmark = pytest.mark.soak

BODIES = round(10_000 * SCALE)
MAX_BYTES = 4096
GOAL = 0.25


def test_no_body_makes_the_server_fail_reset_or_take_long(tmp_path: Path) -> None:
    rng = random.Random(10_000)
    took: list[float] = []
    refused = 0
    # A training is bounded, so that what is measured is the answer to its body.
    variables = {"BACKPROPSCOPE_MAX_TRAINING_EPOCHS": "20", "BACKPROPSCOPE_MAX_CONCURRENT_TRAININGS": "64"}
    with Server(tmp_path, variables=variables) as server, closing(server.connect()) as connection:
        made = server.ask("POST", "/api/v1/sessions", examples.TRACE).json()["id"]
        for number in range(BODIES):
            path = rng.choice(list(ROUTES))
            body = mutated(rng.choice(ROUTES[path]), rng)
            began = time.perf_counter()
            connection.request("POST", path.replace("{id}", made), body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            content = response.read()
            took.append(time.perf_counter() - began)
            said = f"body {number} to {path}: {response.status} {body[:200]!r}"
            assert response.status < 500, said
            if response.status >= 400:
                refused += 1
                assert len(content) <= MAX_BYTES, said
                assert json.loads(content)["status"] == response.status, said
        assert server.complaints() == ""
    report(
        "mutated bodies",
        bodies=BODIES,
        refused=refused,
        p99_ms=1000 * percentile(took, 0.99),
        worst_ms=1000 * max(took),
    )
    assert refused > BODIES / 3
    assert max(took) <= GOAL
