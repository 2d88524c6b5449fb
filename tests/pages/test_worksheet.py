from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from app.core.mistakes.diagnosis import diagnose
from app.core.mistakes.practice import LEVELS, exercise
from app.pages.numbers import significant

from .test_plain import get


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_sheet_has_a_blank_where_its_key_has_the_number(client: TestClient, level: int, language: str) -> None:
    asked = exercise(level, 5).asked
    sheet = get(client, f"/worksheet?level={level}&seed=5&show=sheets&lang={language}")
    blanks = [each for each in sheet.all("span") if each.get("class") == "blank"]
    assert len(blanks) == len(asked)
    key = get(client, f"/worksheet?level={level}&seed=5&show=key&lang={language}")
    assert not [each for each in key.all("span") if each.get("class") == "blank"]
    assert len(key.all("strong")) == len(asked)


def test_the_key_has_the_numbers_of_the_trace(client: TestClient) -> None:
    drawn = exercise(3, 11)
    answers = [significant(drawn.record.numbers[drawn.record.layout.position[pointer]], 4) for pointer in drawn.asked]
    html = client.get("/worksheet", params={"level": 3, "seed": 11, "show": "key"}).text
    for answer in answers:
        assert f"<strong>{answer}</strong>" in html


def test_thirty_variants_are_thirty_sheets_and_their_key(client: TestClient) -> None:
    page = get(client, "/worksheet?level=2&seed=1&sheets=30&show=both")
    classes = [each.get("class") for each in page.all("section")]
    assert classes == ["sheet"] * 30 + ["sheet key"] * 30


@pytest.mark.parametrize("query", ["level=9&seed=-1", "level=x&sheets=100000", "seed=99999999999999999999", "show=<b>"])
def test_an_address_that_makes_no_sense_gives_sheets_all_the_same(client: TestClient, query: str) -> None:
    page = get(client, f"/worksheet?{query}")
    assert 1 <= sum(each.get("class") == "sheet" for each in page.all("section")) <= 40


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_key_tells_which_mistake_gives_which_number(client: TestClient, language: str) -> None:
    drawn = exercise(2, 5)
    html = client.get("/worksheet", params={"level": 2, "seed": 5, "show": "key", "lang": language}).text
    shown = re.findall(r'<li><span class="sheet-cell">.*? = (\S+)</span> (.*?)</li>', html, re.DOTALL)
    assert len(shown) >= 4
    position = drawn.record.layout.position["/layers/0/z/0"]
    value, title = shown[0]
    found = diagnose(drawn.record, position, float(value.replace("−", "-")), 3)
    assert title in [unescape(match.misconception.title[language]) for match in found.matches]
    sheet = client.get("/worksheet", params={"level": 2, "seed": 5, "show": "sheets", "lang": language}).text
    assert "sheet-mistakes" not in sheet
