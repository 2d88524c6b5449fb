"""A load generator: one request over and over on many connections, for a bounded time, on this machine only."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import cast

HOST = "127.0.0.1"
CONNECTIONS = 64
GRACE_SECONDS = 10.0
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


class LoadError(Exception):
    """An answer that was not 200, or a connection that ended."""


@dataclass
class Load:
    """What all connections share.

    Attributes:
        message: the request as it goes over the wire.
        deadline: no request is sent after it, on the clock of ``time.perf_counter``.
        open: connections that still wait for an answer.
        done: answers that came whole.
        ended: set once no connection waits any more; carries the error if there was one.
    """

    message: bytes
    deadline: float
    open: int
    done: int = 0
    ended: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def fail(self, error: Exception) -> None:
        """End the load with an error."""
        if not self.ended.done():
            self.ended.set_exception(error)

    def rest(self) -> None:
        """Count a connection as finished."""
        self.open -= 1
        if not self.open and not self.ended.done():
            self.ended.set_result(None)


class Connection(asyncio.Protocol):
    """Sends the request, waits for the whole answer, sends it again."""

    def __init__(self, load: Load) -> None:
        """Belong to ``load``."""
        self.load = load
        self.head = b""
        self.missing: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.load.message)

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer."""
        if self.missing is None:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            length = LENGTH.search(self.head, 0, end + 2)
            if length is None or not self.head.startswith(b"HTTP/1.1 200 "):
                self.load.fail(LoadError(self.head[:end].decode("latin-1")))
                return
            self.missing = int(length[1]) - (len(self.head) - end - 4)
            self.head = b""
        else:
            self.missing -= len(data)
        if self.missing <= 0:
            self.missing = None
            self.load.done += 1
            if time.perf_counter() < self.load.deadline:
                self.transport.write(self.load.message)
            else:
                self.load.rest()

    def connection_lost(self, error: Exception | None) -> None:
        """A server that closes while we wait is an error."""
        self.load.fail(error or LoadError("the server closed a connection"))


def request(method: str, path: str, body: bytes = b"") -> bytes:
    """An HTTP/1.1 request as bytes."""
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: */*\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


async def seconds_per_request(port: int, message: bytes, seconds: float, connections: int = CONNECTIONS) -> float:
    """Send ``message`` for so many seconds on so many connections; the time divided by the number of answers.

    Raises:
        LoadError: an answer was not 200, or a connection ended.
        TimeoutError: the last answers did not come.
    """
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    load = Load(message, started + seconds, connections)
    opened = [loop.create_connection(lambda: Connection(load), HOST, port) for _ in range(connections)]
    transports = [transport for transport, _ in await asyncio.gather(*opened)]
    try:
        async with asyncio.timeout(seconds + GRACE_SECONDS):
            await load.ended
        return (time.perf_counter() - started) / load.done
    finally:
        for transport in transports:
            transport.abort()
