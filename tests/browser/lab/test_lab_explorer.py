"""From data of one's own through training into the Explorer and back; digits drawn; what can be taken along."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from app.snippets.cost_code import DATA_FILE
from tests.browser.conftest import DESK, Visits
from tests.browser.hands.explorer import Explorer
from tests.browser.hands.lab import DROP, Lab
from tests.browser.test_access import AXE, PHONE, RUN, TAGS
from tests.server import ROOT

IRIS = (ROOT / "app" / "library" / "data" / "iris.csv").read_text("utf-8")
EPOCHS = 12
QUICK = (
    "#v=1&data=iris&test=0.2&sizes=4-5-3&hidden=tanh&output=softmax&init=xavier_uniform"
    f"&loss=cross_entropy&opt=adam&rate=0.05&batch=16&epochs={EPOCHS}&seed=3"
)
DIGITS = (
    "#v=1&data=digits&test=0.2&sizes=64-16-10&hidden=relu&output=softmax&init=he_uniform"
    f"&loss=cross_entropy&opt=adam&rate=0.01&batch=32&epochs={EPOCHS}&seed=7"
)
LANGUAGES = {"en": "en-US", "zh": "zh-CN"}


def lab(visits: Visits, link: str = QUICK, language: str = "en", **options: Any) -> Lab:
    """A visitor opens the Lab with a recipe."""
    page = visits.visit(f"/lab?lang={language}{link}", locale=LANGUAGES[language], **options).page
    return Lab(page).ready()


def trained(page: Lab) -> Lab:
    """Train to the end."""
    page.press("play")
    return page.at(EPOCHS)


def there(page: Lab) -> Explorer:
    """Open the chosen example in the Explorer."""
    page.press("open-in-explorer")
    page.page.wait_for_url("**/#v=1&**")
    return Explorer(page.page).ready()


def back(page: Explorer) -> Lab:
    page.press("back-to-lab")
    page.page.wait_for_url("**/lab#run=**")
    return Lab(page.page).ready()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_from_a_dropped_file_through_training_into_the_explorer_and_back(
    visits: Visits, language: str, size: tuple[int, int]
) -> None:
    page = lab(visits, language=language, size=size)
    page.drop(IRIS)
    trained(page)
    page.press("example-next")
    loss = page.loss()
    explorer = there(page)
    origin = explorer.page.locator("[data-origin='example']")
    expect(origin).to_be_visible()
    assert str(EPOCHS) in origin.inner_text()
    explorer.press("last")
    explorer.at(explorer.steps)
    assert explorer.shown("/loss/value") == {loss}
    again = back(explorer).at(EPOCHS)
    assert again.loss() == loss
    assert again.page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_the_same_by_keyboard_alone(visits: Visits) -> None:
    page = lab(visits)
    press = page.page.keyboard.press
    page.tab_to("own-data")
    press("Enter")
    page.tab_to("own-text")
    page.page.keyboard.insert_text(IRIS)
    expect(page.control("use-own-data")).to_be_enabled()
    page.tab_to("use-own-data")
    press("Enter")
    expect(page.page.locator("dialog[open]")).to_have_count(0)
    page.ready().tab_to("play", "Shift+Tab")
    press("Enter")
    page.at(EPOCHS)
    page.tab_to("open-in-explorer")
    press("Enter")
    page.page.wait_for_url("**/#v=1&**")
    explorer = Explorer(page.page).ready()
    page.tab_to("back-to-lab")
    press("Enter")
    explorer.page.wait_for_url("**/lab#run=**")
    Lab(page.page).ready().at(EPOCHS)


def test_the_way_back_outlives_a_reload_and_leads_to_the_epoch_and_example_it_came_from(visits: Visits) -> None:
    page = trained(lab(visits))
    page.press("example-held-out")
    page.press("example-next")
    page.control("epoch").focus()
    page.page.keyboard.press("Home")
    page.at(0)
    loss = page.loss()
    explorer = there(page)
    explorer.page.reload()
    explorer.ready()
    expect(explorer.page.locator("[data-origin='example']")).to_be_visible()
    again = back(explorer).at(0)
    expect(again.control("example-held-out")).to_have_attribute("aria-pressed", "true")
    expect(again.control("example-number")).to_have_value("2")
    assert again.loss() == loss


def test_an_edit_is_not_passed_off_as_the_runs_numbers_and_undo_brings_them_back(visits: Visits) -> None:
    explorer = there(trained(lab(visits)))
    origin = explorer.page.locator("p.origin")
    expect(origin).to_have_attribute("data-origin", "example")
    explorer.edit("/x/0", "5")
    expect(origin).to_have_attribute("data-origin", "network")
    explorer.edit("/layers/1/b/0", "5")
    expect(origin).to_have_attribute("data-origin", "other")
    explorer.press("undo")
    explorer.press("undo")
    expect(origin).to_have_attribute("data-origin", "example")


def test_an_example_can_be_opened_before_anything_is_trained(visits: Visits) -> None:
    page = lab(visits)
    loss = page.loss()
    explorer = there(page)
    expect(explorer.page.locator("p.origin")).to_be_hidden()
    explorer.press("last")
    explorer.at(explorer.steps)
    assert explorer.shown("/loss/value") == {loss}


def test_a_run_that_is_gone_is_named_and_what_the_link_holds_is_shown(visits: Visits) -> None:
    page = trained(lab(visits))
    explorer = there(page)
    address = explorer.page.url
    run = address.split("&run=")[1].split("&")[0]
    explorer.page.request.delete(f"{visits.home}/api/v1/runs/{run}")
    elsewhere = visits.visit(address.removeprefix(visits.home)).ready()
    expect(elsewhere.page.locator(".notice")).to_be_visible()
    expect(elsewhere.page.locator("p.origin")).to_be_hidden()
    assert elsewhere.request()["network"] == explorer.request()["network"]
    fallen = visits.visit("/#v1;run=no-such-run;epoch=3;example=0").ready()
    expect(fallen.page.locator(".notice")).to_be_visible()
    assert fallen.steps > 0


def test_the_short_link_opens_the_example_of_a_kept_run(visits: Visits) -> None:
    page = trained(lab(visits))
    loss = page.loss()
    run = page.page.url.split("run=")[1].split("&")[0]
    explorer = visits.visit(f"/#v1;run={run};epoch={EPOCHS};example=0").ready()
    expect(explorer.page.locator("[data-origin='example']")).to_be_visible()
    explorer.press("last")
    explorer.at(explorer.steps)
    assert explorer.shown("/loss/value") == {loss}


def test_a_digit_is_drawn_seen_and_sent_to_the_explorer(visits: Visits) -> None:
    page = trained(lab(visits, DIGITS))
    board = page.view("draw")
    pad = board.locator("[data-draw='pad']")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    share = board.locator(".draw-outputs .best [data-value]")
    mouse = page.page.mouse
    # A 0 has one shape only, whoever writes it.
    points = [(140, 45), (95, 70), (80, 140), (95, 210), (140, 235), (185, 210), (200, 140), (185, 70), (140, 45)]
    mouse.move(box["x"] + points[0][0], box["y"] + points[0][1])
    mouse.down()
    for x, y in points[1:]:
        mouse.move(box["x"] + x, box["y"] + y, steps=6)
    mouse.up()
    expect(board.locator(".draw-outputs .best th")).to_have_text("0")
    expect(board.locator("[data-draw='words']")).to_contain_text("0")
    assert float(share.get_attribute("data-value") or 0) > 0.5
    cells = [int(cell.get_attribute("data-value") or 0) for cell in board.locator(".draw-cell").all()]
    assert len(cells) == 64
    assert max(cells) == 16
    loss = board.locator("[data-draw='loss']").get_attribute("data-value")
    page.press("draw-open-in-explorer")
    page.page.wait_for_url("**/#v=1&**")
    explorer = Explorer(page.page).ready()
    expect(explorer.page.locator("[data-origin='network']")).to_be_visible()
    explorer.press("last")
    explorer.at(explorer.steps)
    assert explorer.shown("/loss/value") == {loss}


def test_a_digit_is_drawn_by_keyboard_undone_and_cleared(visits: Visits) -> None:
    page = trained(lab(visits, DIGITS, "zh", size=PHONE))
    board = page.view("draw")
    board.locator(".draw-cell").first.focus()
    press = page.page.keyboard.press
    for key in ["ArrowRight", "ArrowRight", "ArrowRight"]:
        press(key)
    for _ in range(7):
        press("Space")
        press("ArrowDown")
    press("+")
    cells = board.locator(".draw-cell")
    assert [cells.nth(row * 8 + 3).get_attribute("data-value") for row in range(8)] == ["16"] * 7 + ["4"]
    expect(board.locator(".draw-outputs .best")).to_have_count(1)
    page.press("draw-undo")
    expect(cells.nth(59)).to_have_attribute("data-value", "0")
    page.press("draw-clear")
    expect(board.locator(".draw-outputs .best")).to_have_count(0)
    expect(board.locator(".draw-share.pending")).to_have_count(10)


@pytest.mark.parametrize(("link", "reads_file"), [(QUICK, False), (DIGITS, True)], ids=["iris", "digits"])
def test_the_numpy_program_that_is_saved_finds_the_cost_of_the_page(
    visits: Visits, tmp_path: Path, link: str, reads_file: bool
) -> None:
    page = trained(lab(visits, link))
    board = page.view("export")
    expect(board.locator("[data-export='cost']")).to_be_visible()
    cost = float(board.locator("[data-export='cost']").get_attribute("data-value") or 0)
    program = page.save("save-program", tmp_path)
    assert page.page.locator("[data-action='save-program-data']").is_visible() == reads_file
    if reads_file:
        assert page.save("save-program-data", tmp_path).name == DATA_FILE
    ran = subprocess.run([sys.executable, program.name], cwd=tmp_path, capture_output=True, text=True, check=True)
    said = dict(line.split(" = ") for line in ran.stdout.strip().split("\n"))
    assert float(said["cost"]) == pytest.approx(cost, rel=1e-12)


def test_history_data_network_and_recipe_are_files(visits: Visits, tmp_path: Path) -> None:
    page = trained(lab(visits))
    page.view("export")
    saved = {
        name: page.save(f"save-{name.replace('.', '-')}", tmp_path).read_text("utf-8")
        for name in ("history.csv", "history.json", "data.csv", "data.json", "network.json", "recipe.json")
    }
    assert len(saved["history.csv"].splitlines()) == EPOCHS + 2
    assert [record["epoch"] for record in json.loads(saved["history.json"])] == list(range(EPOCHS + 1))
    assert len(saved["data.csv"].splitlines()) == 151
    assert len(json.loads(saved["data.json"])["test_xs"]) == 30
    assert json.loads(saved["recipe.json"])["epochs"] == EPOCHS
    explorer = visits.visit("/").ready()
    explorer.page.evaluate(DROP, [saved["network.json"], "network.json"])
    expect(explorer.page.locator("[data-pointer='/layers/1/z/2']").first).to_be_attached()
    assert explorer.request()["network"] == json.loads(saved["network.json"])["network"]


VIEWS = ["curves", "features", "gradient-flow", "surface", "loop-or-matrix", "draw", "export"]


HINTS = ("willReadFrequently", "ReadPixels")
"""What Chromium says of the speed at which Plotly's own script reads its canvas back; nothing here can change it."""


def test_axe_finds_nothing_in_the_explorer_that_knows_the_way_back(visits: Visits) -> None:
    explorer = there(trained(lab(visits, size=PHONE, color_scheme="dark", bypass_csp=True)))
    expect(explorer.page.locator("[data-origin='example']")).to_be_visible()
    explorer.page.add_script_tag(path=AXE)
    assert explorer.page.evaluate(RUN, TAGS) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [
        ("en", "light", DESK),
        ("zh", "dark", DESK),
        ("en", "dark", PHONE),
    ],
    ids=lambda value: str(value[0] if isinstance(value, tuple) else value),
)
def test_axe_finds_nothing_in_the_lab(visits: Visits, language: str, scheme: str, size: tuple[int, int]) -> None:
    page = lab(visits, DIGITS, language, size=size, color_scheme=scheme, bypass_csp=True)
    page.page.add_script_tag(path=AXE)
    found = {"untrained": page.page.evaluate(RUN, TAGS)}
    trained(page)
    for view in VIEWS:
        page.view(view)
        page.page.wait_for_timeout(300)
        found[view] = page.page.evaluate(RUN, TAGS)
    visits.wrong = [each for each in visits.wrong if not any(hint in each for hint in HINTS)]
    assert {view: wrong for view, wrong in found.items() if wrong} == {}
    assert page.page.evaluate("document.documentElement.scrollWidth") == size[0]
