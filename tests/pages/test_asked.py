"""What the browser cuts to the server's limits, the server takes: both halves, with the limits as they are set."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from app.api.pictures.surface_schemas import LandscapeRequest
from app.api.pictures.surfaces import check_landscape
from app.api.wire.incoming.validation import parse
from app.settings import Settings

from .node import run

Json = dict[str, Any]
LANDSCAPE = """
import { readFileSync } from "node:fs";
import { landscapeRequest } from "./static/js/lab/views/surface/request.js";
const { subject, choices, limits } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(choices.map((choice) => landscapeRequest(subject, choice, limits))));
"""
# A body is bounded in numbers, in bytes and in the work it asks for; each kind of subject comes up against another.
SUBJECTS: dict[str, tuple[list[int], int, int]] = {
    "digits, 64-16-10": ([64, 16, 10], 1437, 31),
    "digits without a hidden layer": ([64, 10], 1797, 400),
    "a small network, many examples": ([2, 4, 1], 10_000, 400),
    "a wide network, few examples": ([2, 250, 250, 2], 40, 60),
    "a network so wide that no path has room": ([64, 1024, 32], 200, 5),
}


def subject_of(sizes: list[int], examples: int, epochs: int) -> Json:
    """A run's last network, its data and its path, of numbers as long as float64's are."""
    random = np.random.default_rng(0)
    thetas = random.standard_normal((epochs, sum(n * (m + 1) for m, n in pairwise(sizes))))
    layers = [
        {"w": random.standard_normal((n, m)).tolist(), "b": [0.1] * n, "activation": "tanh"} for m, n in pairwise(sizes)
    ]
    return {
        "network": {"layers": layers},
        "examples": {
            "xs": random.standard_normal((examples, sizes[0])).tolist(),
            "targets": random.standard_normal((examples, sizes[-1])).tolist(),
        },
        "loss": "half_squared_error",
        "thetas": thetas.tolist(),
    }


TIGHT = [
    (name, limits)
    for name in [*SUBJECTS][:3]
    for limits in ({"max_body_bytes": 2**19}, {"max_request_numbers": 20_000})
]


@pytest.mark.parametrize(("name", "limits"), [*((name, {}) for name in SUBJECTS), *TIGHT], ids=str)
def test_the_server_takes_the_landscape_that_the_lab_asks_for(name: str, limits: dict[str, int]) -> None:
    sizes, examples, epochs = SUBJECTS[name]
    bounds = Settings.model_validate(limits).limits()
    pointers = ["/layers/0/w/0/0", "/layers/0/b/0"]
    choices = [
        {"kind": kind, "pointers": pointers, "seed": 0, "resolution": resolution}
        for kind in ("path", "pointers", "random")
        for resolution in (21, 41, 61)
    ]
    data = {"subject": subject_of(sizes, examples, epochs), "choices": choices, "limits": bounds}
    for choice, asked in zip(choices, run(LANDSCAPE, data), strict=True):
        if choice["kind"] == "path" and not asked["hasPath"]:
            continue
        raw = json.dumps(asked["body"], separators=(",", ":")).encode()
        assert len(raw) <= bounds["body_bytes"]
        body = parse(LandscapeRequest, raw, bounds["request_numbers"])
        check_landscape(body, bounds)
        assert asked["examples"] == len(body.xs) > 0
