"""A copy of the tree, in which the recipes for additions are followed to the letter."""

from __future__ import annotations

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
