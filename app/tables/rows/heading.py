"""Where a table begins and ends among the rows of a file: titles, comments, names, units, remarks below."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from ...looking import look_up, watched
from ..columns.cells import MISSING, is_number_like, plain
from .delimiting import COMMENTS
from .records import Record, split_lines

LOOKED_AT = 200
MOST_ABOVE = 100
YEARS = range(1800, 2101)


@dataclass(frozen=True)
class Body:
    """The rows of a file as parts of a table.

    Attributes:
        header: the cells with the names; None if there are none.
        header_row: the number of the row they stand in.
        rows: the rows of data.
        width: cells of a row.
        above: rows of the file before the table, empty ones included.
        within: rows after the table has begun that are comments or remarks.
        units: number of the row with words over columns of numbers, if there is one.
        from_comment: whether the names stood in a comment line.
        is_short: whether the header has no name for the first column.
        has_numbers: whether some names are numbers.
    """

    header: list[str] | None
    header_row: int | None
    rows: list[Record]
    width: int
    above: int
    within: list[int]
    units: int | None = None
    from_comment: bool = False
    is_short: bool = False
    has_numbers: bool = False


def body_of(records: Sequence[Record], delimiter: str, has_header: bool | None, skip: int | None) -> Body:
    """Find the table.

    Args:
        records: all rows in which something stands.
        delimiter: what separates their cells.
        has_header: whether the first row has the names; None to find out.
        skip: how many rows of the file stand before the table; None to find out.
    """
    rest = [record for record in watched(records) if skip is None or record.number > skip]
    width = _width(rest)
    start, comment = (0, None) if skip is not None else _start(rest, width, delimiter)
    first = rest[start] if start < len(rest) else None
    rows, within = _without_remarks(rest[start:], width, has_header)
    header, is_short = None, False
    from_comment = False
    if rows:
        below = [record.cells for record in islice(rows, 1, LOOKED_AT)]
        is_header = looks_like_names(rows[0].cells, below) if has_header is None else has_header
        if is_header:
            header = rows[0].cells
            header_row = rows[0].number
            rows = rows[1:]
        elif has_header is None and comment is not None:
            header, header_row, from_comment = _uncommented(comment.cells), comment.number, True
    short = _short_header(rest, start, width, header, has_header, skip)
    if short is not None:
        header, header_row, is_short = ["", *short.cells], short.number, True
    units = _units_row(rows, width) if header is not None else None
    if units is not None:
        rows = rows[1:]
    begins = header_row if header is not None else first.number if first else 1
    return Body(
        header=header,
        header_row=header_row if header is not None else None,
        rows=rows,
        width=width,
        above=begins - 1,
        within=within,
        units=units,
        from_comment=from_comment,
        is_short=is_short,
        has_numbers=header is not None and any(map(is_number_like, header)),
    )


def looks_like_names(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row names the columns below it: words over numbers, or words and numbers that are not like theirs."""
    if not below:
        return not any(map(is_number_like, first))
    counts = _is_count(first)
    return sum(_names_column(cell, _column(below, place), counts) for place, cell in enumerate(first)) > 0


def _names_column(name: str, cells: list[str], counts: bool) -> float:
    """How much a first cell looks like a name for the cells below it; negative if it looks like one of them."""
    name = name.strip()
    if name in MISSING or not cells:
        return 0.0
    look_up()
    numbers = [cell for cell in cells if is_number_like(cell)]
    if 2 * len(numbers) >= len(cells):
        if not is_number_like(name):
            return 2.0
        return 0.5 if _is_apart(name, numbers, counts) else -2.0
    if is_number_like(name):
        return 0.5
    if name in cells:
        return -2.0
    return 1.0 if 2 * len(set(cells)) <= len(cells) else 0.5


def _is_apart(name: str, numbers: list[str], counts: bool) -> bool:
    """Whether a number is rather a name: a year or a count along the row, over numbers that are neither."""
    text = plain(name)
    if not text.isdigit():
        return False
    whole = [plain(cell) for cell in numbers]
    years = sum(1 for cell in whole if cell.isdigit() and len(cell) == 4 and int(cell) in YEARS)
    if len(text) == 4 and int(text) in YEARS and 2 * years < len(whole):
        return True
    return counts and not any(cell.isdigit() for cell in whole)


def _is_count(cells: Sequence[str]) -> bool:
    """Whether the numbers among them count from 0 or 1; beside words two of them are enough."""
    texts = [plain(cell) for cell in cells if is_number_like(cell)]
    least = 2 if len(texts) < len(cells) else 3
    if len(texts) < least or not all(text.isdigit() and len(text) < 10 for text in texts):
        return False
    return int(texts[0]) in (0, 1) and all(int(after) - int(before) == 1 for before, after in pairwise(texts))


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """What stands in a column, missing cells left away."""
    return [cells[place].strip() for cells in rows if place < len(cells) and cells[place].strip() not in MISSING]


def _trimmed(cells: Sequence[str]) -> int:
    """How many cells there are up to the last one in which something stands."""
    return next((place + 1 for place in range(len(cells) - 1, -1, -1) if cells[place].strip()), 0)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _width(records: Sequence[Record]) -> int:
    """The number of cells most rows have; separators at the end of every row make no column."""
    lengths = Counter(len(cells) for _, cells in islice(records, 5000))
    if not lengths:
        return 0
    width = max(lengths.items(), key=lambda pair: (pair[1], pair[0]))[0]
    return min(width, max(_trimmed(cells) for _, cells in watched(records) if len(cells) == width))


def _is_comment(cells: Sequence[str]) -> bool:
    return bool(cells) and cells[0].lstrip().startswith(COMMENTS)


def _start(records: Sequence[Record], width: int, delimiter: str) -> tuple[int, Record | None]:
    """The place of the first row of the table, and the last comment above it that has as many cells."""
    comment = None
    for place, record in enumerate(islice(records, MOST_ABOVE)):
        cells = record.cells
        if _is_comment(cells):
            names = _names_in_comment(cells, delimiter)
            if len(names) == width and width > 1:
                comment = Record(record.number, names)
                if _trimmed(cells) == width and cells[0].strip() in COMMENTS:
                    return place, None
            continue
        if _trimmed(cells) >= width and (width == 1 or _filled(cells) > 1):
            return place, comment
        if len(cells) >= width > 1 and _filled(cells) > max(1, width // 2):
            return place, comment
    return 0, None


def _names_in_comment(cells: Sequence[str], delimiter: str) -> list[str]:
    """The cells of a comment cut anew, since a separator of its own may stand after its mark; none if that fails."""
    line = " ".join(delimiter.join(_uncommented(cells)).splitlines())
    try:
        return next(iter(split_lines([line], delimiter)), [])
    except csv.Error:
        # A quotation mark opened within the comment makes one cell of all the rest.
        return []


def _uncommented(cells: Sequence[str]) -> list[str]:
    """The cells of a comment without its mark."""
    first = cells[0].lstrip()
    for mark in COMMENTS:
        first = first.lstrip(mark) if first.startswith(mark) else first
    return [first.strip(), *cells[1:]]


def _without_remarks(records: Sequence[Record], width: int, has_header: bool | None) -> tuple[list[Record], list[int]]:
    """The rows of the table, and the numbers of those that are comments or stand below it."""
    end = len(records)
    while end > 1 and width > 1 and _is_remark(records[end - 1].cells, width):
        end -= 1
    within = [
        record.number
        for place, record in enumerate(watched(records))
        if place >= end or (place > 0 and _is_comment(record.cells) and len(record.cells) != width)
    ]
    left = set(within)
    return [record for record in watched(records) if record.number not in left], within


def _is_remark(cells: Sequence[str], width: int) -> bool:
    """Whether a row below a table is none of it: a single cell of words, or a comment."""
    if _is_comment(cells) and len(cells) != width:
        return True
    alone = _filled(cells) == 1 and (len(cells) == 1 or width > 3)
    return alone and not any(is_number_like(cell) for cell in cells if cell.strip())


def _short_header(
    records: Sequence[Record],
    start: int,
    width: int,
    header: list[str] | None,
    has_header: bool | None,
    skip: int | None,
) -> Record | None:
    """The row of names before the table if it has one cell less, as R and printed data frames leave out the first."""
    if header is not None or has_header is False or width < 3:
        return None
    place = start - 1 if skip is None else start
    if not 0 <= place < len(records) or len(records[place].cells) != width - 1 or _is_comment(records[place].cells):
        return None
    below = [cells[1:] for _, cells in islice(records, place + 1, place + 1 + LOOKED_AT) if len(cells) == width]
    return records[place] if below and looks_like_names(records[place].cells, below) else None


def _units_row(rows: Sequence[Record], width: int) -> int | None:
    """The number of the first row if it has words over every column of numbers, of which there are several."""
    if len(rows) < 4:
        return None
    below = [cells for _, cells in islice(rows, 1, LOOKED_AT)]
    numeric = []
    for place in range(width):
        look_up()
        column = _column(below, place)
        if column and all(map(is_number_like, column)):
            numeric.append(place)
    first = rows[0].cells
    stands = [first[place].strip() for place in numeric if place < len(first) and first[place].strip() not in MISSING]
    return rows[0].number if len(stands) > 1 and not any(map(is_number_like, stands)) else None
