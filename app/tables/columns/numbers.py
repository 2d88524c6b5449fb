"""A column of cells to numbers, all read in one way."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...looking import watched
from .cells import LONGEST_NUMBER, SPELLING, plain
from .marks import COMMA, GROUPS, OTHER, POINT, Evidence, evidence_of, evidence_of_lines

_PLAIN = frozenset("0123456789+-eE\n")
NO_UNIT = ""


@dataclass(frozen=True)
class Reading:
    """How the numbers of one column are written.

    Attributes:
        decimal: the decimal mark.
        groups: all marks that may group thousands.
        unit: what stands before or after the numbers and is left away, such as % or $.
    """

    decimal: str
    groups: str
    unit: str = NO_UNIT


@dataclass(frozen=True)
class Spelled:
    """The different cells of a column that may be numbers, taken apart.

    Attributes:
        cells: each different cell with the digits and marks in it (sign and unit apart).
        evidence: what they prove about the decimal mark.
        unit: the unit of most cells that have one.
        mark: for a column of nothing but digits, signs, exponents and at most one kind of mark, that mark, or ""; it is
            read fast. None for any other.
    """

    cells: dict[str, tuple[str, str, str]] = field(repr=False)
    evidence: Evidence
    unit: str
    mark: str | None = None


def spelled(filled: Sequence[str]) -> Spelled:
    """Take apart every different cell of a column that has something in it."""
    different = list(dict.fromkeys(watched(filled)))
    lines = "\n".join(different)
    marks = set(lines) - _PLAIN
    if marks in ({POINT}, {COMMA}, set()):
        mark = "".join(marks)
        return Spelled(
            {cell: ("", cell, "") for cell in watched(different)}, evidence_of_lines(lines, mark), NO_UNIT, mark
        )
    cells: dict[str, tuple[str, str, str]] = {}
    units: Counter[str] = Counter()
    for cell in watched(different):
        text = plain(cell)
        match = SPELLING.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
        if match is None or bool(match["open"]) != bool(match["close"]) or (match["before"] and match["after"]):
            continue
        sign = "-" if match["open"] or "-" in (match["sign"], match["sign2"]) else ""
        unit = match["before"] or match["after"] or NO_UNIT
        cells[cell] = (sign, match["body"], unit)
        units[unit] += 1
    named = [(count, unit) for unit, count in units.items() if unit]
    unit = max(named)[1] if named else NO_UNIT
    kept = {cell: parts for cell, parts in cells.items() if parts[2] in (unit, NO_UNIT)}
    return Spelled(kept, evidence_of(body for _, body, _ in kept.values()), unit)


@lru_cache(maxsize=64)
def _pattern(decimal: str, groups: str) -> re.Pattern[str]:
    """Whole numbers, grouped in threes (or as in India) by one and the same mark or not; a fraction; an exponent."""
    mark, grouping = re.escape(decimal), f"[{re.escape(groups)}]" if groups else r"(?!)"
    threes = rf"\d{{1,3}}(?P<g>{grouping})\d{{3}}(?:(?P=g)\d{{3}})*"
    indian = rf"\d{{1,2}}(?P<h>{grouping})\d\d(?:(?P=h)\d\d)*(?P=h)\d{{3}}"
    return re.compile(rf"[-+]?(?:(?:{threes}|{indian}|\d+)(?:{mark}\d*)?|{mark}\d+)(?:[eE][-+]?\d+)?")


def value_of(sign: str, body: str, reading: Reading) -> float:
    """One number; NaN if it is none in this reading, or one that float64 cannot hold."""
    if len(body) > LONGEST_NUMBER or _pattern(reading.decimal, reading.groups).fullmatch(body) is None:
        return math.nan
    for mark in reading.groups:
        body = body.replace(mark, "")
    value = float(sign + body.replace(reading.decimal, POINT))
    return value if math.isfinite(value) else math.nan


def values_of(cells: Sequence[str], parts: Spelled, reading: Reading) -> NDArray[np.float64]:
    """The number in every cell, in order; NaN where there is none."""
    if parts.mark in ("", reading.decimal):
        try:
            values = np.array([float(cell.replace(reading.decimal, POINT)) for cell in watched(cells)], np.float64)
            return np.where(np.isfinite(values), values, np.nan)
        except ValueError:
            pass  # Some cell is none; each is asked.
    known = {cell: value_of(sign, body, reading) for cell, (sign, body, _) in watched(parts.cells.items())}
    return np.fromiter((known.get(cell, math.nan) for cell in watched(cells)), np.float64, len(cells))


def reading_with(decimal: str, grouping: str | None, unit: str) -> Reading:
    """The reading with this decimal mark; ``grouping`` is the one mark that may group, "" for none, None for any."""
    groups = OTHER[decimal] + GROUPS if grouping is None else grouping.replace(decimal, "")
    return Reading(decimal, groups, unit)


def grouped_example(parts: Spelled, reading: Reading) -> tuple[str, str] | None:
    """A cell whose thousands are grouped, and the mark that does it; None if there is none."""
    if parts.mark in ("", reading.decimal):
        return None
    for cell, (sign, body, _) in watched(parts.cells.items()):
        for mark in reading.groups:
            if mark in body and not math.isnan(value_of(sign, body, reading)):
                return cell, mark
    return None


def other_value(cell: str, parts: Spelled, reading: Reading) -> float:
    """What a cell would be with the other decimal mark."""
    sign, body, _ = parts.cells[cell]
    return value_of(sign, body, reading_with(OTHER[reading.decimal], None, reading.unit))
