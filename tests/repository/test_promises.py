"""Every promise of SECURITY.md names what holds it, and that is there."""

from __future__ import annotations

import re

import pytest

from tests.server import ROOT

PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
ROWS = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("|")][2:]
HELD = [(row[0].strip(), name) for row in ROWS for name in re.findall(r"`([^`]+)`", row[-1])]


def test_every_promise_is_held_by_something() -> None:
    assert ROWS
    assert {promise for promise, _ in HELD} == {row[0].strip() for row in ROWS}


@pytest.mark.parametrize(("promise", "name"), HELD)
def test_what_holds_a_promise_is_there(promise: str, name: str) -> None:
    if name.startswith("make "):
        assert name.removeprefix("make ") in TARGETS, promise
        return
    path = ROOT / name
    files = [path] if path.is_file() else [*path.rglob("test_*.py")]
    assert any(re.search(r"\bdef test_|^test\(", each.read_text("utf-8"), re.MULTILINE) for each in files), promise
