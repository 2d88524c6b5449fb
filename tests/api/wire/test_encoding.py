"""Steps written from a template read the same as steps that are made and then written."""

from __future__ import annotations

import numpy as np
import orjson
import pytest

from app.api.trace.encoding import MOST_STEPS, steps_json, trace_parts
from app.api.wire.outgoing.encoding import BATCH, FEW, PART, encode, in_parts
from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import initialize
from app.core.record.steps import DETAILS, steps
from app.core.record.trace import trace

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
            for details in ((), DETAILS, ("words",)):
                made = steps(record, granularity, details=details)
                sent = orjson.dumps(steps_json(record, granularity, details))
                assert orjson.loads(sent) == orjson.loads(orjson.dumps(made))


def test_steps_too_many_for_a_template_are_the_steps_too() -> None:
    network = initialize((8, 40, 40), "tanh", "sigmoid", "xavier_uniform", np.random.default_rng(1))
    record = trace(network, np.ones(8), np.ones(40), "squared_error")
    made = steps(record, "term")
    assert len(made) > MOST_STEPS
    assert orjson.dumps(steps_json(record, "term")) == orjson.dumps(made)
    assert orjson.loads(orjson.dumps(steps_json(record, "term", ["words"])))[0]["words"]["key"].startswith("step.")


def test_no_steps_are_an_empty_array() -> None:
    record = trace(
        initialize((1, 1), "tanh", "tanh", "xavier_uniform", np.random.default_rng(1)), [1.0], [1.0], "huber"
    )
    assert orjson.dumps(steps_json(record, "none")) == b"[]"


NUMBERS = np.random.default_rng(5).normal(size=3 * PART + 1)


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        {"none": None, "empty": [], "nothing": {}, "text": "é\n", "flag": True, "whole": 3},
        {"a": NUMBERS, "b": NUMBERS[: PART + 1], "c": NUMBERS[:PART], "d": np.empty(0), "e": np.empty((0, 3))},
        {"rows": NUMBERS[: 3 * PART].reshape(3, PART), "wide": NUMBERS[: 2 * PART + 2].reshape(2, PART + 1)},
        {"planes": NUMBERS[: 3 * PART].reshape(3, 64, PART // 64), "turned": NUMBERS[: 2 * PART].reshape(2, PART).T},
        {"layers": [{"w": NUMBERS[: 2 * PART].reshape(2, PART)}, {"w": None}], "long": list(range(3 * BATCH + 1))},
        {"just": [1.5] * FEW, "over": [[1.5, None]] * (FEW + 1), "pair": (1, "two")},
        {"not finite": np.array([np.nan, 1.0, np.inf] * PART)},
    ],
    ids=lambda content: ",".join(content) or "empty",
)
def test_json_in_parts_is_the_json(content: object) -> None:
    assert b"".join(in_parts(content)) == encode(content)


def test_no_part_holds_up_the_event_loop() -> None:
    parts = list(in_parts({"planes": NUMBERS[: 3 * PART].reshape(3, 64, PART // 64), "all": NUMBERS}))
    assert max(map(len, parts)) < 25 * PART
    assert len(parts) > 6


def test_an_iterator_is_written_as_an_array() -> None:
    for count in (0, 1, BATCH, BATCH + 1):
        assert b"".join(in_parts({"steps": iter(range(count))})) == encode({"steps": list(range(count))})


@pytest.mark.parametrize("granularity", ["none", "layer", "term"])
def test_a_trace_in_parts_is_the_trace(granularity: str) -> None:
    network = initialize((8, 40, 10), "tanh", "softmax", "xavier_uniform", np.random.default_rng(1))
    record = trace(network, np.ones(8), np.full(10, 0.1), "cross_entropy", learning_rate=0.5)
    whole = encode({**record.document(), "steps": steps(record, granularity)})
    assert b"".join(trace_parts(record, granularity)) == whole
