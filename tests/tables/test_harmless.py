"""Cells that a spreadsheet would run: this program's own files have an apostrophe before them, and are read without."""

from __future__ import annotations

import csv
import io

import pytest

from app.tables.columns.cells import as_meant
from app.tables.rows.records import records_of

CELLS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'=1", "''-x"]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_made_harmless_is_read_as_it_was(cell: str) -> None:
    assert as_meant(f"'{cell}") == cell
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([["a", "b"], [f"'{cell}", "-1.5"]])
    assert records_of(file.getvalue(), ",", 10).rows[1].cells == [cell, "-1.5"]


@pytest.mark.parametrize("cell", ["", "'", "it's", "'quoted'", "-1", "'1", "1'000", "='"])
def test_all_other_cells_are_read_as_they_stand(cell: str) -> None:
    assert as_meant(cell) == cell
