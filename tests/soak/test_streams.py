"""Two hundred event streams at once, half of them cut off; then SIGTERM under as many."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.api.training.schemas import XOR
from tests.server import Server
from tests.soak.client import Streams, connected, head, report

pytestmark = pytest.mark.soak

STREAMS = 200
EPOCHS = 400
BODY = {**XOR, "epochs": EPOCHS}
LONG = {**XOR, "epochs": 10_000, "sizes": [2, 1000, 1]}
"""So large that what a reader leaves unread is soon as much as the buffers between it and the server hold."""
POOLED_THREADS = 4
"""Those that serve long computations and the store; they wait for more once they have begun."""
READER_SECONDS = 60.0
VARIABLES = {
    "BACKPROPSCOPE_READER_SECONDS": str(READER_SECONDS),
    "BACKPROPSCOPE_MAX_CONCURRENT_TRAININGS": str(STREAMS),
    "BACKPROPSCOPE_MAX_CONCURRENT_WORK": str(STREAMS),
    "BACKPROPSCOPE_METRICS": "true",
}


@asynccontextmanager
async def begun(server: Server, body: dict[str, Any]) -> AsyncIterator[Streams]:
    """A connection on which a training has begun; it waits for its reader."""
    async with connected(server, buffer=2**18) as (reader, writer):
        writer.write(head("POST", "/api/v1/training", json.dumps(body).encode()))
        top = await reader.readuntil(b"\r\n\r\n")
        assert top.startswith(b"HTTP/1.1 200 "), top
        await reader.readuntil(b"event: epoch")
        yield reader, writer


def events(received: bytes) -> list[tuple[str, dict[str, Any]]]:
    """The events in what came in chunks."""
    content = b""
    while received:
        size, _, rest = received.partition(b"\r\n")
        length = int(size, 16)
        content += rest[:length]
        received = rest[length + 2 :]
        if not length:
            break
    found = []
    for block in content.decode().split("\n\n")[:-1]:
        name, data = block.split("\n", 1)
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


async def whole(server: Server) -> list[int]:
    """One training, read to its end; its epochs in the order in which they came."""
    async with connected(server) as (reader, writer):
        writer.write(head("POST", "/api/v1/training", json.dumps(BODY).encode()))
        top = await reader.readuntil(b"\r\n\r\n")
        assert top.startswith(b"HTTP/1.1 200 "), top
        received = bytearray()
        while not received.endswith(b"0\r\n\r\n"):
            piece = await reader.read(2**20)
            assert piece, "the stream was cut"
            received += piece
    found = events(bytes(received))
    assert [name for name, _ in found[:1] + found[-1:]] == ["started", "finished"]
    return [data["epoch"] for name, data in found if name == "epoch"]


async def cut(server: Server) -> None:
    """One training that is left soon after it has begun."""
    async with begun(server, LONG):
        pass


def threads(server: Server) -> int:
    """How many threads the server has (Linux)."""
    return sum(1 for _ in Path(f"/proc/{server.process.pid}/task").iterdir())


def processor(server: Server) -> float:
    """Seconds of computing that the server has used (Linux)."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_every_event_comes_in_order_and_nothing_is_left_running(tmp_path: Path) -> None:
    async def run(server: Server) -> None:
        assert await whole(server) == list(range(EPOCHS + 1))
        before = threads(server)
        began = time.perf_counter()
        reading = [asyncio.create_task(whole(server)) for _ in range(STREAMS // 2)]
        await asyncio.gather(*(cut(server) for _ in range(STREAMS // 2)))
        for epochs in await asyncio.gather(*reading):
            assert epochs == list(range(EPOCHS + 1))
        seconds = time.perf_counter() - began
        await asyncio.sleep(1)
        left = threads(server) - before
        shown = server.ask("GET", "/metrics").content.decode()
        busy = processor(server)
        await asyncio.sleep(1)
        busy = processor(server) - busy
        report("200 streams, half cut off", seconds=seconds, threads_left=left, busy_seconds_of_1=busy)
        assert left <= POOLED_THREADS
        assert busy < 0.2
        assert "backpropscope_requests_in_progress 1.0" in shown

    with Server(tmp_path, variables=VARIABLES) as server:
        asyncio.run(run(server))
        assert server.complaints() == ""


def ended(server: Server) -> float:
    """Wait for its end; when that was."""
    server.process.wait(30)
    return time.monotonic()


def test_sigterm_ends_a_server_with_two_hundred_streams_in_five_seconds(tmp_path: Path) -> None:
    async def run(server: Server) -> tuple[float, int]:
        async with AsyncExitStack() as stack:
            opening = [stack.enter_async_context(begun(server, LONG)) for _ in range(STREAMS)]
            # None of them is read meanwhile, and the server lets go of a reader that stalls.
            async with asyncio.timeout(READER_SECONDS):
                opened = await asyncio.gather(*opening)
            began = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            # In a thread, since this one is busy with reading what the server says last.
            ending = asyncio.create_task(asyncio.to_thread(ended, server))
            rest = await asyncio.gather(*(reader.read(-1) for reader, _ in opened))
            seconds = await ending - began
        return seconds, sum(b'"reason":"server"' in each for each in rest)

    with Server(tmp_path, variables=VARIABLES) as server:
        seconds, told = asyncio.run(run(server))
    report("SIGTERM under 200 streams", seconds=seconds, told=told)
    assert told == STREAMS
    assert seconds < 5
