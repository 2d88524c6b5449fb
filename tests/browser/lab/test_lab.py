"""The Lab in a real browser: training, time travel, twins, links; and what happens when the server goes away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visits
from tests.server import Server

# Small and quick: a hundred epochs are nothing to the server.
RECIPE = (
    "/lab#v=1&data=circles&n=100&noise=0.05&data_seed=1&test=0.2&sizes=2-3-1&hidden=tanh&output=sigmoid"
    "&init=xavier_uniform&loss=binary_cross_entropy&opt=momentum&rate=0.05&opt.momentum=0.9&batch=10&epochs=40&seed=3"
)
LONG = RECIPE.replace("epochs=40", "epochs=10000")
COSTS = "id => fetch('api/v1/runs/' + id).then(r => r.json()).then(r => r.records.map(each => each.cost))"


def do(page: Page, action: str) -> Locator:
    """The control of this action."""
    return page.locator(f"[data-action='{action}']:visible").first


def readout(page: Page, name: str) -> Locator:
    """The number under this name."""
    return page.locator(f"[data-readout='{name}']")


def at(page: Page, epoch: int | str) -> None:
    """Wait until the page shows this epoch, and all its numbers."""
    expect(page.locator(".epoch-number")).to_have_attribute("data-value", str(epoch))
    expect(readout(page, "cost")).to_have_attribute("data-value", re.compile(r"^\d"))


def standing(page: Page, state: str) -> None:
    """Wait until the run is in this state."""
    expect(page.locator("[data-run-state]")).to_have_attribute("data-run-state", state)


def pace(page: Page, word: str) -> None:
    """Choose how fast it is played."""
    do(page, "pace").select_option(word)


def cost(page: Page) -> float:
    """The cost shown, in full."""
    return float(readout(page, "cost").get_attribute("data-value") or "nan")


def run_of(page: Page) -> str:
    """The run on the page."""
    shown = page.locator("[data-run-id]")
    expect(shown).not_to_have_attribute("data-run-id", "")
    return shown.get_attribute("data-run-id") or ""


def costs(page: Page) -> list[float]:
    """The cost of every epoch that the server has of this run."""
    found: list[float] = page.evaluate(COSTS, run_of(page))
    return found


def test_the_first_visit_shows_a_network_that_learns_at_a_press(visits: Visits) -> None:
    page = visits.visit("/lab").page
    at(page, 0)
    before = cost(page)
    pace(page, "full")
    do(page, "play").click()
    standing(page, "finished")
    at(page, 100)
    assert cost(page) < before / 10
    assert float(readout(page, "train_accuracy").get_attribute("data-value") or 0) > 0.95


def test_play_pause_and_on_again_is_the_same_as_never_having_paused(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    pace(page, "20")
    do(page, "play").click()
    expect(page.locator(".epoch-number")).to_have_attribute("data-value", re.compile(r"^[3-9]$"))
    do(page, "play").click()
    standing(page, "paused")
    paused = int(page.locator(".epoch-number").get_attribute("data-value") or 0)
    assert 3 <= paused < 40
    pace(page, "full")
    do(page, "play").click()
    standing(page, "finished")
    at(page, 40)
    in_pieces = costs(page)
    do(page, "restart").click()
    at(page, 0)
    do(page, "play").click()
    standing(page, "finished")
    assert costs(page) == in_pieces
    assert len(in_pieces) == 41


def test_steps_of_an_epoch_a_batch_and_an_example(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    before = cost(page)
    do(page, "step-example").click()
    expect(page.locator(".epoch-inside")).to_contain_text("batch 1/8, example 1")
    assert cost(page) == before
    do(page, "step-batch").click()
    expect(page.locator(".epoch-inside")).to_have_text("batch 1/8")
    expect(readout(page, "cost")).not_to_have_attribute("data-value", str(before))
    inside = cost(page)
    page.wait_for_url("**#run=*")
    page.reload()
    expect(page.locator(".epoch-inside")).to_have_text("batch 1/8")
    expect(readout(page, "cost")).to_have_attribute("data-value", str(inside))
    do(page, "step-epoch").click()
    at(page, 1)
    expect(page.locator(".epoch-inside")).to_be_empty()
    do(page, "step-epoch").click()
    at(page, 2)


def test_time_travel_puts_the_numbers_back_while_the_training_goes_on(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    do(page, "step-epoch").click()
    at(page, 1)
    early = cost(page)
    do(page, "step-epoch").click()
    at(page, 2)
    pace(page, "5")
    do(page, "play").click()
    expect(page.locator(".epoch-number")).to_have_attribute("data-value", re.compile(r"^[4-9]$"))
    slider = page.locator("[data-action='epoch']")
    slider.focus()
    slider.press("Home")
    at(page, 0)
    slider.press("ArrowRight")
    at(page, 1)
    assert cost(page) == early
    standing(page, "running")
    do(page, "live").click()
    expect(page.locator(".epoch-number")).to_have_attribute("data-value", re.compile(r"^([5-9]|\d\d)$"))
    do(page, "play").click()
    standing(page, "paused")


def test_a_reload_finds_the_run_at_the_same_moment(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    pace(page, "full")
    do(page, "play").click()
    standing(page, "finished")
    page.locator("[data-action='epoch']").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    at(page, 37)
    shown = cost(page)
    page.wait_for_url("**epoch=37**")
    page.reload()
    at(page, 37)
    assert cost(page) == shown
    standing(page, "finished")
    do(page, "play").click()
    at(page, 80)


def test_a_page_left_in_the_middle_is_found_again_and_gone_on_with(visits: Visits) -> None:
    page = visits.visit(LONG).page
    at(page, 0)
    pace(page, "full")
    do(page, "play").click()
    expect(page.locator(".epoch-number")).to_have_attribute("data-value", re.compile(r"^\d\d+"))
    page.wait_for_url("**#run=*")
    page.reload()
    standing(page, "paused")
    reached = int(page.locator(".epoch-number[data-value]").get_attribute("data-value") or 0)
    do(page, "step-epoch").click()
    at(page, reached + 1)


def test_the_same_link_gives_the_same_curve(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    pace(page, "full")
    do(page, "play").click()
    standing(page, "finished")
    page.locator("[data-action='epoch']").focus()
    page.keyboard.press("PageDown")
    at(page, 30)
    shown = cost(page)
    do(page, "share").click()
    field = page.locator("[data-share='recipe']")
    expect(field).to_have_value(re.compile("epoch=30"))
    link = urlsplit(field.input_value())
    other = visits.visit(f"{link.path}#{link.fragment}").page
    at(other, 30)
    standing(other, "paused")
    assert cost(other) == shown
    assert costs(other) == costs(page)[:31]


def test_an_edit_starts_anew_and_undo_brings_the_run_back(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    do(page, "step-epoch").click()
    at(page, 1)
    run, shown = run_of(page), cost(page)
    do(page, "add-layer").click()
    at(page, 0)
    page.wait_for_url("**sizes=2-3-*-1**")
    do(page, "undo").click()
    at(page, 1)
    assert run_of(page) == run
    assert cost(page) == shown
    do(page, "redo").click()
    at(page, 0)
    page.wait_for_url("**sizes=2-3-*-1**")


def test_a_twin_setup_trains_two_networks_that_differ_in_one_word(visits: Visits) -> None:
    page = visits.visit("/lab#setup=vanishing-gradient").page
    at(page, 0)
    expect(page.locator(".twin-status")).to_contain_text("Sigmoid → ReLU")
    pace(page, "full")
    do(page, "play").click()
    standing(page, "finished")
    at(page, 100)
    expect(readout(page, "twin_cost")).to_have_attribute("data-value", re.compile(r"^0\.0"))
    assert cost(page) > 0.6
    expect(page.locator(".map-twin")).to_have_attribute("data-epoch", "100")


def test_the_present_run_held_as_twin_of_the_next(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    do(page, "step-epoch").click()
    at(page, 1)
    first = cost(page)
    do(page, "twin").click()
    do(page, "hold-twin").click()
    at(page, 0)
    do(page, "step-epoch").click()
    at(page, 1)
    expect(readout(page, "twin_cost")).to_have_attribute("data-value", str(first))


def test_a_run_that_is_forgotten_elsewhere_is_named_and_can_be_trained_again(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    do(page, "step-epoch").click()
    at(page, 1)
    first = cost(page)
    page.wait_for_url("**#run=*")
    page.evaluate("id => fetch('api/v1/runs/' + id, { method: 'DELETE' })", page.url.split("#run=")[1].split("&")[0])
    do(page, "step-epoch").click()
    expect(page.locator(".run-status")).to_contain_text("no longer keeps this run")
    assert cost(page) == first
    visits.wrong.clear()
    pace(page, "full")
    do(page, "train-anew").click()
    standing(page, "finished")
    page.locator("[data-action='epoch']").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    at(page, 1)
    assert cost(page) == first


def test_runs_are_listed_opened_laid_over_and_forgotten(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    do(page, "step-epoch").click()
    at(page, 1)
    first = run_of(page)
    do(page, "restart").click()
    at(page, 0)
    do(page, "step-epoch").click()
    at(page, 1)
    second = run_of(page)
    assert second != first
    do(page, "runs").click()
    row = page.locator(f"[data-run='{first}']")
    row.locator("[data-action='lay-over']").click()
    expect(readout(page, "twin_cost")).to_have_attribute("data-value", str(cost(page)))
    row.locator("[data-action='lay-over']").click()
    row.locator("[data-action='forget-run']").click()
    expect(row).to_have_count(0)
    page.locator(f"[data-run='{second}']").locator("[data-action='open-run']").click()
    at(page, 1)
    assert run_of(page) == second


def test_a_run_that_diverges_says_so_and_a_smaller_step_is_offered(visits: Visits) -> None:
    hot = RECIPE.replace("binary_cross_entropy", "half_squared_error").replace("output=sigmoid", "output=linear")
    page = visits.visit(hot.replace("rate=0.05", "rate=100")).page
    at(page, 0)
    pace(page, "full")
    do(page, "play").click()
    standing(page, "diverged")
    expect(page.locator("[data-run-state]")).to_contain_text("diverged after epoch")
    expect(do(page, "play")).to_be_disabled()
    do(page, "slower").click()
    at(page, 0)
    page.wait_for_url("**rate=10&**")


def test_the_keyboard_alone_trains_and_travels(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    for key, epoch in [("e", 1), ("e", 2), ("ArrowLeft", 1), ("Home", 0), ("End", 2)]:
        page.keyboard.press(key)
        at(page, epoch)
    page.keyboard.press("r")
    at(page, 0)


def test_a_button_pressed_by_keyboard_keeps_the_focus_also_where_it_has_nothing_more_to_do(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    for action, epoch in [("step-epoch", 1), ("step-epoch", 2), ("restart", 0)]:
        do(page, action).focus()
        page.keyboard.press("Enter")
        at(page, epoch)
        expect(do(page, action)).to_be_focused()
    expect(do(page, "restart")).to_be_disabled()
    for action in ("remove-layer", "undo"):
        do(page, action).focus()
        while do(page, action).is_enabled():
            page.keyboard.press("Enter")
        expect(do(page, action)).to_be_focused()


def test_both_languages_say_the_same_thing_in_place(visits: Visits) -> None:
    page = visits.visit(RECIPE).page
    at(page, 0)
    do(page, "step-epoch").click()
    at(page, 1)
    page.locator("a[data-action='language']").click()
    expect(page.locator(".epoch-number")).to_have_text("第 1 轮，共 40 轮")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    at(page, 1)


HOSTILE = [
    "#v=1&sizes=2-1&data=<script>&epochs=-3",
    "#v=1&__proto__=1&constructor=2&sizes=2-2-1&data=xor&loss=binary_cross_entropy",
    "#v=1&own=~not-deflate",
    "#v=1&own={%22xs%22:[[1,%22a%22]]}&sizes=2-1",
    "#v=9&sizes=2-1",
    "#run=../../x",
    "#setup=nothing-of-this-name",
    "#v=1&data=xor&sizes=2-1&rate=%E0%A4%A&epoch=x&view=constructor",
]


@pytest.mark.parametrize("link", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_link_is_named_and_does_nothing(visits: Visits, link: str) -> None:
    visits.may_fail = True
    page = visits.visit("/lab" + link).page
    page.on("dialog", lambda dialog: visits.note(f"a script ran: {dialog.message}"))
    expect(page.locator(".notice").first).to_be_visible()
    at(page, 0)


def test_a_server_that_goes_away_in_the_middle_is_waited_for(browser: Browser, tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        visits = Visits(browser, server.url)
        visits.may_fail = True
        page = visits.visit(LONG).page
        at(page, 0)
        pace(page, "20")
        do(page, "play").click()
        expect(page.locator(".epoch-number")).to_have_attribute("data-value", re.compile(r"^\d\d"))
        port = str(urlsplit(server.url).port)
        server.kill()
    expect(page.locator(".notice-problem")).to_be_visible(timeout=15_000)
    reached = int(page.locator(".epoch-number").get_attribute("data-value") or 0)
    with Server(tmp_path, "--port", port):
        expect(page.locator(".notice-problem")).to_have_count(0, timeout=30_000)
        beyond = re.compile("^(" + "|".join(str(epoch) for epoch in range(reached + 1, reached + 400)) + ")$")
        expect(page.locator(".epoch-number")).to_have_attribute("data-value", beyond, timeout=30_000)
        told: list[Any] = costs(page)
        assert len(told) > reached
        do(page, "play").click()
        standing(page, "paused")
        visits.contexts[0].close()
    assert visits.wrong == []
