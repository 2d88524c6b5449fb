"""The course: every lesson walked through, every task done on the stage, as a learner would."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from app.core.mistakes.practice import exercise
from app.core.mistakes.rules.registry import RULES
from app.library.lessons import lesson, lesson_names, record_of
from app.library.rich_text import number_at
from tests.browser.conftest import DESK, Visits
from tests.browser.test_access import AXE, PHONE, RUN, TAGS


def answer(box: Locator, text: str) -> None:
    box.locator("[data-action='answer']").fill(text)
    box.locator("[data-action='check']").click()


def test_a_lesson_link_can_start_at_any_scene_and_progress_is_kept(visits: Visits) -> None:
    visitor = visits.visit("/course/feedforward?lang=en#scene-zero-input")
    page = visitor.page
    expect(page.locator("#scene-zero-input")).to_be_visible()
    expect(page.locator("#scene-wires")).to_be_hidden()
    answer(page.locator("#scene-zero-input .task"), "1/2")
    expect(page.locator("#scene-zero-input .task")).to_have_attribute("data-done", "")
    page.goto(page.url.split("/course")[0] + "/course")
    expect(page.locator("[data-lesson='feedforward'] .progress")).to_have_text("1 of 5 scenes")
    page.locator("[data-action='erase']").click()
    expect(page.locator("[data-lesson='feedforward'] .progress")).to_have_text("")


def test_what_the_scene_does_not_name_stays_as_it_is(visits: Visits) -> None:
    page = visits.visit("/course/neuron?lang=en#scene-activation").page
    expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    chip = page.locator("#stage [data-editable='/layers/2/w/0/0']").first
    chip.dblclick()
    page.locator(".edit-in-place input").fill("7")
    page.locator(".edit-in-place input").press("Enter")
    expect(page.locator("#notices")).to_contain_text("This scene leaves that as it is")
    expect(page.locator("#stage [data-pointer='/layers/2/w/0/0']").first).to_have_attribute("data-value", "3")


def test_a_link_to_a_scene_leaves_the_title_in_sight_and_on_a_phone_the_stage(visits: Visits) -> None:
    desk = visits.visit("/course/backward-pass?lang=en#scene-compute").page
    expect(desk.locator("#scene-compute .task-answer")).to_be_visible()
    expect(desk.locator("h1")).to_be_in_viewport()
    phone = visits.visit("/course/backward-pass?lang=en#scene-compute", size=PHONE).page
    expect(phone.locator("#stage")).to_have_attribute("data-state", "ready")
    for seen in ("#stage", "#title-compute", "#timeline"):
        expect(phone.locator(seen)).to_be_in_viewport()
    phone.locator("#scene-compute [data-action='check']").scroll_into_view_if_needed()
    for seen in ("#stage", "#scene-compute [data-action='check']", "#timeline"):
        expect(phone.locator(seen)).to_be_in_viewport()


def test_the_program_of_a_scene_follows_the_steps(visits: Visits) -> None:
    page = visits.visit("/course/frameworks?lang=en#scene-tape").page
    expect(page.locator(".listing")).to_contain_text("with tf.GradientTape() as tape")
    expect(page.locator(".line.current")).to_contain_text("loss = ")
    page.locator("body").press("ArrowRight")
    expect(page.locator(".line.current").first).to_contain_text("dl_da3 = ")
    page.locator("[data-code='numpy']").click()
    expect(page.locator(".line.current")).to_contain_text("dl_da3 = error")
    page.locator("#scene-tape .scene-next a").click()
    expect(page.locator(".listing")).to_contain_text("jax.vjp")
    expect(page.locator("[data-code='jax']")).to_have_attribute("aria-pressed", "true")


def test_the_notation_of_another_book_is_kept_from_page_to_page(visits: Visits) -> None:
    page = visits.visit("/glossary?lang=en").page
    page.locator(".notation > summary").click()
    for choice in ("delta", "hat-output", "sum"):
        page.locator(f".notation input[value='{choice}']").check()
    page.locator("#dl-dz").scroll_into_view_if_needed()
    symbol = page.locator("#dl-dz .tex annotation")
    expect(symbol).to_have_text(r"\displaystyle \delta")
    expect(page.locator("#squared-error")).to_contain_text("twice the loss shown here")
    page.goto(page.url.split("/glossary")[0] + "/course/backward-pass?lang=en#scene-compute")
    expect(page.locator("h1")).to_have_text("Backward pass: δ of a hidden unit")
    expect(page.locator("#scene-compute .task-text annotation")).to_have_text(r"\displaystyle \delta")
    page.locator(".notation > summary").click()
    page.locator(".notation input[value='partial']").check()
    expect(page.locator("h1")).to_have_text("Backward pass: ∂l/∂z of a hidden unit")


def test_a_number_is_asked_for_before_it_appears(visits: Visits) -> None:
    visitor = visits.visit("/?lang=en").ready()
    page = visitor.page
    visitor.press("settings")
    page.locator("[data-action='predict']").check()
    page.keyboard.press("Escape")
    page.locator("body").press("Home")
    page.locator("body").press("ArrowRight")
    expect(page.locator("[data-answer='/layers/0/z/0']")).to_be_focused()
    cell = page.locator("#stage [data-pointer='/layers/0/z/0']").first
    expect(cell).to_have_text("?")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator(".predict-verdict")).to_contain_text("The bias left out of z")
    expect(page.locator("#stage")).to_have_attribute("data-step", "0")
    page.locator("[data-answer='/layers/0/z/0']").fill("4")
    page.keyboard.press("Enter")
    expect(page.locator("#stage")).to_have_attribute("data-step", "1")
    expect(cell).to_have_text("4")
    page.locator("body").press("ArrowRight")
    page.locator("[data-action='show-me']").click()
    expect(page.locator("#stage")).to_have_attribute("data-step", "2")
    page.locator("body").press("End")
    expect(page.locator("#stage")).to_have_attribute("data-step", "58")


def test_what_is_clicked_or_edited_on_the_stage_can_be_done_by_keyboard(visits: Visits) -> None:
    page = visits.visit("/course/neuron?lang=en#scene-activation").page
    expect(page.locator("#stage")).to_have_attribute("data-step", "4")
    keys = page.locator("#scene-activation .task-keys")
    keys.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    keys.locator("[data-action='which']").select_option("/layers/0/b/1")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.locator("#scene-activation .task")).to_have_attribute("data-done", "")
    expect(keys.locator("option")).to_have_count(2)
    page.goto(page.url.split("/course")[0] + "/course/feedforward?lang=en")
    expect(page.locator("#stage")).to_have_attribute("data-step", "1")
    box = page.locator("#scene-wires .task")
    box.locator(".task-keys summary").press("Enter")
    box.locator("[data-action='which']").select_option("/layers/1/w/1/1")
    box.locator("[data-action='take']").press("Enter")
    expect(box.locator(".task-status")).to_have_attribute("data-mood", "wrong")
    box.locator("[data-action='which']").select_option("/layers/0/w/1/1")
    box.locator("[data-action='take']").press("Enter")
    expect(box.locator(".task-status")).to_have_attribute("data-mood", "right")


OUT_OF_SIGHT = """() => {
  const scene = document.querySelector('.scene[data-present]');
  const around = scene.querySelector('.task')?.getBoundingClientRect().bottom ?? innerHeight;
  const wanted = [
    ...scene.querySelectorAll('h2, .scene-text, .scene-next a'),
    ...scene.querySelectorAll('.task :is(.task-text, .option, input, button), .task-keys > summary'),
    document.querySelector(document.querySelector('.lesson').hasAttribute('data-lab') ? '#lab iframe' : '#stage'),
  ];
  const lost = wanted.filter(e => e.checkVisibility()).filter(e => {
    const { top, bottom, left, right } = e.getBoundingClientRect();
    const end = e.closest('.task') ? Math.min(around, innerHeight) : innerHeight;
    return top < 0 || left < 0 || right > innerWidth + 1 || bottom > end + 1;
  });
  const small = [...scene.querySelectorAll('p, h2, td, th, input, button, summary, a')]
    .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 24);
  const scrolls = document.documentElement.scrollHeight > innerHeight ? ['the page scrolls'] : [];
  return [...lost, ...small].map(e => e.outerHTML.slice(0, 90)).concat(scrolls);
}"""


@pytest.mark.parametrize("name", lesson_names())
def test_a_projector_shows_a_scene_its_task_and_its_stage_without_scrolling(visits: Visits, name: str) -> None:
    page = visits.visit(f"/course/{name}?lang=en", size=(1280, 720)).page
    scenes = lesson(name)["scenes"]
    expect(page.locator(".scene-link[aria-current='step']")).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator(".site-header")).to_be_hidden()
    for scene in scenes:
        page.locator(f".scene-link[data-scene='{scene['name']}']").click()
        expect(page.locator(f"#scene-{scene['name']}")).to_be_visible()
        assert page.evaluate(OUT_OF_SIGHT) == [], scene["name"]
        text = page.locator(f"#scene-{scene['name']} .scene-text")
        assert (
            text.evaluate("e => (e.scrollTop = e.scrollHeight, e.lastElementChild.getBoundingClientRect().bottom)")
            <= 721
        )


def test_a_wrong_answer_in_a_lesson_names_the_mistake_and_where_it_begins(visits: Visits) -> None:
    page = visits.visit("/course/chain-rule?lang=en#scene-two-factors").page
    scene = next(each for each in lesson("chain-rule")["scenes"] if each["name"] == "two-factors")
    box = page.locator("#scene-two-factors .task")
    gains = number_at(record_of(scene), "/layers/2/gain/0")
    without_gain = number_at(record_of(scene), scene["task"]["pointer"]) / gains
    answer(box, f"{without_gain:.3f}")
    expect(box.locator(".task-status")).to_have_attribute("data-mood", "wrong")
    expect(box.locator(".task-status")).to_contain_text("σ′ left out")
    expect(box.locator(".task-status")).to_contain_text("(first wrong at ∂l/∂z⁽³⁾₁)")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
def test_a_link_to_a_rule_shows_title_rule_and_stage(visits: Visits, size: tuple[int, int]) -> None:
    rule = list(RULES)[-1]
    page = visits.visit(f"/bugs?lang=en#{rule}", size=size).page
    expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    expect(page.locator("#outcome")).to_contain_text("After 200 steps")
    for seen in ("h1", f"[data-rule='{rule}'] h2", "#stage", "#timeline"):
        expect(page.locator(seen)).to_be_in_viewport(ratio=1)


def test_without_javascript_a_lesson_says_all_of_it(visits: Visits) -> None:
    page = visits.visit("/course/two-cases?lang=en", java_script_enabled=False).page
    for scene in lesson("two-cases")["scenes"]:
        expect(page.locator(f"#scene-{scene['name']}")).to_be_visible()


@pytest.mark.parametrize("rule", RULES)
def test_the_bug_lab_marks_every_number_that_a_rule_spoils(visits: Visits, rule: str) -> None:
    page = visits.visit(f"/bugs?lang=en#{rule}").page
    expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    expect(page.locator(f"[data-rule='{rule}'] .bug-text")).to_be_visible()
    expect(page.locator(".bug-chart canvas")).to_be_visible()
    if RULES[rule].several_examples:
        expect(page.locator("#outcome")).to_contain_text("a mean of one is its sum")
    else:
        expect(page.locator("#outcome")).to_contain_text("largest relative error")
    expect(page.locator("#outcome")).to_contain_text("After 200 steps")


def test_practice_says_what_is_right_and_why_a_number_is_wrong(visits: Visits) -> None:
    page = visits.visit("/practice?lang=en#level=2&seed=4").page
    drawn = exercise(2, 4)
    first = page.locator("[data-cell='/layers/0/z/0']")
    first.locator("input").fill("1")
    first.locator("input").press("Tab")
    expect(first).to_have_attribute("data-verdict", "wrong")
    expect(first).to_contain_text("known mistake: The bias left out of z (in this step)")
    after = page.locator("[data-cell='/layers/0/a/0']")
    after.locator("input").fill("0.731")
    after.locator("input").press("Tab")
    expect(after).to_have_attribute("data-verdict", "follows")
    expect(after).to_contain_text("correct, going on from your z⁽¹⁾₁")
    first.locator("input").fill("2")
    first.locator("input").press("Tab")
    expect(first).to_have_attribute("data-verdict", "right")
    expect(after).to_have_attribute("data-verdict", "wrong")
    for pointer in drawn.asked:
        value = drawn.record.numbers[drawn.record.layout.position[pointer]]
        page.locator(f"[data-answer='{pointer}']").fill(f"{value:.{drawn.digits}f}")
    page.locator("[data-action='check']").click()
    expect(page.locator(".practice-done")).to_be_visible()
    expect(page.locator("#stage [data-pointer='/layers/0/dl_dz/0']").first).to_have_attribute(
        "data-value", re.compile(r"^-?\d")
    )
    page.locator("[data-action='next']").click()
    expect(page.locator(".practice-seed")).to_have_text("Exercise 5")
    assert page.url.endswith("#level=2&seed=5")


def test_who_has_delta_as_target_minus_output_is_right_with_the_other_sign(visits: Visits) -> None:
    page = visits.visit("/course/loss?lang=en").page
    page.locator(".notation summary").click()
    page.locator(".notation input[value='delta_is_descent']").check()
    page.goto(page.url.replace("/course/loss?lang=en", "/practice?lang=en#level=2&seed=4"))
    cell = page.locator("[data-cell='/layers/1/dl_dz/0']")
    cell.locator("input").fill("2.031")
    cell.locator("input").press("Tab")
    expect(cell).to_have_attribute("data-verdict", "right")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh", "dark")])
@pytest.mark.parametrize(
    "path",
    [
        "/course",
        "/course/loss#scene-one-example",
        "/course/frameworks#scene-pull-backs",
        "/glossary",
        "/gallery",
        "/practice#level=3&seed=2",
        "/bugs#one_path",
        "/worksheet",
    ],
)
def test_axe_finds_nothing_in_the_course(
    visits: Visits, size: tuple[int, int], language: str, scheme: str, path: str
) -> None:
    before, _, hash_ = path.partition("#")
    page = visits.visit(f"{before}?lang={language}#{hash_}", size=size, color_scheme=scheme, bypass_csp=True).page
    if "#" in path:
        expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN, TAGS) == []
