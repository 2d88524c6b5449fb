"""What pages load is asked for once: under the release of all files, for ever; the style sheets of a page in one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import assets
from app.resources import STATIC

PAGES = ["/", "/lab", "/course", "/course/backward-pass", "/practice", "/bugs", "/glossary", "/gallery", "/docs"]
LINK = re.compile(r'(?:src|href)="\.{0,2}/?(static/[^"]+)"')


def address(name: str) -> str:
    return f"/static/{assets.release()}/{name}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_all_that_it_loads_under_the_release(client: TestClient, path: str) -> None:
    page = client.get(path).text
    found = [each.removeprefix("../") for each in LINK.findall(page)]
    assert len(found) >= 3
    assert {each.split("/")[1] for each in found} == {assets.release()}
    for each in found:
        response = client.get(f"/{each}")
        assert (response.status_code, response.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_a_file_is_the_same_under_the_release(client: TestClient, accepted: str) -> None:
    for name in ("js/record/types.js", "favicon.svg", "vendor/katex/fonts/KaTeX_Math-Italic.woff2"):
        for _ in range(2):
            response = client.get(address(name), headers={"Accept-Encoding": accepted})
            assert response.content == (STATIC / name).read_bytes()
            assert ("content-encoding" in response.headers) == (accepted == "gzip" and not name.endswith(".woff2"))


def test_who_asks_first_with_a_condition_leaves_the_whole_file_for_the_next(client: TestClient) -> None:
    name = address("js/record/mark.js")
    first = client.get(name, headers={"Range": "bytes=0-3", "If-None-Match": '"none"'})
    assert (first.status_code, first.content) == (200, (STATIC / "js/record/mark.js").read_bytes())
    again = client.get(name, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name", ["", "js", "js/none.js", "../app/main.py", "%2e%2e/pyproject.toml", "css/pages/none.css"]
)
def test_what_is_not_there_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(address(name)).status_code == 404
    assert client.get(f"/static/000000000000/{name}").status_code == 404


def test_a_sheet_comes_with_all_that_it_imports_in_their_order(client: TestClient) -> None:
    text = client.get(address("css/pages/lesson.css")).text
    assert "@import" not in text
    names = re.findall(r'url\("([^"]+)"\)', (STATIC / "css/pages/with-stage.css").read_text("utf-8"))
    assert len(names) > 10
    places = []
    for name in names:
        rules = (STATIC / "css/pages" / name).read_text("utf-8")
        start = re.split(r"url\(", rules)[0][:200]
        assert start in text, name
        places.append(text.index(start))
    assert places == sorted(places)
    fonts = [each for each in re.findall(r"url\((\.\.[^)]+)\)", text) if each.endswith(".woff2")]
    assert len(fonts) > 10
    for font in fonts:
        assert client.get(address(f"css/pages/{font}")).status_code == 200


def test_each_page_has_its_sheet_and_each_sheet_its_page() -> None:
    templates = {path.stem: path.read_text("utf-8") for path in (STATIC.parent / "templates").glob("*.html")}
    used = {name for text in templates.values() for name in re.findall(r"{% block sheet %}([\w-]+){%", text)}
    used |= {name for text in templates.values() for name in re.findall(r"css/pages/([\w-]+)\.css", text)}
    assert used | {"with-stage"} == {path.stem for path in (STATIC / "css" / "pages").glob("*.css")}


def test_every_module_that_a_page_needs_first_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_bundled", dict)
    graph = assets.entry.__wrapped__("explorer").graph
    assert len(graph) > 60
    assert len(set(graph)) == len(graph)
    assert all((STATIC / each).is_file() for each in graph)
    with pytest.raises(KeyError):
        assets.entry.__wrapped__("none")


def test_a_bundle_of_other_scripts_is_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"lab": {"script": "bundle/pages/lab.js", "graph": []}}
    monkeypatch.setattr(assets, "BUNDLE", tmp_path)
    assert assets._bundled.__wrapped__() == {}
    for source, expected in (("0", set()), (assets.content_of(assets.SCRIPTS), {"lab"})):
        (tmp_path / "manifest.json").write_text(json.dumps({"source": source, "pages": pages}))
        assert assets._bundled.__wrapped__().keys() == expected


def test_another_content_is_another_release(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.js").write_text("1")
    first = assets.content_of(tmp_path)
    assert assets.content_of(tmp_path) == first
    (tmp_path / "a" / "b.js").write_text("2")
    second = assets.content_of(tmp_path)
    (tmp_path / "a" / "b.js").rename(tmp_path / "a" / "c.js")
    assert len({first, second, assets.content_of(tmp_path)}) == 3
