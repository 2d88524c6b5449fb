"""Behind a reverse proxy: under a path, over TLS, believed only where it may come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.api.trace.examples import TRACE
from app.main import create_app
from app.settings import Settings
from tests.server import Server

PREFIX = "/course/backpropscope"


@pytest.mark.parametrize("seen", ["", PREFIX], ids=["the proxy takes the path off", "the proxy leaves the path on"])
def test_everything_is_found_under_a_path(tmp_path: Path, seen: str) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path, root_path=PREFIX))) as client:
        for path in (
            "/",
            "/docs",
            "/plain/lecture-1-1",
            "/static/js/pages/docs.js",
            "/health/ready",
            "/api/v1/catalog",
        ):
            assert client.get(seen + path).status_code == 200, path
        assert client.get(f"{seen}/nothing").status_code == 404
        assert client.get(f"{seen}/openapi.json").json()["servers"][0]["url"] == PREFIX
        made = client.post(f"{seen}/api/v1/sessions", json=TRACE)
        assert made.headers["location"] == f"{PREFIX}/api/v1/sessions/{made.json()['id']}"
        zipped = client.get(f"{seen}/static/js/pages/docs.js", headers={"Accept-Encoding": "gzip"})
        assert zipped.headers["content-encoding"] == "gzip"


def forwarded(server: Server, headers: Mapping[str, str]) -> Mapping[str, str]:
    """The headers of an answer to a request with these headers."""
    with closing(server.connect()) as connection:
        connection.request("GET", "/health/live", headers=dict(headers))
        response = connection.getresponse()
        response.read()
        return {name.lower(): value for name, value in response.getheaders()}


OVER_TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


def test_a_proxy_is_believed_only_if_it_is_one_of_the_setting(tmp_path: Path) -> None:
    with Server(tmp_path) as near:
        assert forwarded(near, OVER_TLS)["strict-transport-security"] == "max-age=31536000"
        assert "strict-transport-security" not in forwarded(near, {})
        assert "strict-transport-security" not in forwarded(near, {"X-Forwarded-Proto": "gopher"})
    with Server(tmp_path, variables={"BACKPROPSCOPE_FORWARDED_ALLOW_IPS": "192.0.2.0/24"}) as far:
        assert "strict-transport-security" not in forwarded(far, OVER_TLS)


def test_the_path_is_a_setting_of_the_command_too(tmp_path: Path) -> None:
    with Server(tmp_path, variables={"BACKPROPSCOPE_ROOT_PATH": PREFIX}) as server:
        for seen in ("", PREFIX):
            assert server.ask("GET", f"{seen}/static/js/pages/docs.js").status == 200
            assert json.loads(server.ask("GET", f"{seen}/openapi.json").content)["servers"][0]["url"] == PREFIX


@pytest.mark.parametrize("value", ["course", "/course/", "/a b", "/a?b", "//elsewhere.example", "/..%2f"])
def test_a_path_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="root_path"):
        Settings(root_path=value)
