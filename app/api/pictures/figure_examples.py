"""Bodies of the figure operations that work when sent as they stand."""

from __future__ import annotations

from typing import Final

from ..wire.documenting import Example

CURVES: Final[Example] = {
    "epochs": [0, 1, 2],
    "total_loss": [42.5, 20.25, 11],
    "test_total_loss": [10.5, 5.5, 3.25],
    "cost": [0.53125, 0.253125, 0.1375],
    "test_cost": [0.525, 0.275, 0.1625],
    "test_accuracy": [0.5, 0.85, 0.95],
    "language": "zh",
    "name": "relu",
    "shown_epoch": 1,
    "twin": {"name": "sigmoid", "epochs": [0, 2], "cost": [0.53125, 0.46875]},
}

GRADIENT_FLOW: Final[Example] = {
    "epochs": [0, 1],
    "gradient_norms": [[0.001, 0.25], [0.002, 0.125]],
    "gain_means": [[0.2, 0.24], [0.19, 0.23]],
    "name": "sigmoid",
    "twin": {"name": "relu", "epochs": [0], "gradient_norms": [[0.125, 0.25]], "gain_means": [[0.5, 0.25]]},
}

LOOP_OR_MATRIX: Final[Example] = {"sizes": [2, 512], "loop_seconds": [1e-6, 0.02], "matrix_seconds": [2e-6, 0.00004]}

SURFACE: Final[Example] = {
    "landscape": {
        "kind": "parameters",
        "pointers": ["/layers/0/w/0/0", "/layers/0/b/0"],
        "u_values": [-1, 0, 1],
        "v_values": [-1, 1],
        "total_loss": [[2, 1, 2], [3, 2, 3]],
        "origin": {"u": 0.5, "v": 0.5, "total_loss": 1.5},
        "path": {"u": [1, 0.5], "v": [1, 0.5], "distance": [0.25, 0], "total_loss": [3, 1.5], "share": 0.9},
        "gradient": {"slopes": [1, 0.5], "u": 1, "v": 0.5, "share": 0.8},
    },
    "theme": "dark",
}

_REGIONS: Final[Example] = {"inputs": [0, 1], "x_values": [0, 1], "y_values": [0, 1]}

RESPONSE: Final[Example] = {
    "regions": {**_REGIONS, "layers": [{"a": [[[-0.5, 0.25], [0.25, 0.5]]]}]},
    "layer": 0,
    "unit": 0,
}

DECISION_MAP: Final[Example] = {
    "regions": {**_REGIONS, "decision": [[0, 1], [1, 0]]},
    "xs": [[0, 0], [1, 0]],
    "labels": [0, 1],
    "class_names": ["even", "odd"],
}

FEATURE_PLANE: Final[Example] = {
    "features": {
        "kind": "units",
        "directions": [[1, 0], [0, 1]],
        "shares": [0.6, 0.4],
        "coordinates": [[0.1, 0.2], [0.3, -0.4]],
        "grid": [[[0, 0], [0, 1]], [[1, 0], [1, 1]]],
    },
    "layer": 1,
    "labels": [0, 1],
}

FEATURE_PLANES: Final[Example] = {
    "features": [
        {
            "kind": "units",
            "directions": [[1, 0], [0, 1]],
            "shares": [0.5, 0.5],
            "coordinates": [[0, 0], [1, 0]],
            "grid": [[[0, 0], [0, 1]], [[1, 0], [1, 1]]],
        },
        FEATURE_PLANE["features"],
    ],
    "labels": [0, 1],
    "held_out": [False, True],
    "class_names": ["even", "odd"],
}
