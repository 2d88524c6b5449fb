"""Requests that are not the longest of their kind, but could be those whose computation looks up least often."""

from __future__ import annotations

from collections.abc import Mapping
from math import sin

from app.api.training.schemas import DIGITS
from tests.soak.heaviest import API, LOSS, ROWS, TARGETS, WEIGHTS, WIDE, Heavy, Json, layers


def slow(*sizes: int, activation: str = "gelu", last: str = "linear") -> Json:
    """A network of units that take long, none of them like another."""
    made = layers(*sizes, activation=activation)
    for layer in made:
        layer["w"] = [
            [round(0.3 * sin(1 + 7 * row + 3 * column * column), 6) for column in range(len(weights))]
            for row, weights in enumerate(layer["w"])
        ]
    made[-1]["activation"] = last
    return {"layers": made}


LARGE: Json = {"xs": ROWS * 5, "targets": TARGETS * 5, "loss": LOSS}
LARGE_TRAINING: Json = {
    **LARGE,
    "activation": "gelu",
    "output_activation": "linear",
    "optimizer": {"name": "adam", "learning_rate": 0.001},
    "epochs": 2,
    "keep": False,
}
SHARES: Json = {"targets": [[1.0, *[0.0] * 9]] * 10_000}
SLOWEST: Mapping[str, Heavy] = {
    "batch of slow units": Heavy("POST", f"{API}/batch", {**LARGE, "network": slow(2, 190, 1)}),
    "batch of slow deep units": Heavy("POST", f"{API}/batch", {**LARGE, "network": slow(2, *[3] * 60, 1)}),
    "batch of softmax and half squared error": Heavy(
        "POST", f"{API}/batch", {**LARGE, **SHARES, "network": slow(2, 180, 10, last="softmax")}
    ),
    "training in batches of 9,999 slow units": Heavy(
        "POST", f"{API}/training", {**LARGE_TRAINING, "sizes": [2, 150, 40, 1], "batch_size": 9_999}
    ),
    "training in batches of 9,999 units of softmax": Heavy(
        "POST",
        f"{API}/training",
        {
            **LARGE_TRAINING,
            **SHARES,
            "sizes": [2, 180, 10],
            "output_activation": "softmax",
            "batch_size": 9_999,
        },
    ),
    "training in batches of 5,000 through slow tiny layers": Heavy(
        "POST", f"{API}/training", {**LARGE_TRAINING, "sizes": [2, *[3] * 60, 1], "batch_size": 5_000}
    ),
    "training on all of slow units": Heavy("POST", f"{API}/training", {**LARGE_TRAINING, "sizes": [2, 150, 40, 1]}),
    "training one by one": Heavy(
        "POST",
        f"{API}/training",
        {**LARGE_TRAINING, "sizes": [2, 150, 40, 1], "batch_size": 1, "epochs": 1},
    ),
    "training in batches of digits, wide": Heavy(
        "POST",
        f"{API}/training",
        {**DIGITS, "sizes": [64, 1000, 10], "activation": "mish", "batch_size": 1400, "epochs": 2, "keep": False},
    ),
    "training, its start, of slow units": Heavy(
        "POST", f"{API}/training/preview", {**LARGE_TRAINING, "sizes": [2, 150, 40, 1]}
    ),
    "regions of slow units": Heavy(
        "POST",
        f"{API}/regions",
        {
            "network": slow(2, 20, 20, 5, last="gelu"),
            "inputs": [0, 1],
            "low": [-1, -1],
            "high": [1, 1],
            "resolution": 200,
        },
    ),
    "regions of one wide layer": Heavy(
        "POST",
        f"{API}/regions",
        {
            "network": slow(2, 900, 1),
            "inputs": [0],
            "low": [-1],
            "high": [1],
            "held": [0, 0],
            "resolution": 200,
            "xs": ROWS,
            "lines": 2,
        },
    ),
    "regions with data, slow": Heavy(
        "POST",
        f"{API}/regions",
        {
            "network": slow(2, 190, 1),
            "inputs": [0, 1],
            "low": [-1, -1],
            "high": [1, 1],
            "resolution": 100,
            "xs": ROWS * 5,
            "lines": 50,
        },
    ),
    "landscape of slow units": Heavy(
        "POST",
        f"{API}/landscape",
        {**LARGE, "network": slow(2, 190, 1), "pointers": WEIGHTS, "resolution": 4},
    ),
    "landscape of slow units in all directions": Heavy(
        "POST", f"{API}/landscape", {**LARGE, "network": slow(2, 190, 1), "directions": "random", "resolution": 4}
    ),
    "landscape of a wide network": Heavy(
        "POST",
        f"{API}/landscape",
        {
            "network": WIDE,
            "xs": [[0.5] * 90],
            "targets": [[0.1] * 9],
            "loss": LOSS,
            "directions": "random",
            "resolution": 100,
        },
    ),
    "gradient check of slow deep units": Heavy(
        "POST",
        f"{API}/gradient-check",
        {"network": slow(8, *[8] * 63, 1), "x": [0.5] * 8, "target": [0.1], "loss": LOSS},
    ),
    "gradient check of many outputs": Heavy(
        "POST",
        f"{API}/gradient-check",
        {"network": slow(3, 1000, last="softmax"), "x": [0.5] * 3, "target": [0.001] * 1000, "loss": LOSS},
    ),
    "diagnosis of a deep network": Heavy(
        "POST",
        f"{API}/diagnose",
        {
            "request": {"network": slow(8, *[8] * 63, 1), "x": [0.5] * 8, "target": [0.1], "loss": LOSS},
            "pointer": "/layers/0/dl_dw/0/0",
            "answer": 0.0123,
            "digits": 4,
        },
    ),
    "training by a wrong rule, slow": Heavy(
        "POST",
        f"{API}/rules/no_hidden_gain/training",
        {
            "network": slow(8, 8, 8, 8, 8),
            "xs": [[0.1] * 8] * 32,
            "targets": [[0.1] * 8] * 32,
            "loss": LOSS,
            "learning_rate": 0.001,
            "steps": 93,
        },
    ),
    "figure of a fit, slow": Heavy(
        "POST",
        f"{API}/figures/fit",
        {"network": slow(2, 190, 1), "xs": ROWS * 5, "targets": TARGETS * 5},
    ),
    "table of texts": Heavy("POST", f"{API}/tables", "\n".join(['a;"b, c";1,5'] * 190_000)),
    "table of one column": Heavy("POST", f"{API}/tables", "\n".join(["1,2345678901234"] * 199_000)),
    "table of 2,000 columns": Heavy("POST", f"{API}/tables", "\n".join([",".join(["0.5"] * 2000)] * 500)),
    "examples of a table of 901 classes": Heavy(
        "POST",
        f"{API}/tables/examples?task=classification",
        "\n".join(f"{row % 7 / 7},{row % 900}" for row in range(190_000)),
        done=422,
    ),
}
"""What is not the longest computation of its kind but could be the one that looks up least often."""
