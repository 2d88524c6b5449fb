"""A training's state as bytes: it comes back whole, and what is damaged or of another version is refused."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from app.api.training.state_bytes import LENGTH_BYTES, StateError, pack, unpack, usable
from app.core.network import initialize
from app.core.training.recipe import Examples, Recipe
from app.core.training.state import TrainerState
from app.core.training.trainer import Trainer

RNG = np.random.default_rng(4)
EXAMPLES = Examples(RNG.normal(size=(9, 2)), RNG.random((9, 1)))


def state(epochs: int = 2, batches: int = 1, optimizer: str = "adam") -> TrainerState:
    network = initialize((2, 3, 1), "tanh", "linear", "xavier_uniform", np.random.default_rng(1))
    trainer = Trainer(network, EXAMPLES, Recipe("huber", optimizer, 0.1, batch_size=4, epochs=5))
    for _ in range(epochs):
        trainer.epoch()
    for _ in range(batches):
        trainer.batch()
    return trainer.state()


def changed(packed: bytes, **head: Any) -> bytes:
    """The same bytes behind another head."""
    start = LENGTH_BYTES + int.from_bytes(packed[:LENGTH_BYTES], "little")
    text = json.dumps({**json.loads(packed[LENGTH_BYTES:start]), **head}).encode()
    return len(text).to_bytes(LENGTH_BYTES, "little") + text + packed[start:]


@pytest.mark.parametrize("optimizer", ["gradient_descent", "adam"])
@pytest.mark.parametrize(("epochs", "batches"), [(0, 0), (2, 0), (2, 1)])
def test_every_part_comes_back(epochs: int, batches: int, optimizer: str) -> None:
    made = state(epochs, batches, optimizer)
    back = unpack(pack(made))
    assert usable(pack(made))
    assert back.theta.tobytes() == made.theta.tobytes()
    assert not back.theta.flags.writeable
    assert {name: each.tobytes() for name, each in back.memory.items()} == {
        name: each.tobytes() for name, each in made.memory.items()
    }
    assert (back.completed, back.batches, back.used) == (made.completed, made.batches, made.used)
    assert (tuple(back.order), back.generator) == (tuple(made.order), made.generator)
    if made.last is not None and back.last is not None:
        for field in fields(made.last):
            ours, theirs = getattr(back.last, field.name), getattr(made.last, field.name)
            assert np.array_equal(ours, theirs) if field.name == "theta" else ours == theirs
    assert (back.last is None) == (made.last is None)
    assert pack(back) == pack(made)


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(lambda packed: b"", id="nothing"),
        pytest.param(lambda packed: packed[:-1], id="a byte too few"),
        pytest.param(lambda packed: packed + b"\0", id="a byte too many"),
        pytest.param(lambda packed: packed[:LENGTH_BYTES] + b"}" + packed[LENGTH_BYTES + 1 :], id="no JSON"),
        pytest.param(lambda packed: b"\2\0\0\0[]" + packed, id="a list"),
        pytest.param(lambda packed: b"\2\0\0\0{}" + packed, id="an empty head"),
        pytest.param(lambda packed: changed(packed, version=2), id="another version"),
        pytest.param(lambda packed: changed(packed, order=None), id="no count"),
        pytest.param(lambda packed: changed(packed, last={}), id="half a record"),
    ],
)
def test_what_is_damaged_or_of_another_version_is_refused(damaged: Any) -> None:
    packed = damaged(pack(state()))
    assert not usable(packed)
    with pytest.raises(StateError):
        unpack(packed)


def test_the_refusal_names_the_version_expected() -> None:
    with pytest.raises(StateError, match="expected version 1"):
        unpack(changed(pack(state()), version=0))


def test_a_state_packed_under_the_older_name_of_an_accuracy_can_still_be_taken_up() -> None:
    made = state(2, 0)
    last = {**vars(made.last), "theta": None, "test_accuracy": 0.75}
    before = {"accuracy" if name == "test_accuracy" else name: value for name, value in last.items()}
    assert made.last is not None
    back = unpack(changed(pack(made), last=before)).last
    assert back is not None
    assert (back.test_accuracy, back.train_accuracy, back.cost) == (0.75, None, made.last.cost)
