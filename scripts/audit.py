"""Bandit over the program, and the reason for each finding that is left: ``make audit``.

A finding that is not explained here fails the audit, and so does an explanation without a finding.
"""

from __future__ import annotations

import json
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("app", "scripts")
EXPLAINED = {
    ("B101", "app/core/*"): "an assert tells the type checker what the lines above have seen to; none looks at input",
    ("B101", "app/snippets/*"): "the same",
    ("B101", "scripts/*"): "the same, in a tool for developers",
    (
        "B102",
        "app/core/record/fast/straight_line.py",
    ): "source written from a network's shape and from registries; no caller's text",
    ("B102", "app/snippets/numpy_code.py"): "the helper functions of this very module, to try expressions with",
    (
        "B307",
        "app/snippets/numpy_code.py",
    ): "expressions of this program's tables on a trace's numbers; no caller's text",
    ("B608", "app/store/runs.py"): "what is put in are constants of the module; every value is a parameter",
    ("B105", "app/pages/readable.py"): "a token of LaTeX is compared with, not a password",
    (
        "B104",
        "app/__main__.py",
    ): "what a browser opens when the server listens on all addresses; the default is 127.0.0.1",
    ("B404", "scripts/*"): "runs tools of developers, by fixed commands",
    ("B603", "scripts/*"): "the same",
}


def findings(program: str) -> list[dict[str, Any]]:
    """What bandit finds."""
    command = [program, "--quiet", "--recursive", "--format", "json", *FOLDERS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return found


def main(program: str) -> int:
    """Print what is not explained.

    Args:
        program: the command ``bandit``.

    Returns:
        The exit status: 0 if every finding is explained and every explanation is needed.
    """
    unused = set(EXPLAINED)
    unexplained = 0
    found = findings(program)
    for each in found:
        path = each["filename"].removeprefix("./")
        reasons = {(test, form) for test, form in EXPLAINED if test == each["test_id"] and fnmatch(path, form)}
        unused -= reasons
        if not reasons:
            unexplained += 1
            print(f"{path}:{each['line_number']}: {each['test_id']} {each['issue_severity']}: {each['issue_text']}")
    for test, form in sorted(unused):
        print(f"{form}: nothing left for {test} to be explained")
    print(f"{len(found)} findings, {unexplained} without a reason")
    return int(bool(unexplained or unused))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
