"""docs/architecture.md: what it names is there, and it names every room."""

from __future__ import annotations

import re

import pytest

from tests.server import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PATH = re.compile(r"`((?:app|static)/[\w./-]+)`")


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("path", sorted(set(PATH.findall(PAGE))))
def test_a_path_leads_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_picture_names_what_is_there() -> None:
    picture = section("One number, from the request to the pixel")
    assert [path for path in re.findall(r"(?:app|static/js)/[a-z/]+", picture) if not (ROOT / path).is_dir()] == []
    record = ROOT / "app" / "core" / "record"
    assert [name for name in re.findall(r"^   ([a-z]+(?:\.py|/))", picture, re.M) if not (record / name).exists()] == []


def test_at_least_ten_behaviours_have_a_place() -> None:
    rows = re.findall(r"^\| (?!behaviour|---)[^|]+\| (.+) \|$", section("Where do I change …"), re.M)
    assert len(rows) >= 10
    assert all(PATH.fullmatch(place) for place in rows)


def test_the_map_has_every_room() -> None:
    rooms = section("The rooms")
    folders = [*(each.parent for each in (ROOT / "app").glob("*/__init__.py")), *(ROOT / "static" / "js").iterdir()]
    names = [path.relative_to(ROOT).as_posix() for path in folders if path.is_dir()]
    assert [name for name in names if f"`{name}/" not in rooms] == []
