"""Mutation tests of the small pure modules of app/core, by mutmut: ``make mutants``.

Which modules stands in pyproject.toml. They are mutated in a copy of the tree. A mutant that no test tells from the
original counts against the goal unless it is explained here: it computes the same, or what differs is no promise.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("app", "tests", "pyproject.toml", "README.md", "LICENSE")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "browser", "browsers", "benchmarks", "soak")
GOAL = 0.9
SURVIVED = 0
EXPLAINED = {
    "app.core.output_rules.x__through_the_registry__mutmut_12": "there ∂l/∂z comes from z and the target, not by σ'",
    "app.core.practice.x__drawn__mutmut_41": "every level has as many inputs as units in its first layer",
    "app.core.output_rules.x__through_softmax__mutmut_21": "0 is the axis that np.add.reduce takes by itself",
}
"""By the name of a mutant, which may have wildcards: why no test can tell it from the original."""


def copy_to(folder: Path) -> None:
    """The tree without what takes long and what the core does not need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copy(source, folder)


def results(folder: Path) -> dict[str, int | None]:
    """The exit status of the tests by mutant; None where mutmut has not come to it."""
    found: dict[str, int | None] = {}
    for path in (folder / "mutants").rglob("*.meta"):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return found


def explained(mutant: str) -> bool:
    """Whether a survivor has its reason."""
    return any(fnmatch(mutant, pattern) for pattern in EXPLAINED)


def main(library: str, *wanted: str) -> int:
    """Run mutmut and judge.

    Args:
        library: the folder that mutmut is installed in.
        wanted: patterns of mutants, such as ``app.core.schedules*``; all if there are none.

    Returns:
        The exit status: 0 if enough mutants were killed or explained.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_to(folder)
        paths = [str(Path(library).resolve()), *filter(None, [os.environ.get("PYTHONPATH")])]
        variables = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        subprocess.run(
            [sys.executable, "-m", "mutmut", "run", *wanted], cwd=folder, env=variables, check=False, text=True
        )
        found = {mutant: status for mutant, status in results(folder).items() if status is not None}
        survivors = sorted(mutant for mutant, status in found.items() if status == SURVIVED)
        for mutant in survivors:
            if not explained(mutant):
                subprocess.run([sys.executable, "-m", "mutmut", "show", mutant], cwd=folder, env=variables, check=False)
    modules: dict[str, Counter[bool]] = {}
    for mutant, status in found.items():
        modules.setdefault(mutant.rsplit(".", 1)[0], Counter())[status != SURVIVED] += 1
    for module, counts in sorted(modules.items()):
        print(f"{module:32} killed {counts[True]:4} of {counts.total():4}")
    good = len(found) - sum(not explained(mutant) for mutant in survivors)
    share = good / max(1, len(found))
    print(
        f"{len(found)} mutants, {len(survivors)} survived; killed or explained {share:.1%}, at least {GOAL:.0%} wanted"
    )
    return int(share < GOAL)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
