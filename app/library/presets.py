"""Presets: trace requests worth looking at, one JSON file each in ``data/presets``, in the order of their numbers.

Where the source printed numbers, the file has them as printed; whether ours agree is worked out here, from a trace.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from ..core.network import Network
from ..core.record.trace import Trace, trace

PRESETS = Path(__file__).parent / "data" / "presets"
GROUPS = Path(__file__).parent / "data" / "preset_groups.json"


def preset_names() -> tuple[str, ...]:
    """All names in display order, from the names of the files alone; the first is the lecture's example."""
    return tuple(_files())


def preset(name: str) -> dict[str, Any]:
    """One preset, a new object each time: its file's content, its name, and of each printed number whether ours agrees.

    Raises:
        KeyError: there is no such preset; the message names those there are.
    """
    if name not in _files():
        raise KeyError(f"no preset {name!r}; there are {', '.join(_files())}")
    found: dict[str, Any] = json.loads(_document(name))
    return found


def preset_groups() -> list[dict[str, Any]]:
    """The groups in which pages list the presets, in order: name, title in both languages, names of the presets."""
    found: list[dict[str, Any]] = json.loads(GROUPS.read_text("utf-8"))
    return found


def run(request: Mapping[str, Any]) -> Trace:
    """The trace that a preset's request asks for."""
    return trace(
        Network.from_lists(request["network"]["layers"]),
        request["x"],
        request["target"],
        request["loss"],
        learning_rate=request.get("learning_rate"),
        freeze=request.get("freeze", ()),
    )


def agrees(printed: str, ours: float) -> bool:
    """Whether ``ours``, rounded to as many decimal places, is the number printed; a tie may go either way."""
    half = Decimal(5).scaleb(-decimal_places(printed) - 1)
    return isfinite(ours) and abs(Decimal(ours) - Decimal(printed)) <= half


def decimal_places(printed: str) -> int:
    """How many digits ``printed`` has after its decimal point: 2 for "0.50", 0 for "4"."""
    return len(printed.partition(".")[2])


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """Each name with its file; ``010-lecture-1-1.json`` is "lecture-1-1" and stands before 020."""
    return {path.stem.partition("-")[2]: path for path in sorted(PRESETS.glob("*.json"))}


@lru_cache(maxsize=256)
def _document(name: str) -> str:
    """The whole preset as JSON text, so that no caller can change what the next one gets."""
    content = json.loads(_files()[name].read_text(encoding="utf-8"))
    if "published" in content:
        record = run(content["request"])
        content["published"] = [_compared(row, record) for row in content["published"]]
    return json.dumps({"name": name, **content})


def _compared(row: Mapping[str, Any], record: Trace) -> dict[str, Any]:
    printed, ours = row["printed"], float(record.values[record.layout.position[row["pointer"]]])
    return {
        "pointer": row["pointer"],
        "value": float(printed),
        "digits": decimal_places(printed),
        "agrees": agrees(printed, ours),
        "remark": row.get("remark"),
    }
