"""From the core's records to the bytes of JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import orjson

from ..core.layout import Structure, layout
from ..core.trace import Trace

LARGEST_TEMPLATE = 4096
POSITION = re.compile(rb"(\d+)\.0")


def plain(value: Any) -> Any:
    """An array that orjson cannot read in place, as one that it can."""
    if isinstance(value, np.ndarray):
        return np.ascontiguousarray(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def encode(content: Any) -> bytes:
    """``content`` as one JSON value; NumPy arrays are written as arrays, NaN and infinity as null."""
    return orjson.dumps(content, plain, orjson.OPT_SERIALIZE_NUMPY)


class Template(NamedTuple):
    """The JSON of every trace of one structure: ``text`` with a gap for each number, ``pick`` for their order."""

    text: bytes
    pick: Callable[[Sequence[bytes]], tuple[bytes, ...]]


@lru_cache(maxsize=128)
def template(structure: Structure) -> Template:
    """Work out where in the JSON each number of a trace stands.

    A trace whose numbers are their own positions is written out once; where a position stands in it, there stands in
    every other trace of this structure the number of that position. Whole numbers (the counts) have no ".0" and stay.
    """
    spans = layout(structure)
    document = Trace(spans, np.arange(spans.size, dtype=np.float64), 0.0 if structure.learning else None).document()
    text = encode(document).replace(b"%", b"%%")
    positions = [int(position) for position in POSITION.findall(text)]
    return Template(POSITION.sub(b"%b", text), itemgetter(*positions))


def trace_bytes(trace: Trace, steps: Sequence[Any]) -> bytes:
    """A trace and its steps as JSON.

    All numbers are written in one go and put into the template of the structure: three times as fast as building the
    lists and objects around them first, which for a small network costs more than the trace itself.
    """
    if trace.layout.size > LARGEST_TEMPLATE:
        return encode({**trace.document(), "steps": steps})
    text, pick = template(trace.layout.structure)
    written = text % pick(orjson.dumps(trace.numbers)[1:-1].split(b","))
    return b'%b,"steps":%b}' % (written[:-1], orjson.dumps(steps) if steps else b"[]")
