"""Text to records: what stands between separators, each with the number of its row as a spreadsheet counts it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from itertools import compress
from types import MappingProxyType
from typing import NamedTuple

from ...looking import watched
from ..columns.cells import as_meant
from ..words.saying import Refused, TooMuch

DELIMITERS: Mapping[str, str] = MappingProxyType(
    {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "spaces": " ", "wide": "  "}
)
"""By name; ``spaces`` are runs of them, tabs included, ``wide`` are runs of two or more."""

LONGEST_CELL = 100_000
_WIDE = re.compile(r"[ \t]{2,}|\t")
_SAID = re.compile(r'^"?sep=(.)"?[ ,;\t|]*\n', re.IGNORECASE)


class Record(NamedTuple):
    """One row of the file: its number, counted from 1 with header and empty rows, and its cells."""

    number: int
    cells: list[str]


class Records(NamedTuple):
    """All rows in which something stands, and the row with a quotation mark that does not close, if there is one."""

    rows: list[Record]
    open_quote: int | None


def with_one_line_end(text: str) -> str:
    """The text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def said_delimiter(text: str) -> tuple[str | None, str]:
    """The delimiter that a first line such as ``sep=;`` names, and the text with that line emptied."""
    match = _SAID.match(text[:40])
    if match is None or match[1] not in DELIMITERS.values():
        return None, text
    return match[1], text[match.end() - 1 :]


def split_lines(lines: Iterable[str], delimiter: str, *, quoted: bool = True) -> list[list[str]]:
    """The cells of every line; a line break within quotation marks is no end of a row.

    Raises:
        csv.Error: a cell is longer than the reader takes.
    """
    mark = delimiter
    if delimiter == DELIMITERS["spaces"]:
        lines = (line.replace("\t", " ").strip(" ") for line in lines)
    elif delimiter == DELIMITERS["wide"]:
        lines, mark = (_WIDE.sub("\t", line.strip(" \t")) for line in lines), "\t"
    # A generator, since the reader would keep every other thread waiting while it goes through a list.
    ended = (f"{line}\n" for line in watched(lines))
    skips = mark != "\t"
    if quoted:
        return list(csv.reader(ended, delimiter=mark, skipinitialspace=skips))
    return list(csv.reader(ended, delimiter=mark, quoting=csv.QUOTE_NONE, skipinitialspace=skips))


def records_of(text: str, delimiter: str, most: int) -> Records:
    """The rows of a text.

    Args:
        text: with one kind of line end, the line feed.
        delimiter: one of ``DELIMITERS``' values.
        most: rows in which something stands.

    Raises:
        Refused: a cell is too long.
        TooMuch: there are more rows.
    """
    lines = text.split("\n")
    opened = None
    try:
        rows = split_lines(lines, delimiter)
        opened = _open_quote(lines, rows, text)
    except csv.Error:
        opened = next((number for number, line in enumerate(lines, 1) if line.count('"') % 2), 1)
    if opened is not None:
        try:
            rows = [[_unquoted(cell) for cell in row] for row in split_lines(lines, delimiter, quoted=False)]
        except csv.Error:
            raise Refused("long_cell", most=LONGEST_CELL) from None
    if "'" in text:
        rows = [[as_meant(cell) for cell in cells] for cells in watched(rows)]
    stands = [any(cell and not cell.isspace() for cell in cells) for cells in watched(rows)]
    if sum(stands) > most:
        raise TooMuch("table_rows", sum(stands))
    return Records([Record(*pair) for pair in watched(compress(enumerate(rows, 1), stands))], opened)


def _open_quote(lines: list[str], rows: list[list[str]], text: str) -> int | None:
    """The row whose quotation mark never closes: the last one, if it swallowed the rest of the file."""
    if text.count('"') % 2 == 0 or len(rows) == len(lines) or not rows:
        return None
    last = rows[-1]
    swallowed = max(cell.count("\n") for cell in last) if last else 0
    return len(rows) if swallowed or len(rows) < len(lines) else None


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks around it."""
    inner = cell.strip()
    return inner[1:-1].replace('""', '"') if len(inner) > 1 and inner[0] == inner[-1] == '"' else cell
