"""Cards with a drawn network: course, gallery and the pictures themselves, without a script."""

from __future__ import annotations

from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from app.library.lessons import lesson_names
from app.library.presets import preset, preset_groups, preset_names
from app.pages.drawing import LARGE, MOST_UNITS, drawing

from .test_plain import get


def test_every_preset_is_in_one_group_and_has_its_card(client: TestClient) -> None:
    names = [name for group in preset_groups() for name in group["presets"]]
    assert sorted(names) == sorted(preset_names())
    page = get(client, "/gallery", lang="en")
    links = [each for each in page.all("a") if each.get("data-preset")]
    assert [each.get("data-preset") for each in links] == names
    assert sum("net" in (each.get("class") or "").split() for each in page.all("svg")) == len(names)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_course_has_a_picture_a_number_and_a_start_for_each_lesson(client: TestClient, language: str) -> None:
    page = get(client, "/course", lang=language)
    cards = [each.get("data-lesson") for each in page.all("li") if each.get("data-lesson")]
    assert cards == list(lesson_names())
    assert sum("net" in (each.get("class") or "").split() for each in page.all("svg")) == len(cards)
    assert sum(each.get("class") == "card-number" for each in page.all("span")) == len(cards)
    assert sum(each.get("class") == "card-go" for each in page.all("span")) == len(cards)
    (go_on,) = [each for each in page.all("a") if each.get("id") == "go-on"]
    assert str(go_on.get("href")).endswith(f"/course/{lesson_names()[0]}")


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("scale", [None, LARGE], ids=["small", "large"])
def test_a_drawing_has_its_units_inside_and_its_weights_as_they_are(name: str, scale: object) -> None:
    request = preset(name)["request"]
    net = drawing(request) if scale is None else drawing(request, LARGE)
    for node in net.nodes:
        assert net.radius <= node.x <= net.width - net.radius
        assert net.radius <= node.y <= net.height - net.radius
    layers = request["network"]["layers"]
    shown = [
        min(size, MOST_UNITS - (size > MOST_UNITS))
        for size in (len(request["x"]), *(len(each["b"]) for each in layers))
    ]
    pictured = bool(net.pixels)
    assert len(net.nodes) == sum(shown[pictured:])
    assert len(net.wires) == sum(below * above for below, above in list(pairwise(shown))[pictured:])
    assert {wire.negative for wire in net.wires if wire.weight.startswith("−")} <= {True}
    assert not any(wire.negative for wire in net.wires if not wire.weight.startswith("−"))


def test_a_digit_is_drawn_as_its_picture() -> None:
    request = preset("handwritten-digit")["request"]
    net = drawing(request)
    assert len(net.pixels) == 64
    assert [each.ink for each in net.pixels] == [round(value / max(request["x"]), 2) for value in request["x"]]
    assert len({each.x for each in net.pixels}) == len({each.y for each in net.pixels}) == 8
    assert len(net.rests) == 2


def test_what_is_pointed_at_is_lit_and_nothing_else() -> None:
    net = drawing(preset("lecture-1-1")["request"], lit=["/layers/1/w/0/1", "/layers/2/dl_dz/1", "/x/0", "/loss/value"])
    assert [(wire.weight, wire.lit) for wire in net.wires if wire.lit] == [("−1", True)]
    assert [(node.kind, node.name) for node in net.nodes if node.lit] == [("input", 1), ("output", 2)]
