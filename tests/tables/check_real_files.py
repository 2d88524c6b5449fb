"""Real tables in six spellings each: ``python -m tests.tables.check_real_files FOLDER`` prints what was read.

FOLDER holds CSV files as packages ship them (with commas, UTF-8). Each is read by the standard library here, written
anew in six ways, and read by ``app.tables``: the numbers of every column, the kinds of the columns and the guessed
target have to be the same in all of them.
"""

from __future__ import annotations

import csv
import io
import math
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from app.tables.guess import guessed
from app.tables.reading import read_table
from app.tables.table import Bounds, Choices, Table
from app.tables.words.saying import Refused, TooMuch

PLAIN = re.compile(r"[-+]?\d+(\.\d+)?")
MOST_ROWS = 5_000
Rows = list[list[str]]


def with_commas(cell: str) -> str:
    """A number with a decimal comma."""
    return cell.replace(".", ",") if PLAIN.fullmatch(cell) else cell


def grouped(cell: str) -> str:
    """A number with its thousands grouped."""
    if not PLAIN.fullmatch(cell) or len(cell.lstrip("+-").split(".")[0]) < 4:
        return cell
    whole, point, fraction = cell.partition(".")
    return f"{int(whole):,}{point}{fraction}"


def written(rows: Rows, delimiter: str, change: Callable[[str], str] = str, newline: str = "\n") -> str:
    """The rows as text; the names stay as they are."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerows([rows[0], *([change(cell) for cell in row] for row in rows[1:])])
    return text.getvalue()


def by_spaces(rows: Rows) -> str:
    """Columns by spaces, words of several parts quoted, nothing as NA."""
    doubled = [[cell.replace('"', '""') for cell in row] for row in rows]
    cells = [[f'"{cell}"' if " " in cell or '"' in cell else cell or "NA" for cell in row] for row in doubled]
    widths = [max(len(row[place]) for row in cells) + 2 for place in range(len(cells[0]))]
    lines = ("".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return "\n".join(lines) + "\n"


def bars(rows: Rows) -> bytes:
    """Bars, in Windows-1252 where that has all letters, else in GB18030."""
    text = written(rows, "|")
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return text.encode("gb18030")


SPELLINGS: dict[str, Callable[[Rows], bytes]] = {
    "commas, UTF-8": lambda rows: written(rows, ",").encode(),
    "semicolons, decimal commas": lambda rows: written(rows, ";", with_commas).encode(),
    "tabs, UTF-16": lambda rows: written(rows, "\t").encode("utf-16"),
    "bars, Windows-1252 or GB18030": bars,
    "columns by spaces": lambda rows: by_spaces(rows).encode(),
    "title, comment, CRLF, grouped": lambda rows: (
        "A real table\r\n# as a package ships it\r\n" + written(rows, ",", grouped, "\r\n")
    ).encode(),
}


def read(raw: bytes) -> Table:
    return read_table(raw, Choices(), Bounds(200_000, 2_000))


def meant(rows: Rows) -> list[list[float | None]]:
    """Every column of plain numbers, by the standard library alone; None for a cell that is none."""
    columns = [list(column) for column in zip(*rows[1:], strict=True)]
    return [[float(cell) if PLAIN.fullmatch(cell.strip()) else None for cell in column] for column in columns]


def differs(table: Table, rows: Rows, usual: Table) -> Iterator[str]:
    """What is not as it should be."""
    if len(table.numbers) != len(rows) - 1 or len(table.columns) != len(rows[0]):
        yield f"{len(table.numbers)} × {len(table.columns)}"
        return
    for column, numbers, other in zip(table.columns, meant(rows), usual.columns, strict=False):
        if column.kind != other.kind:
            yield f"{column.name}: {column.kind}, {other.kind} with commas"
        elif column.values is not None:
            pairs = zip(column.values, numbers, strict=True)
            if any(
                math.isnan(value) if number is None else value != number
                for value, number in pairs
                if number is not None
            ):
                yield f"{column.name}: numbers"
    if guessed(table).targets != guessed(usual).targets:
        yield f"target {guessed(table).targets}"


def main(folder: Path) -> int:
    """Check every file there; the exit status is 0 if all is well."""
    faults = 0
    print("| file | rows × columns | task, target |", " | ".join(SPELLINGS), "|")
    for path in sorted(folder.rglob("*.csv")):
        rows = [row for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")) if row][: MOST_ROWS + 1]
        if len({len(row) for row in rows}) != 1 or len(rows[0]) == 1:
            print(f"| {path.name} | not a table with commas: left out |")
            continue
        usual = read(SPELLINGS["commas, UTF-8"](rows))
        cells = []
        for spell in SPELLINGS.values():
            try:
                found = list(differs(read(spell(rows)), rows, usual))
            except (Refused, TooMuch) as error:
                found = [repr(error)]
            faults += bool(found)
            cells.append("; ".join(found[:3]) or "same")
        guess = guessed(usual)
        size = f"{len(rows) - 1} × {len(rows[0])}"
        print(f"| {path.name} | {size} | {guess.task}, {', '.join(guess.targets)} |", " | ".join(cells), "|")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
