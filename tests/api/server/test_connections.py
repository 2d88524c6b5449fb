"""What a connection may cost: a long head, a late request, too many at once; and how a server with streams ends."""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPResponse
from importlib import metadata
from pathlib import Path

import pytest

from app.api.trace.examples import TRACE
from app.api.training.schemas import XOR
from app.server.connections import FREE_CHUNKS, MOST_AHEAD, MOST_HEADERS, SMALLEST_CHUNK, TRIED_WITH
from tests.server import Server

SECONDS = 1.0
HEAD = 4096
LONG = b"y" * 60
CONNECTIONS = 20
# A machine under test is slow now and then; the server must not be early at all.
LATE = 2.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    variables = {
        "BACKPROPSCOPE_REQUEST_SECONDS": str(SECONDS),
        "BACKPROPSCOPE_HEADER_BYTES": str(HEAD),
        "BACKPROPSCOPE_CONNECTIONS": str(CONNECTIONS),
    }
    with Server(tmp_path_factory.mktemp("data"), variables=variables) as running:
        assert running.ask("GET", "/health/live").status == 200
        yield running


def opened(server: Server) -> socket.socket:
    connection = server.connect()
    connection.connect()
    # The socket outlives the connection that made it.
    raw = connection.sock.dup()
    raw.settimeout(10)
    connection.close()
    return raw


def until_closed(raw: socket.socket) -> tuple[bytes, float]:
    """What still comes, and the seconds until the end."""
    began, received = time.monotonic(), b""
    while True:
        try:
            piece = raw.recv(65536)
        except ConnectionResetError:
            piece = b""
        if not piece:
            return received, time.monotonic() - began
        received += piece


def problem(answer: bytes, status: int) -> str:
    """The detail of a refusal, after a look at what every error has."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), answer[:200]
    headers = dict(line.lower().split(": ", 1) for line in head.decode().split("\r\n")[1:])
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    content = json.loads(body)
    assert content["status"] == status
    assert content["request_id"] == headers["x-request-id"]
    return str(content["detail"])


TYPED = b"POST /api/v1/trace HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
TRACE_BODY = json.dumps(TRACE).encode()
BEGUN = [
    pytest.param(b"GET /health/live HTTP/1.1\r\nHost: here\r\nX-Half: ", id="half a head"),
    pytest.param(b"GET /health", id="half a line"),
    pytest.param(TYPED + b"Content-Length: 100\r\n\r\n{", id="the beginning of a body"),
    pytest.param(TYPED + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", id="a chunk"),
]


@pytest.mark.parametrize("begun", BEGUN)
def test_a_request_that_does_not_come_whole_in_time_is_told_so_and_closed(server: Server, begun: bytes) -> None:
    with opened(server) as raw:
        raw.sendall(begun)
        answer, seconds = until_closed(raw)
    assert "1 s" in problem(answer, 408)
    assert SECONDS - 0.1 <= seconds < SECONDS + LATE


@pytest.mark.parametrize("piece", [b"x", b"\r\n"])
def test_a_byte_now_and_then_does_not_keep_it_open(server: Server, piece: bytes) -> None:
    with opened(server) as raw:
        began = time.monotonic()
        if piece == b"x":
            raw.sendall(b"GET / HTTP/1.1\r\nHost: here\r\nX-Slow: ")
        while not select.select([raw], [], [], 0.1)[0]:
            raw.sendall(piece)
            assert time.monotonic() - began < SECONDS + LATE
        until_closed(raw)
        assert time.monotonic() - began >= SECONDS - 0.1


def test_who_says_nothing_is_closed_without_a_word(server: Server) -> None:
    with opened(server) as raw:
        answer, seconds = until_closed(raw)
    assert answer == b""
    assert SECONDS - 0.1 <= seconds < SECONDS + LATE


def test_the_time_is_that_of_each_request_and_not_of_the_connection(server: Server) -> None:
    with closing(server.connect()) as connection:
        for _ in range(4):
            connection.request("GET", "/health/live")
            assert connection.getresponse().read() == b'{"status":"live"}'
            time.sleep(0.4 * SECONDS)


def test_an_answer_may_take_longer_than_a_request(server: Server, tmp_path: Path) -> None:
    variables = {"BACKPROPSCOPE_REQUEST_SECONDS": "0.2"}
    with Server(tmp_path, variables=variables) as impatient, closing(impatient.connect()) as connection:
        body = {**XOR, "epochs": 10_000, "keep": False}
        connection.request("POST", "/api/v1/training", json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        assert response.status == 200
        assert b"event: finished" in response.read()


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: here\r\nX-Long: " + b"x" * HEAD + b"\r\n\r\n", id="one long header"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: here\r\n" + b"X: %b\r\n" % LONG * 90 + b"\r\n", id="many headers"),
        pytest.param(b"GET /" + b"x" * HEAD + b" HTTP/1.1\r\nHost: here\r\n\r\n", id="a long address"),
        pytest.param(b"GET / HTTP/1.1\r\nX-Endless: " + b"x" * 40 * HEAD, id="a header without an end"),
        pytest.param(b"GET /" + b"x" * 40 * HEAD, id="an address without an end"),
    ],
)
def test_a_long_head_is_refused(server: Server, head: bytes) -> None:
    with opened(server) as raw:
        raw.sendall(head)
        answer, seconds = until_closed(raw)
    assert str(HEAD) in problem(answer, 431)
    assert seconds < SECONDS


def test_a_head_that_comes_slowly_is_refused_once_it_is_too_long(server: Server) -> None:
    with opened(server) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: here\r\nX-Long: ")
        for _ in range(HEAD // 500 + 1):
            raw.sendall(b"x" * 500)
            time.sleep(0.01)
        answer, _ = until_closed(raw)
    problem(answer, 431)


def test_a_head_below_the_limit_and_a_body_above_it_are_read(server: Server) -> None:
    padding = {"Content-Type": "application/json", "X-Padding": "x" * (HEAD - 400)}
    with closing(server.connect()) as connection:
        for _ in range(3):
            connection.request("POST", "/api/v1/trace", TRACE_BODY.ljust(9 * HEAD), padding)
            response = connection.getresponse()
            assert response.status == 200
            response.read()


CHUNKED = TYPED + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("begun", "piece"),
    [
        pytest.param(b"1\r\n{\r\n0\r\n", b"X-Trailer: y\r\n" * 1000, id="trailers"),
        pytest.param(b"1\r\n{\r\n0\r\nX-Endless: ", b"x" * 16_000, id="a trailer without an end"),
        pytest.param(b"1;a=", b"x" * 16_000, id="an extension without an end"),
        pytest.param(b"", b"1;" + b"a" * 300 + b"\r\n \r\n", id="an extension to each chunk"),
    ],
)
def test_what_stands_around_a_body_is_bounded(server: Server, begun: bytes, piece: bytes) -> None:
    with opened(server) as raw:
        raw.sendall(CHUNKED + begun)
        time.sleep(0.05)
        sent = 0
        with suppress(ConnectionError):
            while sent < 2**23 and not select.select([raw], [], [], 0)[0]:
                raw.sendall(piece)
                sent += len(piece)
                time.sleep(0.001)
        answer, _ = until_closed(raw)
    assert sent < 2**21
    problem(answer, 431)


def test_small_chunks_with_short_extensions_and_a_trailer_are_read(server: Server) -> None:
    body = TRACE_BODY.ljust(2 * FREE_CHUNKS * SMALLEST_CHUNK)
    pieces = [body[start : start + SMALLEST_CHUNK] for start in range(0, len(body), SMALLEST_CHUNK)]
    chunks = b"".join(b"%x;a=b\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    with opened(server) as raw:
        raw.sendall(CHUNKED)
        for start in range(0, len(chunks), 5000):
            raw.sendall(chunks[start : start + 5000])
        raw.sendall(b"0\r\nContent-Type: text/plain\r\n\r\n")
        response = HTTPResponse(raw)
        response.begin()
        assert response.status == 200
        response.read()


@pytest.mark.parametrize(
    ("headers", "rest"),
    [
        pytest.param(b"X: y\r\n" * 2 * MOST_HEADERS, b"\r\n", id="headers"),
        pytest.param(b"", b"\r\n" + b"1\r\n \r\n" * 4 * FREE_CHUNKS, id="chunks of a byte"),
    ],
)
def test_a_request_in_too_many_parts_is_refused(server: Server, headers: bytes, rest: bytes) -> None:
    with opened(server) as raw, suppress(ConnectionError):
        raw.sendall(TYPED + headers + b"Transfer-Encoding: chunked\r\n" + rest)
        answer, seconds = until_closed(raw)
    problem(answer, 431)
    assert seconds < SECONDS


def test_requests_ahead_of_their_answers_are_bounded(server: Server) -> None:
    one = b"GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n"
    with opened(server) as raw:
        raw.sendall(one * 1000)
        answer, seconds = until_closed(raw)
    assert answer.count(b"HTTP/1.1 200") <= 2 * MOST_AHEAD
    assert seconds < SECONDS


@pytest.mark.parametrize("ahead", [MOST_AHEAD // 2, 1000])
def test_what_was_asked_for_ahead_on_a_connection_that_is_gone_is_no_fault_of_the_server(
    server: Server, ahead: int
) -> None:
    one = b"GET /api/v1/catalog HTTP/1.1\r\nHost: here\r\n\r\n"
    before = len(server.complaints())
    for _ in range(CONNECTIONS):
        with opened(server) as raw, suppress(ConnectionError):
            raw.sendall(one * ahead)
            raw.recv(4096)
            # Closed with a reset, as who goes without having read does.
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert server.ask("GET", "/health/live").status == 200
    said = server.complaints()[before:].splitlines()
    assert [line for line in said if "Invalid HTTP request" not in line] == []


def test_the_installed_uvicorn_is_one_that_the_bounds_were_tried_with() -> None:
    assert metadata.version("uvicorn").startswith(tuple(f"{each}." for each in TRIED_WITH))


@pytest.mark.parametrize(
    "noise", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"HELLO\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"]
)
def test_what_is_no_request_is_refused_in_the_shape_of_every_error(server: Server, noise: bytes) -> None:
    with opened(server) as raw:
        raw.sendall(noise)
        answer, _ = until_closed(raw)
    assert "not an HTTP request" in problem(answer, 400)


def test_noise_after_a_request_does_not_get_into_its_answer(server: Server) -> None:
    head = TYPED + b"Content-Length: %d\r\n\r\n" % len(TRACE_BODY)
    with opened(server) as raw:
        raw.sendall(head + TRACE_BODY + b"\x00 noise\r\n\r\n")
        answer, _ = until_closed(raw)
    assert answer == b"" or answer.count(b"HTTP/1.1") == 1


def test_two_requests_in_one_piece_are_both_answered(server: Server) -> None:
    one = b"GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n"
    with opened(server) as raw:
        raw.sendall(one + one)
        time.sleep(0.2)
        answer = raw.recv(65536)
    assert answer.count(b"HTTP/1.1 200") == 2


def test_who_waits_longest_makes_room_and_the_honest_are_served(server: Server) -> None:
    idle = []
    for _ in range(2 * CONNECTIONS):
        idle.append(opened(server))
        answer = server.ask("GET", "/health/live")
        assert answer.status == 200
    time.sleep(0.1)
    gone = [bool(select.select([raw], [], [], 0)[0]) for raw in idle]
    for raw in idle:
        raw.close()
    assert all(gone[: CONNECTIONS - 1])
    assert not any(gone[-CONNECTIONS // 2 :])


def sent_at_length(server: Server, head: bytes, piece: bytes, times: int) -> bytes:
    """The answer to a long body, read only when all of it has been sent or can be sent no more."""
    with opened(server) as raw:
        raw.sendall(TYPED + head + b"\r\n")
        for _ in range(times):
            raw.sendall(piece)
        response = HTTPResponse(raw)
        response.begin()
        assert response.status == 413
        content = response.read()
        assert len(content) <= 4096
        return content


def test_a_body_over_the_limit_is_answered_although_it_is_still_being_sent(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        piece = b" " * 2**20
        for answer in (
            sent_at_length(server, b"Content-Length: %d\r\n" % (20 * 2**20), piece, 20),
            sent_at_length(server, b"Transfer-Encoding: chunked\r\n", b"100000\r\n" + piece + b"\r\n", 20),
        ):
            assert json.loads(answer)["limit"]["name"] == "body_bytes"


def test_a_body_without_an_end_is_cut_off(server: Server) -> None:
    with opened(server) as raw:
        raw.sendall(TYPED + b"Transfer-Encoding: chunked\r\n\r\n")
        began = time.monotonic()
        with suppress(ConnectionError):
            while time.monotonic() - began < SECONDS + 2 * LATE:
                raw.sendall(b"10000\r\n" + b" " * 2**16 + b"\r\n")
        assert SECONDS - 0.1 <= time.monotonic() - began < SECONDS + LATE


def test_who_asks_before_sending_a_body_over_the_limit_need_not_send_it(server: Server) -> None:
    with opened(server) as raw:
        head = TYPED + b"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n"
        raw.sendall(head % 2**30)
        answer, seconds = until_closed(raw)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert seconds < SECONDS


def test_an_idle_connection_is_closed_after_five_seconds(tmp_path: Path) -> None:
    """By default; a request may take longer than that."""
    with Server(tmp_path) as usual, opened(usual) as raw:
        raw.sendall(b"GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n")
        answer, seconds = until_closed(raw)
    assert answer.startswith(b"HTTP/1.1 200")
    assert 4.0 < seconds < 10.0
