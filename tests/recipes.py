"""A copy of the tree, in which the recipes for additions are followed to the letter."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from tests.server import ROOT


def copy_of_the_tree(folder: Path) -> None:
    """What the program consists of, to be changed."""
    for name in ("app", "static", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def append(path: Path, code: str) -> None:
    """Put code at the end of a module."""
    path.write_text(f"{path.read_text('utf-8')}\n\n{code}", "utf-8")


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def follow_the_recipes(folder: Path) -> None:
    """Add an activation, a loss, a wrong rule and a language to a copy of the tree, as docs/adding.md says."""
    activation, loss, rule = blocks((ROOT / "docs" / "adding.md").read_text("utf-8"), "python")
    core = folder / "app" / "core"
    append(core / "functions" / "activations" / "smooth.py", activation)
    append(core / "functions" / "losses" / "squares.py", loss)
    rules = core / "mistakes" / "rules" / "families" / "update_rules.py"
    before = rules.read_text("utf-8")
    assert before.endswith("\n)\n")
    rules.write_text(f"{before[:-2]}{rule})\n", "utf-8")
    texts = folder / "static" / "js" / "i18n"
    german = {key: f"de:{text}" for key, text in json.loads((texts / "en.json").read_text("utf-8")).items()}
    german |= {"language.name": "Deutsch", "language.tag": "de"}
    (texts / "de.json").write_text(json.dumps(german), "utf-8")
