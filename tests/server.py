"""A real server in a process of its own, started as a person would start it, and killed as a machine would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0


class Answer(NamedTuple):
    """One response, read to its end."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


def ask(connection: HTTPConnection, method: str, path: str, body: Any = None) -> Answer:
    """Send one request over an open connection; ``body`` is any JSON value."""
    content, headers = (None, {}) if body is None else (json.dumps(body), {"Content-Type": "application/json"})
    connection.request(method, path, content, headers)
    response = connection.getresponse()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


class Server:
    """``python -m app`` on a free port with a data folder of its own; ends with the block it is used in.

    Attributes:
        url: the address it printed.
    """

    def __init__(
        self,
        data_dir: Path,
        *options: str,
        command: Sequence[str] = (sys.executable, "-m", "app"),
        folder: Path = ROOT,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        handle, name = tempfile.mkstemp(prefix="backpropscope-", suffix=".log")
        self._errors = Path(name)
        self.process = subprocess.Popen(
            [*command, "--no-browser", "--port", "0", *options],
            cwd=folder,
            env={**os.environ, **(variables or {}), "BACKPROPSCOPE_DATA_DIR": str(data_dir)},
            stdout=subprocess.PIPE,
            stderr=handle,
            text=True,
            start_new_session=True,
        )
        os.close(handle)
        assert self.process.stdout is not None
        self.greeting = self.process.stdout.readline()
        found = [word for word in self.greeting.split() if word.startswith("http://")]
        if not found:
            self.kill()
            said = self.greeting + self.complaints()
            self._errors.unlink()
            raise AssertionError(f"the server printed no address: {said}")
        (self.url,) = found

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.stop()
        self.kill()
        self._errors.unlink(missing_ok=True)

    def connect(self, seconds: float = PATIENCE) -> HTTPConnection:
        """A new connection; requests on it wait at most so many seconds."""
        parts = urlsplit(self.url)
        assert parts.hostname is not None
        return HTTPConnection(parts.hostname, parts.port, timeout=seconds)

    def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """One request over a connection of its own."""
        connection = self.connect()
        try:
            return ask(connection, method, path, body)
        finally:
            connection.close()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end; gives the exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """SIGKILL to the process and, if there are any, its workers: nothing of it gets to say goodbye."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def complaints(self) -> str:
        """What it wrote to the standard error so far."""
        return self._errors.read_text()
