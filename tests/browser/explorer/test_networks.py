"""Activations and networks from elsewhere on the page: curve, name, sentence, slope, and files that are dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visits
from tests.browser.explorer.test_journeys import DROP
from tests.recipes import copy_of_the_tree, follow_the_recipes
from tests.server import Server

LINK = (
    "/#v1;sizes=2-2-1;act={act},linear;theta=0.5,-1,1,0.25,0.1,-0.2,0.75,-0.5,0;x=1,-1;target=1;loss=half_squared_error"
)
KERAS = {
    "class_name": "Sequential",
    "config": {
        "layers": [
            {"class_name": "Dense", "config": {"name": "a", "units": 2, "activation": "relu"}},
            {"class_name": "Dense", "config": {"name": "b", "units": 2, "activation": "softmax"}},
        ]
    },
}
WEIGHTS = [[[0.4, 0.3], [-0.7, 0.9]], [0.1, -0.2], [[0.8, -0.6], [-0.5, 1.1]], [0.05, -0.3]]


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a copy in which the recipes of docs/adding.md have been followed to the letter."""
    folder = tmp_path_factory.mktemp("copy")
    copy_of_the_tree(folder)
    follow_the_recipes(folder)
    with Server(folder / "data", folder=folder) as running:
        yield running


def test_an_activation_added_as_described_is_on_the_page(browser: Browser, extended: Server) -> None:
    visits = Visits(browser, extended.url)
    for language, name in (("en", "Gaussian"), ("zh", "高斯函数")):
        page = visits.visit(f"{LINK.format(act='gaussian')};steps=unit;at=2;lang={language}").ready()
        expect(page.page.locator("#stage .column-function").first).to_have_text(name)
        assert page.page.locator("#stage .forward .sigma .share").count() == 0
        curves = page.page.locator("#stage .sigma .curve").evaluate_all("all => all.map(e => e.getAttribute('d'))")
        heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", curves[0])]
        # A bell: low at both ends, high in the middle.
        assert min(heights) == heights[len(heights) // 2] < heights[0]
        expect(page.page.locator("#panels")).to_contain_text(name)
    for context in visits.contexts:
        context.close()
    assert visits.wrong == []


def test_a_loss_added_as_described_is_on_the_page(browser: Browser, extended: Server) -> None:
    visits = Visits(browser, extended.url)
    link = LINK.replace("half_squared_error", "fourth_power_error").format(act="tanh")
    for language, name in (("en", "Fourth power of the error"), ("zh", "误差的四次方")):
        page = visits.visit(f"{link};steps=unit;lang={language}").ready()
        assert page.request()["loss"] == "fourth_power_error"
        page.press("network")
        expect(page.page.get_by_role("combobox").filter(has_text=name).last).to_have_value("fourth_power_error")
    for context in visits.contexts:
        context.close()
    assert visits.wrong == []


def test_a_wrong_rule_added_as_described_is_in_the_bug_lab(browser: Browser, extended: Server) -> None:
    visits = Visits(browser, extended.url)
    for language, name in (("en", "Gradients added up twice"), ("zh", "梯度累加了两遍")):
        page = visits.visit(f"/bugs?lang={language}#added_twice").page
        expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
        expect(page.locator("[data-rule='added_twice'][data-present] h2")).to_have_text(name)
        expect(page.locator("#outcome")).to_contain_text("200")
    for context in visits.contexts:
        context.close()
    assert visits.wrong == []


def test_a_language_added_as_described_is_on_the_page(browser: Browser, extended: Server) -> None:
    visits = Visits(browser, extended.url)
    page = visits.visit(f"/?lang=de{LINK.format(act='relu')[1:]}").ready()
    expect(page.page.locator("html")).to_have_attribute("lang", "de")
    expect(page.page.locator("#panels")).to_contain_text("de:")
    expect(page.page.locator("#stage .column-function").first).to_have_text("ReLU")
    page.press("network")
    expect(page.page.locator("[data-activation='0']")).to_have_value("relu")
    page.page.reload()
    page.ready()
    expect(page.page.locator("html")).to_have_attribute("lang", "de")
    lab = visits.visit("/lab?lang=de").page
    expect(lab.locator("#main, main").first).to_contain_text("de:")
    for context in visits.contexts:
        context.close()
    assert visits.wrong == []


@pytest.mark.parametrize("name", ["gelu", "mish", "softsign", "leaky_relu(0.2)"])
def test_a_new_activation_has_a_curve_and_a_name(visits: Visits, name: str) -> None:
    page = visits.visit(f"{LINK.format(act=name)};at=2").ready()
    expect(page.page.locator("#stage .column-function").first).not_to_have_text(re.compile("_|^$"))
    assert page.page.locator("#stage .sigma .share").count() == 0
    assert page.page.locator("#stage .sigma .curve").first.get_attribute("d")
    assert page.request()["network"]["layers"][0]["activation"] == name.partition("(")[0]


def test_a_slope_is_set_and_stays_in_the_link(visits: Visits) -> None:
    page = visits.visit(LINK.format(act="relu")).ready()
    page.press("network")
    page.page.locator("[data-activation='0']").select_option("leaky_relu")
    page.ready()
    field = page.page.get_by_label("Slope of layer 1")
    expect(field).to_have_value("0.01")
    field.fill("0.2")
    field.press("Tab")
    expect(field).to_have_value("0.2")
    page.ready()
    assert page.request()["network"]["layers"][0]["slope"] == 0.2
    expect(page.page).to_have_url(re.compile(r"leaky_relu\(0\.2\)"))
    page.page.reload()
    page.ready()
    assert page.request()["network"]["layers"][0]["slope"] == 0.2


def test_the_lab_has_a_slope_where_leaky_relu_is_chosen(visits: Visits) -> None:
    page = visits.visit("/lab").page
    field = page.locator("[data-field='slope']").first
    chooser = page.locator("[data-field='activation'] select").first
    expect(chooser).to_be_attached()
    expect(field).to_be_hidden()
    chooser.select_option("leaky_relu")
    expect(field).to_be_visible()
    chooser.select_option("tanh")
    expect(field).to_be_hidden()


def dropped(page: Any, document: Any, name: str) -> None:
    page.page.evaluate(DROP, [json.dumps(document), name])


def test_a_keras_model_is_dropped_with_and_without_its_weights(visits: Visits) -> None:
    visits.may_fail = True
    page = visits.visit(LINK.format(act="tanh")).ready()
    dropped(page, KERAS, "model.json")
    expect(page.page.locator(".notice")).to_contain_text("get_weights()")
    page.press("dismiss")
    dropped(page, {"model": KERAS, "weights": WEIGHTS}, "network.json")
    expect(page.page.locator(".notice").first).to_contain_text("network.json is on the stage")
    expect(page.page.locator(".notice").nth(1)).to_contain_text("turned round")
    page.ready()
    layers = page.request()["network"]["layers"]
    assert layers[0] == {"w": [[0.4, -0.7], [0.3, 0.9]], "b": [0.1, -0.2], "activation": "relu"}
    assert layers[1]["activation"] == "softmax"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_file_leaves_open_is_asked(visits: Visits, language: str, tmp_path: Path) -> None:
    visits.may_fail = True
    page = visits.visit(f"{LINK.format(act='tanh')};lang={language}").ready()
    dropped(page, WEIGHTS, "weights.json")
    dialog = page.page.locator("dialog.import-dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("radio").nth(1).check()
    dialog.get_by_role("combobox").nth(0).select_option("gelu")
    dialog.get_by_role("combobox").nth(1).select_option("linear")
    page.page.screenshot(path=tmp_path / "dialog.png")
    page.press("import")
    page.ready()
    expect(page.page.locator(".notice").first).to_contain_text("weights.json")
    layers = page.request()["network"]["layers"]
    assert [layer["activation"] for layer in layers] == ["gelu", "linear"]
    assert layers[0]["w"] == WEIGHTS[0]


def test_a_file_that_is_no_network_is_told_what_can_be_read(visits: Visits) -> None:
    visits.may_fail = True
    page = visits.visit(f"{LINK.format(act='tanh')};lang=zh").ready()
    dropped(page, {"hello": 1}, "no.json")
    expect(page.page.locator(".notice")).to_contain_text("这不是能够读入的网络")
    page.press("dismiss")
    dropped(page, {"layers": [{"w": [[1, 2]], "activation": "logsoftmax"}]}, "log.json")
    expect(page.page.locator(".notice")).to_contain_text("cross_entropy")
