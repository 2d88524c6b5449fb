"""Every number on the page is the API's number, at every step; and time can be walked both ways."""

from __future__ import annotations

import random
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.server import Server

CASES = ["lecture-1-1", "mazur", "random 4-6-3 softmax"]
SEED = 20261124


def classifier(seed: int) -> dict[str, Any]:
    """A random 4-6-3 network with softmax and cross entropy."""
    draw = random.Random(seed)

    def layer(rows: int, columns: int, activation: str) -> dict[str, Any]:
        w = [[draw.gauss(0, 1) for _ in range(columns)] for _ in range(rows)]
        return {"w": w, "b": [draw.gauss(0, 1) for _ in range(rows)], "activation": activation}

    return {
        "network": {"layers": [layer(6, 4, "tanh"), layer(3, 6, "softmax")]},
        "x": [draw.gauss(0, 1) for _ in range(4)],
        "target": [0, 1, 0],
        "loss": "cross_entropy",
        "learning_rate": 0.1,
    }


def link_of(request: dict[str, Any]) -> str:
    """A permalink made by hand, number by number."""
    layers = request["network"]["layers"]
    theta = [value for layer in layers for value in [*(each for row in layer["w"] for each in row), *layer["b"]]]
    sizes = [len(layers[0]["w"][0]), *(len(layer["b"]) for layer in layers)]
    parts = {
        "sizes": "-".join(map(str, sizes)),
        "act": ",".join(layer["activation"] for layer in layers),
        "theta": ",".join(map(repr, theta)),
        "x": ",".join(map(repr, request["x"])),
        "target": ",".join(map(repr, request["target"])),
        "loss": request["loss"],
        "rate": repr(request["learning_rate"]),
    }
    return "/#v1;" + ";".join(f"{name}={value}" for name, value in parts.items())


def value_at(trace: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        trace = trace[int(part)] if isinstance(trace, list) else trace[part]
    return trace


def written_after(trace: dict[str, Any]) -> dict[str, int]:
    """For each computed number, after how many steps it is there."""
    return {pointer: step["index"] + 1 for step in trace["steps"] for pointer in step["writes"]}


@pytest.mark.parametrize("case", CASES)
def test_every_number_is_the_servers_at_every_step(visits: Visits, server: Server, case: str) -> None:
    if case in CASES[:2]:
        request = server.ask("GET", f"/api/v1/presets/{case}").json()["request"]
        page = visits.visit(f"/#v1;preset={case};view=both").ready()
    else:
        request = classifier(SEED)
        page = visits.visit(link_of(request)).ready()
    trace = server.ask("POST", "/api/v1/trace", {**request, "steps": "unit"}).json()
    known = written_after(trace)
    assert page.steps == len(trace["steps"])
    expect(page.tab("values").locator("table").first).to_be_visible()
    page.unfold()
    compared = 0
    for done in range(page.steps + 1):
        page.at(done)
        for pointer, value, pending in page.numbers():
            if pointer.startswith("/terms/"):
                continue
            if known.get(pointer, 0) <= done:
                expected = value_at(trace, pointer)
                assert value is not None, f"{pointer} is known after {known.get(pointer, 0)} steps, missing at {done}"
                assert float(value) == expected, f"{pointer} at step {done}"
                compared += 1
            else:
                assert value is None, f"{pointer} shows {value} at step {done}, before it is computed"
                assert pending, f"{pointer} is not marked as pending at step {done}"
        if done < page.steps:
            page.press("step")
    assert compared > 50 * page.steps


def test_to_the_end_and_back_restores_the_first_picture(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1").ready()
    # Titles and fonts that come after the trace may still change the room there is for the stage.
    page.page.wait_for_load_state("networkidle")
    first = page.picture()
    page.press("last")
    page.at(page.steps)
    assert page.picture() != first
    for _ in range(page.steps):
        page.press("step-back")
    page.at(0)
    assert page.picture() == first
    page.press("last")
    page.at(page.steps)
    page.press("first")
    page.at(0)
    assert page.picture() == first


def test_a_finer_walk_keeps_the_phase_and_a_coarser_one_too(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1;at=27").ready().at(27)
    phase = page.stage.get_attribute("data-phase")
    counts = set()
    for granularity in ("term", "layer", "unit"):
        page.page.locator(f"[data-granularity='{granularity}']").click()
        expect(page.page.locator(f"[data-granularity='{granularity}']")).to_have_attribute("aria-pressed", "true")
        page.ready()
        counts.add(page.steps)
        assert page.stage.get_attribute("data-phase") == phase
    assert len(counts) == 3


def test_playing_walks_by_itself_and_a_pause_holds_it(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1", motion="no-preference").ready()
    page.page.locator("[data-action='speed']").select_option("8")
    page.press("play")
    expect(page.page.locator("[data-action='play']")).to_have_attribute("aria-label", "Pause")
    expect(page.stage).not_to_have_attribute("data-step", "0")
    page.press("play")
    expect(page.page.locator("[data-action='play']")).to_have_attribute("aria-label", "Play")
    held = page.stage.get_attribute("data-step")
    page.page.wait_for_timeout(300)
    assert page.stage.get_attribute("data-step") == held
