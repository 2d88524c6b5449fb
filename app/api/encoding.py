"""From the core's records to the bytes of JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import orjson

from ..core.record.layout import Structure, layout
from ..core.record.numerals import Place, as_addend, as_factor, latex_of_all
from ..core.record.steps import count_steps, each_step, numbers_of, plan, prepared, steps
from ..core.record.trace import Trace
from .work import look_up

LARGEST_TEMPLATE = 4096
MOST_STEPS = 512
PART = 8192
FEW = 64
"""The longest array that is looked into for what is large in it; the members of a longer one are small."""
BATCH = 128
POSITION = re.compile(rb"(\d+)\.0(?!\d)")
"""A position in a template; a parameter such as 0.01 is none."""


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


class StepsTemplate(NamedTuple):
    """The JSON of the steps of every trace of one structure.

    Attributes:
        text: with a gap for each number, and for each LaTeX of a number.
        factors: the positions of the numbers that stand somewhere as a factor.
        addends: those of the numbers that stand somewhere as an addend.
        pick: from all numbers as JSON, as LaTeX, the factors and the addends, one behind the other, to the gaps.
    """

    text: str
    factors: tuple[int, ...]
    addends: tuple[int, ...]
    pick: Callable[[Sequence[str]], tuple[str, ...]]


@lru_cache(maxsize=128)
def steps_template(structure: Structure, granularity: str, count: int) -> StepsTemplate:
    """Work out where in the JSON of the steps each of ``count`` numbers stands."""
    every = [prepared(structure, granularity, index) for index in range(len(plan(structure, granularity)))]
    slots = list(chain.from_iterable(step.slots for step in every))
    factors, addends = (
        tuple(dict.fromkeys(position for at, position in slots if at == place))
        for place in (Place.FACTOR, Place.ADDEND)
    )
    places: dict[tuple[int, int], int] = {
        **{(Place.BARE, position): count + position for position in range(count)},
        **{(Place.FACTOR, position): 2 * count + order for order, position in enumerate(factors)},
        **{(Place.ADDEND, position): 2 * count + len(factors) + order for order, position in enumerate(addends)},
    }
    texts, gaps = [], []
    for step in every:
        # ``numbers`` has its gaps already, and its percent signs doubled.
        head = orjson.dumps(step.head).decode().replace("%", "%%")
        values = ",".join(["%s"] * len(step.writes))
        texts.append(f'{head[:-1]},"value":[{values}],"numbers":{orjson.dumps(step.template).decode()}}}')
        gaps += [*step.writes, *(places[slot] for slot in step.slots)]
    return StepsTemplate(f"[{','.join(texts)}]", factors, addends, itemgetter(*gaps))


def steps_json(trace: Trace, granularity: str) -> orjson.Fragment:
    """The steps of a trace as JSON; of a small one without making the steps themselves."""
    structure = trace.layout.structure
    if granularity == "none":
        return orjson.Fragment(b"[]")
    if count_steps(structure, granularity) > MOST_STEPS:
        return orjson.Fragment(orjson.dumps(steps(trace, granularity)))
    numbers = numbers_of(trace, granularity)
    text, factors, addends, pick = steps_template(structure, granularity, len(numbers))
    shown = [each.replace("\\", "\\\\") for each in latex_of_all(numbers)]
    pool = orjson.dumps(numbers)[1:-1].decode().split(",")
    pool += shown
    pool += [as_factor(shown[position]) for position in factors]
    pool += [as_addend(shown[position]) for position in addends]
    return orjson.Fragment(text % pick(pool))


def trace_bytes(trace: Trace, steps: Sequence[Any] | orjson.Fragment) -> bytes:
    """A trace and its steps as JSON.

    All numbers are written in one go and put into the template of the structure: three times as fast as building the
    lists and objects around them first, which for a small network costs more than the trace itself.
    """
    if trace.layout.size > LARGEST_TEMPLATE:
        return encode({**trace.document(), "steps": steps})
    text, pick = template(trace.layout.structure)
    written = text % pick(orjson.dumps(trace.numbers)[1:-1].split(b","))
    return b'%b,"steps":%b}' % (written[:-1], orjson.dumps(steps))


def trace_parts(trace: Trace, granularity: str) -> list[bytes]:
    """A trace and its steps as JSON in pieces, for a large one."""
    return list(in_parts({**trace.document(), "steps": each_step(trace, granularity)}))
