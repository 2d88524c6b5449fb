"""Branch coverage of the pure scripts, as Node measures it: ``make coverage`` ends with it.

Pure is what computes and neither touches the page nor imports what does; the rest is for the tests in a browser.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "static" / "js"
GOAL = 0.95
PAGE = re.compile(
    r"\b(document|window|requestAnimationFrame|localStorage|sessionStorage|navigator|location|fetch|HTML\w*Element)\b"
)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
IMPORTED = re.compile(r"""\bfrom\s+["'](\.[^"']+)["']""")


class Covered(NamedTuple):
    """What the tests reached in one script."""

    name: str
    lines: int
    lines_hit: int
    branches: int
    branches_hit: int


def touches_page(path: Path, known: dict[Path, bool]) -> bool:
    """Whether a script speaks of the page, or imports one that does."""
    if path not in known:
        known[path] = False
        code = COMMENT.sub("", path.read_text("utf-8"))
        imported = (path.parent / address for address in IMPORTED.findall(code))
        ours = [each.resolve() for each in imported if each.resolve().is_relative_to(SCRIPTS)]
        known[path] = bool(PAGE.search(code)) or any(touches_page(each, known) for each in ours)
    return known[path]


def holds_code(path: Path) -> bool:
    """Whether a script does more than describe types."""
    return COMMENT.sub("", path.read_text("utf-8")).strip() not in ("", "export {};")


def measured(report: str) -> Iterator[Covered]:
    """The files of a report in the format of lcov."""
    for record in report.split("end_of_record"):
        fields = dict(re.findall(r"^(SF|LF|LH|BRF|BRH):(.*)$", record, re.MULTILINE))
        if "SF" in fields:
            numbers = [int(fields.get(name, "0")) for name in ("LF", "LH", "BRF", "BRH")]
            yield Covered(fields["SF"], *numbers)


def main() -> int:
    """Measure and print.

    Returns:
        The exit status: 0 if the tests load every pure script and reach enough of the branches.
    """
    tests = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").rglob("*.test.js"))
    command = ["node", "--test", "--experimental-test-coverage", "--test-reporter=lcov", *tests]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print("The tests fail: see `make node`.", file=sys.stderr)
        return done.returncode
    known: dict[Path, bool] = {}
    pure = {str(path.relative_to(ROOT)) for path in SCRIPTS.rglob("*.js") if not touches_page(path.resolve(), known)}
    found = sorted(each for each in measured(done.stdout) if each.name in pure)
    for each in found:
        if each.branches_hit < each.branches or each.lines_hit < each.lines:
            lines, missed = each.lines_hit / each.lines, each.branches - each.branches_hit
            print(f"{each.name:48} lines {lines:7.1%}, branches missed {missed:3}")
    unseen = sorted(name for name in pure - {each.name for each in found} if holds_code(ROOT / name))
    print(f"{len(found)} pure scripts; loaded by no test: {', '.join(unseen) or 'none'}")
    lines = sum(each.lines_hit for each in found) / sum(each.lines for each in found)
    branches = sum(each.branches_hit for each in found) / sum(each.branches for each in found)
    print(f"lines {lines:.1%}, branches {branches:.1%}; at least {GOAL:.0%} wanted")
    return int(min(lines, branches) < GOAL or bool(unseen))


if __name__ == "__main__":
    sys.exit(main())
