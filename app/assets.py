"""The addresses of what the pages load: under a hash of all of it, so that a browser asks for each file once.

``static/<release>/…`` is the same as ``static/…`` and may be kept for ever; when any file changes, so does the release.
Where a bundle was built of the scripts as they are (``npm run bundle``), a page loads it, not a hundred modules.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from .resources import STATIC

BUNDLE = STATIC / "bundle"
SCRIPTS = STATIC / "js"
IMPORT = re.compile(r"""^(?:import|export)\s(?:[^"'`;]*?\sfrom\s)?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
"""An import that a module cannot start without, as prettier lays it out."""
SHEET = re.compile(r"""^@import url\("([^":]+)"\);\n""", re.MULTILINE)
URL = re.compile(r"""url\(["']?(?!data:|#|https?:)([^"')]+)["']?\)""")


@dataclass(frozen=True)
class Entry:
    """A page's own script.

    Attributes:
        script: its address under ``static/<release>/``.
        graph: the addresses of all that it imports before it starts.
    """

    script: str
    graph: tuple[str, ...]


def content_of(folder: Path) -> str:
    """A hash of names and contents of all files below a folder."""
    whole = sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        whole.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def sheet(address: str) -> str:
    """A style sheet with what it imports written in, so that it comes in one piece.

    Args:
        address: below ``static/``.
    """
    return _written_in(address, dirname(address))


def _written_in(address: str, home: str) -> str:
    """A sheet, and in it the addresses of fonts and pictures as they are seen from ``home``."""
    here = dirname(address)

    def seen(match: re.Match[str]) -> str:
        return f"url({relpath(normpath(join(here, match[1])), home)})"

    parts, at = [], 0
    text = (STATIC / address).read_text("utf-8")
    for found in SHEET.finditer(text):
        parts += [URL.sub(seen, text[at : found.start()]), _written_in(normpath(join(here, found[1])), home)]
        at = found.end()
    return "".join([*parts, URL.sub(seen, text[at:])])


@cache
def release() -> str:
    """What stands for the files as they are when the process starts."""
    return content_of(STATIC)[:12]


@cache
def _bundled() -> dict[str, Entry]:
    """The bundle's entries, if one was built of just these scripts."""
    try:
        manifest = json.loads((BUNDLE / "manifest.json").read_bytes())
    except FileNotFoundError:
        return {}
    if manifest["source"] != content_of(SCRIPTS):
        return {}
    return {page: Entry(entry["script"], tuple(entry["graph"])) for page, entry in manifest["pages"].items()}


@cache
def entry(page: str) -> Entry:
    """The script of a page, ``js/pages/<page>.js`` or what was bundled of it.

    Raises:
        KeyError: there is no such page.
    """
    if page in _bundled():
        return _bundled()[page]
    address = f"js/pages/{page}.js"
    if not (STATIC / address).is_file():
        raise KeyError(page)
    known: dict[str, None] = {}
    waiting = [address]
    while waiting:
        here = waiting.pop()
        for name in IMPORT.findall((STATIC / here).read_text("utf-8")):
            there = normpath(join(dirname(here), name))
            if there not in known and there != address:
                known[there] = None
                waiting.append(there)
    return Entry(address, tuple(known))
