"""Clients by the hundred in one process: what they sent, what came back, how long it took."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, closing, suppress
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from tests.server import PATIENCE, Server

SCALE = float(os.environ.get("SOAK_SCALE", "1"))
"""For trying the tests out: 0.1 makes them ten times shorter. The figures are those of 1."""
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def percentile(values: list[float], share: float) -> float:
    """The smallest value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def head(method: str, path: str, body: bytes = b"", media_type: str = "application/json") -> bytes:
    """A request as bytes."""
    kind = f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n" if body else ""
    return f"{method} {path} HTTP/1.1\r\nHost: here\r\n{kind}\r\n".encode() + body


@asynccontextmanager
async def connected(server: Server | str, buffer: int = 2**24) -> AsyncIterator[Streams]:
    """A new connection, gone at the end of the block; it takes about ``buffer`` bytes unread."""
    parts = urlsplit(server if isinstance(server, str) else server.url)
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, min(buffer, 2**20))
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, (parts.hostname, parts.port))
    reader, writer = await asyncio.open_connection(sock=raw, limit=buffer)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of an answer whose length is announced."""
    top = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(top)
    assert length is not None, top
    return int(top[9:12]), await reader.readexactly(int(length[1]))


async def ask(server: Server, method: str, path: str, body: Any = None) -> tuple[int, bytes, float]:
    """One request on a connection of its own: status, body and seconds."""
    began = time.perf_counter()
    async with connected(server) as (reader, writer):
        writer.write(head(method, path, b"" if body is None else json.dumps(body).encode()))
        status, content = await answer(reader)
    return status, content, time.perf_counter() - began


def probed(url: str, path: str, gap: float, stop: Event) -> list[float]:
    """Ask for ``path`` every ``gap`` seconds until told to stop; the seconds that each answer took."""
    parts = urlsplit(url)
    took = []
    while not stop.is_set():
        began = time.perf_counter()
        with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
        assert response.status == 200
        took.append(time.perf_counter() - began)
        time.sleep(gap)
    return took


async def meanwhile(
    server: Server, work: Callable[[], Coroutine[Any, Any, Any]], path: str = "/health/live", gap: float = 0.02
) -> tuple[Any, list[float]]:
    """Do ``work`` while an honest client asks; what the work gave and the seconds that each answer took.

    The honest client has a process of its own, so that it is not this one's work that makes it wait.
    """
    context = get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(1, context) as pool:
        stop = manager.Event()
        honest = pool.submit(probed, server.url, path, gap, stop)
        try:
            done = await work()
        finally:
            stop.set()
        return done, await asyncio.wrap_future(honest)


def memory(pid: int, name: str = "VmRSS") -> float:
    """Resident memory of a process in MB (Linux); by the name "VmHWM" the most that it has ever had."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    (kilobytes,) = (int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
    return kilobytes / 1024


def report(row: str, **figures: float) -> None:
    """Print one line of the table; ``pytest -s`` shows it."""
    print(f"\nsoak: {row}: " + ", ".join(f"{name} {value:.4g}" for name, value in figures.items()))
