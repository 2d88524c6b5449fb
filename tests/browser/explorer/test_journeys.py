"""What a visitor does, from the first click to the last, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visits
from tests.server import Server

W = "/layers/0/w/0/1"
LECTURE = "/#v1;preset=lecture-1-1;view=both"


def trace(server: Server, request: dict[str, Any]) -> Any:
    return server.ask("POST", "/api/v1/trace", {**request, "steps": "unit"}).json()


def test_edit_undo_redo_and_open_the_link_elsewhere(visits: Visits, server: Server) -> None:
    page = visits.visit(LECTURE + ";at=20").ready().at(20)
    before = page.shown("/layers/0/z/0")
    page.edit(W, "1/4")
    page.ready().at(20)
    assert page.shown(W) == {"0.25"}
    request = page.request()
    assert request["network"]["layers"][0]["w"][0][1] == 0.25
    expected = trace(server, request)["layers"][0]["z"][0]
    assert {float(value or "nan") for value in page.shown("/layers/0/z/0")} == {expected}

    link = page.link()
    there = visits.visit(link.removeprefix(visits.home)).ready().at(20)
    assert there.numbers("#stage") == page.numbers("#stage")
    assert there.request() == request
    assert there.picture() == page.picture()

    page.press("undo")
    page.ready()
    assert page.shown("/layers/0/z/0") == before
    page.press("redo")
    page.ready()
    assert page.shown(W) == {"0.25"}
    page.press("network")
    page.press("reset")
    page.ready().at(0)
    assert page.shown(W) == {"-2"}


def test_wrong_input_stays_and_says_what_was_expected(visits: Visits) -> None:
    page = visits.visit(LECTURE).ready()
    field = page.edit(W, "two")
    expect(field).to_have_value("two")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.page.locator(".number-hint:visible")).to_contain_text("two")
    field.fill("0,5")
    field.press("Enter")
    expect(field).to_have_count(0)
    page.ready()
    assert page.shown(W) == {"0.5"}


def test_dragging_a_weight_is_one_edit(visits: Visits) -> None:
    page = visits.visit(LECTURE + ";at=10").ready()
    box = page.page.locator(f"#stage [data-pointer='{W}']").first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x, y - 60, steps=12)
    page.page.mouse.up()
    expect(page.page.locator("[data-action='undo']")).to_be_enabled()
    page.ready()
    (dragged,) = page.shown(W)
    assert dragged is not None
    assert float(dragged) > -2
    page.press("undo")
    page.ready()
    assert page.shown(W) == {"-2"}
    expect(page.page.locator("[data-action='undo']")).to_be_disabled()


def test_the_language_changes_in_place(visits: Visits) -> None:
    page = visits.visit(LECTURE + ";at=27").ready().at(27)
    page.edit(W, "0.5")
    page.ready()
    values = [(pointer, value) for pointer, value, _ in page.numbers("#stage")]
    page.press("language")
    expect(page.page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.page.locator("[data-view='both']")).to_have_text("对照")
    page.ready().at(27)
    assert [(pointer, value) for pointer, value, _ in page.numbers("#stage")] == values
    expect(page.page.locator("[data-action='language']")).to_have_text("English")
    page.page.wait_for_url("**lang=zh**")
    page.page.reload()
    page.ready().at(27)
    expect(page.page.locator("html")).to_have_attribute("lang", "zh-CN")
    text = page.page.locator("body").inner_text()
    assert not re.search(r"\b(app|stage|panel|tour|help)\.[a-z]+", text), "a key stands where its text should"
    page.press("language")
    expect(page.page.locator("[data-view='both']")).to_have_text("Both")


def test_the_theme_changes_and_is_remembered(visits: Visits) -> None:
    page = visits.visit(LECTURE, color_scheme="light").ready()
    html = page.page.locator("html")
    paper = "getComputedStyle(document.querySelector('#stage')).backgroundColor"
    light = page.page.evaluate(paper)
    for _ in range(2):
        page.press("theme")
    expect(html).to_have_attribute("data-theme", "dark")
    expect(page.stage).not_to_have_css("background-color", light)
    page.page.reload()
    page.ready()
    expect(html).to_have_attribute("data-theme", "dark")


def test_an_own_signal_runs_back_and_says_that_it_is_not_the_losss(visits: Visits, server: Server) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1;view=reversed").ready()
    page.page.locator("[data-panel='signal'] summary").first.click()
    page.page.locator("[data-panel='signal'] button", has_text="(0, 1)").click()
    page.ready()
    request = page.request()
    assert request["signal"] == [0, 1]
    page.press("last")
    page.at(page.steps)
    expected = trace(server, request)
    assert {float(value or "nan") for value in page.shown("/layers/0/dl_dz/1")} == {expected["layers"][0]["dl_dz"][1]}
    expect(page.stage).to_have_attribute("data-signal", "own")
    expect(page.page.locator("[data-panel='signal']")).to_contain_text("not the loss")
    update = page.page.locator("[data-action='apply-update']")
    expect(update).to_have_attribute("aria-disabled", "true")
    expect(update).to_have_attribute("title", re.compile("no gradient"))
    update.dispatch_event("click")
    page.ready()
    assert page.request() == request
    there = visits.visit(page.link().removeprefix(visits.home)).ready()
    assert there.request() == request


def test_updates_lower_the_loss_again_and_again(visits: Visits) -> None:
    page = visits.visit(LECTURE).ready()
    page.press("last")
    page.at(page.steps)
    page.tab("history")
    losses = []
    for count in range(1, 4):
        (value,) = page.shown("/loss/value")
        losses.append(float(value or "nan"))
        page.press("apply-update")
        expect(page.page.locator("[data-panel='losses'] dt")).to_have_count(count + 1)
        page.ready()
        page.at(page.steps)
    assert losses == sorted(losses, reverse=True)
    assert len(set(losses)) == 3
    page.press("undo")
    expect(page.page.locator("[data-panel='losses'] dt")).to_have_count(3)


def test_layers_units_activations_and_losses(visits: Visits) -> None:
    page = visits.visit(LECTURE).ready()
    old = page.request()["network"]["layers"]
    page.press("network")
    page.page.locator("[data-action='add-unit-0']").click()
    page.ready()
    page.press("add-layer")
    page.ready()
    page.page.locator("[data-activation='0']").select_option("relu")
    page.ready()
    page.page.locator("[data-activation='3']").select_option("tanh")
    page.ready()
    page.page.locator("[data-action='loss']").select_option("cross_entropy")
    page.page.keyboard.press("Escape")
    expect(page.page.locator(".notice")).to_contain_text("softmax")
    page.ready()
    new = page.request()
    layers = new["network"]["layers"]
    assert [len(layer["b"]) for layer in layers] == [3, 2, 2, 2]
    assert layers[0]["w"][:2] == old[0]["w"]
    assert [row[:2] for row in layers[1]["w"]] == old[1]["w"]
    assert layers[3]["w"] == old[2]["w"]
    assert layers[0]["activation"] == "relu"
    assert layers[3]["activation"] == "softmax"


def test_the_same_seed_draws_the_same_weights(visits: Visits) -> None:
    drawn = []
    for _ in range(2):
        page = visits.visit(LECTURE).ready()
        page.press("network")
        page.page.locator("[data-keep='seed']").fill("42")
        page.press("randomise")
        expect(page.page.locator("[data-action='undo']")).to_be_enabled()
        page.ready()
        page.page.keyboard.press("Escape")
        drawn.append(page.request()["network"])
    assert drawn[0] == drawn[1]


def test_the_keyboard_alone(visits: Visits) -> None:
    page = visits.visit(LECTURE).ready()
    keys = page.page.keyboard
    for key, done in [("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 58), ("Home", 0)]:
        keys.press(key)
        page.at(done)
    keys.press("Shift+ArrowRight")
    expect(page.stage).not_to_have_attribute("data-step", "0")
    keys.press("Home")
    keys.press("PageDown")
    page.at(1)
    keys.press("l")
    expect(page.page.locator("html")).to_have_attribute("lang", "zh-CN")
    keys.press("l")
    keys.press("?")
    expect(page.page.locator("dialog.help-dialog")).to_be_visible()
    keys.press("Escape")
    page.press("settings")
    page.page.locator("[data-action='shortcuts']").uncheck()
    keys.press("Escape")
    keys.press("?")
    expect(page.page.locator("dialog.help-dialog")).to_be_hidden()
    page.page.locator(".track").focus()
    keys.press("ArrowRight")
    page.at(2)
    expect(page.page.locator(".track")).to_have_attribute("aria-valuenow", "2")


def test_each_step_is_said(visits: Visits) -> None:
    page = visits.visit(LECTURE).ready()
    page.press("step")
    announced = page.page.locator("#announcer")
    expect(announced).to_contain_text("4")
    first = announced.inner_text()
    page.press("step")
    expect(announced).not_to_have_text(first)


def test_the_timeline_is_clicked_and_dragged(visits: Visits) -> None:
    page = visits.visit(LECTURE).ready()
    box = page.page.locator(".track-lane").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.page.mouse.click(box["x"] + box["width"] * 0.5, y)
    expect(page.stage).to_have_attribute("data-phase", "backward")
    page.page.mouse.move(box["x"] + box["width"] * 0.5, y)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + box["width"] + 40, y, steps=6)
    page.page.mouse.up()
    page.at(page.steps)


DROP = """([text, name]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name, { type: 'application/json' }));
  const options = { dataTransfer, bubbles: true, cancelable: true };
  for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, options));
}"""


def test_a_json_file_is_dropped(visits: Visits) -> None:
    visits.may_fail = True
    page = visits.visit(LECTURE).ready()
    request = page.request()
    request["x"] = [0.5, 0.25]
    page.page.evaluate(DROP, [json.dumps(request), "mine.json"])
    expect(page.page.locator(".notice")).to_contain_text("mine.json")
    page.ready()
    assert page.request()["x"] == [0.5, 0.25]
    page.page.locator("[data-action='dismiss']").click()
    request["network"]["layers"][1]["w"][0] = [1]
    page.page.evaluate(DROP, [json.dumps(request), "torn.json"])
    expect(page.page.locator(".notice")).to_contain_text("/network/layers/1/w/1")
    assert page.request()["x"] == [0.5, 0.25]


def test_the_picture_can_be_saved(visits: Visits, tmp_path: Path) -> None:
    page = visits.visit(LECTURE + ";at=20").ready()
    page.press("share")
    for action, start in [("save-svg", b"<"), ("save-png", b"\x89PNG"), ("save-json", b"{")]:
        with page.page.expect_download() as waiting:
            page.press(action)
        saved = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(saved)
        assert saved.read_bytes().lstrip().startswith(start)


@pytest.mark.parametrize("kind", ["numpy", "pytorch", "tensorflow", "jax", "curl", "python"])
def test_the_same_in_other_words(visits: Visits, kind: str) -> None:
    page = visits.visit(LECTURE).ready()
    page.press("share")
    page.page.locator(f"[data-share-kind='{kind}']").click()
    expected = {
        "numpy": "import numpy",
        "pytorch": "import torch",
        "tensorflow": "import tensorflow",
        "jax": "import jax",
        "curl": "/api/v1/trace",
        "python": "import requests",
    }
    expect(page.page.locator("[data-share='text']")).to_have_value(re.compile(re.escape(expected[kind])))


def test_projector_mode_keeps_stage_and_equation(visits: Visits) -> None:
    page = visits.visit(LECTURE + ";at=27", size=(1280, 720)).ready().at(27)
    page.press("projector")
    expect(page.page.locator("[data-panel='equation']")).to_be_visible()
    expect(page.page.locator("[data-panel='words']")).to_be_hidden()
    expect(page.page.locator(".toolbar")).to_be_hidden()
    small = page.page.evaluate(
        """() => [...document.querySelectorAll('#stage svg text, #panels *, .timeline-bar *')]
          .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
          .filter(e => !e.closest('.katex') && !e.closest('.visually-hidden'))
          .map(e => [e, parseFloat(getComputedStyle(e).fontSize) * (e.ownerSVGElement ? e.getScreenCTM().a : 1)])
          .map(([e, size]) => [e.textContent, size])
          .filter(([, size]) => size < 19.9)"""
    )
    assert small == []
    page.press("projector")
    expect(page.page.locator(".toolbar")).to_be_visible()


def test_while_an_answer_is_on_its_way_nothing_stale_is_shown(visits: Visits) -> None:
    page = visits.visit(LECTURE + ";at=58").ready().at(58)
    held: list[Any] = []
    page.page.route("**/api/v1/trace", lambda route: held.append(route))
    page.edit(W, "0.5")
    expect(page.stage).to_have_attribute("data-state", "loading")
    for pointer, value, pending in page.numbers("#stage"):
        if re.match(r"/layers/\d+/(z|a|gain|dl_|jacobian)|/loss|/dl_dx", pointer):
            assert value is None
            assert pending
    assert page.shown(W) == {"0.5"}
    assert len(held) == 1
    with page.page.expect_request("**/api/v1/trace"):
        page.edit(W, "0.75")
    page.page.wait_for_timeout(100)
    assert len(held) == 2
    held[1].continue_()
    page.ready()
    assert page.shown(W) == {"0.75"}
    with_late_answer = page.numbers("#stage")
    held[0].abort()
    page.page.wait_for_timeout(100)
    assert page.numbers("#stage") == with_late_answer
    visits.may_fail = True


def test_the_server_goes_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    with Server(tmp_path) as first:
        visits = Visits(browser, first.url)
        visits.may_fail = True
        page = visits.visit(LECTURE + ";at=20").ready().at(20)
        port = first.url.rsplit(":", 1)[1]
        first.kill()
    page.edit(W, "0.5")
    expect(page.stage).to_have_attribute("data-state", "error")
    expect(page.page.locator(".notice-problem")).to_be_visible()
    assert page.shown(W) == {"0.5"}, "what was typed is lost"
    assert page.shown("/layers/0/z/0") == {None}
    with Server(tmp_path, "--port", port):
        expect(page.stage).to_have_attribute("data-state", "ready", timeout=20_000)
        page.at(20)
        expect(page.page.locator(".notice-problem")).to_have_count(0)
        assert page.shown("/layers/0/z/0") == {"1.5"}
    for context in visits.contexts:
        context.close()
    assert visits.wrong == []
