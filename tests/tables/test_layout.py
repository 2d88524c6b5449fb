"""Where a table stands in its file: separators, names, titles, remarks, rows of another width."""

from __future__ import annotations

import pytest

from app.tables.guess import guessed
from app.tables.words.saying import Refused, TooMuch
from tests.tables.reading import codes, kinds, learn, numbers, read


def names(text: str, **choices: object) -> list[str]:
    return [column.name for column in read(text, **choices).columns]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
def test_each_separator_is_found_and_the_first_row_is_known_for_what_it_is(delimiter: str) -> None:
    table = read(f"a{delimiter}b\n1{delimiter}2.5\n3{delimiter}4.5\n")
    assert table.delimiter == delimiter
    assert kinds(table) == {"a": "number", "b": "number"}
    assert read(f"1{delimiter}2.5\n3{delimiter}4.5\n").body.header is None


def test_words_of_two_parts_in_columns_by_many_spaces() -> None:
    lines = (
        "name         height   weight",
        "New York       1.5      2.5",
        "San Francisco  3.5   4.5",
        "Los Angeles   5.5  6.5",
    )
    table = read("\n".join(lines))
    assert [column.name for column in table.columns] == ["name", "height", "weight"]
    assert numbers(table, "weight") == [2.5, 4.5, 6.5]


def test_a_comma_in_every_quoted_name_does_not_separate_columns_by_spaces() -> None:
    rows = [f'Aruba "Fertility rate, total" {place} 1.5 2.5 {place / 4}' for place in range(5)]
    table = read("\n".join(["country indicator first second third fourth", *rows]))
    assert (table.delimiter, len(table.columns)) == (" ", 6)


ABOVE, BELOW = "Measured in spring\n", "\nSource: the bench\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("header", ['"red"{0}"green"{0}"blue"\n', ""])
def test_sentences_around_a_table_have_no_say_in_what_separates_its_cells(delimiter: str, header: str) -> None:
    rows = "".join(f'"{first}"{delimiter}"big sky"{delimiter}"{first}.5"\n' for first in ("1", "", "", "2", "3"))
    table = read(ABOVE + header.format(delimiter) + rows + BELOW)
    assert (table.delimiter, len(table.columns), len(table.numbers)) == (delimiter, 3, 5)
    assert table.columns[0].cells == ("1", "", "", "2", "3")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_cells_of_two_words_are_not_cut_because_a_title_has_as_many_words_as_pieces_come_of_it(delimiter: str) -> None:
    towns = ("new york", "san francisco", "los angeles")
    table = read(ABOVE + "".join(f"{town}{delimiter}big sky\n" for town in towns) + BELOW)
    assert table.delimiter == delimiter
    assert table.columns[0].cells == towns


@pytest.mark.parametrize("text", ['"%0\n"""', '"# a\nb",c\n1,2\n3,4\n', '#,"""a",' + "," * 140_000 + "\n1,2\n"])
def test_a_comment_that_is_cut_again_may_hold_line_ends_and_quotation_marks(text: str) -> None:
    try:
        table = read(text)
    except (Refused, TooMuch):
        return
    assert all(len(column.cells) == len(table.numbers) for column in table.columns)


def test_an_empty_first_cell_before_a_tab_is_no_indentation() -> None:
    table = read(ABOVE + "0.25\t1.25\t2.25\n" + "\t0\t1\n" * 3 + "0\t0\t2\n" + BELOW)
    assert (table.delimiter, len(table.numbers), table.ragged) == ("\t", 5, ())
    assert table.columns[0].cells == ("0.25", "", "", "", "0")


def test_tabs_among_blanks_that_align_columns_are_blanks() -> None:
    table = read("".join(f"{row}.5  1 2\t{row}\n" for row in range(6)))
    assert (table.delimiter, len(table.columns), len(table.numbers)) == (" ", 4, 6)


def test_the_line_that_spreadsheets_write_for_the_separator_is_heeded() -> None:
    table = read("sep=;\na;b\n1,5;2\n2,5;3\n")
    assert (table.delimiter, table.body.above) == (";", 1)
    assert numbers(table, "a") == [1.5, 2.5]


def test_quoted_cells_keep_separators_and_line_ends_and_rows_keep_their_numbers() -> None:
    table = read('name,value\r\n"a, b",1\r\n"two\r\nlines",2\r\n"say ""x""",3\r\n')
    assert table.columns[0].cells == ("a, b", "two\nlines", 'say "x"')
    assert table.numbers == (2, 3, 4)


def test_a_quotation_mark_that_does_not_close_takes_no_row_with_it() -> None:
    table = read('a,b\n1,2\n"3,4\n5,6\n7,8\n')
    assert len(table.numbers) == 4
    (said,) = [note for note in table.notes if note.code == "open_quote"]
    assert said.row == 3


def test_empty_rows_count_and_are_no_rows() -> None:
    assert read("a,b\n\n1,2\n,\n3,4\n").numbers == (3, 5)


def test_columns_without_a_name_get_one_and_none_stands_twice() -> None:
    assert names("x,,x\n1,2.5,3\n4,5.5,6\n") == ["x", "column 2", "x (2)"]
    assert names("1,2\n3,4\n", language="zh") == ["第 1 列", "第 2 列"]


def test_separators_at_the_end_of_every_row_make_no_column() -> None:
    assert names("x,y,,\n1,2,,\n3,4,,\n") == ["x", "y"]
    assert len(names("1,2,\n3,4,\n")) == 2


def test_the_index_of_a_data_frame_is_no_input() -> None:
    table = read(",length,width\n0,1.5,2.5\n1,3.5,4.5\n2,2.5,0.5\n")
    assert kinds(table)["column 1"] == "identifier"
    assert guessed(table).inputs == ("length",)


def test_names_one_short_leave_out_the_first_column() -> None:
    table = read("  length  width\n0  1.5  2.5\n1  3.5  4.5\n2  2.5  0.5\n")
    assert [column.name for column in table.columns] == ["column 1", "length", "width"]
    assert "header_short" in codes(table)
    assert kinds(table)["column 1"] == "identifier"
    r_table = read('"mpg" "cyl"\n"Mazda" 21 6\n"Datsun" 22.8 4\n"Hornet" 21.4 6\n')
    assert [column.name for column in r_table.columns] == ["column 1", "mpg", "cyl"]


def test_names_in_a_comment_are_names() -> None:
    for text in (
        "# load voltage\n0.5 1.52\n1.0 1.44\n",
        "# load,voltage\n0.5,1.52\n1.0,1.44\n",
        "#load\tvoltage\n0.5\t1.52\n1\t2\n",
    ):
        assert names(text) == ["load", "voltage"], text
    assert names("#,x,y\n1,0.5,2\n2,0.7,3\n") == ["#", "x", "y"]


def test_remarks_below_a_table_and_comments_in_it_are_no_rows() -> None:
    table = read("a,b\n1,2.5\n# broken\n3,4.5\n\nSource: the bench\n")
    assert table.numbers == (2, 4)
    assert table.body.within == [3, 6]
    assert "skipped_within" in codes(table)


def test_a_title_that_a_spreadsheet_filled_up_with_separators_is_a_title() -> None:
    table = read("Battery test,,\nmeasured in spring,,\nload,minutes,voltage\n0.5,10,1.52\n0.5,20,1.49\n")
    assert [column.name for column in table.columns] == ["load", "minutes", "voltage"]


def test_a_row_of_units_below_the_names_is_no_row() -> None:
    table = read("load,minutes,voltage\nA,min,V\n0.5,10,1.52\n0.5,20,1.49\n1,10,1.44\n1,20,1.38\n")
    assert table.numbers == (3, 4, 5, 6)
    assert "units_row" in codes(table)


def test_numbers_that_count_along_the_first_row_are_names_only_over_other_numbers() -> None:
    assert names("0,1,2\n0.5,1.5,2.5\n3.5,4.5,5.5\n") == ["0", "1", "2"]
    assert len(read("1,2,3\n4,5,6\n7,8,9\n").numbers) == 3


def test_rows_of_another_width_are_left_out_and_counted() -> None:
    table = read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,4,,\n5,6,7\n")
    assert table.numbers == (2, 5, 6)
    (said,) = [note for note in table.notes if note.code == "ragged"]
    assert (said.row, "2" in said.text["en"]) == (3, True)
    reasons = [(each.row, each.reason) for each in learn(table).left_out]
    assert reasons == [(3, "too_few_cells"), (4, "too_many_cells")]


def test_each_guess_can_be_overruled() -> None:
    text = "7;8\n1,5;2,5\n3,5;4,5\n"
    assert len(read(text).numbers) == 3
    assert names(text, header=True) == ["7", "8"]
    assert read(text, delimiter=",").delimiter == ","
    assert read(text, skip=1, header=False).numbers == (2, 3)
    assert len(read("a,b\n1,2\n", header=False).numbers) == 2
    assert numbers(read("a;b\n1,234;5\n2,345;6\n", decimal="."), "a") == [1234.0, 2345.0]
    assert numbers(read("a;b\n1.234;5\n2.345;6\n", grouping="."), "a") == [1234.0, 2345.0]


def test_words_alone_can_be_a_table() -> None:
    table = read("outlook,wind,play\nsunny,weak,no\nsunny,strong,no\nrain,weak,yes\nrain,strong,no\nsunny,weak,yes\n")
    assert kinds(table) == {"outlook": "category", "wind": "category", "play": "category"}
    made = learn(table)
    assert made.feature_names == ("outlook=sunny", "wind=weak")
    assert (made.targets_of, made.class_names) == (("play",), ("no", "yes"))
