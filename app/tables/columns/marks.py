"""Which mark is the decimal one: evidence from cells, decided for a column and for the file, never for a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ...looking import watched

POINT, COMMA = ".", ","
OTHER = {POINT: COMMA, COMMA: POINT}
GROUPS = "'_ "
"""Marks that can only group thousands, beside the point or the comma that is not the decimal mark."""

_TAIL = re.compile(r"(\d*)(?:([eE])[-+]?\d+)?$")
_LARGE = re.compile(r"\d{4,}")
_SMALL = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Evidence:
    """What the cells of a column prove.

    Attributes:
        point: cells that can only be read with a decimal point.
        comma: cells that can only be read with a decimal comma.
        open: a cell that reads both ways, such as 12.345, if there is one.
        has_small: whether there are whole numbers below 1000, without any mark.
        has_large: whether there are whole numbers of four digits or more, without any mark.
    """

    point: int
    comma: int
    open: str | None
    has_small: bool
    has_large: bool


def proof(body: str) -> str | None:
    """The decimal mark that one number without sign and unit proves; "" if it reads both ways, None if it has none."""
    points, commas = body.count(POINT), body.count(COMMA)
    if not points and not commas:
        return None
    if points and commas:
        last = POINT if body.rfind(POINT) > body.rfind(COMMA) else COMMA
        return last if body.count(last) == 1 else ""
    mark = POINT if points else COMMA
    if points + commas > 1:
        return OTHER[mark]
    before, after = body.split(mark)
    match = _TAIL.match(after)
    digits, exponent = match.groups() if match else ("", None)
    is_open = len(digits) == 3 and not exponent and _SMALL.fullmatch(before) and before[0] != "0"
    return "" if is_open else mark


def evidence_of(bodies: Iterable[str]) -> Evidence:
    """What all of them prove together."""
    found: Counter[str | None] = Counter()
    open_cell, small, large = None, False, False
    for body in watched(bodies):
        mark = proof(body)
        found[mark] += 1
        if mark == "":
            open_cell = open_cell or body
        elif mark is None:
            small = small or _SMALL.fullmatch(body) is not None
            large = large or _LARGE.fullmatch(body) is not None
    return Evidence(found[POINT], found[COMMA], open_cell, small, large)


def evidence_of_lines(lines: str, mark: str) -> Evidence:
    """The same of plain cells, one a line, in which there is no other mark than ``mark`` ("" for none); fast."""
    small, large = (_in_lines(rf"^[-+]?\d{{{digits}}}$").search(lines) is not None for digits in ("1,3", "4,"))
    if not mark:
        return Evidence(0, 0, None, small, large)
    point = re.escape(mark)
    if _in_lines(rf"{point}.*{point}").search(lines):
        return evidence_of(line.lstrip("+-") for line in lines.split("\n"))
    if _in_lines(rf"^[-+]?(?:0\d*|\d{{4,}})?{point}|{point}(?!\d{{3}}$)").search(lines):
        return Evidence(int(mark == POINT), int(mark == COMMA), None, small, large)
    some = _in_lines(rf"^.*{point}.*$").search(lines)
    return Evidence(0, 0, some.group().lstrip("+-") if some else None, small, large)


@lru_cache(maxsize=32)
def _in_lines(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


def of_column(evidence: Evidence) -> str | None:
    """The decimal mark that a column proves, by most of its cells; None if it proves nothing."""
    if evidence.point == evidence.comma:
        return None
    return POINT if evidence.point > evidence.comma else COMMA


def of_file(columns: Iterable[Evidence]) -> str | None:
    """The decimal mark of most columns that prove one; None if none does, or as many the one as the other."""
    votes = Counter(mark for mark in map(of_column, columns) if mark)
    return None if votes[POINT] == votes[COMMA] else max(votes, key=lambda mark: votes[mark])


def likely(evidence: Evidence, delimiter: str) -> str:
    """The decimal mark of a column whose file proves nothing: what most files of that kind mean.

    A comma groups thousands where columns are separated by commas, and where numbers below 1000 stand without one and
    larger ones never do. A point is a decimal point.
    """
    if evidence.open is None or POINT in evidence.open:
        return POINT
    groups = evidence.has_small and not evidence.has_large
    return POINT if delimiter == COMMA or groups else COMMA
