"""The glossary: every term that lessons link to, in both languages, with its symbol and what other books call it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

GLOSSARY = Path(__file__).parent / "data" / "glossary.json"


def glossary() -> list[dict[str, Any]]:
    """All terms in the order of the course, new objects each time."""
    terms: list[dict[str, Any]] = json.loads(_document())
    return terms


@lru_cache(maxsize=1)
def _document() -> str:
    return GLOSSARY.read_text("utf-8")
