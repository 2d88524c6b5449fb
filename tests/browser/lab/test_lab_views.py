"""The views of the Lab in a real browser: what is drawn and saved are the server's numbers."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.hands.lab import Lab

EPOCHS = 20
RECIPE = (
    "/lab#v=1&data=circles&n=100&noise=0.05&data_seed=1&test=0.2&sizes=2-3-2-1&hidden=tanh&output=sigmoid"
    f"&init=xavier_uniform&loss=binary_cross_entropy&opt=adam&rate=0.02&batch=10&epochs={EPOCHS}&seed=3"
)
RECORDS = "id => fetch('api/v1/runs/' + id).then(r => r.json()).then(r => r.records)"
PLOTLY = "performance.getEntriesByType('resource').filter(e => e.name.includes('plotly.min')).length"
# A software renderer says of itself that it is slow.
RENDERER = ("GL Driver Message", "willReadFrequently", "Automatic fallback to software WebGL")


@pytest.fixture
def lab(visits: Visits) -> Iterator[Lab]:
    """A run of twenty epochs, finished."""
    page = visits.visit(RECIPE).page
    opened = Lab(page).ready()
    opened.press("play")
    opened.at(EPOCHS)
    yield opened
    visits.wrong = [each for each in visits.wrong if not any(known in each for known in RENDERER)]


def records(page: Page) -> list[dict[str, Any]]:
    """What the server keeps of the run in the address."""
    page.wait_for_url("**#run=*")
    run = page.url.split("#run=")[1].split("&")[0]
    kept: list[dict[str, Any]] = page.evaluate(RECORDS, run)
    return kept


def chart(lab: Lab, name: str) -> Locator:
    """A chart, scrolled to and drawn."""
    found = lab.page.locator(f"[data-chart='{name}']")
    found.scroll_into_view_if_needed()
    expect(found).to_have_attribute("data-state", "ready", timeout=30_000)
    return found


def saved(lab: Lab, drawn: Locator, kind: str, folder: Path) -> bytes:
    """The file that one of the chart's buttons hands over."""
    with lab.page.expect_download() as handed:
        drawn.locator(f"[data-action='chart-{kind}']").click()
    path = folder / handed.value.suggested_filename
    handed.value.save_as(path)
    return path.read_bytes()


def test_the_live_curve_tells_the_server_s_numbers(lab: Lab) -> None:
    last = records(lab.page)[-1]
    numbers = lab.page.locator(".live-readout dd")
    expect(numbers.nth(0)).to_have_attribute("data-value", str(EPOCHS))
    assert [float(numbers.nth(index).get_attribute("data-value") or "nan") for index in (1, 2)] == [
        last["cost"],
        last["test_cost"],
    ]
    lab.press("live-total_loss")
    expect(numbers.nth(1)).to_have_attribute("data-value", repr(last["total_loss"]))
    lab.page.locator(".live .table-twin summary").click()
    rows = lab.page.locator(".live .table-twin tbody tr")
    expect(rows).to_have_count(EPOCHS + 1)
    expect(rows.nth(7).locator("td").nth(1)).to_have_attribute("data-value", repr(records(lab.page)[7]["total_loss"]))


def test_curves_are_drawn_of_what_the_page_has_and_their_files_are_the_server_s_figure(
    lab: Lab, tmp_path: Path
) -> None:
    asked: list[str] = []
    lab.page.on("request", lambda request: asked.append(request.url))
    lab.view("curves")
    drawn = chart(lab, "curves")
    expect(drawn.locator(".time-title")).to_have_text(["Total loss Σ l", "Cost (1/n) Σ l", "Accuracy"])
    kept = records(lab.page)
    rows = list(csv.reader(saved(lab, drawn, "csv", tmp_path).decode().splitlines()))
    assert rows[0][:2] == ["epoch", "Total loss, training"]
    assert [float(row[1]) for row in rows[1:]] == [record["total_loss"] for record in kept]
    assert not [url for url in asked if "/figures/" in url]
    assert lab.page.evaluate(PLOTLY) == 0, "Plotly is loaded where a picture is saved"
    table = json.loads(saved(lab, drawn, "json", tmp_path))["table"]
    assert [row[1] for row in table["rows"]] == [record["total_loss"] for record in kept]
    assert saved(lab, drawn, "png", tmp_path).startswith(b"\x89PNG")
    assert b"Total loss" in saved(lab, drawn, "svg", tmp_path)
    lab.press("language")
    drawn.scroll_into_view_if_needed()
    expect(drawn.locator(".u-legend").first).to_contain_text("训练")


def test_the_three_losses_stand_side_by_side_under_their_own_names(lab: Lab) -> None:
    lab.view("curves")
    last = records(lab.page)[-1]
    cells = lab.page.locator(".loss-table tbody tr").first.locator("td")
    assert [float(cells.nth(index).get_attribute("data-value") or "nan") for index in range(3)] == [
        last["total_loss"],
        last["cost"],
        last["train_accuracy"],
    ]
    expect(lab.page.locator(".loss-of-one data")).to_have_attribute("data-value", lab.loss())


def test_the_flow_of_gradients_is_said_in_numbers(lab: Lab) -> None:
    lab.view("gradient-flow")
    first, *_, last = records(lab.page)[-1]["gradient_norms"]
    factor = max(first / last, last / first)
    expect(lab.page.locator("#view-gradient-flow .view-sentences")).to_contain_text(f"{factor:.2g}")
    chart(lab, "gradient-flow")


def test_a_point_in_any_plane_chooses_its_example(lab: Lab) -> None:
    lab.view("features")
    planes = lab.page.locator(".plane-drawing")
    expect(planes).to_have_count(4)
    before = lab.page.locator(".plane-readout").inner_text()
    planes.first.scroll_into_view_if_needed()
    # Somewhere among a hundred points one lies under the pointer.
    box = planes.nth(2).bounding_box()
    assert box is not None
    for step in range(400):
        x = box["x"] + box["width"] * (0.15 + 0.04 * (step % 20))
        y = box["y"] + box["height"] * (0.1 + 0.04 * (step // 20))
        lab.page.mouse.move(x, y)
        if lab.page.locator(".plane-readout").inner_text() != before:
            break
    pointed_at = lab.page.locator(".plane-readout b").last.get_attribute("data-value")
    for index in range(4):
        expect(planes.nth(index).locator(".map-over")).to_be_visible()
    lab.page.mouse.click(x, y)
    lab.page.mouse.move(0, 0)
    expect(lab.page.locator(".plane-readout b").last).to_have_attribute("data-value", pointed_at or "")


def test_a_loss_surface_over_two_chosen_parameters_goes_through_where_the_network_stands(
    lab: Lab, tmp_path: Path
) -> None:
    lab.view("surface")
    chart(lab, "contour")
    lab.press("surface-pointers")
    lab.control("surface-layer-2").select_option("1")
    drawn = chart(lab, "contour")
    expect(drawn.locator(".ytitle")).to_have_text("w⁽²⁾₁₁")
    figure = json.loads(saved(lab, drawn, "json", tmp_path))["figure"]
    here = figure["data"][-1]
    network = lab.page.evaluate(
        "id => fetch(`api/v1/runs/${id}/network`).then(r => r.json())", lab.page.url.split("#run=")[1].split("&")[0]
    )
    assert [here["x"][0], here["y"][0]] == [network["layers"][0]["w"][0][0], network["layers"][1]["w"][0][0]]


ON_WIRE = """pointer => {
  scrollTo(0, 0);
  const path = document.querySelector(`.wire[data-thing='${pointer}'] .hit`);
  const { x, y } = path.getPointAtLength(path.getTotalLength() * 0.15).matrixTransform(path.getScreenCTM());
  return [x, y];
}"""


def click_weight(lab: Lab, pointer: str) -> None:
    """Click the wire of a weight where it is still near its sender, and apart from the others."""
    x, y = lab.page.evaluate(ON_WIRE, pointer)
    lab.page.mouse.click(x, y)


def test_a_run_found_after_a_reload_has_its_path_and_a_weight_is_chosen_by_clicking_it(
    lab: Lab, tmp_path: Path
) -> None:
    lab.page.wait_for_url("**#run=*")
    lab.page.reload()
    lab.at(EPOCHS)
    lab.view("surface")
    drawn = chart(lab, "contour")
    figure = json.loads(saved(lab, drawn, "json", tmp_path))["figure"]
    assert any(len(trace["x"]) == EPOCHS + 1 for trace in figure["data"] if trace["type"] == "scatter")
    click_weight(lab, "/layers/1/w/1/2")
    chart(lab, "contour")
    expect(drawn.locator(".ytitle")).to_have_text("w⁽²⁾₂₃")
    click_weight(lab, "/layers/0/w/2/1")
    chart(lab, "contour")
    expect(drawn.locator(".ytitle")).to_have_text("w⁽¹⁾₃₂")
    expect(drawn.locator(".xtitle")).to_have_text("w⁽²⁾₂₃")


def test_loop_and_matrix_are_measured_on_request(lab: Lab) -> None:
    panel = lab.view("loop-or-matrix")
    expect(panel.locator("[data-chart]")).to_have_attribute("data-state", "empty")
    lab.press("measure")
    chart(lab, "loop-or-matrix")
    expect(panel.locator(".view-sentences")).to_contain_text("512")


def test_the_tabs_are_walked_with_the_arrow_keys(lab: Lab) -> None:
    lab.page.locator("[data-lab-view='curves']").focus()
    lab.page.keyboard.press("ArrowRight")
    expect(lab.page.locator("[data-lab-view='features']")).to_be_focused()
    expect(lab.page.locator("#view-features")).to_be_visible()
    lab.page.keyboard.press("End")
    expect(lab.page.locator("[data-lab-view='export']")).to_have_attribute("aria-selected", "true")
    expect(lab.page.locator("[data-lab-view='draw']")).to_be_hidden()
    lab.page.keyboard.press("Home")
    expect(lab.page.locator("#view-curves")).to_be_visible()
    lab.at(EPOCHS)
