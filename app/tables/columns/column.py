"""A column of cells: what kind it is, its numbers or its words, what is missing in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ...looking import watched
from . import names
from .cells import MISSING, is_date_like
from .numbers import Reading, Spelled, spelled, values_of

Kind = Literal["number", "category", "date", "identifier", "text", "constant", "empty"]
KINDS: tuple[Kind, ...] = ("number", "category", "date", "identifier", "text", "constant", "empty")
MOST_WORDS = 12
"""Different words that a column may have to become inputs, one each."""
MOSTLY = 0.8
_COMPACT_DATE = range(18000101, 21001232)


@dataclass(frozen=True)
class Cells:
    """A column before it is known how its numbers are written.

    Attributes:
        name: its name; no other column has it.
        lacks_name: whether the file names other columns and not this one, as it does with the index of a data frame.
        cells: what stands in each row, stripped.
        filled: the places of rows in which something stands.
        spelled: its cells that may be numbers; None if it is clearly one of words or dates.
        numbers: how many of the filled cells may be numbers.
    """

    name: str
    lacks_name: bool
    cells: tuple[str, ...] = field(repr=False)
    filled: NDArray[np.intp] = field(repr=False)
    spelled: Spelled = field(repr=False)
    numbers: int

    @property
    def is_numeric(self) -> bool:
        """Whether half of what stands in it or more may be numbers: then the rest is wrong, else all are words."""
        return self.numbers > 0 and 2 * self.numbers >= len(self.filled)


@dataclass(frozen=True)
class Column:
    """A column as it is read.

    Attributes:
        name: its name; no other column has it.
        kind: what it is.
        cells: what stands in each row, stripped.
        missing: rows in which nothing stands, one truth value a row.
        values: of a column of numbers the number in each row, NaN where there is none; else None.
        reading: of a column of numbers, how they are written; else None.
        spelled: its cells taken apart.
        unique: how many different values there are.
        words: the different words in order, at most a few more than can be used; of a column of numbers empty.
    """

    name: str
    kind: Kind
    cells: tuple[str, ...] = field(repr=False)
    missing: NDArray[np.bool_] = field(repr=False)
    values: NDArray[np.float64] | None = field(repr=False)
    reading: Reading | None
    spelled: Spelled = field(repr=False)
    unique: int
    words: tuple[str, ...] = field(repr=False)

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Rows in which something stands that is no number although the column is one of numbers."""
        if self.values is None:
            return np.zeros(len(self.cells), np.bool_)
        return np.isnan(self.values) & ~self.missing


def taken_apart(name: str, lacks_name: bool, cells: Sequence[str]) -> Cells:
    """Look at a column without deciding anything."""
    stripped = tuple(map(str.strip, watched(cells)))
    filled = np.fromiter((place for place, cell in enumerate(watched(stripped)) if cell not in MISSING), np.intp)
    standing = [stripped[place] for place in watched(filled.tolist())]
    parts = spelled(standing)
    numbers = sum(1 for cell in watched(standing) if cell in parts.cells)
    return Cells(name, lacks_name, stripped, filled, parts, numbers)


def read_column(column: Cells, reading: Reading) -> Column:
    """Read its numbers in this way, if it has them, and say what kind of column it is."""
    standing = [column.cells[place] for place in watched(column.filled.tolist())]
    missing = np.ones(len(column.cells), np.bool_)
    missing[column.filled] = False
    values = None
    if column.is_numeric:
        read = values_of(standing, column.spelled, reading)
        if 2 * np.count_nonzero(~np.isnan(read)) >= len(standing):
            values = np.full(len(column.cells), np.nan)
            values[column.filled] = read
    different = dict.fromkeys(watched(standing))
    kind, unique = _kind(column, standing, different, values)
    if kind in ("date", "text", "category", "empty") or (kind == "identifier" and values is None):
        values = None
    words = () if values is not None else tuple(sorted(different))
    return Column(
        column.name,
        kind,
        column.cells,
        missing,
        values,
        reading if values is not None else None,
        column.spelled,
        unique,
        words,
    )


def _kind(
    column: Cells, standing: list[str], different: dict[str, None], values: NDArray[np.float64] | None
) -> tuple[Kind, int]:
    """The kind, and how many different values there are."""
    count, rows = len(standing), len(column.cells)
    if not count:
        return "empty", 0
    if values is None:
        unique = len(different)
        if _are_dates(column.name, different, None):
            return "date", unique
        if unique == 1 and rows > 1:
            return "constant", 1
        if unique == count > 1 or names.surely_identifies(column.name):
            return "identifier", unique
        return ("category" if unique <= MOST_WORDS or 2 * unique <= count else "text"), unique
    numbers = values[~np.isnan(values)]
    unique = len(np.unique(numbers))
    if _are_dates(column.name, different, numbers):
        return "date", unique
    if unique == 1 and rows > 1:
        return "constant", 1
    return ("identifier" if _is_counter(column, numbers, unique) else "number"), unique


def _are_dates(name: str, different: dict[str, None], numbers: NDArray[np.float64] | None) -> bool:
    if numbers is not None:
        whole = numbers[(numbers % 1 == 0) & (numbers >= _COMPACT_DATE.start) & (numbers < _COMPACT_DATE.stop)]
        return names.is_date(name) and len(numbers) > 0 and len(whole) >= MOSTLY * len(numbers)
    dates = sum(map(is_date_like, watched(different)))
    return dates >= MOSTLY * len(different)


def _is_counter(column: Cells, numbers: NDArray[np.float64], unique: int) -> bool:
    """Whether whole numbers only number the rows: by the column's name, with or without a look at what stands there."""
    if len(numbers) < 2 or np.any(numbers % 1 != 0):
        return False
    if names.surely_identifies(column.name):
        return True
    if unique < len(numbers):
        return False
    return column.lacks_name or (names.may_identify(column.name) and bool(np.all(np.diff(numbers) > 0)))
