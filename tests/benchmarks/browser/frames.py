"""How smoothly the stage moves: frames a second and main-thread time while so many wires carry pulses.

Run alone: ``python -m tests.benchmarks.browser.frames``. A real Chromium with its software renderer, the page's own
modules, a trace from the core; the clock runs through the step whose pulses are counted.
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from app.core.network import Network
from app.core.record.steps import steps
from app.core.record.trace import trace
from tests.benchmarks.browser import lab_frames
from tests.browser.conftest import executable

ROOT = Path(__file__).resolve().parents[3]
PAGE = """<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>frames</title>
<link rel="stylesheet" href="/static/css/base/tokens.css">
<link rel="stylesheet" href="/static/vendor/katex/katex.min.css">
<link rel="stylesheet" href="/static/css/stage/stage.css"><link rel="stylesheet" href="/static/css/stage/units.css">
<link rel="stylesheet" href="/static/css/stage/chapter.css">
<style>body{margin:0}#stage{width:1080px;height:640px}</style>
<div id="stage"></div><script type="module" src="/frames-page.js"></script></html>"""
CASES = (
    ("1,000 wires", [32, 32, 4], "/"),
    ("5,000 wires", [71, 70, 4], "/"),
    ("5,000 wires, both ways", [71, 70, 4], "/?most"),
    ("1,200 wires drawn in full", [20, 20, 20, 20], "/?expand"),
    ("10 layers of 64 units", [64] * 11, "/?most"),
)
GOALS = {"1,000 wires": (20.0, 14.0), "5,000 wires": (24.0, 14.0)}
"""Milliseconds: the 95th percentile of a frame, and the main thread's mean per frame."""


def example(sizes: list[int]) -> dict[str, Any]:
    """A request and its trace, whole layers at a time, with small random weights."""
    random = np.random.default_rng(3)
    layers = [
        {
            "w": (random.standard_normal((n, m)) / m**0.5).tolist(),
            "b": (random.standard_normal(n) / 4).tolist(),
            "activation": "tanh",
        }
        for m, n in pairwise(sizes)
    ]
    x, target = random.standard_normal(sizes[0]).tolist(), [0.0] * sizes[-1]
    record = trace(Network.from_lists(layers), x, target, "half_squared_error")
    document = {**record.document(), "steps": [dict(step) for step in steps(record, "layer")]}
    request = {"network": {"layers": layers}, "x": x, "target": target, "loss": "half_squared_error"}
    return {"request": request, "trace": document}


class Handler(SimpleHTTPRequestHandler):
    """The page's modules as they are in the repository, and one example."""

    body = b""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, directory=str(ROOT), **named)

    def do_GET(self) -> None:
        """The page, its script, the example, or a static file."""
        path = self.path.split("?")[0]
        if path.startswith("/static/"):
            return super().do_GET()
        answers = {
            "/": (PAGE.encode(), "text/html"),
            "/frames-page.js": (Path(__file__).with_name("frames-page.js").read_bytes(), "text/javascript"),
            "/example.json": (Handler.body, "application/json"),
        }
        content, kind = answers.get(path, (b"", "image/x-icon"))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(content)
        return None

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


def measure() -> tuple[list[dict[str, Any]], dict[str, float]]:
    """One row a case: pulses, frames a second, the frame's median and 95th percentile, main thread; and the Lab."""
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        for name, sizes, address in CASES:
            Handler.body = json.dumps(example(sizes)).encode()
            page = browser.new_page(viewport={"width": 1080, "height": 640})
            page.goto(f"http://127.0.0.1:{server.server_port}{address}")
            page.wait_for_function("window.measured", timeout=120_000)
            rows.append({"case": name, **page.evaluate("window.measured")})
            page.close()
        lab = lab_frames.measure(browser)
        browser.close()
    server.shutdown()
    return rows, lab


def main() -> int:
    """Print the table; 1 if a goal is missed."""
    missed = 0
    heads = ("pulses", "fps", "median", "p95", "script", "main", "build")
    print(f"{'case':28}", *(f"{head:>8}" for head in heads), "  (milliseconds)")
    rows, lab = measure()
    for row in rows:
        print(f"{row['case']:28}", *(f"{row[head]:8.1f}" for head in heads))
        most_frame, most_main = GOALS.get(row["case"], (1e9, 1e9))
        missed += row["p95"] > most_frame or row["main"] > most_main
    print("the Lab, training at full speed:", ", ".join(f"{name} {value:.0f}" for name, value in lab.items()))
    missed += lab["repaints"] < lab_frames.LEAST_REPAINTS or lab["slowest input"] > lab_frames.LONGEST_INPUT_MS
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
