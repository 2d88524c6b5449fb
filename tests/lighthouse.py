"""Lighthouse over the three large pages, as a telephone and as a desk see them: ``make lighthouse``.

Performance is modelled from a trace and depends on what else the machine does: it is the median of up to ``RUNS`` runs.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.conftest import SWITCHES, executable
from tests.server import Server

PAGES = ("/", "/lab", "/course")
PRESETS = {"mobile": [], "desktop": ["--preset=desktop"]}
WANTED = {"performance": 0.9, "accessibility": 1.0, "best-practices": 1.0}
RUNS = 3
TOLD = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def visit(program: str, address: str, options: list[str], folder: Path) -> dict[str, Any]:
    """One run; gives its report."""
    path = folder / "report.json"
    command = [program, address, *options, "--quiet", "--output=json", f"--output-path={path}"]
    command += [f"--only-categories={','.join(WANTED)}", f"--chrome-flags={' '.join(['--headless=new', *SWITCHES])}"]
    variables = {**os.environ, **({"CHROME_PATH": found} if (found := executable()) else {})}
    subprocess.run(command, cwd=folder, env=variables, check=True)
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report


def judge(program: str, address: str, options: list[str], folder: Path) -> tuple[dict[str, float], dict[str, Any]]:
    """The median of each score, and the last report; one run is enough if nothing is missing."""
    reports: list[dict[str, Any]] = []
    scores: dict[str, float] = {}
    for _ in range(RUNS):
        reports.append(visit(program, address, options, folder))
        scores = {
            name: statistics.median(float(each["categories"][name]["score"] or 0) for each in reports)
            for name in WANTED
        }
        if len(reports) == 1 and all(scores[name] >= least for name, least in WANTED.items()):
            break
    return scores, reports[-1]


def failures(report: dict[str, Any]) -> list[str]:
    """What cost points, by its name in Lighthouse."""
    counted = {each["id"] for name in WANTED for each in report["categories"][name]["auditRefs"] if each["weight"]}
    return [
        f"{name} ({audit.get('displayValue', audit['title'])})"
        for name, audit in report["audits"].items()
        if name in counted and audit["score"] is not None and audit["score"] < 0.9
    ]


def main(program: str) -> int:
    """Print a table; gives the exit status, 0 only if every page has what is wanted."""
    short = 0
    with tempfile.TemporaryDirectory() as name, Server(Path(name) / "data") as server:
        for page in PAGES:
            for preset, options in PRESETS.items():
                scores, report = judge(program, f"{server.url}{page}?lang=en", options, Path(name))
                told = "  ".join(f"{audit}: {report['audits'][audit].get('displayValue')}" for audit in TOLD)
                print(f"{page:8} {preset:8} {scores}  {told}", flush=True)
                if any(scores[category] < least for category, least in WANTED.items()):
                    short += 1
                    print("  costs points:", ", ".join(failures(report)), flush=True)
    environment = report["environment"]
    print(f"Lighthouse {report['lighthouseVersion']}, {environment['hostUserAgent']}; wanted: {WANTED}")
    print(f"This machine's speed, Lighthouse's benchmark index, at the last run: {environment['benchmarkIndex']:.0f}")
    return int(short > 0)


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
