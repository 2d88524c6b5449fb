from __future__ import annotations

import random
import struct
from math import inf, isfinite, nan

import pytest

from app.core.record.operations.numerals import latex
from app.pages.numbers import parse_number, significant
from app.pages.readable import readable

from .node import run

NODE = """
import { readFileSync } from "node:fs";
import { parseNumber, significant } from "./static/js/kit/format.js";
const { numbers, texts } = JSON.parse(readFileSync(0, "utf8"));
const shown = numbers.map((value) => [2, 3, 4, 5, 6].map((digits) => significant(value, digits)));
process.stdout.write(JSON.stringify({ shown, read: texts.map(parseNumber) }));
"""

TYPED = [
    *("1/3", "0,5", " -2 ", "−2", "1e-3", ".5", "5.", "-1 / 4", "１．５", "1.2×10⁻⁹", "3*10^4", "1e308", "+7", "2÷4"),
    *(
        "",
        " ",
        "a",
        "1/0",
        "1/2/3",
        "1,2,3",
        "0x10",
        "Infinity",
        "NaN",
        "1e999",
        "--1",
        "1 2",
        "/2",
        "2/",
        "<b>",
        "1_0",
    ),
]


def some_floats() -> list[float]:
    rng = random.Random(20)
    found = [0.0, -0.0, 1.0, -1.5, 1000.5, 1001.5, 2.5, 0.5, 9999.5, 99995.0, 5e-324, 1.7976931348623157e308]
    while len(found) < 3000:
        (value,) = struct.unpack("<d", rng.randbytes(8))
        if isfinite(value):
            found.append(value)
        found.append(rng.uniform(-2, 2) * 10 ** rng.randrange(-8, 8))
        found.append(rng.randrange(-(10**7), 10**7) / 2**5)
    return found


@pytest.fixture(scope="module")
def browser() -> dict[str, list[object]]:
    result: dict[str, list[object]] = run(NODE, {"numbers": some_floats(), "texts": TYPED})
    return result


def test_server_and_browser_show_the_same_digits(browser: dict[str, list[object]]) -> None:
    assert [[significant(value, digits) for digits in range(2, 7)] for value in some_floats()] == browser["shown"]


def test_server_and_browser_understand_the_same_numbers(browser: dict[str, list[object]]) -> None:
    assert [parse_number(text) for text in TYPED] == browser["read"]


def test_a_sentence_shows_the_digits_of_the_formula_beside_it() -> None:
    for value in some_floats():
        assert significant(value) == readable(latex(value)).replace(" × ", "×")


@pytest.mark.parametrize("value", [None, nan, inf, -inf])
def test_what_is_not_finite_is_a_dash(value: float | None) -> None:
    assert significant(value) == "–"


@pytest.mark.parametrize(("text", "value"), [("1/3", 1 / 3), ("0,5", 0.5), ("−2", -2.0), ("1.2×10⁻⁹", 1.2e-9)])
def test_numbers_are_understood_as_people_type_them(text: str, value: float) -> None:
    assert parse_number(text) == value


def test_a_number_without_end_is_none() -> None:
    assert parse_number("1" * 61) is None
    assert parse_number("0." + "1" * 58) is not None
