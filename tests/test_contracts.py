"""What every page, style sheet, script and catalogue must hold to."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.server import ROOT
from tests.sources import code, shown

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = ROOT / "static"
MADE = {"vendor", "bundle"}
"""Written by others, or by a program."""
OURS = sorted(path for path in STATIC.rglob("*") if path.is_file() and path.relative_to(STATIC).parts[0] not in MADE)
STYLES = [path for path in OURS if path.suffix == ".css"]
SCRIPTS = [path for path in OURS if path.suffix == ".js"]
DRAWINGS = [path for path in OURS if path.suffix == ".svg"]
CATALOGUES = sorted((STATIC / "js" / "i18n").glob("*.json"))
VENDORED = sorted(path for path in (STATIC / "vendor").iterdir() if path.is_dir())

ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
ADDRESS_IN_SCRIPT = re.compile(r"""["'`](?:https?:|wss?:)?//[\w.]+""")
NAMESPACE = re.compile(r"""["'`]http://www\.w3\.org/""")
LOADED_BY_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)
INLINE_FROM_SCRIPT = re.compile(
    r"""setAttribute\(\s*["'`]style|\bstyle\s*=\s*\\?["']|\beval\(|new Function\(|document\.write"""
)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SAID = re.compile(r"""\bt\(\s*["']([\w.-]+)["']|data-i18n=["']([\w.-]+)["']""")


class Page(HTMLParser):
    """Finds what the Content-Security-Policy would refuse, and what would be asked of another host."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.faults.append(f"inline <{tag}>")
        self.script = tag == "script" and "src" in attributes
        for name, value in attributes.items():
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.faults.append(f"{name} on <{tag}>")
            if tag != "a" and not name.startswith("xmlns") and ELSEWHERE.match(value or ""):
                self.faults.append(f"<{tag}> loads {value}")

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and data.strip():
            self.faults.append("a script between tags")


def faults(markup: str) -> list[str]:
    page = Page()
    page.feed(markup)
    return page.faults


@pytest.mark.parametrize("path", TEMPLATES + DRAWINGS, ids=shown)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        '<script src="a.js">go()</script>',
        "<style>p {}</style>",
        '<p style="color: red">',
        '<p onclick="go()">',
        '<a href=" javascript:go()">',
        '<img src="https://elsewhere.example/a.png">',
        '<link rel="stylesheet" href="//elsewhere.example/a.css">',
        '<form action="http://elsewhere.example/">',
    ],
)
def test_the_reader_of_pages_sees_each_fault(markup: str) -> None:
    assert len(faults(markup)) == 1


def test_a_link_in_the_text_is_no_fault() -> None:
    assert faults('<a href="https://doi.org/10.1038/323533a0">Nature</a><img src="a.png" alt="">') == []


@pytest.mark.parametrize("path", STYLES, ids=shown)
def test_style_sheets_load_nothing_from_elsewhere(path: Path) -> None:
    assert LOADED_BY_STYLE.findall(code(path)) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=shown)
def test_scripts_name_no_other_host_and_write_nothing_inline(path: Path) -> None:
    text = code(path)
    assert ADDRESS_IN_SCRIPT.findall(NAMESPACE.sub("", text)) == []
    assert INLINE_FROM_SCRIPT.findall(text) == []


@pytest.mark.parametrize("folder", VENDORED, ids=shown)
def test_what_is_vendored_says_its_version_and_licence(folder: Path) -> None:
    package = json.loads((folder / "package.json").read_text("utf-8"))
    assert package["version"]
    assert package["license"]
    assert (folder / "LICENSE").stat().st_size > 0


def catalogue(path: Path) -> dict[str, Any]:
    """One language; a key that stands there twice is an error."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"twice: {sorted({key for key in keys if keys.count(key) > 1})}"
        return dict(pairs)

    return dict(json.loads(path.read_text("utf-8"), object_pairs_hook=once))


def test_there_are_both_languages() -> None:
    assert {"en", "zh"} <= {path.stem for path in CATALOGUES}


@pytest.mark.parametrize("path", CATALOGUES, ids=shown)
def test_catalogues_say_the_same_things(path: Path) -> None:
    english, other = catalogue(STATIC / "js" / "i18n" / "en.json"), catalogue(path)
    assert other.keys() == english.keys()
    assert [key for key, text in other.items() if not (isinstance(text, str) and text.strip())] == []
    different = [
        key for key in english if set(PLACEHOLDER.findall(other[key])) != set(PLACEHOLDER.findall(english[key]))
    ]
    assert different == []


@pytest.mark.parametrize("path", TEMPLATES + SCRIPTS, ids=shown)
def test_what_is_said_stands_in_the_catalogue(path: Path) -> None:
    keys = {
        called or marked
        for called, marked in SAID.findall(code(path) if path.suffix == ".js" else path.read_text("utf-8"))
    }
    known = catalogue(STATIC / "js" / "i18n" / "en.json").keys()
    # A key that ends in a dot is the beginning of one, such as "phase." before the phase's name.
    begun = {key for key in keys if key.endswith(".") and any(each.startswith(key) for each in known)}
    assert sorted(keys - known - begun) == []
