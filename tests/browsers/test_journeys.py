"""The main journeys in Chromium, Firefox ESR and WebKitGTK; `tests/browser` goes into every corner, in Chromium."""

from __future__ import annotations

import pytest

from app.library.lessons import lesson, record_of
from app.library.rich_text import number_at
from tests.browsers.page import Page

pytestmark = pytest.mark.browsers

W = "/layers/0/w/0/1"
LECTURE = "/?lang=en#v1;preset=lecture-1-1;view=both"
LAB = (
    "/lab?lang=en#v=1&data=circles&n=100&noise=0.05&data_seed=1&test=0.2&sizes=2-3-1&hidden=tanh&output=sigmoid"
    "&init=xavier_uniform&loss=binary_cross_entropy&opt=momentum&rate=0.05&opt.momentum=0.9&batch=10&epochs=40&seed=3"
)
EPOCH = "Number(document.querySelector('.epoch-number')?.dataset.value)"
COST = "Number(document.querySelector(\"[data-readout='cost']\")?.dataset.value)"
IN_WINDOW = """(() => {
  const { left, top, right, bottom, width } = document.querySelector(':popover-open').getBoundingClientRect();
  return width > 100 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
})()"""
PLANES = "[...document.querySelectorAll('#view-features .map-points')]"
COLOURS = """[...document.querySelectorAll(arguments[0])].some((canvas) => {
  if (!canvas.width || !canvas.height) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 388) if (data[at + 3]) seen.add(data[at] >> 4 << 8 | data[at + 2] >> 4);
  return seen.size > 4;
})"""


def edit(page: Page, pointer: str, text: str) -> None:
    """Double-click a number on the stage and type another one."""
    page.double_click(f"#stage [data-editable='{pointer}']")
    page.fill(".edit-in-place input", text)
    page.keys("Enter")
    page.until("document.querySelector('.edit-in-place input') === null")
    page.stage()


def share(page: Page) -> str:
    """The link that the share dialog offers."""
    page.press("share")
    link = page.until("(document.querySelector(\"[data-share='text']\")?.value.match(/^http.*#v1.*/) ?? [])[0]")
    page.press("close-share")
    return str(link)


def test_the_walk_by_button_key_and_play(page: Page) -> None:
    page.visit(LECTURE).stage(0)
    assert page.numbers()["/layers/0/z/0"] == {None}
    page.press("step")
    page.stage(1)
    assert page.numbers()["/layers/0/z/0"] == {"4"}
    page.text("#announcer", "4")
    for key, step in [("ArrowRight", 2), ("ArrowLeft", 1), ("End", 58), ("Home", 0)]:
        page.keys(key)
        page.stage(step)
    page.press("play")
    page.until("Number(document.querySelector('#stage').dataset.step) >= 3")
    page.press("play")
    page.press("last")
    page.stage(58)
    assert page.numbers()["/loss/value"] == {"0.4167981090280999"}


def test_an_edit_its_undoing_and_its_link(page: Page) -> None:
    page.visit(LECTURE + ";at=20").stage(20)
    before = page.numbers()
    edit(page, W, "1/4")
    page.stage(20)
    edited = page.numbers()
    assert edited[W] == {"0.25"}
    assert edited["/layers/0/z/0"] == {"1.75"} != before["/layers/0/z/0"]
    link = share(page)
    page.press("undo")
    page.stage(20)
    assert page.numbers() == before
    page.press("redo")
    page.stage(20)
    assert page.numbers() == edited
    page.press("reset")
    page.stage(0)
    page.visit(link.removeprefix(page.home)).stage(20)
    assert page.numbers() == edited


def test_menus_open_within_the_window_and_close_on_escape(page: Page) -> None:
    page.visit(LECTURE).stage()
    for action in ("presets", "network", "settings"):
        page.press(action)
        page.until(IN_WINDOW)
        page.keys("Escape")
        page.until("document.querySelector(':popover-open') === null")
    page.press("presets")
    page.click("[data-preset='mazur']")
    page.attribute("[data-preset='mazur']", "aria-pressed", "true")
    page.stage()
    page.keys("Escape", "End")
    page.stage(int(page.run("return document.querySelector('#stage').dataset.steps")))
    page.keys("?")
    page.until("document.querySelector('dialog.help-dialog')?.open")
    page.keys("Escape")
    page.until("!document.querySelector('dialog.help-dialog').open")


def test_the_language_changes_in_place_and_is_kept(page: Page) -> None:
    page.visit(LECTURE + ";at=27").stage(27)
    numbers = page.numbers()
    page.press("language")
    page.attribute("html", "lang", "zh-CN")
    page.text("[data-view='both']", "对照")
    page.stage(27)
    assert page.numbers() == numbers
    page.visit("/lab")
    page.attribute("html", "lang", "zh-CN")


def test_the_theme_changes_what_is_drawn(page: Page) -> None:
    page.visit(LECTURE).stage()
    ground = "return getComputedStyle(document.querySelector('#stage')).backgroundColor"
    seen = set()
    for theme in ("light", "dark"):
        page.until(
            "(document.documentElement.dataset.theme === arguments[0])"
            " || (document.querySelector(\"[data-action='theme']\").click(), false)",
            theme,
        )
        seen.add(page.run(ground))
    assert len(seen) == 2


def test_a_network_trains_pauses_and_is_looked_back_at(page: Page) -> None:
    page.visit(LAB)
    page.until(f"{EPOCH} === 0 && {COST} > 0")
    before = page.run(f"return {COST}")
    page.until(COLOURS, "#map canvas")
    page.choose("[data-action='pace']", "20")
    page.press("play")
    page.until(f"{EPOCH} >= 3")
    page.press("play")
    page.attribute("[data-run-state]", "data-run-state", "paused")
    assert page.run(f"return {EPOCH}") < 40
    page.choose("[data-action='pace']", "full")
    page.press("play")
    page.attribute("[data-run-state]", "data-run-state", "finished")
    page.until(f"{EPOCH} === 40")
    assert page.until(COST) < before
    page.run("document.querySelector(\"[data-action='epoch']\").focus()")
    page.keys("Home")
    page.until(f"{EPOCH} === 0 && {COST} === arguments[0]", before)
    page.keys("ArrowRight")
    page.until(f"{EPOCH} === 1 && {COST} !== arguments[0]", before)
    page.until("location.hash.includes('epoch=1')")
    page.reload()
    page.until(f"{EPOCH} === 1 && {COST} > 0")


@pytest.mark.parametrize("view", ["curves", "surface", "features"])
def test_the_charts_of_a_trained_network_are_drawn(page: Page, view: str) -> None:
    page.visit(LAB)
    page.until(f"{EPOCH} === 0 && {COST} > 0")
    page.choose("[data-action='pace']", "full")
    page.press("play")
    page.attribute("[data-run-state]", "data-run-state", "finished")
    page.click(f"[data-lab-view='{view}']")
    page.run("document.querySelector(arguments[0]).scrollIntoView()", f"#view-{view}")
    if view == "features":
        page.until(f"{PLANES}.length >= 2 && {PLANES}.every((each) => each.getBBox().width > 50)")
    else:
        page.until(
            "document.querySelector(arguments[0] + ' .chart-view[data-state=\"ready\"] .main-svg') !== null",
            f"#view-{view}",
        )


def test_a_lesson_is_done_from_its_first_scene_to_its_last(page: Page) -> None:
    name = "feedforward"
    page.visit(f"/course/{name}?lang=en")
    done = 0
    scenes = lesson(name)["scenes"]
    for index, scene in enumerate(scenes):
        section = f"#scene-{scene['name']}"
        page.find(section)
        page.stage()
        task = scene.get("task") or {}
        if task.get("kind") == "predict":
            value = number_at(record_of(scene), task["pointer"])
            page.fill(f"{section} [data-action='answer']", f"{value + 1000}")
            page.click(f"{section} [data-action='check']")
            page.attribute(f"{section} .task-status", "data-mood", "wrong")
            page.fill(f"{section} [data-action='answer']", f"{value:.{task['digits']}f}")
            page.click(f"{section} [data-action='check']")
        elif task.get("kind") == "choose":
            page.click(f"{section} .task-options li:nth-child({task['answer'] + 1}) [data-action='option']")
        elif task.get("kind") == "point":
            page.click(f"#stage [data-pointer='{task['accept'][0]}']")
        elif task.get("kind") == "walk":
            page.keys("End")
        if task.get("kind") in ("predict", "choose", "point", "walk"):
            page.attribute(f"{section} .task", "data-done", "")
            done += 1
        if index + 1 < len(scenes):
            page.click(f"{section} .scene-next a")
    assert done >= 2


def test_the_pages_of_text_and_the_api_are_there(page: Page) -> None:
    page.visit("/plain/lecture-1-1?lang=en")
    page.until("document.querySelectorAll('.katex-html').length > 3")
    page.visit("/docs")
    page.until("document.querySelectorAll('.opblock').length > 20")
    for path in ("/gallery", "/glossary", "/practice", "/bugs", "/course"):
        page.visit(f"{path}?lang=zh")
        page.until("document.querySelector('main h1') !== null")
