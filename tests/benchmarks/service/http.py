"""The trace route as people run it against a bare FastAPI hello-world under uvicorn, one process each.

Ours has its bounds on connections and all that goes around a request; the other's options are those that ours sets.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from app.api.trace import examples

from ..rows import Row
from ..timing import Lap, alternated
from .load import HOST, request, seconds_per_request

GROUP = "http"

OURS = ("app", "--no-browser")
PEER = (
    *("uvicorn", "tests.benchmarks.service.hello:create_app", "--factory", "--http", "httptools", "--ws", "none"),
    *("--log-level", "warning", "--no-access-log", "--lifespan", "on", "--no-server-header"),
)
GOALS = {"none": 0.70, "unit": 0.35}
ROUNDS = 11
SECONDS = 1.0
START_SECONDS = 20.0


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        port: int = listening.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server accepts connections. Raises ``RuntimeError`` if it does not, or has ended."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("a server did not start")


@contextmanager
def served(module: Sequence[str]) -> Iterator[int]:
    """Run a module that serves, in a process of its own; gives the port."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", *module, "--host", HOST, "--port", str(port)],
            env={**os.environ, "BACKPROPSCOPE_DATA_DIR": folder},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=10)


def lap(runner: asyncio.Runner, port: int, message: bytes) -> Lap:
    """A lap of a second of load."""
    return lambda: runner.run(seconds_per_request(port, message, SECONDS))


def rows() -> Iterator[Row]:
    """The lecture's network with ``steps`` none and unit."""
    import uvloop

    with served(OURS) as own, served(PEER) as other, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        hello = lap(runner, other, request("GET", "/"))
        for steps, goal in GOALS.items():
            body = json.dumps({**examples.TRACE, "steps": steps}).encode()
            trace = lap(runner, own, request("POST", "/api/v1/trace", body))
            for warm in (trace, hello):
                warm()
            name = f"POST /api/v1/trace, steps {steps}, 64 connections"
            yield Row(GROUP, name, "FastAPI hello-world", alternated(trace, hello, ROUNDS), goal)
