"""The state of a training as bytes: one line of JSON, then its numbers as NumPy has them; nothing in it is executed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from ...core.arrays import frozen
from ...core.training.recipe import EpochRecord
from ...core.training.state import TrainerState

VERSION = 1
LENGTH_BYTES = 4
PLACE, NUMBER = "<u4", "<f8"
NAMED_BEFORE = {"accuracy": "test_accuracy"}
"""What a number of a record was called when the state was packed, and is called now."""


class StateError(Exception):
    """These bytes are no state that this version of the program can go on from."""


def pack(state: TrainerState) -> bytes:
    """A state as bytes."""
    last = state.last
    arrays: dict[str, Any] = {"theta": state.theta, **{f"memory/{name}": each for name, each in state.memory.items()}}
    # Between two epochs θ is that of the last record, so that it need not stand there twice.
    moved = last is not None and last.theta is not None and last.theta.tobytes() != state.theta.tobytes()
    if moved and last is not None:
        arrays["last"] = last.theta
    head = {
        "version": VERSION,
        "completed": state.completed,
        "batches": state.batches,
        "used": state.used,
        "generator": state.generator,
        "last": None if last is None else {**vars(last), "theta": None},
        "order": len(state.order),
        "arrays": {name: len(values) for name, values in arrays.items()},
    }
    # Not orjson: the generator's state is a whole number of 128 bits.
    text = json.dumps(head, separators=(",", ":")).encode()
    parts = [np.array(state.order, PLACE), *(np.asarray(values, NUMBER) for values in arrays.values())]
    return b"".join([len(text).to_bytes(LENGTH_BYTES, "little"), text, *(part.tobytes() for part in parts)])


def unpack(packed: bytes) -> TrainerState:
    """The state that these bytes hold.

    Raises:
        StateError: they are damaged, or another version wrote them.
    """
    try:
        start = LENGTH_BYTES + int.from_bytes(packed[:LENGTH_BYTES], "little")
        head = json.loads(packed[LENGTH_BYTES:start])
        if head["version"] != VERSION:
            raise StateError(f"expected version {VERSION}")
        return _rebuilt(head, memoryview(packed)[start:])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StateError(str(error)) from error


def usable(packed: bytes) -> bool:
    """Whether ``unpack`` can read these bytes."""
    try:
        unpack(packed)
    except StateError:
        return False
    return True


def _rebuilt(head: Mapping[str, Any], numbers: memoryview) -> TrainerState:
    counts = [head["order"], *head["arrays"].values()]
    types = [np.dtype(PLACE), *[np.dtype(NUMBER)] * len(head["arrays"])]
    if len(numbers) != sum(count * each.itemsize for count, each in zip(counts, types, strict=True)):
        raise StateError("not as many bytes as there should be")
    order, *arrays = _cut(numbers, counts, types)
    named = {name: frozen(values) for name, values in zip(head["arrays"], arrays, strict=True)}
    theta, last = named["theta"], head["last"]
    if last is not None:
        lists = {name: tuple(last[name]) for name in ("gradient_norms", "gain_means")}
        named_now = {NAMED_BEFORE.get(name, name): value for name, value in last.items()}
        last = EpochRecord(**{**named_now, **lists, "theta": named.get("last", theta)})
    return TrainerState(
        completed=head["completed"],
        batches=head["batches"],
        used=head["used"],
        theta=theta,
        memory={name.removeprefix("memory/"): each for name, each in named.items() if name.startswith("memory/")},
        order=tuple(order.tolist()),
        generator=head["generator"],
        last=last,
    )


def _cut(numbers: memoryview, counts: list[int], types: list[np.dtype[Any]]) -> list[Any]:
    parts, at = [], 0
    for count, each in zip(counts, types, strict=True):
        parts.append(np.frombuffer(numbers, each, count, at))
        at += count * each.itemsize
    return parts
