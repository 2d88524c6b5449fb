"""Every promise of SECURITY.md and every sentence of docs/operating.md has what holds it, and that is there."""

from __future__ import annotations

import re

import pytest

from tests.repository.operating import ADVICE
from tests.repository.operating import HELD as OPERATING
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


def sentences() -> list[str]:
    """What docs/operating.md says before its list of settings, which has tests of its own."""
    text = (ROOT / "docs" / "operating.md").read_text("utf-8").partition("## Settings")[0]
    blocks: list[str] = []
    for paragraph in re.split(r"\n\s*\n", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        lines = [line for line in paragraph.strip().splitlines() if not line.startswith("#")]
        if lines and lines[0].startswith("|"):
            blocks += lines[2:]
        else:
            blocks += re.split(r"(?:^|\s)- (?=`|[A-Z])", " ".join(lines))
    parts = (part for block in blocks for part in re.split(r"(?<=[a-z)`0-9]\.) (?=[A-Z`])", " ".join(block.split())))
    return [part for part in parts if part]


def test_every_sentence_on_operating_is_held_or_is_advice() -> None:
    said = sentences()
    assert len(said) > 40
    assert [each for each in said if not each.startswith((*OPERATING, *ADVICE))] == []
    assert [begun for begun in (*OPERATING, *ADVICE) if not any(each.startswith(begun) for each in said)] == []


@pytest.mark.parametrize("held", sorted(set(OPERATING.values())))
def test_what_holds_a_sentence_is_there(held: str) -> None:
    path, _, name = held.partition("::")
    if held.startswith("make "):
        assert held.removeprefix("make ") in TARGETS
    else:
        assert f"def {name or 'test_'}" in (ROOT / path).read_text("utf-8")
