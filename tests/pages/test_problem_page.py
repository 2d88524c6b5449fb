"""A path without a page is a page for a browser, and problem+json for a program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.pages.i18n import LANGUAGES
from app.pages.problem_page import PAGES
from app.settings import Settings

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PROGRAM = {"accept": "*/*"}


@pytest.mark.parametrize("path", ["/nope", "/explore", "/course/nope/deeper", "/a/b/c/d", "/practice/", "/%E4%BD%A0"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_is_shown_a_page_in_its_language_with_ways_on(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path, headers={**BROWSER, "accept-language": language}, follow_redirects=True)
    if path == "/practice/":
        assert answer.status_code == 200
        return
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["vary"].startswith("Accept, Accept-Language, Cookie")
    assert ("这里" in answer.text or "此处" in answer.text) == (language == "zh")
    links = re.findall(r'<li><a href="([^"]+)"', answer.text)
    assert len(links) >= len(PAGES)
    for link in links:
        assert client.get(answer.url.join(link), follow_redirects=True).status_code == 200, link


@pytest.mark.parametrize("path", ["/nope", "/a/b/c/d", "/lab/nothing"])
@pytest.mark.parametrize(
    "accept",
    ["*/*", "application/json", "application/problem+json, text/html;q=0.1", "text/html;q=0", "text/html;q=x", None],
)
def test_a_program_is_told_in_json(client: TestClient, path: str, accept: str | None) -> None:
    answer = client.get(path, headers={} if accept is None else {"accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/not-found"


@pytest.mark.parametrize(
    "path", ["/api/v1/nope", "/api/v1/", "/api", "/static/nope.js", "/api/v1/presets/nope", "/health/no"]
)
def test_the_api_answers_a_browser_in_json_too(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER, follow_redirects=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/course/", "/course"),
        ("/lab/?lang=zh", "/lab?lang=zh"),
        ("/course/neuron/", "/course/neuron"),
        ("/course//", "/course"),
        ("/plain/lecture-1-1/?/x/0=2", "/plain/lecture-1-1?/x/0=2"),
        ("/docs/", "/docs"),
    ],
)
@pytest.mark.parametrize("headers", [BROWSER, PROGRAM])
def test_a_slash_at_the_end_leads_to_the_page(client: TestClient, path: str, to: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers, follow_redirects=False)
    assert answer.status_code == 308
    assert not answer.headers["location"].startswith(("/", "http")), "relative, so that it holds behind a proxy"
    url = answer.url.join(answer.headers["location"])
    assert url.raw_path.decode() == to


@pytest.mark.parametrize("path", ["//example.org/", "/nope/", "//"])
def test_no_slash_leads_away_from_here(client: TestClient, path: str) -> None:
    answer = client.get(f"http://testserver{path}", headers=BROWSER, follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/curse", "course"),
        ("/course/neurn/x", "neuron"),
        ("/back-propagation/backward-pas", "backward-pass"),
        ("/plain2/lecture_1_1", "lecture-1-1"),
        ("/Glossary.html", "glossary"),
    ],
)
def test_a_name_that_is_nearly_right_is_offered(client: TestClient, path: str, wanted: str) -> None:
    page = client.get(path, headers=BROWSER).text
    offered = re.search(r'<ul class="meant">(.*?)</ul>', page, re.DOTALL)
    assert offered
    assert re.search(rf'href="[./]*/(?:[a-z]+/)?{wanted}"', offered[1])


def test_nothing_of_the_path_is_repeated_on_the_page(client: TestClient) -> None:
    page = client.get("/<script>alert(1)</script>", headers=BROWSER)
    assert page.status_code == 404
    assert "alert(1)" not in page.text.split('<main id="main"')[1].split("</main>")[0]


def test_a_method_that_a_page_lacks_and_a_parameter_that_it_cannot_read_are_pages_too(client: TestClient) -> None:
    refused = client.post("/lab", headers=BROWSER)
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, HEAD"
    assert refused.headers["content-type"].startswith("text/html")
    assert client.post("/lab", headers=PROGRAM).headers["content-type"] == "application/problem+json"


def test_a_fault_of_the_server_is_a_page_with_its_number(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path))

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("broken on purpose")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken", headers={**BROWSER, "accept-language": "zh"})
        assert answer.status_code == 500
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["x-request-id"] in answer.text
        assert "服务器出错" in answer.text
        assert client.get("/broken", headers=PROGRAM).json()["type"] == "/problems/internal-error"


def test_a_busy_server_says_so_on_a_page(tmp_path: Path) -> None:
    from app.api.wire.problems import STORE_UNAVAILABLE, TOO_BUSY, Problem

    app = create_app(Settings(data_dir=tmp_path))
    for path, kind in (("/busy", TOO_BUSY), ("/away", STORE_UNAVAILABLE)):

        def fail(kind=kind) -> None:
            raise Problem(kind, "No.", headers={"Retry-After": "7"})

        app.get(path)(lambda fail=fail: fail())
    with TestClient(app) as client:
        for path, status in (("/busy", 429), ("/away", 503)):
            answer = client.get(path, headers=BROWSER)
            assert answer.status_code == status
            assert answer.headers["retry-after"] == "7"
            assert "7 seconds" in answer.text
