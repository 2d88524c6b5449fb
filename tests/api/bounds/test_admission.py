"""Who may ask: the name of the server, pages of other sites, preflights."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.api.bounds.admission import Hosts
from app.api.trace.examples import TRACE
from app.main import create_app
from app.settings import Settings
from tests.api.contract import assert_problem
from tests.server import Server

OWN = "http://testserver"
FRIEND = "https://friend.example"
FOREIGN = "https://elsewhere.example"


@pytest.fixture(scope="module")
def friendly(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(create_app(Settings(data_dir=tmp_path_factory.mktemp("data"), cors_origins=(FRIEND,))))


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8000", "LOCALHOST.", "127.0.0.1:1", "192.168.7.3", "[::1]:8000", "[fe80::1]", "::1"],
)
def test_localhost_and_addresses_are_answered(host: str) -> None:
    refusal = Hosts("").refusal(host.encode())
    # Without its brackets an IPv6 address is no Host.
    assert (refusal is None) == (host != "::1")


@pytest.mark.parametrize(("tag", "title"), [("en", "not called by this name"), ("zh-CN", "不以此名称")])
def test_who_comes_by_another_name_is_shown_a_page_that_says_so(friendly: TestClient, tag: str, title: str) -> None:
    headers = {"Host": "other.example", "Accept": "text/html,*/*;q=0.8", "Accept-Language": tag}
    answer = friendly.get("/lab", headers=headers)
    assert (answer.status_code, answer.headers["Content-Language"]) == (421, tag)
    assert title in answer.text
    # Under this name every link leads here again.
    assert 'class="ways"' not in answer.text


@pytest.mark.parametrize("host", ["a.example", "A.Example:8443", "b.example.", "c"])
def test_names_of_the_setting_are_answered(host: str) -> None:
    assert Hosts("a.example, https://b.example:8443/ c").refusal(host.encode()) is None
    refusal = Hosts("d.example").refusal(host.encode())
    assert refusal is not None
    assert refusal.kind.status == 421


def test_any_name_is_answered_if_the_setting_says_so() -> None:
    assert Hosts("*").refusal(b"rebound.example") is None


@pytest.mark.parametrize(
    "host", [b"", b"a b", b"a@localhost", b"localhost:x", b"localhost/", b"\xff", b"[::1", b"a,localhost"]
)
def test_what_is_no_host_is_refused(host: bytes) -> None:
    refusal = Hosts("").refusal(host)
    assert refusal is not None
    assert refusal.kind.status == 400


def test_a_name_that_somebody_else_owns_is_not_answered(client: TestClient) -> None:
    for path in ("/", "/api/v1/version", "/static/js/pages/docs.js", "/health/live"):
        assert_problem(client.get(path, headers={"Host": "rebound.example"}), "host-not-allowed")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere.example\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nHost: bound.example\r\n", b"200"),
        (b"GET / HTTP/1.0\r\n", b"200"),
    ],
)
def test_host_is_there_exactly_once(named: Server, head: bytes, status: bytes) -> None:
    parts = urlsplit(named.url)
    with closing(socket.create_connection((parts.hostname, parts.port), timeout=10)) as raw:
        raw.sendall(head + b"Connection: close\r\n\r\n")
        assert raw.recv(4096).split(b" ")[1] == status


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    variables = {"BACKPROPSCOPE_ALLOWED_HOSTS": "bound.example"}
    with Server(tmp_path_factory.mktemp("data"), variables=variables) as server:
        yield server


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "something new"},
        {"Origin": FOREIGN},
        {"Origin": "null"},
        {"Origin": "http://testserver:8001"},
        {"Origin": "http://["},
        {"Origin": FRIEND},
        {"Origin": OWN, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_page_of_another_site_posts_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert_problem(client.post("/api/v1/sessions", json=TRACE, headers=headers), "other-site")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": OWN}, {"Origin": OWN, "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}],
)
def test_our_own_pages_and_programs_post(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/v1/trace", json=TRACE, headers=headers).status_code == 200


def test_a_page_of_another_site_reads_nothing_of_the_api_but_may_link_to_it(client: TestClient) -> None:
    picture = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    for path in ("/api/v1/datasets/moons", "/health/ready"):
        assert_problem(client.get(path, headers=picture), "other-site")
        assert client.get(path, headers=link).status_code == 200
    for path in ("/", "/course", "/static/js/pages/docs.js"):
        assert client.get(path, headers=link).status_code == 200
    assert_problem(client.delete(f"/api/v1/runs/{'a' * 32}", headers=link), "other-site")


def test_an_origin_of_the_setting_may_call(friendly: TestClient) -> None:
    headers = {"Origin": FRIEND, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    assert friendly.post("/api/v1/trace", json=TRACE, headers=headers).status_code == 200
    assert_problem(friendly.post("/api/v1/trace", json=TRACE, headers={**headers, "Origin": FOREIGN}), "other-site")


def preflight(client: TestClient, origin: str, headers: str) -> Response:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": headers}
    return client.options("/api/v1/trace", headers=asked)


def test_a_preflight_is_answered_and_one_that_is_refused_is_a_problem(friendly: TestClient) -> None:
    let_in = preflight(friendly, FRIEND, "content-type")
    assert let_in.status_code == 200
    assert let_in.headers["access-control-allow-origin"] == FRIEND
    assert_problem(preflight(friendly, FRIEND, "x-own"), "other-site")
    assert_problem(preflight(friendly, FOREIGN, "content-type"), "other-site")


def test_a_preflight_is_a_problem_where_no_other_origin_may_call(client: TestClient) -> None:
    assert_problem(preflight(client, FOREIGN, "content-type"), "other-site")


def test_the_host_that_the_command_line_names_is_allowed(tmp_path: Path) -> None:
    with Server(tmp_path, "--host", "localhost", variables={"BACKPROPSCOPE_ALLOWED_HOSTS": ""}) as server:
        assert server.ask("GET", "/health/live").status == 200
