"""Every lesson to its last scene: by mouse, finger and keyboard, in both languages, with axe beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from app.library.lessons import lesson, lesson_names, record_of
from app.library.rich_text import number_at
from tests.browser.conftest import DESK, Visits
from tests.browser.hands.learner import MEASURE, PLAY, Keyboard, Learner, Mouse, Scene, Touch
from tests.browser.test_access import AXE, PHONE, TAGS

PROJECTOR = (1280, 720)
TRAINING = 30_000
"""Milliseconds; a busy machine may need some for a few dozen epochs."""

CHECK = """async ([selector, tags]) => {
  const wanted = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
  const { violations } = await axe.run(selector, wanted);
  return violations.map(({ id, nodes }) => [id, nodes.slice(0, 4).map(n => `${n.target}: ${n.failureSummary}`)]);
}"""


class Way(NamedTuple):
    """How a lesson is gone through."""

    learner: Callable[[Page], Learner]
    language: str
    size: tuple[int, int]
    options: dict[str, Any]


WAYS = {
    "mouse": Way(Mouse, "en", DESK, {}),
    "keyboard": Way(Keyboard, "zh", DESK, {}),
    "touch": Way(Touch, "zh", PHONE, {"has_touch": True, "color_scheme": "dark"}),
}
REACHED: dict[str, dict[str, float]] = {
    "activation": {"/layers/0/b/1": 5},
    "one-function": {"/x/0": -1, "/x/1": 0},
    "another-function": {"/layers/2/w/0/0": 9},
    "softmax": {"/layers/2/b/0": 9},
    "goodness": {"/layers/2/b/1": -9, "/layers/2/b/0": 3},
    "nearly-shut": {"/layers/1/b/0": 9},
}
"""What helps, by scene."""


def wrong(box: Locator) -> None:
    expect(box.locator(".task-status")).to_have_attribute("data-mood", "wrong")


def predict(learner: Learner, box: Locator, scene: Scene) -> None:
    value = number_at(record_of(scene), scene["task"]["pointer"])
    learner.answer(box, "abc")
    wrong(box)
    learner.answer(box, str(value + 1000))
    wrong(box)
    learner.answer(box, f"{value:.{scene['task']['digits']}f}")


def choose(learner: Learner, box: Locator, scene: Scene) -> None:
    right, count = scene["task"]["answer"], len(scene["options"])
    learner.choose(box, (right + 1) % count)
    wrong(box)
    learner.choose(box, right)


def point(learner: Learner, box: Locator, scene: Scene) -> None:
    learner.point(box, scene["task"]["accept"][0])


def walk(learner: Learner, box: Locator, scene: Scene) -> None:
    learner.go_to_the_end()


def reach(learner: Learner, box: Locator, scene: Scene) -> None:
    for pointer, value in REACHED[scene["name"]].items():
        learner.change(box, pointer, value)


def train(learner: Learner, box: Locator, scene: Scene) -> None:
    learner.press_in_the_lab(PLAY)


DOING: dict[str, Callable[[Learner, Locator, Scene], None]] = {
    "predict": predict,
    "choose": choose,
    "point": point,
    "walk": walk,
    "reach": reach,
    "train": train,
}


def measure(learner: Learner, page: Page) -> None:
    """Loop or matrix? is answered by what this machine has just measured."""
    learner.press_in_the_lab(MEASURE)
    said = page.frame_locator("#lab iframe").locator(".view-sentences")
    expect(said).to_contain_text(re.compile(r"\d"), timeout=TRAINING)
    found = re.search(r"(\d[\d.]*) (?:times|倍)", said.inner_text())
    assert found is not None, said.inner_text()
    assert float(found[1]) > 1


def opened(page: Page, scene: Scene) -> Locator:
    section = page.locator(f"#scene-{scene['name']}")
    expect(section).to_be_visible()
    if "lab" in scene:
        expect(page.frame_locator("#lab iframe").locator(PLAY)).to_be_enabled()
    else:
        expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    return section


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("name", lesson_names())
def test_a_lesson_can_be_done_from_its_first_scene_to_its_last(visits: Visits, name: str, how: str) -> None:
    way = WAYS[how]
    address = f"/course/{name}?lang={way.language}"
    page = visits.visit(address, size=way.size, bypass_csp=True, **way.options).page
    page.add_script_tag(path=AXE)
    learner = way.learner(page)
    scenes = lesson(name)["scenes"]
    for index, scene in enumerate(scenes):
        section = opened(page, scene)
        # The whole page of each scene on one of the ways, what is the scene's own on all of them.
        whole = (index + list(WAYS).index(how)) % len(WAYS) == 0
        looked = "html" if whole else f"#scene-{scene['name']}"
        assert page.evaluate(CHECK, [looked, TAGS]) == [], f"{scene['name']}, opened"
        assert page.evaluate("document.documentElement.scrollWidth") == way.size[0]
        task = scene.get("task")
        if task:
            box = section.locator(".task")
            expect(box).not_to_have_attribute("data-done", "")
            if scene.get("lab", {}).get("view") == "loop-or-matrix":
                measure(learner, page)
            DOING[task["kind"]](
                learner, box, {**scene, "options": lesson(name)["texts"]["en"]["scenes"][scene["name"]].get("options")}
            )
            expect(box).to_have_attribute("data-done", "", timeout=TRAINING)
            expect(page.locator(f".scene-link[data-scene='{scene['name']}']")).to_have_attribute("data-done", "")
            assert page.evaluate(CHECK, [f"#scene-{scene['name']}", TAGS]) == [], f"{scene['name']}, done"
        if index + 1 < len(scenes):
            learner.go_on(section)


LIT = [(name, scene["name"]) for name in lesson_names() for scene in lesson(name)["scenes"] if scene.get("lit")]
GLOWING = """[...document.querySelectorAll("#stage svg *")]
  .filter(each => getComputedStyle(each).filter !== "none" && each.getBoundingClientRect().width > 0).length"""


@pytest.mark.parametrize(("name", "scene"), LIT)
def test_what_a_scene_lights_up_is_on_a_small_desk_too(visits: Visits, name: str, scene: str) -> None:
    page = visits.visit(f"/course/{name}#scene-{scene}", size=(1366, 768), bypass_csp=True).ready()
    page.page.wait_for_function(f"{GLOWING} > 0")
