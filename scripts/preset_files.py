"""Write preset files in the layout that is easiest to read and to edit: one line for each vector and matrix row."""

from __future__ import annotations

import json
from typing import Any

from app.library.presets import PRESETS

WIDTH = 120


def text(value: Any, indent: int = 0) -> str:
    """``value`` as JSON; vectors and small things stay on one line, the whole file and a list of objects do not."""
    line = json.dumps(plain(value), ensure_ascii=False)
    vector = isinstance(value, list) and not any(isinstance(each, list | dict) for each in value)
    small = indent and indent + len(line) < WIDTH and "[{" not in line
    if vector or small or not isinstance(value, list | dict):
        return line
    inner, margin = "\n" + " " * (indent + 2), "\n" + " " * indent
    if isinstance(value, dict):
        members = [f"{json.dumps(key)}: {text(each, indent + 2)}" for key, each in value.items()]
        return "{" + inner + f",{inner}".join(members) + margin + "}"
    return "[" + inner + f",{inner}".join(text(each, indent + 2) for each in value) + margin + "]"


def plain(value: Any) -> Any:
    """The same with whole floats as integers: people write 1, not 1.0, and to JSON they are one number."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def write(file_name: str, content: dict[str, Any]) -> None:
    """Write one preset; the name of the file is its place in the list and its name, ``180-xor-learned``."""
    (PRESETS / f"{file_name}.json").write_text(text(content) + "\n", encoding="utf-8")
