"""Texts with numbers, formulas and terms in them, cut into segments that a page can show without parsing anything.

A text says ``{/layers/0/a/0}`` where a number of its trace belongs (``{/layers/0/a/0:2}`` with two significant digits),
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

from ..core.counts import Counts
from ..core.trace import Trace

Segment = Mapping[str, Any]

DIGITS = 3
MARKS = re.compile(
    r"\{(?P<pointer>/[^}:]+)(:(?P<digits>\d))?\}"
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
        "/counts/naive_recursion": lambda counts: counts["naive_recursion"],
        "/counts/finite_differences": lambda counts: counts["finite_differences"],
    }
)


def segments(text: str, record: Trace | None, facts: Mapping[str, str] | None = None) -> list[Segment]:
    """A text in pieces, each a ``text``, a ``pointer`` with its value, a ``fact``, ``tex``, a ``term`` and so on.

    Args:
        text: as in the files of lessons.
        record: the trace that its numbers come from; None where there is none, and so no number may be named.
        facts: published numbers by name, as printed.

    Raises:
        KeyError: a pointer is not in the trace, there is no trace, or no such fact.
    """
    return list(_pieces(text, record, facts or {}))


def pointers_in(text: str) -> list[str]:
    """The pointers whose numbers a text names, in its order."""
    return [match["pointer"] for match in MARKS.finditer(text) if match["pointer"]]


def _pieces(text: str, record: Trace | None, facts: Mapping[str, str]) -> Iterator[Segment]:
    end = 0
    for match in MARKS.finditer(text):
        if match.start() > end:
            yield {"text": text[end : match.start()]}
        end = match.end()
        if match["pointer"]:
            digits = int(match["digits"] or DIGITS)
            yield {"pointer": match["pointer"], "value": number_at(record, match["pointer"]), "digits": digits}
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
