"""A table written in any of the ways that people and programs write one is read back with the same numbers."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.api.tables.documents import table_document
from app.api.wire.outgoing.encoding import encode
from app.tables.guess import guessed
from app.tables.words.saying import Refused, TooMuch
from tests.tables.reading import learn, numbers, read

ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 with a mark": "utf-8-sig",
    "utf-16 with a mark": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "windows-1252": "cp1252",
    "gb18030": "gb18030",
}
MISSING = ("", "NA", "?", "-", "null", "None", "N/A", "NaN", ".")


@dataclass(frozen=True)
class Spelling:
    """One way to write a table."""

    delimiter: str
    decimal: str
    grouping: str
    encoding: str
    newline: str
    titles: int
    has_header: bool
    quotes: bool
    missing: str
    minus: str
    footer: bool

    def cell(self, value: float | None) -> str:
        """A number, or nothing, in this spelling."""
        if value is None:
            return self.missing
        whole, _, fraction = repr(abs(value)).partition(".")
        if self.grouping and "e" not in fraction:
            whole = f"{int(whole):,}".replace(",", self.grouping)
        sign = self.minus if value < 0 else ""
        return f"{sign}{whole}{self.decimal}{fraction}"

    def text(self, names: list[str], rows: list[list[float | None]]) -> str:
        """The whole file."""
        above = ["Measured in spring", "# bench 3; all values as they came"][: self.titles]
        lines = [*above]
        table = [names] * self.has_header + [[self.cell(value) for value in row] for row in rows]
        if self.delimiter == " ":
            widths = [max(len(row[place]) for row in table) + 2 for place in range(len(names))]
            lines += ["".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in table]
        else:
            written = io.StringIO()
            quoting = csv.QUOTE_ALL if self.quotes else csv.QUOTE_MINIMAL
            csv.writer(written, delimiter=self.delimiter, quoting=quoting, lineterminator="\n").writerows(table)
            lines += written.getvalue().splitlines()
        if self.footer:
            lines += ["", "Source: the bench"]
        return self.newline.join(lines) + self.newline

    def raw(self, names: list[str], rows: list[list[float | None]]) -> bytes:
        """Its bytes."""
        return self.text(names, rows).encode(ENCODINGS[self.encoding])


@st.composite
def spellings(draw: st.DrawFn) -> Spelling:
    """Every way that one can read without being told: spaces do not both separate and group."""
    delimiter = draw(st.sampled_from([",", ";", "\t", "|", " "]))
    decimal = draw(st.sampled_from([".", ","]))
    quotes = draw(st.booleans()) or (decimal == delimiter)
    groups = ["", "'", "_", ",."[decimal == ","], *([] if delimiter == " " else [" ", "\u00a0", "\u202f"])]
    grouping = draw(st.sampled_from(groups))
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    if encoding in ("windows-1252", "gb18030") and grouping in ("\u00a0", "\u202f"):
        grouping = "'"
    minus = draw(st.sampled_from(["-", "−"])) if encoding not in ("windows-1252", "gb18030") else "-"
    missing = draw(st.sampled_from(MISSING[1:] if delimiter == " " else MISSING))
    return Spelling(
        delimiter,
        decimal,
        grouping,
        encoding,
        draw(st.sampled_from(["\n", "\r\n", "\r"])),
        draw(st.integers(0, 2)) if delimiter != " " else 0,
        draw(st.booleans()),
        quotes and delimiter != " ",
        missing,
        minus,
        draw(st.booleans()) and delimiter != " ",
    )


VALUES = st.one_of(
    st.decimals(-9_999_999, 9_999_999, places=2).map(float),
    st.decimals(-100, 100, places=4).map(float),
    st.decimals(0, 1, places=3).map(float),
)
NAMES = {
    "gb18030": ["长度", "宽度", "重量", "价格"],
    "windows-1252": ["Länge", "Größe", "Höhe", "Übermaß"],
}
PLAIN = ["length", "width", "weight", "price"]


@st.composite
def files(draw: st.DrawFn) -> tuple[Spelling, list[str], list[list[float | None]]]:
    """A spelling, names and rows; each column has a number that proves its decimal mark."""
    spelling = draw(spellings())
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=5, max_size=12))
    cells: list[list[float | None]] = [list(row) for row in rows]
    cells[0] = [0.25 + place for place in range(width)]
    for row in cells[1:]:
        if draw(st.integers(0, 5)) == 0:
            row[draw(st.integers(0, width - 1))] = None
    return spelling, NAMES.get(spelling.encoding, PLAIN)[:width], cells


def same(read_back: float, value: float | None) -> bool:
    return math.isnan(read_back) if value is None else read_back == value


BETWEEN_SENTENCES = Spelling("\t", ".", "", "gb18030", "\n", 1, False, True, "", "-", True)
"""Both sentences have as many words as the table has columns, so blanks cut all rows alike."""
MOSTLY_MISSING = Spelling(" ", ",", "", "gb18030", "\n", 0, False, False, "NA", "-", False)
"""Rows of a missing value and a number, which a decimal comma cuts alike."""


@settings(max_examples=400, deadline=None)
@given(files())
@example(
    (BETWEEN_SENTENCES, NAMES["gb18030"][:3], [[0.25, 1.25, 2.25], [None, 0, 0], [None, 0, 0], [0, 0, 0], [0, 0, 0]])
)
@example((MOSTLY_MISSING, NAMES["gb18030"][:2], [[0.25, 1.25], *[[None, 0.0]] * 6]))
def test_a_table_in_any_spelling_is_read_back_with_the_same_numbers(
    file: tuple[Spelling, list[str], list[list[float | None]]],
) -> None:
    spelling, names, rows = file
    table = read(spelling.raw(names, rows))
    assert table.delimiter == spelling.delimiter
    assert table.encoding in (spelling.encoding, "utf-8") or spelling.encoding.startswith(("utf-16", "utf-8"))
    assert len(table.numbers) == len(rows)
    assert len(table.columns) == len(names)
    if spelling.has_header:
        assert [column.name for column in table.columns] == names
    for place, column in enumerate(table.columns):
        back = numbers(table, column.name)
        assert all(same(value, row[place]) for value, row in zip(back, rows, strict=True)), (column.name, back)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([(".", ","), (",", "."), (".", "'"), (",", " "), (".", "_"), (".", "\u202f")]),
    st.lists(st.integers(1_000, 10**12), min_size=3, max_size=10),
)
def test_grouped_whole_numbers_are_read_by_what_another_column_proves(
    marks: tuple[str, str], values: list[int]
) -> None:
    decimal, grouping = marks
    rows = [f"{value:,}".replace(",", grouping) + f";0{decimal}25" for value in values]
    assert numbers(read("\n".join(["people;share", *rows])), "people") == values


def assert_is_described_or_refused(raw: bytes | str) -> None:
    """There is a table, what is guessed of it and its examples; or a sentence that says why not."""
    try:
        table = read(raw)
        assert len(table.columns) == table.body.width
        assert all(len(column.cells) == len(table.numbers) for column in table.columns)
        encode(table_document(table, guessed(table)))
        learn(table)
    except (Refused, TooMuch):
        return


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_whatever_the_bytes_there_is_a_table_or_a_sentence(raw: bytes) -> None:
    assert_is_described_or_refused(raw)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab1.,;\"'|\t\n #%-?0", max_size=120))
@example('"%0\n"""')
def test_whatever_the_text_there_is_a_table_or_a_sentence(text: str) -> None:
    assert_is_described_or_refused(text)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(",;\t| "),
    st.lists(
        st.lists(
            st.sampled_from(["", "0", "1", "2.5", "1,5", "a", "b c", "#", "% a", '"', "\r", "\x0b", "y", "NA", "1e400"])
        ),
        max_size=12,
    ),
)
def test_whatever_the_cells_there_is_a_table_or_a_sentence(delimiter: str, rows: list[list[str]]) -> None:
    assert_is_described_or_refused("\n".join(map(delimiter.join, rows)))
