"""The heaviest request that the limits allow, for every operation of the API and every page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from fastapi import FastAPI
from starlette.routing import Route

from app.api.training.schemas import DIGITS, XOR

Json = dict[str, Any]
API = "/api/v1"
RUN = re.compile(rb'"run":"([^"]+)"')


class Heavy(NamedTuple):
    """One request; ``{session}`` and ``{run}`` in its path stand for what was made before.

    Attributes:
        method: of HTTP.
        path: with its query.
        body: None for a GET or a DELETE; a text for a file.
        done: the status of its answer where it is done.
        others: what it may be answered as well, beside 429, where several come at once.
    """

    method: str
    path: str
    body: Json | str | None = None
    done: int = 200
    others: frozenset[int] = frozenset()

    @property
    def media_type(self) -> str:
        """What its body is declared as."""
        return "text/csv" if isinstance(self.body, str) else "application/json"

    def content(self) -> bytes:
        """Its body as it is sent."""
        if isinstance(self.body, str):
            return self.body.encode()
        return b"" if self.body is None else json.dumps(self.body).encode()


def layers(*sizes: int, activation: str = "tanh") -> list[Json]:
    """A network of these sizes whose weights are all the same small number."""
    return [
        {"w": [[0.01] * before] * after, "b": [0.0] * after, "activation": activation}
        for before, after in pairwise(sizes)
    ]


WIDE: Json = {"layers": layers(90, 990, 9)}
"""99,009 parameters of 100,000."""
SMALL: Json = {"layers": layers(2, 8, 8, 1)}
LOSS = "half_squared_error"
EXAMPLE: Json = {"network": WIDE, "x": [0.5] * 90, "target": [0.1] * 9, "loss": LOSS}
CHECKED: Json = {"network": {"layers": layers(30, 138, 5)}, "x": [0.5] * 30, "target": [0.1] * 5, "loss": LOSS}
"""4,973 parameters of 5,000."""
BRANCHED: Json = {"network": {"layers": layers(2, 8, 8, 8, 1)}, "x": [0.5, 0.5], "target": [0.1], "loss": LOSS}
ROWS = [[0.001 * number, 0.5] for number in range(2000)]
TARGETS = [[0.1]] * 2000
DATA: Json = {"network": SMALL, "xs": ROWS * 5, "targets": TARGETS * 5, "loss": LOSS}
PLANE: Json = {"network": SMALL, "xs": ROWS[:400], "targets": TARGETS[:400], "loss": LOSS, "resolution": 200}
WEIGHTS = ["/layers/0/w/0/0", "/layers/1/w/0/0"]
AXIS = [0.01 * number for number in range(200)]
TINY: Json = {
    "network": {"layers": layers(2, *[3] * 62, 1, activation="gelu")},
    "xs": ROWS[:11],
    "targets": TARGETS[:11],
    "loss": LOSS,
    "directions": "random",
    "resolution": 200,
}
"""Sixty-three layers of three units: few products, many calls of a slow function, about as long as a landscape may."""
SURFACE: Json = {
    "landscape": {
        "kind": "parameters",
        "pointers": WEIGHTS,
        "u_values": AXIS,
        "v_values": AXIS,
        "total_loss": [[1.0 + value for value in AXIS]] * 200,
        "origin": {"u": 0.5, "v": 0.5, "total_loss": 1.5},
        "path": {name: [0.123] * 25_000 for name in ("u", "v", "distance", "total_loss")} | {"share": 0.9},
        "gradient": {"slopes": [1.0, 0.5], "u": 1.0, "v": 0.5, "share": 0.8},
    },
    "log": True,
}
GRID: Json = {"inputs": [0, 1], "x_values": AXIS, "y_values": AXIS}
CLASSES: Json = {"labels": [number % 2 for number in range(10_000)], "class_names": ["even", "odd"]}
LAYER: Json = {
    "kind": "units",
    "directions": [[1.0, 0.0], [0.0, 1.0]],
    "shares": [0.5, 0.5],
    "coordinates": [[0.1, 0.2]] * 10_000,
    "grid": [[[0.01 * row, 0.01 * column] for column in range(50)] for row in range(50)],
}
EPOCHS = list(range(8_000))
CURVES: Json = {
    "epochs": EPOCHS,
    **{
        name: [1.0 / (1 + epoch) for epoch in EPOCHS] for name in ("total_loss", "test_total_loss", "cost", "test_cost")
    },
}
FLOW: Json = {"epochs": EPOCHS[:1000], "gradient_norms": [[0.1] * 30] * 1000, "gain_means": [[0.1] * 30] * 1000}
KEPT: Json = {**DIGITS, "sizes": [64, 100, 10], "epochs": 100, "record_every": 5}
"""A run of which the store has hundreds of records and dozens of θ of 7,510 numbers."""

TABLE = "\n".join(",".join(f"{row * column % 9973 / 997:.7f}" for column in range(1, 11)) for row in range(38_000))

REQUESTS: Mapping[str, Heavy] = {
    "trace of 99,009 parameters": Heavy("POST", f"{API}/trace", {**EXAMPLE, "steps": "none"}),
    "trace of 999 units with steps": Heavy("POST", f"{API}/trace", {**EXAMPLE, "steps": "unit", "learning_rate": 0.1}),
    "trace by a wrong rule": Heavy("POST", f"{API}/trace", {**CHECKED, "steps": "unit", "rule": "no_hidden_gain"}),
    "session": Heavy("POST", f"{API}/sessions", EXAMPLE, done=201),
    "session, all steps": Heavy("POST", f"{API}/sessions/{{session}}/step", {"to": 15_000}),
    "session, its trace": Heavy("GET", f"{API}/sessions/{{session}}"),
    "session, its steps": Heavy("GET", f"{API}/sessions/{{session}}/steps"),
    "session, its end": Heavy("DELETE", f"{API}/sessions/none", done=404),
    "link": Heavy("POST", f"{API}/links", {"page": "lab", "fragment": "x" * 200_000}, done=201),
    "link, kept": Heavy("GET", f"{API}/links/none", done=404),
    "batch of 10,000": Heavy("POST", f"{API}/batch", DATA),
    "batch with every gradient": Heavy("POST", f"{API}/batch", {**DATA, "per_example": True}),
    "derivative": Heavy("POST", f"{API}/derivative", {"request": EXAMPLE, "pointer": WEIGHTS[0]}),
    "512 paths": Heavy("POST", f"{API}/paths", {"request": BRANCHED, "pointer": WEIGHTS[0]}),
    "paths that are counted": Heavy("POST", f"{API}/paths", {"request": EXAMPLE, "pointer": WEIGHTS[0]}),
    "program": Heavy("POST", f"{API}/code", {"request": EXAMPLE, "language": "numpy"}),
    "program of a cost": Heavy("POST", f"{API}/code/cost", {**DATA, "language": "numpy"}),
    "gradient check of 4,973 parameters": Heavy("POST", f"{API}/gradient-check", CHECKED),
    "diagnosis": Heavy(
        "POST",
        f"{API}/diagnose",
        {"request": CHECKED, "pointer": "/layers/0/dl_dw/0/0", "answer": 0.0123, "digits": 4},
    ),
    "training by a wrong rule": Heavy(
        "POST",
        f"{API}/rules/no_hidden_gain/training",
        {
            "network": {"layers": layers(8, 8, 8, 8, 8)},
            "xs": [[0.1] * 8] * 6,
            "targets": [[0.1] * 8] * 6,
            "loss": LOSS,
            "learning_rate": 0.1,
            "steps": 500,
        },
    ),
    "network drawn": Heavy(
        "POST", f"{API}/networks", {"sizes": [90, 990, 9], "activation": "tanh", "output_activation": "sigmoid"}
    ),
    "network from elsewhere": Heavy("POST", f"{API}/networks/import", {"layers": WIDE["layers"]}),
    "training": Heavy("POST", f"{API}/training", {**XOR, "sizes": [2, 512, 64, 1], "epochs": 2000}),
    "training, its start": Heavy("POST", f"{API}/training/preview", {**DIGITS, "sizes": [64, 900, 30, 10]}),
    "table": Heavy("POST", f"{API}/tables", TABLE),
    "examples of a table": Heavy("POST", f"{API}/tables/examples?task=regression", TABLE),
    "runs": Heavy("GET", f"{API}/runs"),
    "run": Heavy("GET", f"{API}/runs/{{run}}"),
    "run, its network": Heavy("GET", f"{API}/runs/{{run}}/network"),
    "run, its path": Heavy("GET", f"{API}/runs/{{run}}/thetas"),
    "run, its data": Heavy("GET", f"{API}/runs/{{run}}/examples"),
    "run, one example": Heavy("GET", f"{API}/runs/{{run}}/example?index=1400"),
    "run, its units": Heavy("GET", f"{API}/runs/{{run}}/units"),
    "run, its curves": Heavy("GET", f"{API}/runs/{{run}}/figures/curves?twin={{run}}"),
    "run, its gradients": Heavy("GET", f"{API}/runs/{{run}}/figures/gradient-flow?twin={{run}}"),
    "run, followed": Heavy("GET", f"{API}/runs/{{run}}/events"),
    "run, its end": Heavy("DELETE", f"{API}/runs/none", done=404),
    "run that goes on": Heavy(
        "POST",
        f"{API}/runs/{{run}}/training",
        {"epochs": 10_000, "until": {"epochs": 2}},
        others=frozenset({409}),
    ),
    "regions of 40,000 points": Heavy(
        "POST",
        f"{API}/regions",
        {"network": SMALL, "inputs": [0, 1], "low": [-1, -1], "high": [1, 1], "resolution": 200},
    ),
    "regions with data": Heavy(
        "POST",
        f"{API}/regions",
        {
            "network": SMALL,
            "inputs": [0, 1],
            "low": [-1, -1],
            "high": [1, 1],
            "resolution": 200,
            "xs": ROWS * 5,
            "lines": 50,
        },
    ),
    "landscape of 40,000 points": Heavy(
        "POST", f"{API}/landscape", {**PLANE, "pointers": WEIGHTS, "low": [-4, -4], "high": [4, 4]}
    ),
    "landscape of many tiny layers": Heavy("POST", f"{API}/landscape", TINY),
    "landscape of a path": Heavy(
        "POST",
        f"{API}/landscape",
        {
            **PLANE,
            "directions": "path",
            "path": [[0.001 * (row + place) for place in range(105)] for row in range(1300)],
        },
    ),
    "data set made": Heavy("GET", f"{API}/datasets/moons?n=2000"),
    "data set measured": Heavy("GET", f"{API}/datasets/digits"),
    "loop or matrix": Heavy("POST", f"{API}/loop-or-matrix", {"sizes": [512] * 16}),
    "figure of a fit": Heavy("POST", f"{API}/figures/fit", {name: DATA[name] for name in ("network", "xs", "targets")}),
    "figure of curves": Heavy("POST", f"{API}/figures/curves", {**CURVES, "twin": CURVES}),
    "figure of gradients": Heavy("POST", f"{API}/figures/gradient-flow", {**FLOW, "twin": FLOW}),
    "figure of loop or matrix": Heavy(
        "POST",
        f"{API}/figures/loop-or-matrix",
        {"sizes": list(range(1, 40_001)), "loop_seconds": [0.2] * 40_000, "matrix_seconds": [0.1] * 40_000},
    ),
    "figure of a surface": Heavy("POST", f"{API}/figures/surface", SURFACE),
    "figure of contours": Heavy("POST", f"{API}/figures/contour", SURFACE),
    "figure of a response": Heavy(
        "POST",
        f"{API}/figures/response",
        {"regions": {**GRID, "layers": [{"a": [[AXIS] * 200] * 3}]}, "layer": 0, "unit": 2},
    ),
    "figure of decisions": Heavy(
        "POST",
        f"{API}/figures/decision-map",
        {"regions": {**GRID, "decision": [[0, 1] * 100] * 200}, "xs": ROWS * 5, **CLASSES},
    ),
    "figure of a layer": Heavy("POST", f"{API}/figures/feature-plane", {"features": LAYER, "layer": 1, **CLASSES}),
    "figure of all layers": Heavy("POST", f"{API}/figures/feature-planes", {"features": [LAYER] * 4, **CLASSES}),
    "presets": Heavy("GET", f"{API}/presets"),
    "preset": Heavy("GET", f"{API}/presets/handwritten-digit"),
    "lessons": Heavy("GET", f"{API}/lessons"),
    "lesson": Heavy("GET", f"{API}/lessons/backward-pass"),
    "glossary": Heavy("GET", f"{API}/glossary"),
    "practice": Heavy("GET", f"{API}/practice?level=3&seed=7"),
    "catalogue": Heavy("GET", f"{API}/catalog"),
    "version": Heavy("GET", f"{API}/version"),
    "live": Heavy("GET", "/health/live"),
    "ready": Heavy("GET", "/health/ready"),
    "OpenAPI": Heavy("GET", "/openapi.json"),
    "page of the API": Heavy("GET", "/docs"),
    "pages of errors": Heavy("GET", "/problems"),
    "page of an error": Heavy("GET", "/problems/validation"),
    "page of the Explorer": Heavy("GET", "/"),
    "page of the Lab": Heavy("GET", "/lab"),
    "page of a walk": Heavy("GET", "/plain/handwritten-digit?steps=term"),
    "page of the course": Heavy("GET", "/course"),
    "page of a lesson": Heavy("GET", "/course/backward-pass"),
    "page by a short link": Heavy("GET", "/s/none", done=404),
    "page of the glossary": Heavy("GET", "/glossary"),
    "page of the gallery": Heavy("GET", "/gallery"),
    "page of the bugs": Heavy("GET", "/bugs"),
    "page of practice": Heavy("GET", "/practice"),
    "worksheets, 40 and their keys": Heavy("GET", "/worksheet?level=3&sheets=40&show=both"),
}


SHORTER: Mapping[str, Json] = {"training": {"epochs": 20}, "landscape of many tiny layers": {"resolution": 40}}
"""What is changed where one request would take a minute."""


def routes(app: FastAPI) -> list[Route]:
    """All routes of an application, those of included routers among them; not what is mounted."""

    def each(found: Sequence[Any]) -> Iterator[Route]:
        for route in found:
            if isinstance(route, Route):
                yield route
            elif (included := getattr(route, "original_router", None)) is not None:
                yield from each(included.routes)

    return list(each(app.routes))


PREPARING = (REQUESTS["session"], Heavy("POST", f"{API}/training", KEPT))


def stand_for(session: bytes, run: bytes) -> dict[str, str]:
    """What ``{session}`` and ``{run}`` are, from how the answers to ``PREPARING`` begin."""
    found = RUN.search(run)
    assert found is not None, run
    return {"session": json.loads(session)["id"], "run": found[1].decode()}
