"""SIGTERM while streams are open: each is told why it ends, what was reached is kept, and the server is gone soon."""

from __future__ import annotations

import json
import signal
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from app.api.training.schemas import XOR
from tests.server import Server

LONG = {**XOR, "epochs": 10_000, "sizes": [2, 512, 64, 1], "keep": True}
SECONDS = 5.0


class Listener(threading.Thread):
    """Reads one stream to its end.

    Attributes:
        run: the id of the run, once it has begun.
        last: name and data of the last event.
    """

    def __init__(self, connection: HTTPConnection) -> None:
        super().__init__()
        self.connection = connection
        self.begun = threading.Event()
        self.run_id = ""
        self.last: tuple[str, dict[str, Any]] = ("", {})
        self.epochs: list[int] = []

    def run(self) -> None:
        headers = {"Content-Type": "application/json"}
        with closing(self.connection):
            self.connection.request("POST", "/api/v1/training", json.dumps(LONG), headers)
            name = ""
            for line in self.connection.getresponse():
                if line.startswith(b"event: "):
                    name = line[7:].decode().strip()
                elif line.startswith(b"data: "):
                    self.last = name, json.loads(line[6:])
                    self.take(name, self.last[1])

    def take(self, name: str, data: dict[str, Any]) -> None:
        if name == "started":
            self.run_id = data["run"]
        elif name == "epoch":
            self.epochs.append(data["epoch"])
            self.begun.set()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_streams_are_told_their_runs_are_kept_and_the_server_ends_soon(tmp_path: Path, workers: str) -> None:
    with Server(tmp_path, "--workers", workers) as server:
        listeners = [Listener(server.connect()) for _ in range(3)]
        for listener in listeners:
            listener.start()
        assert all(listener.begun.wait(20) for listener in listeners)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(20)
        took = time.monotonic() - began
        for listener in listeners:
            listener.join(5)
        assert server.complaints() == ""
    assert took < SECONDS
    with Server(tmp_path) as server:
        for listener in listeners:
            assert listener.epochs == list(range(len(listener.epochs)))
            name, data = listener.last
            assert (name, data["reason"], data["kept"]) == ("stopped", "server", True)
            run = server.ask("GET", f"/api/v1/runs/{listener.run_id}").json()
            assert run["state"] == "stopped"
            assert [record["epoch"] for record in run["records"]] == listener.epochs
