"""The command line: an address on the screen, a sentence when something is in the way, an end when it is asked for."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __main__ as command_line
from app import __version__
from app.settings import Settings
from tests.server import ROOT, Server


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def started(*options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The outcome of a start that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "app", *options], cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60
    )


def test_the_address_is_printed_and_answers(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        assert server.greeting == f"Backpropscope is at {server.url} (Ctrl+C stops it)\n"
        assert server.ask("GET", "/health/live").json() == {"status": "live"}
        assert server.ask("GET", "/health/ready").status == 200
    assert list(tmp_path.iterdir())


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM)])
def test_it_ends_when_asked_to_even_if_a_client_has_not_finished_speaking(
    tmp_path: Path, number: int, status: int
) -> None:
    with Server(tmp_path) as server:
        assert server.ask("GET", "/health/live").status == 200
        idle, half = server.connect(), server.connect()
        idle.connect()
        half.connect()
        half.sock.sendall(
            b"POST /api/v1/trace HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100\r\n\r\n{"
        )
        began = time.monotonic()
        assert server.stop(number) == status
        assert time.monotonic() - began < 5
        idle.close()
        half.close()


def test_two_processes_end_together(tmp_path: Path) -> None:
    with Server(tmp_path, "--workers", "2") as server:
        assert server.ask("GET", "/health/live").status == 200
        assert server.stop() == 0
        with pytest.raises(ConnectionError):
            server.ask("GET", "/health/live")


def test_a_port_in_use_is_said_in_a_sentence(taken: int) -> None:
    outcome = started("--port", str(taken), "--no-browser")
    assert outcome.returncode not in (0, None)
    assert outcome.stderr == f"Port {taken} is in use already. Choose another one, or 0 for any that is free.\n"
    assert outcome.stdout == ""


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("BACKPROPSCOPE_MAX_LAYERS", "0", "BACKPROPSCOPE_MAX_LAYERS: Input should be greater than or equal to 1.\n"),
        ("BACKPROPSCOPE_CORS_ORIGINS", "*", "BACKPROPSCOPE_CORS_ORIGINS: Expected a JSON array of strings.\n"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(variable: str, value: str, said: str) -> None:
    outcome = started("--port", "0", "--no-browser", **{variable: value})
    assert outcome.returncode not in (0, None)
    assert outcome.stderr == said


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("no-such-host.invalid", 0, "No address is known for the host no-such-host.invalid."),
        ("192.0.2.1", 0, "192.0.2.1 is not an address of this machine."),
    ],
)
def test_a_host_that_cannot_be_listened_on_is_named(host: str, port: int, said: str) -> None:
    with pytest.raises(command_line.StartError) as refused:
        command_line.listen(host, port)
    assert str(refused.value) == said


@pytest.mark.parametrize("text", ["-1", "65536", "8000.0", "", "٨", "port"])
def test_a_port_is_a_whole_number_in_range(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="whole number from 0 to 65535"):
        command_line.whole_number(0, 65535)(text)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("2001:db8::1", "http://[2001:db8::1]:80"),
        ("backprop.example", "http://backprop.example:80"),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(host: str, expected: str) -> None:
    assert command_line.address(host, 80) == expected


@pytest.mark.parametrize(
    ("terminal", "platform", "variables", "expected"),
    [
        (True, "linux", {"DISPLAY": ":0"}, True),
        (True, "linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        (True, "linux", {}, False),
        (False, "linux", {"DISPLAY": ":0"}, False),
        (True, "darwin", {}, True),
        (True, "darwin", {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, False),
    ],
)
def test_a_browser_is_for_a_person_before_a_screen(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, platform: str, variables: dict[str, str], expected: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert command_line.someone_watches() is expected


@pytest.mark.parametrize(("options", "watched", "opened"), [([], True, 1), ([], False, 0), (["--no-browser"], True, 0)])
def test_the_browser_opens_at_the_printed_address(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    watched: bool,
    opened: int,
) -> None:
    urls: list[str] = []
    monkeypatch.setattr(webbrowser, "open", urls.append)
    monkeypatch.setattr(command_line, "someone_watches", lambda: watched)

    def serve(listener: socket.socket, workers: int, settings: Settings) -> bool:
        assert workers == 1
        deadline = time.monotonic() + 10
        while len(urls) < opened and time.monotonic() < deadline:
            time.sleep(0.01)
        return True

    monkeypatch.setattr(command_line, "serve", serve)
    monkeypatch.setattr(command_line, "bound_threads", lambda number: None)
    assert command_line.main(["--port", "0", *options]) == 0
    printed = capsys.readouterr().out
    assert len(urls) == opened
    assert all(url in printed for url in urls)


def test_it_knows_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        command_line.main(["--version"])
    assert capsys.readouterr().out == f"backpropscope {__version__}\n"
