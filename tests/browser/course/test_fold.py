"""Every scene at a glance: on a laptop its title, its whole task and the way on are there without scrolling."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.library.lessons import lesson, lesson_names
from tests.browser.conftest import Visits

LAPTOPS = [(1366, 768), (1440, 900)]
CUT = """() => {
  const scene = document.querySelector(".scene[data-present]");
  const seen = [...scene.querySelectorAll("h2, .task, .scene-next a")];
  return seen.filter((each) => each.checkVisibility()).filter((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return top < 0 || bottom > innerHeight;
  }).map((each) => each.className || each.textContent);
}"""


@pytest.mark.parametrize("name", lesson_names())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_title_task_and_the_way_on_of_every_scene_are_above_the_fold(visits: Visits, name: str, language: str) -> None:
    page = visits.visit(f"/course/{name}?lang={language}", size=LAPTOPS[0]).page
    page.wait_for_load_state("networkidle")
    for scene in lesson(name)["scenes"]:
        page.locator(f".scene-link[data-scene='{scene['name']}']").click()
        expect(page.locator(f"#scene-{scene['name']}")).to_be_visible()
        for width, height in LAPTOPS:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("scrollTo(0, 0)")
            assert page.evaluate(CUT) == [], (scene["name"], width)
        page.set_viewport_size({"width": LAPTOPS[0][0], "height": LAPTOPS[0][1]})


def test_a_right_answer_is_worked_out_on_the_stage_and_the_way_on_leads_to_the_end(visits: Visits) -> None:
    visitor = visits.visit("/course/neuron?lang=en").ready()
    page = visitor.page
    expect(page.locator(".segment")).to_have_count(1)
    expect(page.locator("#stage [data-thing='/loss/value']").first).to_be_hidden()
    box = page.locator("#scene-weighted-sum .task")
    box.locator("[data-action='answer']").fill("-2")
    box.locator("[data-action='check']").click()
    expect(box).to_have_attribute("data-done", "")
    expect(page.locator("#stage [data-pointer='/layers/0/z/1']").first).to_have_attribute("data-value", "-2")
    page.locator("#scene-weighted-sum .scene-next a").click()
    page.locator("#scene-activation .scene-next a").click()
    end = page.locator(".lesson-end")
    expect(end).to_contain_text("You can now work out z and a")
    expect(end.locator("h2")).to_be_focused()
    expect(page.locator(".scene:visible")).to_have_count(0)
    page.go_back()
    expect(page.locator("#scene-activation")).to_be_visible()
    expect(end).to_be_hidden()


def test_what_a_lesson_has_not_taught_is_shown_without_its_reasons(visits: Visits) -> None:
    page = visits.visit("/course/gradient-descent?lang=en#scene-random-start").ready().page
    expect(page.locator("#panels")).to_have_attribute("data-untold", "")
    expect(page.locator("[data-panel='words'] .words")).to_be_hidden()
    page.locator("body").press("Home")
    expect(page.locator("[data-panel='words'] .words")).to_be_visible()
