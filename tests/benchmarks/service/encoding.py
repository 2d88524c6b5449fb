"""What it costs to write a trace as JSON, and to walk through it, against the least that has to be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from app.api.trace.encoding import steps_json, trace_bytes
from app.core.record.steps import steps
from app.core.record.trace import Trace

from ..numbers.problems import lecture, wide
from ..rows import Row
from ..timing import compare

GROUP = "encoding"
WALK = "steps"


def arrays_of(record: Trace) -> list[Any]:
    """The arrays of a trace without the words around them."""
    per_layer = [
        [getattr(layer, name) for name in ("w", "b", "z", "a", "gain", "dl_da", "dl_dz", "dl_dw", "dl_db")]
        for layer in record.layers
    ]
    return [record.x, record.target, per_layer, record.loss, record.dl_dx]


def rows() -> Iterator[Row]:
    """Small and wide without steps, small with steps; ours begins with the record as it was computed."""
    for make in (lecture, wide):
        problem = make("sigmoid")
        record = problem.trace()
        arrays = arrays_of(record)

        def bare(arrays: list[Any] = arrays) -> bytes:
            return orjson.dumps(arrays, option=orjson.OPT_SERIALIZE_NUMPY)

        def whole(record: Trace = record) -> bytes:
            return trace_bytes(Trace(record.layout, record.computed, record.learning_rate), [])

        yield Row(GROUP, f"JSON of {problem.name}, steps none", "orjson on the bare arrays", compare(whole, bare))
    record = lecture("sigmoid").trace()
    walk = steps(record, "unit")
    arrays = arrays_of(record)

    def with_steps() -> bytes:
        fresh = Trace(record.layout, record.computed, record.learning_rate)
        return trace_bytes(fresh, steps_json(fresh, "unit"))

    def bare_with_steps() -> tuple[bytes, bytes]:
        return orjson.dumps(arrays, option=orjson.OPT_SERIALIZE_NUMPY), orjson.dumps(walk)

    peer = "orjson on the bare arrays and finished steps"
    yield Row(GROUP, "JSON of 2-2-2-2, steps unit", peer, compare(with_steps, bare_with_steps))


def walk_rows() -> Iterator[Row]:
    """A trace with its steps, symbols and numbers, against the trace alone."""
    problem = lecture("sigmoid")
    for granularity in ("layer", "unit", "term"):

        def walked(granularity: str = granularity) -> object:
            return steps(problem.trace(), granularity)

        name = f"trace of 2-2-2-2 with steps {granularity}"
        yield Row(WALK, name, "the trace alone", compare(walked, problem.trace))
