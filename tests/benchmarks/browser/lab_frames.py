"""How the Lab keeps up with a training at full speed: repaints of the live curve a second, and how long input waits.

Part of ``python -m tests.benchmarks.browser.frames``: the real server, the real page, a real Chromium. Input is clicks
on the curve's own switch, which redraws it as a whole, timed by the browser from the event to the picture after it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from tests.server import Server

EPOCHS = 10_000
CLICKS = 10
BETWEEN_CLICKS_MS = 250
LEAST_REPAINTS = 30.0
LONGEST_INPUT_MS = 100.0

WATCH = """() => {
  const seen = (window.seen = { repaints: 0, frames: 0, inputs: [] });
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (this.canvas.closest(".live-chart")) seen.repaints += 1;
    return clear.apply(this, box);
  };
  const tick = () => { seen.frames += 1; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  const note = (list) => {
    for (const { name, duration } of list.getEntries()) if (name === "click") seen.inputs.push(duration);
  };
  new PerformanceObserver(note).observe({ type: "event", durationThreshold: 16 });
}"""
NOW = """() => {
  const state = document.querySelector(".run-status").dataset.runState;
  return { ...window.seen, at: performance.now() / 1000, state };
}"""


def measure(browser: Any) -> dict[str, float]:
    """Repaints and frames a second, and how long the slowest and the middle click waited, in milliseconds.

    Raises:
        RuntimeError: the training was over before the last click.
    """
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{server.url}/lab#setup=circles")
        page.locator(".epoch-number[data-value='0']").wait_for()
        page.locator("input[data-action='epochs']").fill(str(EPOCHS))
        page.keyboard.press("Tab")
        page.locator("select[data-action='pace']").select_option("full")
        page.locator("[data-action='play']").click()
        page.locator(".run-status[data-run-state='running']").wait_for(state="attached")
        page.wait_for_timeout(500)
        page.evaluate(WATCH)
        before = page.evaluate(NOW)
        for _ in range(CLICKS):
            page.locator("[data-action='live-log']").click()
            page.wait_for_timeout(BETWEEN_CLICKS_MS)
        after = page.evaluate(NOW)
        page.close()
    if after["state"] != "running":
        raise RuntimeError("the training was over before the last click")
    seconds = after["at"] - before["at"]
    # What took less than a frame is not reported, and so counts as one.
    waits = sorted([16.0] * (CLICKS - len(after["inputs"])) + after["inputs"])
    return {
        "repaints": (after["repaints"] - before["repaints"]) / seconds,
        "frames": (after["frames"] - before["frames"]) / seconds,
        "median input": waits[len(waits) // 2],
        "slowest input": waits[-1],
    }
