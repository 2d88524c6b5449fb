"""Bodies of the surface operations that work when sent as they stand."""

from __future__ import annotations

from typing import Final

from ..wire.documenting import Example

XOR_NETWORK: Final[Example] = {
    "layers": [
        {"w": [[1.2, -1.1], [-0.9, 1.3]], "b": [-0.2, -0.3], "activation": "tanh"},
        {"w": [[1.5, 1.4]], "b": [0.6], "activation": "sigmoid"},
    ]
}
XOR: Final[Example] = {"xs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]}

LANDSCAPE: Final[Example] = {
    "network": XOR_NETWORK,
    **XOR,
    "loss": "half_squared_error",
    "pointers": ["/layers/0/w/0/0", "/layers/1/w/0/0"],
    "low": [-4, -4],
    "high": [4, 4],
    "resolution": 21,
}

LANDSCAPE_OF_A_PATH: Final[Example] = {
    "network": XOR_NETWORK,
    **XOR,
    "loss": "binary_cross_entropy",
    "directions": "path",
    "path": [
        [0.8, -0.7, -0.6, 0.9, 0, 0, 0.9, 0.8, 0],
        [1, -0.9, -0.7, 1.1, -0.1, -0.2, 1.2, 1.1, 0.3],
        [1.2, -1.1, -0.9, 1.3, -0.2, -0.3, 1.5, 1.4, 0.6],
    ],
    "resolution": 21,
}

LANDSCAPE_AT_RANDOM: Final[Example] = {
    "network": XOR_NETWORK,
    **XOR,
    "loss": "half_squared_error",
    "directions": "random",
    "seed": 7,
    "resolution": 21,
}

REGIONS: Final[Example] = {
    "network": XOR_NETWORK,
    "inputs": [0, 1],
    "low": [-0.5, -0.5],
    "high": [1.5, 1.5],
    "resolution": 20,
    "xs": XOR["xs"],
}

LOOP_OR_MATRIX: Final[Example] = {"sizes": [2, 16, 128]}
