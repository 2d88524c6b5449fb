"""Short links: kept for a page's long link, and leading to that page and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.api.contract import assert_problem

LINK = {"page": "lab", "fragment": "v=1&data=xor&sizes=2-3-1&own=~AbC_-&l2=1e-3&x=1,%C3%A4"}


def kept(client: TestClient, **changes: Any) -> dict[str, str]:
    answer = client.post("/api/v1/links", json={**LINK, **changes})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_link_is_kept_and_comes_back_letter_by_letter(client: TestClient) -> None:
    answer = client.post("/api/v1/links", json=LINK)
    assert answer.status_code == 201
    assert client.get(answer.headers["location"]).json() == LINK
    short = answer.json()
    assert short["path"] == f"s/{short['id']}"
    assert re.fullmatch(r"[\w-]{22}", short["id"])


def test_the_same_link_is_kept_once_and_another_apart(client: TestClient) -> None:
    assert kept(client) == kept(client)
    assert kept(client)["id"] != kept(client, page="explorer")["id"]
    assert kept(client)["id"] != kept(client, fragment=LINK["fragment"] + "0")["id"]


@pytest.mark.parametrize(("page", "place"), [("explorer", "../"), ("lab", "../lab")])
def test_the_short_link_leads_to_its_page_by_a_way_that_is_short(client: TestClient, page: str, place: str) -> None:
    short = kept(client, page=page, fragment="v=1&theta=" + "1," * 50_000 + "1")
    answer = client.get("/" + short["path"], follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{place}#s={short['id']}"


def test_a_short_link_works_behind_a_prefix(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path, root_path="/lab/tools")), root_path="/lab/tools") as client:
        short = kept(client)
        location = client.get("/" + short["path"], follow_redirects=False).headers["location"]
    assert location.startswith("../lab#s=")


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/", "", "../lab", "Lab", "s"]
)
def test_no_page_but_ours_is_led_to(client: TestClient, page: str) -> None:
    assert_problem(client.post("/api/v1/links", json={**LINK, "page": page}), "validation")


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "a b",
        "v=1\r\nSet-Cookie: a=b",
        "v=1\nx",
        "v=1#x",
        "<script>",
        '"',
        "ä",
        "v=1\x00",
        "\u2028",
        "v=1\\",
        "`",
        "[1]",
        "v=1 ",
        "\ufeffv=1",
    ],
)
def test_what_is_no_fragment_is_refused_at_its_field(client: TestClient, fragment: str) -> None:
    problem = assert_problem(client.post("/api/v1/links", json={**LINK, "fragment": fragment}), "validation")
    assert [each["pointer"] for each in problem["errors"]] == ["/fragment"]


def test_a_link_that_is_too_long_is_refused_by_the_limits_name(client: TestClient) -> None:
    most = client.get("/api/v1/catalog").json()["limits"]["link_characters"]
    kept(client, fragment="x" * most)
    answer = client.post("/api/v1/links", json={**LINK, "fragment": "x" * (most + 1)})
    assert assert_problem(answer, "limit-exceeded")["limit"] == {"name": "link_characters", "value": most}


@pytest.mark.parametrize("id", ["x" * 22, "x", "%2e%2e", "x" * 5000, "%00", "'; DROP TABLE links; --", "ä"])
def test_an_id_that_nothing_is_kept_under_is_not_found(client: TestClient, id: str) -> None:
    for path in (f"/api/v1/links/{id}", f"/s/{id}"):
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 404, path
        assert "location" not in answer.headers


def test_who_follows_a_short_link_that_is_gone_is_told_so_on_a_page(client: TestClient) -> None:
    answer = client.get("/s/" + "x" * 22, headers={"Accept": "text/html", "Accept-Language": "zh"})
    assert answer.status_code == 404
    assert "没有这个短链接" in answer.text


def test_links_make_room_for_one_another_and_those_that_are_used_stay(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, store_bytes=4 * 2**20)
    with TestClient(create_app(settings)) as client:
        ids = [kept(client, fragment=f"v=1&theta={number:06}" + "x" * 150_000)["id"] for number in range(60)]
        statuses = [client.get(f"/api/v1/links/{each}").status_code for each in ids]
    assert statuses[0] == 404
    assert statuses[-5:] == [200] * 5
    assert (tmp_path / "sessions.sqlite3").stat().st_size <= settings.store_bytes
