"""The Lab's page as it is sent: its places, both languages, and a policy that only lets Plotly set styles."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

PLACES = ["toolbar", "transport", "recipe", "network", "live", "map", "views", "notices", "announcer", "tools"]


def policy(client: TestClient, method: str, path: str) -> dict[str, str]:
    """The content security policy of an answer, by directive."""
    header = client.request(method, path).headers["content-security-policy"]
    return dict(part.split(" ", 1) for part in header.split("; "))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_its_places_and_names_itself(client: TestClient, language: str) -> None:
    answer = client.get("/lab", params={"lang": language})
    assert answer.status_code == 200
    assert set(PLACES) <= set(re.findall(r' id="([\w-]+)"', answer.text))
    assert re.search(r'href="\./lab" aria-current="page"', answer.text)
    assert ("实验室" in answer.text) == (language == "zh")


def test_everything_the_page_names_is_there(client: TestClient) -> None:
    text = client.get("/lab").text
    named = {*re.findall(r'(?:src|href|data-plotly)="\./(static/[^"]+)"', text)}
    assert len(named) > 5
    for address in named:
        assert client.get("/" + address).status_code == 200, address


def test_styles_may_stand_in_elements_on_this_page_and_scripts_nowhere(client: TestClient) -> None:
    found = policy(client, "GET", "/lab")
    assert found["style-src"] == "'self' 'unsafe-inline'"
    assert found["default-src"] == "'self'"
    assert "script-src" not in found
    assert client.head("/lab").headers["content-security-policy"].count("unsafe-inline") == 1


@pytest.mark.parametrize(("method", "path"), [("POST", "/lab"), ("GET", "/lab/no"), ("GET", "/"), ("GET", "/labs")])
def test_other_pages_and_errors_keep_the_strict_policy(client: TestClient, method: str, path: str) -> None:
    assert "style-src" not in policy(client, method, path)
