"""What kind of column this is, what is missing in it, and what it is not offered for."""

from __future__ import annotations

import pytest

from app.tables.guess import guessed
from tests.tables.reading import codes, kinds, learn, numbers, read


def table_of(name: str, cells: list[str]) -> str:
    """A file of this column, a number and a target beside it."""
    rows = [f'"{cell}";{0.5 * place};{place % 2}' for place, cell in enumerate(cells)]
    return "\n".join([f"{name};x;y", *rows])


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("length", ["1.5", "2", "3.25", "4"], "number"),
        ("hour", ["1", "2", "3", "4"], "number"),
        ("year", ["2010", "2011", "2012", "2013"], "number"),
        ("PassengerId", ["1", "2", "3", "4"], "identifier"),
        ("customerID", ["7", "9", "12", "15"], "identifier"),
        ("row_no", ["1", "2", "3", "4"], "identifier"),
        ("index", ["0", "1", "2", "3"], "identifier"),
        ("glycemic index", ["55", "41", "70", "41"], "number"),
        ("number of rooms", ["1", "2", "3", "4"], "number"),
        ("", ["0", "1", "2", "3"], "identifier"),
        ("序号", ["1", "2", "3", "4"], "identifier"),
        ("town", ["Ulm", "Bonn", "Hof", "Rom"], "identifier"),
        ("sex", ["male", "female", "male", "male"], "category"),
        ("是否", ["是", "否", "是", "否"], "category"),
        ("when", ["2020-01-31", "2020-02-01", "2020-02-02", "2020-02-03"], "date"),
        ("when", ["31.01.2020", "1.2.2020", "2.2.2020", "2.2.2020"], "date"),
        ("when", ["1/31/20", "2/1/20", "2/2/20", "2/3/20"], "date"),
        ("when", ["31 Jan 2020", "1 Feb 2020", "2 Feb 2020", "3 Feb 2020"], "date"),
        ("when", ["Jan 2020", "Feb 2020", "Mar 2020", "Apr 2020"], "date"),
        ("when", ["2020年1月31日", "2020年2月1日", "2020年2月2日", "2020年2月3日"], "date"),
        ("when", ["12:30", "12:45", "13:00", "13:15"], "date"),
        ("when", ["2020-01-31T12:30:00Z", "2020-02-01T12:30:00Z", "2020-02-02 12:30", "2020-02-03 01:00"], "date"),
        ("date", ["20200131", "20200201", "20200202", "20200203"], "date"),
        ("site", ["Ulm", "Ulm", "Ulm", "Ulm"], "constant"),
        ("level", ["3", "3", "3", "3"], "constant"),
        ("remark", ["", "NA", "?", "-"], "empty"),
    ],
)
def test_each_kind_is_known(name: str, cells: list[str], kind: str) -> None:
    table = read(table_of(name, cells))
    assert table.columns[0].kind == kind
    offered = table.columns[0].name in guessed(table).inputs
    assert offered == (kind in ("number", "category"))
    if kind not in ("number", "category"):
        assert kind in codes(table)


@pytest.mark.parametrize(
    "missing", ["", "NA", "N/A", "n/a", "NaN", "nan", "?", "-", "–", "null", "NULL", "None", ".", "#N/A", "\\N", "<NA>"]
)
def test_what_stands_for_nothing_is_counted_and_no_word(missing: str) -> None:
    table = read(table_of("x1", ["1.5", missing, "2.5", "3.5", "4"]))
    column = table.columns[0]
    assert (column.kind, int(column.missing.sum()), int(column.wrong.sum())) == ("number", 1, 0)
    assert "missing" in codes(table)
    assert [each.reason for each in learn(table).left_out] == ["missing"]
    assert len(learn(table, missing="mean").rows) == 5


@pytest.mark.parametrize(
    ("cells", "values", "unit"),
    [
        (["$1,200.50", "$980.00", "$12.25"], [1200.5, 980.0, 12.25], "$"),
        (["1.200,50 €", "980,00 €", "12,25 €"], [1200.5, 980.0, 12.25], "€"),
        (["12%", "7.5 %", "100%"], [12.0, 7.5, 100.0], "%"),
        (["５％", "１２.５％", "３％"], [5.0, 12.5, 3.0], "%"),
        (["5.1 cm", "4.9 cm", "4.7 cm"], [5.1, 4.9, 4.7], "cm"),
        (["¥1200", "￥980", "¥12"], [1200.0, 980.0, 12.0], "¥"),
        (["120元", "98元", "7.5元"], [120.0, 98.0, 7.5], "元"),
        (["($5.50)", "$2.00", "-$1.25"], [-5.5, 2.0, -1.25], "$"),
    ],
)
def test_signs_of_percent_currency_and_measure_are_left_away_and_that_is_said(
    cells: list[str], values: list[float], unit: str
) -> None:
    table = read(table_of("amount", cells))
    assert numbers(table, "amount") == values
    column = table.column("amount")
    assert column.reading is not None
    assert column.reading.unit == unit
    assert "unit" in codes(table)


def test_another_unit_among_the_rest_is_no_number() -> None:
    table = read(table_of("length", ["5.1 cm", "4.9 cm", "47 mm", "4.2 cm"]))
    assert int(table.column("length").wrong.sum()) == 1
    (said,) = [note for note in table.notes if note.code == "not_numbers"]
    assert (said.column, said.row) == ("length", 4)
    assert "47 mm" in said.text["en"]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1 234", "12 345 678", "987"], [1234.0, 12345678.0, 987.0]),
        (["1'234.5", "12'345'678", "987"], [1234.5, 12345678.0, 987.0]),
        (["1’234.5", "12’345’678", "987"], [1234.5, 12345678.0, 987.0]),
        (["1_234", "12_345_678", "987"], [1234.0, 12345678.0, 987.0]),
        (["1\u202f234,5", "12\u202f345\u202f678", "987"], [1234.5, 12345678.0, 987.0]),
        (["12,34,567", "1,23,456", "987"], [1234567.0, 123456.0, 987.0]),
        (["−1.5", "+2", "–3.25"], [-1.5, 2.0, -3.25]),
        (["1e-3", "1.5E+05", "2e2"], [0.001, 150000.0, 200.0]),
        (["1,5E-3", "2,5e2", "7,25"], [0.0015, 250.0, 7.25]),
        ([".5", "-.25", "5."], [0.5, -0.25, 5.0]),
        (["0.125", "1.234", "2.345"], [0.125, 1.234, 2.345]),
        (["1234.567", "1.234", "2.345"], [1234.567, 1.234, 2.345]),
        (["1.234.567", "1.234", "2.345"], [1234567.0, 1234.0, 2345.0]),
        (["0,125", "1,234", "2,345"], [0.125, 1.234, 2.345]),
        (["1,234,567", "1,234", "2,345"], [1234567.0, 1234.0, 2345.0]),
    ],
)
def test_the_marks_of_a_number_are_read_for_the_whole_column(cells: list[str], values: list[float]) -> None:
    assert numbers(read(table_of("v", cells).replace("0.5", "1").replace(".0;", ";")), "v") == values


def test_a_number_that_reads_both_ways_is_said_with_both_values() -> None:
    table = read("a\tb\n12.345\t3\n23.456\t4\n34.567\t5\n")
    (said,) = [note for note in table.notes if note.code == "ambiguous_mark"]
    assert "12.345 could be 12.345 or 12345" in said.text["en"]
    assert numbers(table, "a") == [12.345, 23.456, 34.567]
    assert numbers(read("a\tb\n12.345\t3\n23.456\t4\n", decimal=","), "a") == [12345.0, 23456.0]


def test_another_column_decides_where_one_reads_both_ways() -> None:
    assert numbers(read("a;b\n12.345;0,5\n23.456;1,5\n"), "a") == [12345.0, 23456.0]
    assert numbers(read("a;b\n12.345;0.5\n23.456;1.5\n"), "a") == [12.345, 23.456]
    assert "ambiguous_mark" not in codes(read("a;b\n12.345;0,5\n23.456;1,5\n"))


def test_words_among_numbers_are_counted_and_named_and_a_column_stays_one_of_numbers() -> None:
    table = read("a,b\n1.5,1\noops,2\n2.5,3\n3.5,4\n")
    (said,) = [note for note in table.notes if note.code == "not_numbers"]
    assert (said.column, said.row) == ("a", 3)
    assert [(each.row, each.column, each.reason) for each in learn(table, missing="mean").left_out] == [
        (3, "a", "not_a_number")
    ]


def test_some_numbers_among_words_are_said() -> None:
    table = read("a,b\nlow,1\nlow,2\n7,3\nhigh,4\nhigh,4\n")
    assert kinds(table)["a"] == "category"
    assert "numbers_as_words" in codes(table)


def test_what_cannot_be_a_number_in_float64_is_none() -> None:
    table = read("a,b\n1e999,1\n" + "9" * 500 + ",2\n1.5,3\n2.5,4\n")
    assert table.column("a").wrong.tolist() == [True, True, False, False]


def test_more_than_twelve_words_are_no_inputs_and_that_is_said() -> None:
    rows = [f"w{place % 13},{place / 2},{place % 2}" for place in range(52)]
    table = read("\n".join(["colour,x,y", *rows]))
    assert kinds(table)["colour"] == "category"
    assert guessed(table).inputs == ("x",)
    assert "many_words" in codes(table)
