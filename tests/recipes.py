"""A copy of the tree, in which the recipes for additions are followed to the letter."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.server import ROOT


def copy_of_the_tree(folder: Path) -> None:
    """The server's part as copies, to be changed; what the browser loads as it is."""
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("static", "templates"):
        (folder / name).symlink_to(ROOT / name)


def append(path: Path, code: str) -> None:
    """Put code at the end of a module."""
    path.write_text(f"{path.read_text('utf-8')}\n\n{code}", "utf-8")


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def follow_the_recipes(folder: Path) -> None:
    """Add an activation, a loss and a wrong rule to a copy of the tree, as docs/adding.md says."""
    activation, loss, rule = blocks((ROOT / "docs" / "adding.md").read_text("utf-8"), "python")
    core = folder / "app" / "core"
    append(core / "functions" / "activations" / "smooth.py", activation)
    append(core / "functions" / "losses" / "squares.py", loss)
    rules = core / "mistakes" / "rules" / "families" / "update_rules.py"
    before = rules.read_text("utf-8")
    assert before.endswith("\n)\n")
    rules.write_text(f"{before[:-2]}{rule})\n", "utf-8")
