"""From a trace and its steps to the bytes of JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import orjson

from ...core.record.layout import Structure, layout
from ...core.record.operations.numerals import Place, as_addend, as_factor, latex_of_all
from ...core.record.steps import count_steps, described, each_step, numbers_of, plan, prepared, steps, worded
from ...core.record.trace import Trace
from ..wire.outgoing.encoding import encode, in_parts

LARGEST_TEMPLATE = 4096
MOST_STEPS = 512

POSITION = re.compile(rb"(\d+)\.0(?!\d)")
"""A position in a template; a parameter such as 0.01 is none."""


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
        pick: from all numbers as JSON, as LaTeX, the factors, the addends and the words, one behind the other, to the
            gaps.
    """

    text: str
    factors: tuple[int, ...]
    addends: tuple[int, ...]
    pick: Callable[[Sequence[str]], tuple[str, ...]]


@lru_cache(maxsize=128)
def steps_template(structure: Structure, granularity: str, count: int, wanted: frozenset[str]) -> StepsTemplate:
    """Work out where in the JSON of the steps each of ``count`` numbers stands, and with the details the words."""
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
    words = 2 * count + len(factors) + len(addends)
    texts, gaps = [], []
    for index, step in enumerate(every):
        # ``numbers`` has its gaps already, and its percent signs doubled.
        details = described(structure, granularity, index, wanted) if wanted else {}
        head = orjson.dumps({**step.head, **details}).decode().replace("%", "%%")
        values = ",".join(["%s"] * len(step.writes))
        said = ',"words":%s' if "words" in wanted else ""
        texts.append(f'{head[:-1]},"value":[{values}],"numbers":{orjson.dumps(step.template).decode()}{said}}}')
        gaps += [*step.writes, *(places[slot] for slot in step.slots)]
        if said:
            gaps.append(words + index)
    return StepsTemplate(f"[{','.join(texts)}]", factors, addends, itemgetter(*gaps))


def steps_json(trace: Trace, granularity: str, details: Collection[str] = ()) -> orjson.Fragment:
    """The steps of a trace as JSON; of a small one without making the steps themselves."""
    structure = trace.layout.structure
    if granularity == "none":
        return orjson.Fragment(b"[]")
    if count_steps(structure, granularity) > MOST_STEPS:
        return orjson.Fragment(orjson.dumps(steps(trace, granularity, details=details)))
    numbers, wanted = numbers_of(trace, granularity), frozenset(details)
    text, factors, addends, pick = steps_template(structure, granularity, len(numbers), wanted)
    shown = [each.replace("\\", "\\\\") for each in latex_of_all(numbers)]
    pool = orjson.dumps(numbers)[1:-1].decode().split(",")
    pool += shown
    pool += [as_factor(shown[position]) for position in factors]
    pool += [as_addend(shown[position]) for position in addends]
    if "words" in wanted:
        operations = plan(structure, granularity).operations
        pool += [orjson.dumps(worded(trace.layout, numbers, each)).decode() for each in operations]
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


def trace_parts(trace: Trace, granularity: str, details: Collection[str] = ()) -> list[bytes]:
    """A trace and its steps as JSON in pieces, for a large one."""
    return list(in_parts({**trace.document(), "steps": each_step(trace, granularity, details=details)}))
