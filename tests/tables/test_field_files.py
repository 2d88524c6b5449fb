"""Small files of the kinds that people bring, each with its right reading."""

from __future__ import annotations

import pytest

from app.tables.guess import guessed
from tests.tables.reading import FILES, codes, kinds, learn, numbers, read


def test_decimal_commas_with_three_digits_are_numbers() -> None:
    table = read((FILES / "decimal-comma.csv").read_bytes())
    assert (table.delimiter, table.decimal) == (";", ",")
    assert numbers(table, "current") == [0.125, 0.25, 0.375, 0.5, 0.625, 0.75]
    assert numbers(table, "voltage") == [1.251, 2.502, 3.749, 5.001, 6.248, 7.503]
    assert codes(table) == {"decimal_comma"}
    assert guessed(table).targets == ("voltage",)
    assert guessed(table).task == "regression"


def test_one_cell_with_two_digits_proves_the_decimal_comma_for_all() -> None:
    table = read((FILES / "decimal-comma-mixed.csv").read_bytes())
    assert numbers(table, "temperature") == [28.125, 28.25, 27.9, 27.375, 26.5, 26.125, 25.875, 25.0]
    assert numbers(table, "humidity") == [0.871, 0.88, 0.902, 0.913, 0.927, 0.9, 0.931, 0.94]
    made = learn(table)
    assert (made.task, made.targets_of, made.inputs_of) == ("regression", ("humidity",), ("hour", "temperature"))
    assert len(made.rows) == 8


def test_a_number_with_two_points_proves_that_points_group() -> None:
    table = read((FILES / "grouped-and-decimal.csv").read_bytes())
    assert numbers(table, "people") == [1234567.0, 987654.0, 12345.0, 3456789.0]
    assert numbers(table, "area") == [891.85, 310.7, 48.25, 755.1]
    assert kinds(table)["town"] == "identifier"
    assert {"decimal_comma", "grouped"} <= codes(table)
    assert (guessed(table).targets, guessed(table).inputs) == (("area",), ("people",))


def test_columns_by_spaces_without_names() -> None:
    table = read((FILES / "spaces.txt").read_bytes())
    assert (table.delimiter, table.body.header) == (" ", None)
    assert [column.name for column in table.columns] == [f"column {place}" for place in range(1, 6)]
    assert numbers(table, "column 1") == [0.12, 0.27, 0.02, 0.03, 0.06]
    assert numbers(table, "column 5") == [24.0, 21.6, 34.7, 33.4, 36.2]
    assert guessed(table).targets == ("column 5",)


def test_title_and_comments_above_the_names_are_skipped() -> None:
    table = read((FILES / "title-and-comments.csv").read_bytes())
    assert table.body.above == 3
    assert [column.name for column in table.columns] == ["load", "minutes", "voltage"]
    assert table.numbers == (5, 6, 7, 8)
    assert "skipped_above" in codes(table)
    assert learn(table).targets[:, 0].tolist() == [1.52, 1.49, 1.44, 1.38]


def test_passengers_are_told_by_what_is_known_of_them_and_not_by_their_number_or_name() -> None:
    table = read((FILES / "passengers.csv").read_bytes())
    assert kinds(table) == {
        "PassengerId": "identifier",
        "Survived": "number",
        "Class": "number",
        "Name": "identifier",
        "Sex": "category",
        "Age": "number",
        "Fare": "number",
        "Harbour": "category",
    }
    guess = guessed(table)
    assert (guess.task, guess.targets) == ("classification", ("Survived",))
    assert guess.inputs == ("Class", "Sex", "Age", "Fare", "Harbour")
    made = learn(table)
    assert made.feature_names == ("Class", "Sex=male", "Age", "Fare", "Harbour=C", "Harbour=Q", "Harbour=S")
    assert made.xs[0].tolist() == [3.0, 1.0, 22.0, 7.25, 0.0, 0.0, 1.0]
    assert made.targets[:, 0].tolist() == [0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0]
    assert [(each.row, each.column, each.reason) for each in made.left_out] == [(6, "Age", "missing")]


def test_a_missing_age_can_be_filled_by_the_mean_and_that_is_said() -> None:
    made = learn(read((FILES / "passengers.csv").read_bytes()), missing="mean")
    mean = (22 + 38 + 26 + 35 + 54 + 54 + 14) / 7
    assert made.left_out == ()
    assert made.xs[4, made.feature_names.index("Age")] == mean
    assert [tuple(each) for each in made.filled] == [("Age", 1, mean)]


def test_years_over_the_columns_are_names() -> None:
    table = read((FILES / "header-with-years.csv").read_bytes())
    assert kinds(table) == {"country": "identifier", "2010": "number", "2011": "number", "group": "category"}
    assert "header_guessed" in codes(table)
    made = learn(table)
    assert (made.class_names, made.class_counts, made.feature_names) == (("high", "low"), (2, 2), ("2010", "2011"))


def test_a_price_is_a_number_to_be_learnt() -> None:
    made = learn(read((FILES / "house-prices.csv").read_bytes()))
    assert (made.task, made.targets_of, made.inputs_of) == ("regression", ("price",), ("area_m2", "rooms"))
    assert made.targets[[0, -1], 0].tolist() == [178000.0, 579000.0]


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_every_file_can_be_learnt_as_it_is_guessed(path: object) -> None:
    made = learn(read(path.read_bytes()))
    assert len(made.xs) == len(made.targets) == len(made.rows) >= 4
