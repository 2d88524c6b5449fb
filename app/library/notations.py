"""Other ways to write the same: what the course's formulas may be shown in, for readers who come from another book.

A choice has options; the first of each is the course's own. An option says what becomes of a symbol in a formula
(``tex``) and in running text (``plain``); one that is another convention with other numbers, and so cannot be shown by
writing symbols differently, says so in a ``remark``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

NOTATIONS = Path(__file__).parent / "data" / "notations.json"

SYMBOLS = ("w", "l", "C", "y", "\\hat{y}", "\\partial l/\\partial z")
"""What an option may write differently; ``course/notation.js`` knows these in every spelling of the texts."""

PLAIN_SYMBOLS = ("w", "l", "C", "y", "ŷ", "∂l/∂z")
"""The same in running text, where a letter is a symbol if it stands alone."""


def notations() -> list[dict[str, Any]]:
    """All choices, new objects each time."""
    found: list[dict[str, Any]] = json.loads(_document())
    return found


@lru_cache(maxsize=1)
def _document() -> str:
    return NOTATIONS.read_text("utf-8")
