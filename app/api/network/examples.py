"""Networks that work when sent as they stand; the OpenAPI document shows them, a test sends them."""

from __future__ import annotations

from typing import Final

from ..wire.documenting import Example

LECTURE_NETWORK: Final[Example] = {
    "layers": [
        {"w": [[1, -2], [-1, 1]], "b": [1, 0], "activation": "sigmoid"},
        {"w": [[2, -1], [-2, -1]], "b": [0, 0], "activation": "sigmoid"},
        {"w": [[3, -1], [-1, 4]], "b": [-2, 2], "activation": "sigmoid"},
    ]
}

NETWORK: Final[Example] = {
    "sizes": [2, 4, 1],
    "activation": "tanh",
    "output_activation": "sigmoid",
    "initializer": "xavier_uniform",
    "seed": 7,
}

CLASSIFIER_NETWORK: Final[Example] = {
    "layers": [
        {"w": [[0.5, -1], [1.5, 0.25], [-0.75, 1]], "b": [0.1, 0, -0.2], "activation": "relu"},
        {"w": [[1, -0.5, 0.5], [-1, 0.75, 0.25]], "b": [0, 0.3], "activation": "softmax"},
    ]
}
