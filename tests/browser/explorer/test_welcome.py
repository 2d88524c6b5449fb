"""The first minute: one learning step to watch, and three ways on."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visits


def test_a_first_visit_begins_with_one_learning_step_and_ends_at_three_doors(visits: Visits) -> None:
    page = visits.visit("/?lang=en").ready()
    card = page.page.locator("[data-panel='welcome']")
    expect(card).to_contain_text("forward to a loss")
    assert None not in page.shown("/layers/0/dl_dw/0/0"), "the network is computed when it is first seen"
    page.press("watch")
    expect(page.stage).to_have_attribute("data-steps", "30")
    expect(page.page.locator("[data-action='play']")).to_have_attribute("aria-label", "Pause")
    page.press("watch")
    expect(card).to_contain_text("The loss fell from 0.4168 to 0.3924")
    expect(page.stage).to_have_attribute("data-steps", "58")
    page.at(58)
    page.page.locator("[data-door='change']").click()
    expect(page.page.locator("[data-panel='inspector']")).to_contain_text("∂l/∂w")
    page.page.locator("[data-door='own']").click()
    expect(page.page.locator(".network-menu")).to_be_visible()
    page.page.keyboard.press("Escape")
    page.page.locator("[data-door='course']").click()
    page.page.wait_for_url("**/course")


def test_the_introduction_stays_until_it_is_closed_and_can_be_called_back(visits: Visits) -> None:
    page = visits.visit("/").ready()
    card = page.page.locator("[data-panel='welcome']")
    page.press("close-welcome")
    expect(card).to_be_hidden()
    page.page.goto(visits.home + "/")
    page.ready()
    expect(card).to_be_hidden()
    page.press("settings")
    page.press("welcome")
    expect(card).to_be_visible()
