"""The dialog for one's own data: what the server reads is shown, each guess can be changed, nothing is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from app.tables.choice_texts import CHOICES
from tests.browser.conftest import Visits
from tests.browser.hands.lab import DROP, Lab
from tests.tables.reading import FILES

PASSENGERS = (FILES / "passengers.csv").read_text("utf-8")


def opened(visits: Visits, text: str, name: str = "table.csv") -> Lab:
    visits.may_fail = True
    page = visits.visit("/lab").page
    lab = Lab(page).ready()
    page.evaluate(DROP, [text, name])
    return lab


def ready(lab: Lab, rows: int) -> None:
    expect(lab.page.locator(".own-reason")).to_contain_text(re.compile(rf"\b{rows}\b"))
    expect(lab.control("use-own-data")).to_have_attribute("aria-disabled", "false")


def test_words_become_inputs_and_a_missing_age_can_be_filled(visits: Visits) -> None:
    lab = opened(visits, PASSENGERS, "passengers.csv")
    ready(lab, 7)
    expect(lab.page.locator(".own-problems")).to_contain_text("Row 6, column Age")
    lab.control("missing").select_option("mean")
    ready(lab, 8)
    expect(lab.page.locator(".own-problems")).to_contain_text("Age: 1 missing values are filled with 34.7143")
    lab.press("use-own-data")
    expect(lab.page.locator(".recipe-own")).to_contain_text("Sex=male")


def test_each_guess_of_the_reading_can_be_changed(visits: Visits) -> None:
    lab = opened(visits, "a\tb\n12.345\t3\n23.456\t4\n34.567\t5\n")
    ready(lab, 3)
    expect(lab.page.locator("[data-note='ambiguous_mark']")).to_contain_text("12.345 could be 12.345 or 12345")
    expect(lab.control("delimiter")).to_have_value("\t")
    for parameter, ways in CHOICES.items():
        offered = lab.control(parameter).locator("option")
        expect(offered).to_have_text([title for title, _ in ways.values()])
        assert [option.get_attribute("value") for option in offered.all()] == list(ways)
    lab.control("decimal").select_option(",")
    expect(lab.page.locator("[data-note='grouped']")).to_contain_text("12345")
    lab.control("header").click()
    ready(lab, 3)
    lab.control("skip").fill("1")
    lab.control("skip").press("Tab")
    expect(lab.page.locator(".own-size")).to_contain_text("3")


def test_a_target_with_a_class_a_row_is_never_ready(visits: Visits) -> None:
    lab = opened(visits, PASSENGERS, "passengers.csv")
    ready(lab, 7)
    lab.page.locator("select[data-column='1']").select_option("unused")
    expect(lab.page.locator(".own-reason")).to_have_text("Choose the target column.")
    lab.page.locator("select[data-column='3']").select_option("target")
    expect(lab.page.locator(".own-reason")).to_contain_text("a class of its own in every row")
    expect(lab.control("use-own-data")).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize(("text", "said"), [("PK\x03\x04xl/", "save the sheet as CSV"), ("", "There is nothing in it")])
def test_what_is_no_table_is_said_and_the_table_before_stays(visits: Visits, text: str, said: str) -> None:
    lab = opened(visits, PASSENGERS, "passengers.csv")
    ready(lab, 7)
    lab.page.evaluate(DROP, [text, "other.xlsx"])
    expect(lab.page.locator(".own-trouble [role='alert']")).to_contain_text(said)
    ready(lab, 7)
    lab.press("use-own-data")
    expect(lab.page.locator(".recipe-own")).to_contain_text("passengers.csv")


def test_without_an_answer_the_file_can_be_read_again(visits: Visits) -> None:
    visits.may_fail = True
    page = visits.visit("/lab").page
    lab = Lab(page).ready()

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/api/v1/tables?*", cut)
    page.evaluate(DROP, [PASSENGERS, "passengers.csv"])
    expect(lab.control("read-again")).to_be_visible()
    page.unroute("**/api/v1/tables?*", cut)
    lab.press("read-again")
    ready(lab, 7)
