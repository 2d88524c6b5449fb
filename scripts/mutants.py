"""Mutation tests of app/core: ``make mutants``.

mutmut makes the mutants, in a copy of the tree; ``mutant_runner`` tries them. A mutant that no test tells from the
original must have its reason in ``mutants.toml``: it computes the same, or what differs is no promise.

mutmut leaves alone what stands outside a function, and functions with decorators: properties, kept values.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from fnmatch import fnmatchcase
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("app", "tests", "pyproject.toml", "README.md", "LICENSE")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "browser", "browsers", "benchmarks", "soak")
TESTS = ("tests/core",)
FEW, MANY = 10, 100
"""Seconds of tests that each mutant meets, and those that are left then without a reason."""
GOAL = 0.9


class Change(NamedTuple):
    """What a mutant changes: the function, the lines taken out and those put in, each without what they share."""

    function: str
    was: str
    now: str


class Reason(NamedTuple):
    """Why no test can tell a mutant from the original.

    ``function`` may have wildcards; the change replaces ``was``, one piece of the text, by ``now``.
    """

    function: str
    was: str
    now: str
    why: str

    def explains(self, change: Change) -> bool:
        """Whether this is why a mutant survives."""
        if not fnmatchcase(change.function, self.function):
            return False
        places = (found.start() for found in re.finditer(re.escape(self.was), change.was))
        return any(
            change.was[:place] + self.now + change.was[place + len(self.was) :] == change.now for place in places
        )


def reasons(entries: list[dict[str, Any]]) -> list[Reason]:
    """The register, one reason for each change."""
    return [Reason(entry["function"], was, now, entry["why"]) for entry in entries for was, now in entry["changes"]]


def copy_to(folder: Path) -> None:
    """The tree without what takes long and what the core does not need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copy(source, folder)


def make(wanted: tuple[str, ...]) -> list[str]:
    """Have mutmut make the mutants of the tree that one is in; those wanted, by name."""
    from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants

    Path("mutants").mkdir()
    with redirect_stdout(StringIO()):
        copy_src_dir()
        copy_also_copy_files()
        create_mutants(1)
    names: list[str] = []
    for path in sorted(Path("mutants").rglob("*.meta")):
        names += json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return [name for name in names if not wanted or any(fnmatchcase(name, pattern) for pattern in wanted)]


def change_of(mutant: str) -> Change:
    """What a mutant changes."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    module, _, name = mutant.rpartition(".")
    lines = get_diff_for_mutant(mutant, path=f"{module.replace('.', '/')}.py").splitlines()[2:]
    was, now = (" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    function = name.partition("__mutmut_")[0].removeprefix("x").removeprefix("_").strip("ǁ").replace("ǁ", ".")
    return Change(f"{module}.{function}", was, now)


def table(found: dict[str, tuple[bool, str]], without_reason: dict[str, Change]) -> None:
    """One line for each module."""
    modules: dict[str, Counter[str]] = {}
    for mutant, (alive, _) in found.items():
        kind = "killed" if not alive else "open" if mutant in without_reason else "explained"
        modules.setdefault(mutant.rpartition(".")[0], Counter())[kind] += 1
    print(f"\n{'':32} killed explained  open  share killed")
    for module, kinds in sorted(modules.items()):
        share = kinds["killed"] / kinds.total()
        print(f"{module:32} {kinds['killed']:6} {kinds['explained']:9} {kinds['open']:5} {share:13.1%}")


def tried(mutants: Iterable[str], seconds: float) -> dict[str, tuple[bool, str]]:
    """By mutant: whether it survived so many seconds of tests, and what killed it."""
    Path("wanted").write_text("\n".join(mutants), "utf-8")
    runner, wanted, out = ROOT / "scripts" / "mutant_runner.py", Path("wanted").resolve(), Path("found.json").resolve()
    subprocess.run(
        [sys.executable, runner, wanted, out, str(seconds), *TESTS],
        cwd="mutants",
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        check=True,
    )
    found: dict[str, tuple[bool, str]] = json.loads(out.read_text("utf-8"))
    return found


def survivors(found: Mapping[str, tuple[bool, str]]) -> dict[str, Change]:
    """What those change that survived."""
    return {mutant: change_of(mutant) for mutant, (alive, _) in sorted(found.items()) if alive}


def unexplained(changes: Mapping[str, Change], register: Sequence[Reason]) -> dict[str, Change]:
    """Those for which the register has no reason."""
    return {name: each for name, each in changes.items() if not any(reason.explains(each) for reason in register)}


def judge(found: dict[str, tuple[bool, str]], register: Sequence[Reason], whole: bool) -> int:
    """Say what has become of the mutants.

    Args:
        found: by mutant: whether it survived, and what killed it.
        register: the reasons.
        whole: whether these are all there are.

    Returns:
        The exit status: 0 if enough were killed and the others have a reason.
    """
    changes = survivors(found)
    used = {reason for reason in register for change in changes.values() if reason.explains(change)}
    without = unexplained(changes, register)
    table(found, without)
    for mutant, change in without.items():
        print(f"\nno reason for {mutant}\n  - {change.was}\n  + {change.now}")
    for reason in register:
        if whole and reason not in used:
            print(f"\nnothing is explained any more by {reason}")
    killed = len(found) - len(changes)
    share = killed / max(1, len(found))
    print(
        f"\n{len(found)} mutants, {killed} killed ({share:.1%}, at least {GOAL:.0%} wanted), {len(changes)} survivors: "
        f"{len(changes) - len(without)} explained, {len(without)} not"
    )
    return int(bool(without) or share < GOAL)


def main(library: str, *wanted: str) -> int:
    """Make the mutants, try them and judge.

    Args:
        library: the folder that mutmut is installed in.
        wanted: patterns of mutants, such as ``app.core.functions.schedules*``; all if there are none.

    Returns:
        The exit status.
    """
    sys.path.append(str(Path(library).resolve()))
    with tempfile.TemporaryDirectory() as name:
        copy_to(Path(name))
        os.chdir(name)
        register = reasons(tomllib.loads((ROOT / "scripts" / "mutants.toml").read_text("utf-8"))["survivor"])
        found = tried(make(wanted), FEW)
        left = unexplained(survivors(found), register)
        if left:
            found |= tried(left, MANY)
        status = judge(found, register, not wanted)
        os.chdir(ROOT)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
