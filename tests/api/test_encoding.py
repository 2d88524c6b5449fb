"""Steps written from a template read the same as steps that are made and then written."""

from __future__ import annotations

import numpy as np
import orjson
import pytest

from app.api.encoding import MOST_STEPS, steps_json
from app.core.activations import ACTIVATIONS
from app.core.losses import LOSSES
from app.core.network import initialize
from app.core.steps import steps
from app.core.trace import trace

PAIRS = [
    (name, loss) for loss, entry in LOSSES.items() for name in ACTIVATIONS if name in (entry.outputs or ACTIVATIONS)
]


@pytest.mark.parametrize("granularity", ["layer", "unit", "term"])
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_steps_from_the_template_are_the_steps(output: str, loss: str, granularity: str) -> None:
    rng = np.random.default_rng(3)
    for sizes in ((1, 1), (3, 4, 2), (12, 3)):
        # Huge inputs bring powers of ten and numbers that float64 cannot hold.
        for scale in (1.0, 1e-9, 1e200):
            network = initialize(sizes, "tanh", output, "xavier_uniform", rng)
            record = trace(network, rng.normal(0, scale, sizes[0]), rng.random(sizes[-1]), loss, learning_rate=0.5)
            made = steps(record, granularity)
            assert orjson.loads(orjson.dumps(steps_json(record, granularity))) == orjson.loads(orjson.dumps(made))


def test_steps_too_many_for_a_template_are_the_steps_too() -> None:
    network = initialize((8, 40, 40), "tanh", "sigmoid", "xavier_uniform", np.random.default_rng(1))
    record = trace(network, np.ones(8), np.ones(40), "squared_error")
    made = steps(record, "term")
    assert len(made) > MOST_STEPS
    assert orjson.dumps(steps_json(record, "term")) == orjson.dumps(made)


def test_no_steps_are_an_empty_array() -> None:
    record = trace(
        initialize((1, 1), "tanh", "tanh", "xavier_uniform", np.random.default_rng(1)), [1.0], [1.0], "huber"
    )
    assert orjson.dumps(steps_json(record, "none")) == b"[]"
