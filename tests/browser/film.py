"""A film strip of one learning step, for the README: ``python -m tests.browser.film`` writes ``docs/film.png``.

A real server, a real browser, the lecture's network; each picture is the stage at one moment of the walk, cut out
around what happens there.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, FloatRect, Page, Request, sync_playwright

from tests.browser.conftest import SWITCHES, executable
from tests.server import ROOT, Server

FILM = ROOT / "docs" / "film.png"
FONT = ROOT / "static" / "vendor" / "source-sans-3" / "source-sans-3-latin-wght-normal.woff2"
WINDOW = {"width": 1366, "height": 768}
FRAME = {"width": 470, "height": 270}
SETTLED_MS = 400


class Moment(NamedTuple):
    """One picture: a share of a step's time, the number it is cut out around, and what is to be seen."""

    step: int
    share: float
    around: str
    caption: str


MOMENTS = (
    Moment(0, 0.24, "/layers/0/w/1/0", "Values leave and meet their weights"),
    Moment(4, 0.62, "/layers/1/z/0", "Terms add up at Σ, the bias last"),
    Moment(12, 0.72, "/loss/value", "Outputs meet targets: the loss"),
    Moment(21, 0.09, "/layers/1/gain/0", "Back through an amplifier"),
    Moment(35, 0.5, "/layers/1/w/0/0", "Input and ∂l/∂z meet on the wire"),
    Moment(57, 0.8, "/updated/loss", "The weights have moved, the loss falls"),
)
"""Steps of the walk by units; shares from the moment at which its signals set out."""

PLACE = """async ([request, step, share]) => {
  const { timelineOf } = await import("/static/js/timeline/timeline.js");
  const { trackScale } = await import("/static/js/panels/walk/track-scale.js");
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/api/v1/trace", { method: "POST", headers, body: JSON.stringify(request) });
  const { beats, phases } = timelineOf(await answer.json());
  const { moves, end } = beats[step];
  return trackScale(phases).toPlace(moves + share * (end - moves));
}"""
MIDDLE = """(pointer) => {
  const stage = document.querySelector("#stage").getBoundingClientRect();
  const found = [...document.querySelectorAll(`#stage [data-pointer="${pointer}"]`)];
  const row = found.find((each) => each.closest(".row.reversed") && pointer.includes("gain")) ?? found[0];
  const [x, y] = ["x", "y"].map((name) => Number(row.closest("text").getAttribute(name)));
  const { a, d, e, f } = row.getScreenCTM();
  return [a * x + e, d * y + f, stage.left, stage.top, stage.right, stage.bottom];
}"""
STYLE = """@font-face{font-family:Sans;font-weight:200 900;src:url(data:font/woff2;base64,FONT)}
body{margin:0;background:#faf9f6;font:600 18px Sans,sans-serif;color:#1c1e26}
main{display:grid;grid-template-columns:repeat(3,470px);gap:20px 22px;padding:22px}figure{margin:0}
img{width:470px;display:block;border:1px solid #e3e1da;border-radius:10px}figcaption{padding:8px 4px 0}
b{color:#5d6272;padding-right:8px;font-weight:600}"""


def held(middle: float, length: float, least: float, most: float) -> float:
    """Where a piece of a length begins that has a middle, inside a span."""
    return min(max(middle - length / 2, least), most - length)


def picture(page: Page, request: dict[str, object], moment: Moment) -> bytes:
    """The stage at a moment: the track is held there while the picture is taken."""
    place = page.evaluate(PLACE, [request, moment.step, moment.share])
    lane = page.locator(".track-lane").bounding_box()
    assert lane is not None
    page.mouse.move(lane["x"] + lane["width"] * place, lane["y"] + lane["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(SETTLED_MS)
    x, y, left, top, right, bottom = page.evaluate(MIDDLE, moment.around)
    width, height = FRAME["width"], FRAME["height"]
    clip: FloatRect = {
        "x": held(x, width, left, right),
        "y": held(y, height, top, bottom),
        "width": width,
        "height": height,
    }
    image = page.screenshot(clip=clip)
    page.mouse.up()
    return image


def film(browser: Browser, home: str) -> bytes:
    """All moments in one picture."""
    context = browser.new_context(
        viewport={"width": WINDOW["width"], "height": WINDOW["height"]}, device_scale_factor=2, color_scheme="light"
    )
    context.add_init_script("localStorage.setItem('explorer.welcomed', 'true')")
    page = context.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/api/v1/trace") else None)
    page.goto(f"{home}/?lang=en#v1;at=0")
    page.wait_for_selector("#stage[data-state='ready'][data-steps='58']")
    request = json.loads(asked[-1].post_data or "{}")
    figures = ""
    for number, moment in enumerate(MOMENTS, 1):
        data = base64.b64encode(picture(page, request, moment)).decode()
        caption = f"<figcaption><b>{number}</b>{moment.caption}</figcaption>"
        figures += f'<figure><img src="data:image/png;base64,{data}">{caption}</figure>'
    context.close()
    strip = browser.new_page(viewport={"width": 3 * (FRAME["width"] + 22) + 22, "height": 100})
    font = base64.b64encode(FONT.read_bytes()).decode()
    strip.set_content(f"<style>{STYLE.replace('FONT', font)}</style><main>{figures}</main>")
    strip.wait_for_timeout(SETTLED_MS)
    return strip.screenshot(full_page=True)


def main() -> int:
    """Write the strip."""
    with (
        tempfile.TemporaryDirectory() as data,
        Server(Path(data)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable(), args=SWITCHES)
        FILM.write_bytes(film(browser, server.url))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
