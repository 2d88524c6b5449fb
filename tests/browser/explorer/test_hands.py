"""Hands on the Explorer: fingers, clicks and the space bar do what they are meant for and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits

PHONE = (390, 844)
FINGER = 150
AIR = 4
WEIGHT = "/layers/2/w/0/0"

# Of each weight's box on the stage: how far a number reaches out of it, in pixels, at worst; less than 0 inside.
OUTSIDE = """() => Math.max(...[...document.querySelectorAll("#stage .chip")].flatMap((chip) => {
  const frame = chip.querySelector(".box").getBoundingClientRect();
  return [...chip.querySelectorAll("text")].map((each) => each.getBoundingClientRect()).filter(({ width }) => width > 0)
    .flatMap(({ left, right }) => [frame.left - left, right - frame.right]);
}))"""

# How many pixels of a bias's derivative or new value lie under a weight's box.
COVERED = """() => Math.max(...[...document.querySelectorAll("#stage .forward .bias .learnt text")].flatMap((each) => {
  const text = each.getBoundingClientRect();
  if (text.width === 0) return [0];
  return [...document.querySelectorAll("#stage .row.forward .chip .box")].map((box) => {
    const chip = box.getBoundingClientRect();
    const across = Math.min(text.right, chip.right) - Math.max(text.left, chip.left);
    const down = Math.min(text.bottom, chip.bottom) - Math.max(text.top, chip.top);
    return Math.min(across, down);
  });
}))"""


def test_a_finger_on_a_weight_changes_it_and_scrolls_nothing(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1;view=forward;at=58", size=PHONE, has_touch=True).ready().at(58)
    weight = page.page.locator(f"#stage .row.forward .chip[data-thing='{WEIGHT}'] .box")
    place = weight.bounding_box()
    assert place is not None
    x, y = place["x"] + place["width"] / 2, place["y"] + 6
    touch = page.page.context.new_cdp_session(page.page)
    for index in range(16):
        kind = "touchMove" if index else "touchStart"
        point = {"x": x, "y": y - index * FINGER / 15}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        page.page.wait_for_timeout(20)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.page.locator(f"#stage [data-pointer='{WEIGHT}']").first).to_have_text("6")
    assert page.page.evaluate("scrollY") == 0


def test_a_click_on_the_stage_frames_nothing(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1;at=9").ready()
    page.stage.click(position={"x": 10, "y": 300})
    assert page.page.evaluate("getComputedStyle(document.querySelector('#stage .drawing')).outlineStyle") == "none"


def test_space_plays_after_a_network_was_chosen(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1", motion="no-preference").ready()
    page.preset("lecture-0-0")
    page.page.keyboard.press("Space")
    expect(page.page.locator(".presets-menu")).to_be_hidden()
    expect(page.stage).not_to_have_attribute("data-step", "0")


@pytest.mark.parametrize("at", [45, 58])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=str)
def test_what_is_learnt_stays_in_its_box_and_clear_of_others(visits: Visits, size: tuple[int, int], at: int) -> None:
    page = visits.visit(f"/#v1;preset=lecture-1-1;view=both;at={at}", size=size).ready().at(at)
    page.page.mouse.move(0, 0)
    assert page.page.evaluate(OUTSIDE) <= -AIR
    assert page.page.evaluate(COVERED) <= 0
