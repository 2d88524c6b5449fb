"""Static files: compressed for those who take it, asked about each time, and never served from outside the folder."""

from __future__ import annotations

import gzip

import pytest
from starlette.testclient import TestClient

from app.api.trace import examples
from app.resources import STATIC

SCRIPT = "js/record/types.js"
FONT = "vendor/katex/fonts/KaTeX_Math-Italic.woff2"


def test_text_is_compressed_for_a_client_that_takes_it(client: TestClient) -> None:
    response = client.get(f"/static/{SCRIPT}", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) < (STATIC / SCRIPT).stat().st_size / 2
    assert response.content == (STATIC / SCRIPT).read_bytes()
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("accepted", ["identity", "", "gzip;q=0", "gzip; q=0.0", "gzipped", "br"])
def test_a_client_that_does_not_take_it_gets_the_file_as_it_is(client: TestClient, accepted: str) -> None:
    response = client.get(f"/static/{SCRIPT}", headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in response.headers
    assert response.content == (STATIC / SCRIPT).read_bytes()
    assert response.headers["vary"] == "Accept-Encoding"


def test_a_weight_that_cannot_be_read_is_no_error(client: TestClient) -> None:
    assert client.get(f"/static/{SCRIPT}", headers={"Accept-Encoding": "gzip;q=much"}).status_code == 200


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_what_the_browser_has_is_not_sent_again(client: TestClient, accepted: str) -> None:
    headers = {"Accept-Encoding": accepted}
    first = client.get(f"/static/{SCRIPT}", headers=headers)
    again = client.get(f"/static/{SCRIPT}", headers={**headers, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == first.headers["cache-control"] == "no-cache"


def test_the_two_forms_of_a_file_have_two_tags(client: TestClient) -> None:
    tags = {
        client.get(f"/static/{SCRIPT}", headers={"Accept-Encoding": each}).headers["etag"] for each in ("gzip", "br")
    }
    assert len(tags) == 2


def test_a_font_is_sent_as_it_is(client: TestClient) -> None:
    response = client.get(f"/static/{FONT}", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers
    assert response.content == (STATIC / FONT).read_bytes()


def test_the_same_bytes_are_made_each_time() -> None:
    from app.api.wire.outgoing.static import compressed

    path = STATIC / SCRIPT
    made = compressed(str(path), path.stat().st_mtime_ns)
    assert gzip.decompress(made) == path.read_bytes()
    assert compressed(str(path), path.stat().st_mtime_ns) is made


@pytest.mark.parametrize("path", ["/", "/api/v1/catalog", "/api/v1/presets", "/openapi.json", "/plain/mazur"])
def test_long_answers_to_a_read_are_compressed_once(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["vary"]
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == response.content


@pytest.mark.parametrize(("steps", "encoding"), [("none", None), ("unit", "gzip")])
def test_a_trace_is_compressed_where_its_steps_make_it_long(client: TestClient, steps: str, encoding: str) -> None:
    body = {**examples.TRACE, "steps": steps}
    response = client.post("/api/v1/trace", json=body, headers={"Accept-Encoding": "gzip"})
    assert response.headers.get("content-encoding") == encoding
    assert "content-encoding" not in client.post("/api/v1/trace", json=body, headers={"Accept-Encoding": ""}).headers
