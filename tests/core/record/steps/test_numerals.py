"""Numbers as LaTeX: what a reader sees of a float64."""

from __future__ import annotations

from math import inf, nan

import pytest

from app.core.record.operations.numerals import Place, Shown, as_addend, as_factor, latex, latex_of_all

WRITTEN = [
    (0.0, "0"),
    (-0.0, "0"),
    (4.0, "4"),
    (-2.0, "-2"),
    (0.1, "0.1"),
    (-0.017661, "-0.01766"),
    (0.98201379, "0.982"),
    (1234.4, "1234"),
    (12345.0, r"1.234 \times 10^{4}"),
    (-1.2e-9, r"-1.2 \times 10^{-9}"),
    (5e-324, r"4.941 \times 10^{-324}"),
    (1.7976931348623157e308, r"1.798 \times 10^{308}"),
    (inf, r"\text{–}"),
    (-inf, r"\text{–}"),
]


@pytest.mark.parametrize(("value", "text"), WRITTEN)
def test_a_number_is_written_with_four_significant_digits(value: float, text: str) -> None:
    assert latex(value) == text


def test_what_is_no_number_is_a_dash() -> None:
    assert latex(nan) == r"\text{–}"


def test_many_at_once_are_written_as_each_alone() -> None:
    values = [*(value for value, _ in WRITTEN), nan]
    assert latex_of_all(values) == [latex(value) for value in values]
    assert latex_of_all([]) == []


@pytest.mark.parametrize(
    ("text", "factor", "addend"),
    [
        ("2", "2", "+ 2"),
        ("-2", "(-2)", "- 2"),
        (r"-1.2 \times 10^{-9}", r"(-1.2 \times 10^{-9})", r"- 1.2 \times 10^{-9}"),
    ],
)
def test_a_negative_factor_has_parentheses_and_an_addend_its_sign(text: str, factor: str, addend: str) -> None:
    assert as_factor(text) == factor
    assert as_addend(text) == addend


def test_what_is_shown_is_found_by_place_and_position() -> None:
    shown = Shown([4.0, -2.0, 0.5])
    found = {place: [shown[place * 3 + position] for position in range(3)] for place in Place}
    assert found == {
        Place.BARE: ["4", "-2", "0.5"],
        Place.FACTOR: ["4", "(-2)", "0.5"],
        Place.ADDEND: ["+ 4", "- 2", "+ 0.5"],
    }
    assert len(shown) == 9
    assert shown[4] is shown[4]
