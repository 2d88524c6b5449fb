"""A file as a table, how it is to be read, and what is too much."""

from __future__ import annotations

from dataclasses import dataclass, field

from .columns import marks
from .columns.column import Column
from .rows.heading import Body
from .rows.records import Record
from .words.saying import Note

UNNAMED = {"en": "column {number}", "zh": "第 {number} 列"}
LANGUAGES = tuple(UNNAMED)
GROUPINGS = {"none": "", "comma": ",", "point": ".", "space": " ", "apostrophe": "'", "underscore": "_"}
"""Marks that may group thousands, by name."""
DECIMALS = {"point": marks.POINT, "comma": marks.COMMA}
PREVIEWED = 5


@dataclass(frozen=True)
class Choices:
    """How a file is to be read; None for what is to be found out.

    Attributes:
        delimiter: a value of ``DELIMITERS``.
        decimal: a value of ``DECIMALS``.
        grouping: a value of ``GROUPINGS``.
        header: whether the first row has the names.
        skip: rows of the file above the table.
        encoding: a key of ``decoding.ENCODINGS``.
        language: of the names given to columns without one.
    """

    delimiter: str | None = None
    decimal: str | None = None
    grouping: str | None = None
    header: bool | None = None
    skip: int | None = None
    encoding: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class Bounds:
    """The largest table that is read; rows of any kind count, those of titles and comments too."""

    rows: int
    columns: int


@dataclass(frozen=True)
class Table:
    """A file as a table.

    Attributes:
        encoding: a key of ``decoding.ENCODINGS``.
        delimiter: a value of ``DELIMITERS``; None if there is one column.
        decimal: the decimal mark of the file: as was said, or as most columns prove it.
        is_proved: whether that was said or is proved; else each column without proof is read as is likely.
        body: where the table stands in the file.
        columns: its columns in order.
        numbers: the number of each row in the file, counted from 1.
        ragged: rows of another width, which are left out.
        notes: what was guessed, left away or left out.
    """

    encoding: str
    delimiter: str | None
    decimal: str
    is_proved: bool
    body: Body = field(repr=False)
    columns: tuple[Column, ...]
    numbers: tuple[int, ...] = field(repr=False)
    ragged: tuple[Record, ...] = field(repr=False)
    notes: tuple[Note, ...] = field(repr=False)

    def column(self, name: str) -> Column:
        """The column of this name.

        Raises:
            KeyError: there is none.
        """
        return {column.name: column for column in self.columns}[name]
