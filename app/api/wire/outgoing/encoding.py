"""From the core's records to the bytes of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import orjson

from ....looking import look_up

PART = 8192
FEW = 64
"""The longest array that is looked into for what is large in it; the members of a longer one are small."""
BATCH = 128


def plain(value: Any) -> Any:
    """An array that orjson cannot read in place, as one that it can."""
    if isinstance(value, np.ndarray):
        return np.ascontiguousarray(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def encode(content: Any) -> bytes:
    """``content`` as one JSON value; NumPy arrays are written as arrays, NaN and infinity as null."""
    return orjson.dumps(content, plain, orjson.OPT_SERIALIZE_NUMPY)


def in_parts(content: Any) -> Iterator[bytes]:
    """The same JSON piece by piece, none of them of much more than ``PART`` values.

    While orjson writes, no other thread runs, the event loop among them; between two pieces they do.
    """
    if isinstance(content, dict):
        lead = b"{"
        for name, value in content.items():
            yield lead + orjson.dumps(name) + b":"
            yield from in_parts(value)
            lead = b","
        yield b"}" if content else b"{}"
    elif isinstance(content, np.ndarray) and content.ndim and content.size > PART:
        rows = max(1, PART * len(content) // content.size)
        if rows == 1 and content.ndim > 1:
            yield from _listed(content)
        else:
            pieces = (content[start : start + rows] for start in range(0, len(content), rows))
            yield from _joined(encode(piece)[1:-1] for piece in pieces)
    elif isinstance(content, list | tuple) and len(content) <= FEW and not hasattr(content, "_fields"):
        yield from _listed(content)
    elif isinstance(content, list | tuple | Iterator):
        yield from _joined(encode(piece)[1:-1] for piece in batched(content))
    else:
        yield encode(content)


def _listed(values: Iterable[Any]) -> Iterator[bytes]:
    """An array whose members may be large themselves."""
    lead = b"["
    for value in values:
        yield lead
        yield from in_parts(value)
        lead = b","
    yield b"]" if lead == b"," else b"[]"


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """An array from what stands between the brackets of its pieces."""
    lead = b"["
    for piece in pieces:
        look_up()
        yield lead + piece
        lead = b","
    yield b"]" if lead == b"," else b"[]"


def batched(values: Iterable[Any]) -> Iterator[list[Any]]:
    """``BATCH`` at a time."""
    rest = iter(values)
    while batch := list(islice(rest, BATCH)):
        yield batch
