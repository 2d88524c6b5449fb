"""Request bodies that work when sent as they stand; the OpenAPI document shows them, a test sends them."""

from __future__ import annotations

from typing import Final

from ..network.examples import CLASSIFIER_NETWORK, LECTURE_NETWORK
from ..wire.documenting import Example

TRACE: Final[Example] = {
    "network": LECTURE_NETWORK,
    "x": [1, -1],
    "target": [1, 0],
    "loss": "half_squared_error",
    "steps": "unit",
    "learning_rate": 0.5,
    "freeze": ["b"],
}

MOMENTUM: Final[Example] = {
    "network": {
        "layers": [
            {"w": [[0.4, -0.7], [0.3, 0.9]], "b": [0.1, -0.2], "activation": "tanh"},
            {"w": [[0.8, -0.5]], "b": [0.05], "activation": "linear"},
        ]
    },
    "x": [1, 0.5],
    "target": [1],
    "loss": "half_squared_error",
    "learning_rate": 0.1,
    "momentum": 0.9,
    "previous_change": {
        "layers": [{"w": [[0.01, -0.02], [0, 0.03]], "b": [0.005, 0]}, {"w": [[-0.04, 0.02]], "b": [0.01]}]
    },
}

CLASSIFIER: Final[Example] = {
    "network": CLASSIFIER_NETWORK,
    "x": [0.8, -0.4],
    "target": [0, 1],
    "loss": "cross_entropy",
    "steps": "layer",
}

MOVE: Final[Example] = {"by": 1}

BATCH: Final[Example] = {
    "network": LECTURE_NETWORK,
    "xs": [[1, -1], [0, 0], [-1, 0]],
    "targets": [[1, 0], [1, 0], [0, 1]],
    "loss": "half_squared_error",
    "per_example": False,
}

DERIVATIVE: Final[Example] = {"request": TRACE, "pointer": "/layers/0/w/0/1"}

DERIVATIVE_BY_INPUT: Final[Example] = {"request": CLASSIFIER, "pointer": "/x/0"}

PATHS: Final[Example] = {"request": TRACE, "pointer": "/layers/0/w/0/1"}

PATHS_OF_A_BIAS: Final[Example] = {"request": CLASSIFIER, "pointer": "/layers/0/b/0"}

CODE: Final[Example] = {"request": TRACE, "language": "numpy"}

CODE_IN_PYTORCH: Final[Example] = {"request": CLASSIFIER, "language": "pytorch"}
CODE_IN_JAX: Final[Example] = {"request": CLASSIFIER, "language": "jax"}

SIGNAL: Final[Example] = {
    "network": LECTURE_NETWORK,
    "x": [1, -1],
    "target": [1, 0],
    "loss": "half_squared_error",
    "signal": [1, 0],
}

UNFROZEN: Final[Example] = {name: value for name, value in TRACE.items() if name != "freeze"}

RULED_TRACE: Final[Example] = {**UNFROZEN, "rule": "updated_weights"}

RULED_CHECK: Final[Example] = {**CLASSIFIER, "rule": "no_hidden_gain"}
