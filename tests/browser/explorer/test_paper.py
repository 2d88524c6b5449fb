"""The Explorer and worksheets on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits

WHOLE = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const paper = document.documentElement.getBoundingClientRect();
  const drawing = document.querySelector('#stage .drawing');
  const { left, right, height } = drawing.getBoundingClientRect();
  const parts = [...drawing.querySelectorAll('[data-value]')].map((each) => each.getBoundingClientRect());
  return height > 0 && left >= 0 && right <= paper.width && parts.length > 40
    && parts.every((each) => each.left >= left && each.right <= right);
}"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["1440", "390"])
def test_on_paper_the_whole_drawing_is_seen_and_no_control(visits: Visits, size: tuple[int, int]) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1;view=both;at=58", size=size).ready().at(58)
    page.page.emulate_media(media="print")
    page.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.page.evaluate(WHOLE)
    for hidden in ("#toolbar", "#timeline", "[data-panel='signal']", "[data-panel='matrices']"):
        expect(page.page.locator(hidden)).to_be_hidden()
    expect(page.page.locator("[data-panel='words']")).to_be_visible()
    page.page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.page.emulate_media(media="screen")
    expect(page.page.locator("#stage .drawing[viewBox]")).to_have_count(0)
    expect(page.page.locator("#toolbar")).to_be_visible()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_each_worksheet_is_one_page_with_its_network_drawn(visits: Visits, level: int) -> None:
    page = visits.visit(f"/worksheet?level={level}&sheets=3&seed=4&lang=en").page
    page.wait_for_load_state("networkidle")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))) == 3
    page.emulate_media(media="print")
    for sheet in page.locator(".sheet").all():
        expect(sheet.locator("svg.net-labelled")).to_be_visible()
        expect(sheet.locator(".sheet-room")).to_be_attached()


def test_a_printed_lesson_has_each_network_drawn_and_room_to_work(visits: Visits) -> None:
    page = visits.visit("/course/neuron?lang=en").ready().page
    expect(page.locator("svg.net-labelled").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".scene-drawing svg:visible")).to_have_count(2)
    expect(page.locator(".task .room:visible")).to_have_count(2)
    expect(page.locator(".scene-next").first).to_be_hidden()
