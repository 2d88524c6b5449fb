"""What the first page costs over a slow line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from app.assets import release
from tests.browser.conftest import DESK, Visits
from tests.server import Server

MOST_BYTES = 210_000
# What stands on the first view besides: a typeface, and the equation of the step.
APART = {
    "vendor/source-sans-3/source-sans-3-latin-wght-normal.woff2": 30_000,
    "vendor/katex/katex.min.js": 78_000,
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_page_comes_in_210_kilobytes_besides_its_typeface_and_equation(
    browser: Browser, server: Server, language: str
) -> None:
    width, height = DESK
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    asked: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    # A whole answer as it came over the wire: status line, headers and body.
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(f"{server.url}/?lang={language}")
    expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    expect(page.locator(".katex").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    weights = {asked[name]: size for name, size in sizes.items()}
    assert weights[f"{server.url}/api/v1/trace"] > 3_000
    assert len(weights) > 10
    assert min(weights.values()) > 400, "a size without its headers"
    for name, most in APART.items():
        assert weights.pop(f"{server.url}/static/{release()}/{name}") <= most
    assert sum(weights.values()) <= MOST_BYTES, sorted(weights.items(), key=lambda each: each[1])[-10:]
    context.close()


def test_before_any_script_there_is_a_sentence_and_room_for_what_will_come(browser: Browser, server: Server) -> None:
    places = "#toolbar, #stage, #timeline, #recipe, #network, #live, #map"
    corners = f"[...document.querySelectorAll('{places}')].map((each) => Math.round(each.getBoundingClientRect().top))"
    for path, ready in (("/", "#stage[data-state='ready']"), ("/lab", ".epoch-number[data-value]")):
        for width, height in ((1440, 900), (412, 823)):
            found = []
            for blocked in (True, False):
                context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
                page = context.new_page()
                if blocked:
                    page.route("**/*.js", lambda route: route.abort())
                page.goto(f"{server.url}{path}?lang=en")
                if blocked:
                    expect(page.locator(".first-words")).to_be_visible()
                else:
                    expect(page.locator(ready)).to_be_attached()
                    expect(page.locator(".first-words")).to_be_hidden()
                    page.wait_for_load_state("networkidle")
                found.append(page.evaluate(corners))
                context.close()
            apart = [abs(before - after) for before, after in zip(*found, strict=True)]
            assert max(apart) <= 12, (path, width, found)


EARLIEST = """() => {
  const [painted] = performance.getEntriesByType('paint').map((entry) => entry.startTime);
  const rooms = /\\/js\\/(stage|state|record|lab)\\/|\\/bundle\\/chunks\\//;
  const scripts = performance.getEntriesByType('resource').filter(({ name }) => rooms.test(name));
  return [scripts.length, Math.min(...scripts.map((entry) => entry.startTime)) - painted];
}"""


@pytest.mark.parametrize("path", ["/", "/lab"])
def test_what_the_server_wrote_is_painted_before_dozens_of_scripts_are_asked_for(visits: Visits, path: str) -> None:
    page = visits.visit(path).page
    page.wait_for_load_state("networkidle")
    count, milliseconds_after = page.evaluate(EARLIEST)
    assert count > 5
    assert milliseconds_after >= 0


def test_a_part_that_cannot_be_fetched_is_missed_in_words_and_comes_with_the_next_try(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{server.url}/?lang=en")
    expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    page.wait_for_load_state("networkidle")
    said = "A part of the page could not be fetched"
    values = page.locator("[data-panel='values']")
    context.set_offline(True)
    page.locator("[data-action='share']").click()
    expect(page.locator("#notices")).to_contain_text(said)
    page.locator("[data-tab='values']").click()
    expect(values.locator(".panel-body")).to_contain_text(said)
    context.set_offline(False)
    expect(values.locator("table").first).to_be_visible()
    expect(page.locator("[data-tab='values']")).to_be_focused()
    page.locator("[data-action='share']").click()
    expect(page.locator(".share-dialog")).to_be_visible()
    assert faults == []
    context.close()
