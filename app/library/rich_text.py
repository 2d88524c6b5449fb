"""Texts with numbers, formulas and terms in them, cut into segments that a page can show without parsing anything.

A text says ``{/layers/0/a/0}`` where a number of its trace belongs (``{/layers/0/a/0:2}`` with two significant digits),
``{first/loss/value}`` for one of another scene's trace, ``{first+second/loss/value}`` for the sum over several and
``{mean:first+second/loss/value}`` for their mean,
``$…$`` around LaTeX, ``[[gain]]`` or ``[[gain|the gain]]`` for a term of the glossary, ``**…**`` around what matters,
backticks around code.
``{=name}`` stands for a fact of the lesson: a published number with its source. So no number in a text can be another
one than the trace's or the source's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ..core.record.counts import Counts
from ..core.record.trace import Trace

Segment = Mapping[str, Any]

DIGITS = 3
MARKS = re.compile(
    r"\{(?P<mean>mean:)?(?P<scenes>[a-z0-9-]+(\+[a-z0-9-]+)*)?(?P<pointer>/[^}:]+)(:(?P<digits>\d))?\}"
    r"|\{=(?P<fact>[a-z0-9-]+)\}"
    r"|\$(?P<tex>[^$]+)\$"
    r"|\[\[(?P<term>[a-z-]+)(\|(?P<said>[^\]]+))?\]\]"
    r"|\*\*(?P<strong>[^*]+)\*\*"
    r"|`(?P<code>[^`]+)`"
)


_COUNTED: Mapping[str, Callable[[Counts], int]] = MappingProxyType(
    {
        "/counts/forward": lambda counts: counts["forward"],
        "/counts/backward": lambda counts: counts["backward"],
        "/counts/products": lambda counts: counts["products"],
        "/counts/gradient": lambda counts: counts["gradient"],
        "/counts/naive_recursion": lambda counts: counts["naive_recursion"],
        "/counts/finite_differences": lambda counts: counts["finite_differences"],
    }
)


def segments(
    text: str,
    record: Trace | None,
    facts: Mapping[str, str] | None = None,
    records: Mapping[str, Trace | None] | None = None,
) -> list[Segment]:
    """A text in pieces, each a ``text``, a ``pointer`` with its value, a ``fact``, ``tex``, a ``term`` and so on.

    Args:
        text: as in the files of lessons.
        record: the trace that its numbers come from; None where there is none, and so no number may be named.
        facts: published numbers by name, as printed.
        records: the traces of other scenes by name.

    Raises:
        KeyError: a pointer is not in the trace, there is no trace, or no such fact or scene.
    """
    return list(_pieces(text, record, facts or {}, records or {}))


def pointers_in(text: str) -> list[str]:
    """The pointers whose numbers a text names, in its order, each with the other scenes that it is taken from."""
    return [
        "".join(filter(None, (match["mean"], match["scenes"], match["pointer"])))
        for match in MARKS.finditer(text)
        if match["pointer"]
    ]


def _number(match: re.Match[str], record: Trace | None, records: Mapping[str, Trace | None]) -> Segment:
    pointer, digits = match["pointer"], int(match["digits"] or DIGITS)
    if match["scenes"] is None:
        return {"pointer": pointer, "value": number_at(record, pointer), "digits": digits}
    scenes = match["scenes"].split("+")
    value = sum(number_at(records[scene], pointer) for scene in scenes)
    if match["mean"]:
        value /= len(scenes)
    return {"pointer": pointer, "value": value, "digits": digits, "scenes": scenes}


def _pieces(
    text: str, record: Trace | None, facts: Mapping[str, str], records: Mapping[str, Trace | None]
) -> Iterator[Segment]:
    end = 0
    for match in MARKS.finditer(text):
        if match.start() > end:
            yield {"text": text[end : match.start()]}
        end = match.end()
        if match["pointer"]:
            yield _number(match, record, records)
        elif match["fact"]:
            yield {"fact": match["fact"], "text": facts[match["fact"]]}
        elif match["tex"]:
            yield {"tex": match["tex"]}
        elif match["term"]:
            yield {"term": match["term"], "text": match["said"] or ""}
        elif match["code"]:
            yield {"code": match["code"]}
        else:
            yield {"strong": match["strong"]}
    if end < len(text):
        yield {"text": text[end:]}


def number_at(record: Trace | None, pointer: str) -> float:
    """The number of a trace at a pointer.

    Raises:
        KeyError: there is no such number, or no trace.
    """
    if record is None:
        raise KeyError(f"{pointer} in a text without a trace")
    if pointer.startswith("/counts/"):
        return float(_COUNTED[pointer](record.counts))
    place = record.layout.position.get(pointer)
    if place is None:
        raise KeyError(f"the trace has no number {pointer}")
    return float(record.values[place])
