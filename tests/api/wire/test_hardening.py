"""The headers of every answer by the rules of Mozilla's Observatory, and texts that try to be more than text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from app.api.trace.examples import TRACE
from app.main import create_app
from app.settings import Settings

PATHS = [
    "/",
    "/docs",
    "/plain/lecture-1-1",
    "/problems",
    "/openapi.json",
    "/api/v1/catalog",
    "/static/js/pages/docs.js",
    "/no",
]
HALF_A_YEAR = 15_768_000


def policy(headers: Mapping[str, str]) -> dict[str, list[str]]:
    parts = (part.split() for part in headers["content-security-policy"].split(";"))
    return {directive: sources for directive, *sources in parts}


def observatory(headers: Mapping[str, str]) -> int:
    """The score of an answer over HTTPS: 100, less what is missing, and the extras only from 90 on.

    Source: MDN HTTP Observatory, "Tests & scoring", the rows that such a server can meet or miss.
    """
    csp = policy(headers)
    scripts = csp.get("script-src", csp["default-src"])
    styles = csp.get("style-src", csp["default-src"])
    score, extra = 100, 0
    if not csp or "'unsafe-inline'" in scripts or "https:" in scripts or "data:" in scripts or "*" in scripts:
        score -= 20
    elif "'unsafe-eval'" in scripts:
        score -= 10
    elif not any(source.startswith("'unsafe") for source in styles):
        extra += 5
    hsts = headers.get("strict-transport-security", "max-age=0")
    age = int(hsts.partition("max-age=")[2].partition(";")[0])
    score -= 0 if age >= HALF_A_YEAR else 10 if age else 20
    score -= 0 if headers.get("x-content-type-options") == "nosniff" else 5
    if "frame-ancestors" in csp:
        extra += 5
    elif headers.get("x-frame-options") not in ("DENY", "SAMEORIGIN"):
        score -= 20
    if headers.get("referrer-policy") in ("no-referrer", "same-origin", "strict-origin"):
        extra += 5
    if headers.get("cross-origin-resource-policy") in ("same-origin", "same-site"):
        extra += 10
    score -= 50 if headers.get("access-control-allow-origin") == "*" else 0
    assert "set-cookie" not in headers
    return score + (extra if score >= 90 else 0)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_gets_an_a_plus_behind_tls(app_over_tls: TestClient, path: str) -> None:
    headers = app_over_tls.get(path).headers
    assert observatory(headers) >= 100
    csp = policy(headers)
    assert csp["object-src"] == csp["base-uri"] == ["'none'"]
    scripts = csp.get("script-src", csp["default-src"])
    assert scripts == (["'none'"] if path.startswith("/static/") else ["'self'"])
    assert "permissions-policy" in headers


@pytest.fixture(scope="module")
def app_over_tls(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("data")))
    return TestClient(app, base_url="https://course.example")


@pytest.mark.parametrize(
    ("without", "score"),
    [("strict-transport-security", 80), ("x-content-type-options", 120), ("referrer-policy", 120)],
)
def test_the_rules_notice_what_is_missing(app_over_tls: TestClient, without: str, score: int) -> None:
    headers = dict(app_over_tls.get("/").headers)
    del headers[without]
    assert observatory(headers) <= score


def test_the_rules_notice_a_policy_that_lets_scripts_in(app_over_tls: TestClient) -> None:
    headers = dict(app_over_tls.get("/").headers)
    headers["content-security-policy"] += "; script-src 'self' 'unsafe-inline'"
    assert observatory(headers) <= 80


def test_hsts_can_be_left_to_the_proxy_and_is_never_sent_in_the_clear(tmp_path: Path) -> None:
    off = TestClient(create_app(Settings(data_dir=tmp_path, hsts_seconds=0)), base_url="https://course.example")
    assert "strict-transport-security" not in off.get("/").headers
    clear = TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://course.example")
    assert "strict-transport-security" not in clear.get("/").headers


BREAKS = ["", "'", '"', "'>", '">', "</title>", "</textarea>", "</script>", "]]>", "-->", "`", "\\", "{{", "{%"]
LOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "javascript:alert(1)",
    "<style>@import'//e.example'</style>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "\\href{javascript:alert(1)}{x}",
    "{{7*7}}",
    "{%print(1)%}",
    "${7*7}",
    '=HYPERLINK("//e.example")',
    "\u202egnp.exe\u0000",
    "<a href='data:text/html,<script>alert(1)</script>'>",
    "\ufeff<?xml-stylesheet href='javascript:alert(1)'?>",
]
HOSTILE = [first + second for first in BREAKS for second in LOADS][:200]


def test_there_are_two_hundred_hostile_texts() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) == 200


def test_hostile_texts_in_a_body_are_answered_as_json_that_does_not_repeat_them(client: TestClient) -> None:
    for text in HOSTILE:
        bodies = [
            {**TRACE, "loss": text},
            {**TRACE, text: 1},
            {**TRACE, "steps": text},
            {**TRACE, "x": text},
            text,
            {"network": {"layers": [{"w": [[1]], "b": [0], "activation": text}]}, "x": [1], "target": [1]},
        ]
        for body in bodies:
            answer = client.post("/api/v1/trace", json=body)
            assert answer.status_code == 422
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            details = [answer.json()["detail"], *(each["detail"] for each in answer.json().get("errors", []))]
            assert not any("<" in detail and text in detail for detail in details)


def test_hostile_texts_in_an_address_are_shown_as_text_or_not_at_all(client: TestClient) -> None:
    fields = ("lang", "x", "target", "learning_rate", "loss", "w1", "b1", "theme")
    clean = {path: markup(client.get(path).text) for path in ("/", "/plain/lecture-1-1")}
    for text in HOSTILE:
        for path in clean:
            page = client.get(path, params=dict.fromkeys(fields, text), headers={"Accept-Language": "en"})
            assert page.status_code in (200, 422), (path, text)
            found = markup(page.text)
            assert "alert(1)" not in "".join(found.scripts)
            assert not found.handlers
            assert found.scripts <= clean[path].scripts
        name = client.get(f"/plain/{quote(text, safe='')}")
        assert name.status_code == 404
        assert not markup(name.text).handlers


class Markup:
    """The scripts that a page runs and the handlers it carries."""

    def __init__(self, scripts: set[str], handlers: list[str]) -> None:
        self.scripts = scripts
        self.handlers = handlers


def markup(page: str) -> Markup:
    from html.parser import HTMLParser

    found = Markup(set(), [])

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag in ("script", "iframe", "object", "embed", "base", "meta"):
                found.scripts.add(json.dumps([tag, *attrs]))
            for name, value in attrs:
                if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "data:text")):
                    found.handlers.append(f"{name}={value}")

    Reader().feed(page)
    return found
