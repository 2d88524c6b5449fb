"""The right column and the learning beside it: a step card that never moves anything, one tab at a time, one undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits

SMALL_DESK = (1366, 768)
LECTURE = "/#v1;preset=lecture-1-1;view=both"
EVERY_STEP = """async () => {
  const [tabs, next] = [document.querySelector(".panel-tabs"), document.querySelector("[data-action='step']")];
  const tops = [];
  for (let count = Number(document.querySelector("#stage").dataset.steps); count > 0; count -= 1) {
    next.click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    tops.push(tabs.getBoundingClientRect().top);
  }
  return [...new Set(tops)];
}"""
SEEN = """selector => {
  const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
  return Math.max(0, Math.min(bottom, document.querySelector(".timeline-bar").getBoundingClientRect().top) - top);
}"""


@pytest.mark.parametrize("granularity", ["layer", "unit", "term"])
def test_nothing_below_the_step_moves_from_step_to_step(visits: Visits, granularity: str) -> None:
    page = visits.visit(f"{LECTURE};at=0;select=/layers/0/w/0/0", size=SMALL_DESK).ready()
    page.page.locator(f"[data-granularity='{granularity}']").click()
    page.ready()
    assert page.steps > 20
    assert len(page.page.evaluate(EVERY_STEP)) == 1


def test_what_is_selected_is_inspected_at_once_and_in_sight(visits: Visits) -> None:
    page = visits.visit(f"{LECTURE};at=58", size=SMALL_DESK).ready().at(58)
    page.tab("code")
    inspector = page.page.locator("[data-panel='inspector']")
    expect(inspector).to_be_hidden()
    page.page.locator("#stage .chip[data-thing='/layers/1/w/0/0']:visible").first.click()
    expect(page.page.locator("[data-tab='inspect']")).to_have_attribute("aria-selected", "true")
    expect(inspector).to_contain_text("Weight")
    expect(inspector.locator(".inspector-row").first).to_be_in_viewport(ratio=1)


def test_the_tabs_are_gone_through_with_the_arrow_keys_and_the_steps_stand_still(visits: Visits) -> None:
    page = visits.visit(f"{LECTURE};at=9").ready().at(9)
    page.page.locator("[data-tab='inspect']").focus()
    for key, tab in [("ArrowRight", "code"), ("End", "history"), ("ArrowRight", "inspect"), ("ArrowLeft", "history")]:
        page.page.keyboard.press(key)
        expect(page.page.locator(f"[data-tab='{tab}']")).to_be_focused()
        expect(page.page.locator("[role='tabpanel']:visible")).to_have_id(f"part-{tab}")
    page.at(9)


def test_ten_updates_are_counted_drawn_pointed_at_and_taken_back_by_one_undo(visits: Visits) -> None:
    page = visits.visit(f"{LECTURE};at=58").ready().at(58)
    before = page.request()
    page.press("apply-ten")
    readout = page.page.locator(".learning")
    expect(readout).to_contain_text("10 updates")
    page.ready().at(58)
    (loss,) = page.shown("/loss/value")
    # As ten requests to the server give it, each with the parameters that the one before came to.
    request = before
    for _ in range(10):
        trace = page.page.request.post(f"{visits.home}/api/v1/trace", data={**request, "steps": "none"}).json()
        layers = [
            {**old, **new} for old, new in zip(request["network"]["layers"], trace["updated"]["layers"], strict=True)
        ]
        request = {**request, "network": {"layers": layers}}
    last = page.page.request.post(f"{visits.home}/api/v1/trace", data={**request, "steps": "none"}).json()
    assert float(loss or "nan") == last["loss"]["value"]
    points = page.page.locator(".learning-line polyline").get_attribute("points") or ""
    assert points.count(",") == 11
    expect(page.tab("history")).to_contain_text("In the latest 10 updates this changed most: Bias of unit 2, layer 3")
    page.press("undo")
    page.ready()
    assert page.request()["network"] == before["network"]
    expect(page.page.locator("[data-action='undo']")).to_have_attribute("aria-disabled", "true")


def test_a_descent_can_be_stopped_and_is_taken_back_by_one_undo(visits: Visits) -> None:
    page = visits.visit(f"{LECTURE};at=58").ready().at(58)
    before = page.request()
    descend = page.page.locator("[data-action='descend']")
    descend.click()
    expect(descend).to_have_text("Stop")
    expect(page.page.locator(".learning")).to_contain_text("updates")
    descend.click()
    expect(descend).to_have_text("While it falls")
    page.ready()
    assert page.request()["network"] != before["network"]
    page.press("undo")
    page.ready()
    assert page.request()["network"] == before["network"]


@pytest.mark.parametrize("size", [(844, 390), (390, 844), (768, 1024)], ids=str)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_hand_held_screen_the_stage_has_more_than_half(
    visits: Visits, size: tuple[int, int], language: str
) -> None:
    page = visits.visit(f"/?lang={language}#v1;at=20", size=size, has_touch=True, is_mobile=True).ready().at(20)
    page.page.wait_for_load_state("networkidle")
    assert page.page.evaluate(SEEN, "#stage") >= 0.55 * size[1]
    assert page.page.evaluate("document.documentElement.scrollWidth") == size[0]
    small = page.page.evaluate(
        """() => [...document.querySelectorAll('.toolbar button, .transport button, .pace button, .panel-tabs button')]
          .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert small == []
