from __future__ import annotations

import itertools
import re

import pytest
from starlette.testclient import TestClient

from app.library.glossary import glossary
from app.library.lessons import lesson, lesson_names
from app.library.presets import preset, preset_names
from app.pages.course import measured
from app.pages.numbers import significant

from .test_plain import Page, get

PATHS = (
    "/course",
    "/glossary",
    "/gallery",
    "/practice",
    "/worksheet?show=both",
    *(f"/course/{name}" for name in lesson_names()),
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_of_the_course_stands_alone(client: TestClient, path: str, language: str) -> None:
    page = get(client, path, lang=language)
    assert not any(attributes.get("style") for _, attributes in page.elements)
    assert all(attributes.get("src") for attributes in page.all("script"))
    ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(set(ids)) == len(ids)
    headings = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(headings))


def test_the_list_links_to_every_lesson_once(client: TestClient) -> None:
    links = [a["href"] or "" for a in get(client, "/course").all("a") if a.get("id") != "go-on"]
    assert [link.removeprefix("./course/") for link in links if "/course/" in link] == list(lesson_names())


@pytest.mark.parametrize("name", lesson_names())
def test_a_lesson_shows_its_numbers_with_all_their_digits_beside(client: TestClient, name: str) -> None:
    answer = client.get(f"/course/{name}", params={"lang": "en"})
    page = Page(answer.text)
    numbers = [attributes for _, attributes in page.elements if attributes.get("class") == "number"]
    for attributes in numbers:
        assert attributes["data-pointer"]
        shown = {significant(float(attributes["data-value"] or ""), digits) for digits in range(1, 7)}
        assert any(text in page.text for text in shown)
    scenes = [attributes["data-scene"] for attributes in page.all("section") if "data-scene" in attributes]
    assert scenes == [scene["name"] for scene in lesson(name)["scenes"]]


def test_terms_lead_into_the_glossary(client: TestClient) -> None:
    known = {term["name"] for term in glossary()}
    for name in lesson_names():
        links = [a["href"] or "" for a in get(client, f"/course/{name}").all("a") if a.get("class") == "term"]
        assert {link.removeprefix("../glossary#") for link in links} <= known


def test_a_lesson_that_is_not_there_is_a_page_with_those_that_are(client: TestClient) -> None:
    page = get(client, "/course/nothing", 404)
    assert sum("/course/" in (a["href"] or "") for a in page.all("a")) == len(lesson_names())


def test_the_gallery_has_the_famous_disagreement_with_its_reason(client: TestClient) -> None:
    page = get(client, "/gallery", lang="en")
    assert "0.291027924" in page.text
    differing = [row for name in preset_names() for row in preset(name).get("published", []) if not row["agrees"]]
    assert sum(attributes.get("class") == "differs" for attributes in page.all("td")) == len(differing) > 1
    assert all(row["remark"]["en"] in page.text for row in differing)


def test_a_number_of_a_table_has_a_bar_as_long_as_its_share_of_the_largest() -> None:
    rows = [
        [[{"text": "a"}], [{"fact": "x", "text": "8"}], [{"pointer": "/loss/value", "value": -0.5}]],
        [[{"text": "b"}], [{"fact": "y", "text": "2"}], [{"text": "none"}]],
        [[{"text": "c"}], [{"fact": "z", "text": "0"}], [{"pointer": "/loss/value", "value": 0.25}]],
    ]

    def shares(common: bool) -> list[list[float | None]]:
        return [[cell["share"] for cell in row] for row in measured(rows, common)]

    assert shares(False) == [[None, 1.0, 1.0], [None, 0.25, None], [None, 0.0, 0.5]]
    assert shares(True) == [[None, 1.0, 0.0625], [None, 0.25, None], [None, 0.0, 0.03125]]
