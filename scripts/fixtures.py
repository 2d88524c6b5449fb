"""The answers of the API that the tests of the browser's code read: ``python -m scripts.fixtures`` records them anew.

Each is what the server answers to one request, as a file of ``tests/js/fixtures/answers/``. One that says the same is
left as it is: the last digits of a number are those of the machine that wrote it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from starlette.testclient import TestClient

from app.core.record.steps import DETAILS
from app.main import create_app
from app.settings import Settings

from .answers import same

Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "js" / "fixtures" / "answers"

FOUR_SIX_THREE: Final[Json] = {
    "network": {
        "layers": [
            {
                "w": [
                    [-0.009, -0.46, 0.28, -0.433],
                    [-0.476, -0.818, 1.044, -0.439],
                    [0.924, 0.304, -0.209, 0.534],
                    [0.218, 0.105, -1.101, 0.057],
                    [0.715, 0.39, 0.796, 1.192],
                    [0.329, 1.58, -1.211, -0.192],
                ],
                "b": [-0.76, 0.25, 0.03, 0.51, -0.11, -0.61],
                "activation": "tanh",
            },
            {
                "w": [
                    [0.835, -0.876, -0.828, -0.115, 0.41, -0.332],
                    [0.122, -1.228, 1.13, -0.044, 0.078, 0.383],
                    [0.111, 0.13, -0.606, -0.074, 0.286, 0.682],
                ],
                "b": [-0.04, 0.03, 0.1],
                "activation": "softmax",
            },
        ]
    },
    "x": [0.57, 0.21, -0.25, -0.51],
    "target": [1.0, 0.0, 0.0],
    "loss": "cross_entropy",
    "learning_rate": 0.5,
}
"""Three classes, and more numbers than one sees at a glance."""
MOMENTUM: Final[Json] = {
    "network": {
        "layers": [
            {"w": [[0.4, -0.7], [0.3, 0.9]], "b": [0.1, -0.2], "activation": "tanh"},
            {"w": [[0.8, -0.5]], "b": [0.05], "activation": "linear"},
        ]
    },
    "x": [1.0, 0.5],
    "target": [1.0],
    "loss": "half_squared_error",
    "learning_rate": 0.1,
    "momentum": 0.9,
    "previous_change": {
        "layers": [
            {"w": [[0.01, -0.02], [0.0, 0.03]], "b": [0.005, 0.0]},
            {"w": [[-0.04, 0.02]], "b": [0.01]},
        ]
    },
}
RUN: Final[Json] = {
    "network": {"layers": [{"w": [[1, 2]], "b": [0], "activation": "sigmoid"}]},
    "xs": [[0, 0], [1, 1]],
    "targets": [[0], [1]],
    "test_xs": [[0, 1]],
    "test_targets": [[1]],
    "class_names": ["0", "1"],
    "loss": "binary_cross_entropy",
    "optimizer": {"name": "adam", "learning_rate": 0.1},
}
"""The smallest training that has everything: two classes, a part held out."""

READ: Final = (
    *("activations", "losses", "initializers", "optimizers", "schedules", "reductions", "datasets"),
    *("usual_ends", "limits"),
)
"""The parts of the catalogue that pages read."""


def recorded() -> Iterator[tuple[str, Any]]:
    """Each answer with the name of its file, without its ending."""
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), "http://localhost/api/v1/") as client,
    ):

        def answer(method: str, path: str, body: Json | None = None) -> Any:
            found = client.request(method, path, json=body)
            assert found.status_code == 200, (path, found.text)
            return found.json()

        preset = answer("GET", "presets/lecture-1-1")
        yield "lecture", preset
        traced = (
            ("lecture", preset["request"], ("unit", "term")),
            ("four-six-three", FOUR_SIX_THREE, ("layer",)),
            ("momentum", MOMENTUM, ("unit", "layer")),
        )
        for name, request, granularities in traced:
            for steps in granularities:
                yield f"{name}-{steps}", answer("POST", "trace", {**request, "steps": steps, "details": DETAILS})
        yield "preview", answer("POST", "training/preview", RUN)
        yield "catalog", answer("GET", "catalog?fields=" + ",".join(READ))


def main() -> None:
    """Write what has changed."""
    for name, answer in recorded():
        file = FOLDER / f"{name}.json"
        if not file.exists() or not same(json.loads(file.read_text("utf-8")), answer):
            file.write_text(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
            print(file.relative_to(FOLDER.parents[3]))


if __name__ == "__main__":
    main()
