"""What is said of a table that was read: each guess, and what is left away or left out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..looking import look_up, watched
from .columns import marks
from .columns.cells import MISSING, is_number_like
from .columns.coding import written
from .columns.column import MOST_WORDS, Column
from .columns.numbers import grouped_example, other_value, value_of
from .table import Table
from .words.saying import Note, note


def remarks(table: Table, is_certain: bool, open_quote: int | None, header: bool | None) -> Iterator[Note]:
    """All of them, those about the file first.

    Args:
        table: as it was read, without notes.
        is_certain: whether there is no doubt about its encoding.
        open_quote: the row with a quotation mark that does not close.
        header: whether the first row has the names, if that was said.
    """
    yield from _of_file(table, is_certain, open_quote, header)
    yield from _of_decimals(table)
    for column in table.columns:
        yield from _of_numbers(column, table)
        if column.kind in ("identifier", "empty", "date", "text"):
            yield note(column.kind, column.name)
        elif column.kind == "constant":
            yield note("constant", column.name, cell=next(cell for cell in column.cells if cell not in MISSING))
        elif column.kind == "category" and len(column.words) > MOST_WORDS:
            yield note("many_words", column.name, count=len(column.words), most=MOST_WORDS)
        missing = int(column.missing.sum())
        if missing and column.kind != "empty":
            yield note("missing", column.name, count=missing)


def _of_file(table: Table, is_certain: bool, open_quote: int | None, header: bool | None) -> Iterator[Note]:
    body = table.body
    if not is_certain:
        yield note("encoding_guessed", encoding=table.encoding)
    if len(table.columns) == 1:
        yield note("one_column")
    if open_quote is not None:
        yield note("open_quote", row=open_quote)
    if body.above:
        yield note("skipped_above", count=body.above)
    if body.within:
        yield note("skipped_within", row=body.within[0], count=len(body.within))
    if body.units is not None:
        yield note("units_row", row=body.units)
    if body.from_comment:
        yield note("header_from_comment", row=body.header_row)
    if body.is_short:
        yield note("header_short", row=body.header_row)
    if body.has_numbers and header is None:
        yield note("header_guessed", row=body.header_row)
    if body.header is None and header is None:
        yield note("no_header")
    if not body.rows:
        yield note("no_rows")
    if table.ragged:
        yield note("ragged", row=table.ragged[0].number, count=len(table.ragged))


def _of_decimals(table: Table) -> Iterator[Note]:
    """One sentence about decimal commas, with the first cell that has one."""
    for column in table.columns:
        if column.reading is None or column.reading.decimal != marks.COMMA:
            continue
        for cell, (sign, body, _) in watched(column.spelled.cells.items()):
            if marks.COMMA in body:
                value = value_of(sign, body, column.reading)
                if not np.isnan(value):
                    yield note("decimal_comma", cell=cell, value=written(value))
                    return


def _of_numbers(column: Column, table: Table) -> Iterator[Note]:
    """How the numbers of a column are spelled, and what in it is none."""
    look_up()
    reading, parts = column.reading, column.spelled
    if reading is None or column.values is None:
        yield from _of_words(column)
        return
    grouped = grouped_example(parts, reading)
    if grouped is not None:
        sign, body, _ = parts.cells[grouped[0]]
        yield note("grouped", column.name, cell=grouped[0], value=written(value_of(sign, body, reading)))
    open_cell = parts.evidence.open
    if open_cell is not None and not table.is_proved and marks.of_column(parts.evidence) is None:
        cell = next(cell for cell, (_, body, _) in parts.cells.items() if body.lstrip("+-") == open_cell)
        sign, body, _ = parts.cells[cell]
        value, other = value_of(sign, body, reading), other_value(cell, parts, reading)
        if not np.isnan(value):
            yield note("ambiguous_mark", column.name, cell=cell, value=written(value), other=written(other))
    if parts.evidence.point and parts.evidence.comma:
        yield note("mixed_marks", column.name, decimal=reading.decimal)
    if reading.unit:
        cell, (sign, body, _) = next(each for each in parts.cells.items() if each[1][2])
        value = value_of(sign, body, reading)
        yield note("unit", column.name, unit=reading.unit, cell=cell, value=written(value))
    wrong = np.flatnonzero(column.wrong)
    if len(wrong):
        first = int(wrong[0])
        yield note("not_numbers", column.name, table.numbers[first], count=len(wrong), cell=column.cells[first])


def _of_words(column: Column) -> Iterator[Note]:
    """What of a column of words looks like numbers."""
    if column.kind not in ("category", "text", "identifier"):
        return
    standing = [cell for cell in watched(column.cells) if cell not in MISSING]
    numbers = sum(map(is_number_like, watched(standing)))
    if numbers:
        yield note("numbers_as_words", column.name, numbers=numbers, count=len(standing))
