"""Reading the files of the checkout."""

from __future__ import annotations

import re
from pathlib import Path

from tests.server import ROOT

COMMENT = re.compile(r"/\*.*?\*/|(?<=\s)//[^\n]*|^//[^\n]*", re.DOTALL | re.MULTILINE)


def shown(path: Path) -> str:
    """A file's path as a test's name."""
    return path.relative_to(ROOT).as_posix()


def without_comments(script: str) -> str:
    """The text of a script or style sheet, its comments left out."""
    return COMMENT.sub("", script)


def code(path: Path) -> str:
    """A script without its comments."""
    return without_comments(path.read_text("utf-8"))
