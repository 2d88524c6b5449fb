"""Regression in the file's own units: what the Lab shows, what it says where the scale is the problem, the fit."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.hands.lab import Lab

HOUSES = """area_m2,rooms,price
58,2,171000
71,3,208500
84,3,243000
97,3,271500
109,4,312000
121,4,347500
133,4,372000
146,5,411500
157,5,446000
172,5,489500
186,6,527000
201,6,571500
"""
SCALE = "[data-field='standardise-targets'] input"


def test_prices_are_learned_and_shown_in_the_files_units(visits: Visits) -> None:
    page = visits.visit("/lab").page
    lab = Lab(page).ready()
    lab.drop(HOUSES, "houses.csv")
    expect(page.locator(SCALE)).to_be_checked()
    shown = page.locator(".example-numbers [data-value]").evaluate_all(
        "all => all.map(each => Number(each.dataset.value))"
    )
    rows = [[float(cell) for cell in line.split(",")] for line in HOUSES.split()[1:]]
    assert shown[:3] in rows, "two inputs and the target, to the last digit"
    lab.press("play")
    lab.at(100)
    expect(page.locator(".run-status [data-action='mend']")).to_have_count(0)
    lab.press("view-fit")
    chart = page.locator("[data-chart='fit']")
    expect(chart).to_have_attribute("data-state", "ready")
    explained = chart.locator(".legendtext").all_text_contents()
    (training,) = [float(text.split("=")[1]) for text in explained if text.startswith("training")]
    assert training > 0.95


def test_where_the_scale_is_the_problem_one_click_mends_it_and_one_undoes_that(visits: Visits) -> None:
    page = visits.visit("/lab").page
    lab = Lab(page).ready()
    lab.drop(HOUSES, "houses.csv")
    page.locator(SCALE).uncheck()
    lab.ready()
    lab.press("play")
    lab.at(100)
    said = page.locator(".run-status")
    expect(said).to_contain_text("The scale of the data is the problem")
    expect(said).to_contain_text(re.compile(r"targets reach 5\d{5}"))
    lab.press("mend")
    expect(page.locator(SCALE)).to_be_checked()
    lab.ready()
    lab.press("play")
    lab.at(100)
    expect(page.locator(".run-status [data-action='mend']")).to_have_count(0)
    lab.press("undo")
    expect(page.locator(SCALE)).not_to_be_checked()
