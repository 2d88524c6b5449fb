"""A file's bytes to a table: the one way in for the page and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from ..looking import watched
from .columns import marks, names
from .columns.column import Cells, Column, read_column, taken_apart
from .columns.numbers import reading_with
from .remarks import remarks
from .rows.decoding import decoded
from .rows.delimiting import guessed_delimiter
from .rows.heading import Body, body_of
from .rows.records import DELIMITERS, Record, records_of, said_delimiter, with_one_line_end
from .table import UNNAMED, Bounds, Choices, Table
from .words.saying import Refused, TooMuch


def read_table(raw: bytes, choices: Choices, bounds: Bounds) -> Table:
    """Read a file.

    Args:
        raw: its bytes.
        choices: what is not to be guessed.
        bounds: what is too much.

    Raises:
        Refused: it is no table.
        TooMuch: it goes over one of the bounds.
    """
    text, encoding, is_certain = decoded(raw, choices.encoding)
    said, text = said_delimiter(with_one_line_end(text))
    delimiter = choices.delimiter or said or guessed_delimiter(text)
    records, open_quote = records_of(text, delimiter or DELIMITERS["comma"], bounds.rows)
    if not records:
        raise Refused("empty")
    if choices.skip is not None and records[-1].number <= choices.skip:
        raise Refused("nothing_left", "skip")
    body = body_of(records, delimiter or DELIMITERS["comma"], choices.header, choices.skip)
    if body.width > bounds.columns:
        raise TooMuch("table_columns", body.width)
    even, ragged = _even(body.rows, body.width)
    cells = _columns(body, even, choices.language)
    decimal, is_proved, columns = _read(cells, choices, delimiter or "")
    numbers = tuple(number for number, _ in watched(even))
    table = Table(encoding, delimiter, decimal, is_proved, body, columns, numbers, tuple(ragged), notes=())
    return replace(table, notes=tuple(remarks(table, is_certain, open_quote, choices.header)))


def _even(rows: Sequence[Record], width: int) -> tuple[list[Record], list[Record]]:
    """The rows of the right width, and the others; cells in which nothing stands may be too many."""
    even, ragged = [], []
    for record in watched(rows):
        cells = record.cells
        if len(cells) == width:
            even.append(record)
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            even.append(Record(record.number, cells[:width]))
        else:
            ragged.append(record)
    return even, ragged


def _columns(body: Body, even: Sequence[Record], language: str) -> list[Cells]:
    """Every column with its name."""
    given = [names.clipped(cell) for cell in islice(body.header or (), body.width)]
    given += [""] * (body.width - len(given))
    named = names.distinct([name or UNNAMED[language].format(number=place) for place, name in enumerate(given, 1)])
    columns = list(zip(*(cells for _, cells in watched(even)), strict=True)) if even else [()] * body.width
    has_names = any(given)
    return [
        taken_apart(name, has_names and not own, cells) for name, own, cells in zip(named, given, columns, strict=True)
    ]


def _read(columns: Sequence[Cells], choices: Choices, delimiter: str) -> tuple[str, bool, tuple[Column, ...]]:
    """The decimal mark of the file, whether it is sure, and the columns, each read by its own mark or the file's."""
    decimal = choices.decimal
    if decimal is None and choices.grouping in marks.OTHER:
        decimal = marks.OTHER[choices.grouping]
    evidence = [column.spelled.evidence for column in columns if column.is_numeric]
    whole = decimal or marks.of_file(evidence)
    read = []
    for column in columns:
        found = column.spelled.evidence
        mark = decimal or marks.of_column(found) or whole or marks.likely(found, delimiter)
        read.append(read_column(column, reading_with(mark, choices.grouping, column.spelled.unit)))
    used = [column.reading.decimal for column in read if column.reading is not None]
    # Nothing proves a mark: what the columns with an open cell were read by.
    return whole or (marks.COMMA if marks.COMMA in used else marks.POINT), whole is not None, tuple(read)
