"""Request bodies about wrong rules that work when sent as they stand."""

from __future__ import annotations

from typing import Final

from ..network.examples import LECTURE_NETWORK
from ..trace.examples import TRACE
from ..wire.documenting import Example

DIAGNOSIS: Final[Example] = {"request": TRACE, "pointer": "/layers/2/dl_dz/0", "answer": -0.3823, "digits": 4}

DIAGNOSIS_OF_Z: Final[Example] = {"request": TRACE, "pointer": "/layers/0/z/0", "answer": 3, "digits": 0}

WRONG_Z = {"/layers/0/z/0": 3.0}

DIAGNOSIS_CARRIED_ON: Final[Example] = {
    "request": TRACE,
    "pointer": "/layers/0/a/0",
    "answer": 0.9526,
    "digits": 4,
    "given": WRONG_Z,
}

BATCHED: Final[Example] = {
    "network": LECTURE_NETWORK,
    "xs": [[1, -1], [0, 0], [-1, 0]],
    "targets": [[1, 0], [1, 0], [0, 1]],
    "loss": "half_squared_error",
    "reduction": "mean",
}

DIAGNOSIS_OF_A_BATCH: Final[Example] = {
    "request": BATCHED,
    "pointer": "/layers/2/dl_dw/0/0",
    "answer": -0.11373,
    "digits": 5,
}

DIAGNOSIS_BY_CONVENTION: Final[Example] = {
    "request": TRACE,
    "pointer": "/layers/2/dl_dz/0",
    "answer": 0.0903,
    "digits": 4,
}

RULE_TRAINING: Final[Example] = {
    "network": LECTURE_NETWORK,
    "xs": [[1, -1], [0, 0], [-1, 0]],
    "targets": [[1, 0], [1, 0], [0, 1]],
    "loss": "half_squared_error",
    "learning_rate": 0.5,
    "steps": 50,
}
