"""What the tests of tables read with: no bound in the way unless it is the point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.tables.examples import Chosen, Examples, examples_of
from app.tables.reading import read_table
from app.tables.table import Bounds, Choices, Table

FILES = Path(__file__).parent / "files"
BOUNDS = Bounds(rows=200_000, columns=2_000)
MOST = 2_000_000


def read(raw: bytes | str, **choices: Any) -> Table:
    """A file, or a text as UTF-8, as a table."""
    return read_table(raw.encode() if isinstance(raw, str) else raw, Choices(**choices), BOUNDS)


def learn(table: Table, **chosen: Any) -> Examples:
    """The examples of a table."""
    return examples_of(table, Chosen(**chosen), MOST)


def kinds(table: Table) -> dict[str, str]:
    """The kind of each column."""
    return {column.name: column.kind for column in table.columns}


def numbers(table: Table, name: str) -> list[float]:
    """The numbers of a column."""
    values = table.column(name).values
    assert values is not None, f"{name} is no column of numbers"
    return [float(value) for value in values]


def codes(table: Table) -> set[str]:
    """The codes of what is said of a table."""
    return {note.code for note in table.notes}
