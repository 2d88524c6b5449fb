"""What clients have tried to make a server hold: each attack bounded, an honest client answered, memory given back.

The server has a ceiling on its address space around it, so that what is not bounded fails here and not on a machine
that others use. The figures of a busy machine are those of the machine: SOAK_P99 says what an honest answer may take.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.api.trace.examples import TRACE
from app.api.training.schemas import XOR
from tests.server import Server
from tests.soak.client import SCALE, ask, connected, head, meanwhile, memory, percentile, report
from tests.soak.heaviest import DATA, PLANE, RUN, TINY, WEIGHTS

pytestmark = pytest.mark.soak

CEILING_KB = 3 * 2**20
"""Of address space, of which each thread's arena takes 64 MiB and uses hardly any."""
CONTAINER_MB = 1024.0
"""What it may have been resident with at any time: as much as a small container has."""
GROWTH_MB = 100.0
GOAL = float(os.environ.get("SOAK_P99", "0.25"))
SECONDS = 20 * SCALE
CONNECTIONS = 60
TYPED = b"POST /api/v1/trace HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
LONG = {**XOR, "epochs": 10_000, "keep": True}
"""A run whose records are some megabytes."""
BATCH = {**DATA, "per_example": True}
HEAVY = {**PLANE, "pointers": WEIGHTS, "low": [-4, -4], "high": [4, 4]}
SHOWN = 150
"""Lines of what the server complains of."""
Attack = Callable[[Server, int, float], Awaitable[str]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server under the ceiling, with a large run in its store."""
    command = ("sh", "-c", f'ulimit -v {CEILING_KB}; exec "$0" -m app "$@"', sys.executable)
    with Server(tmp_path_factory.mktemp("attacked"), command=command) as running:
        yield running
        complaints = [line for line in running.complaints().splitlines() if "Invalid HTTP request" not in line]
        assert "\n".join(complaints[:SHOWN]) == ""


async def endless(server: Server, begun: bytes, piece: bytes, until: float) -> str:
    """Send more and more of what should end; how it ended."""
    async with connected(server) as (reader, writer):
        with suppress(ConnectionError):
            writer.write(TYPED + b"Transfer-Encoding: chunked\r\n\r\n" + begun)
            while time.monotonic() < until and not reader.at_eof() and not writer.is_closing():
                writer.write(piece)
                await writer.drain()
                if reader._buffer:
                    break
            answer = await asyncio.wait_for(reader.read(12), 15)
            return answer[9:].decode() or "closed"
    return "closed"


async def unread(server: Server, message: bytes, until: float, pace: float) -> str:
    """Ask, and read a byte now and then; how it ended."""
    status = "none"
    async with connected(server, buffer=4096) as (reader, writer):
        with suppress(ConnectionError):
            writer.write(message)
            while time.monotonic() < until:
                piece = await asyncio.wait_for(reader.read(1 if status != "none" else 12), 60)
                status = piece[9:].decode() if status == "none" else status
                if not piece:
                    return status
                await asyncio.sleep(pace)
    return status


async def trailers(server: Server, number: int, until: float) -> str:
    return await endless(server, b"1\r\n{\r\n0\r\nX-Endless: ", b"x" * 2**16, until)


async def extensions(server: Server, number: int, until: float) -> str:
    return await endless(server, b"1;", b"a=b;" * 2**14, until)


async def slow_readers(server: Server, number: int, until: float) -> str:
    return await unread(server, head("POST", "/api/v1/batch", json.dumps(BATCH).encode()), until, 0.2)


async def unread_runs(server: Server, number: int, until: float) -> str:
    return await unread(server, head("GET", f"/api/v1/runs/{number}"), until, 0.2)


async def cross_site(server: Server, number: int, until: float) -> str:
    body = json.dumps(TRACE).encode()
    sites = (
        b"POST /api/v1/sessions HTTP/1.1\r\nHost: here\r\n",
        b"POST /api/v1/sessions HTTP/1.1\r\nHost: here\r\nContent-Type: text/plain\r\nSec-Fetch-Site: cross-site\r\n",
        b"POST /api/v1/sessions HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nOrigin: http://a.example\r\n",
    )
    async with connected(server) as (reader, writer):
        writer.write(sites[number % 3] + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return (await reader.readuntil(b"\r\n"))[9:12].decode()


async def leaving(server: Server, number: int, until: float) -> str:
    async with connected(server) as (_, writer):
        writer.write(head("POST", "/api/v1/landscape", json.dumps(HEAVY).encode()))
        await writer.drain()
        await asyncio.sleep(0.3)
    return "left"


async def tiny_layers(server: Server, number: int, until: float) -> str:
    status, _, _ = await ask(server, "POST", "/api/v1/landscape", TINY)
    return str(status)


async def pipelined(server: Server, number: int, until: float) -> str:
    async with connected(server) as (reader, writer):
        with suppress(ConnectionError):
            writer.write(head("GET", "/api/v1/catalog") * 1000)
            await writer.drain()
            await asyncio.wait_for(reader.read(2**22), 15)
    return "closed"


ATTACKS: dict[str, tuple[Attack, int, frozenset[str]]] = {
    "trailers": (trailers, 3, frozenset({"431", "closed"})),
    "chunk extensions": (extensions, 3, frozenset({"431", "closed"})),
    "requests ahead": (pipelined, CONNECTIONS, frozenset({"closed"})),
    "slow readers": (slow_readers, 40, frozenset({"200", "429", "none"})),
    "unread answers": (unread_runs, CONNECTIONS, frozenset({"200", "429", "none"})),
    "cross-site posts": (cross_site, CONNECTIONS, frozenset({"415", "403"})),
    "queued work of clients that left": (leaving, CONNECTIONS, frozenset({"left"})),
    "many tiny layers": (tiny_layers, 6, frozenset({"200", "422", "429"})),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_bounded_and_an_honest_client_answered(server: Server, name: str) -> None:
    attack, at_once, endings = ATTACKS[name]
    numbers: list[Any] = list(range(at_once))
    if attack is unread_runs:
        found = RUN.search(server.ask("POST", "/api/v1/training", LONG).content)
        assert found is not None
        numbers = [found[1].decode()] * at_once

    async def run() -> tuple[Counter[str], list[float], float, float]:
        await ask(server, "POST", "/api/v1/batch", DATA)
        before = memory(server.process.pid)
        peak = before
        until = time.monotonic() + SECONDS

        async def watched() -> Counter[str]:
            nonlocal peak
            ended: Counter[str] = Counter()

            async def again(number: Any) -> None:
                while not ended or time.monotonic() < until:
                    ended[await attack(server, number, until)] += 1

            going = asyncio.gather(*map(again, numbers))
            while not going.done():
                peak = max(peak, memory(server.process.pid))
                await asyncio.sleep(0.05)
            await going
            return ended

        ended, took = await meanwhile(server, watched)
        began = time.monotonic()
        status, _, _ = await ask(server, "POST", "/api/v1/landscape", {**HEAVY, "resolution": 4})
        assert status == 200
        waited = time.monotonic() - began
        await asyncio.sleep(1)
        report(
            name,
            p50_ms=1000 * percentile(took, 0.5),
            p99_ms=1000 * percentile(took, 0.99),
            worst_ms=1000 * max(took),
            peak_mb=peak - before,
            grown_mb=memory(server.process.pid) - before,
            highest_mb=memory(server.process.pid, "VmHWM"),
            work_after_s=waited,
            **{f"ended_{ending}": count for ending, count in ended.items()},
        )
        return ended, took, memory(server.process.pid) - before, waited

    ended, took, grown, waited = asyncio.run(run())
    assert set(ended) <= endings
    assert percentile(took, 0.99) <= GOAL
    assert grown <= GROWTH_MB
    assert memory(server.process.pid, "VmHWM") <= CONTAINER_MB
    assert waited < 5


def test_the_ceiling_is_there(tmp_path: Path) -> None:
    command = ("sh", "-c", f'ulimit -v {CEILING_KB}; exec "$0" -m app "$@"', sys.executable)
    with Server(tmp_path, command=command) as running:
        limits = Path(f"/proc/{running.process.pid}/limits").read_text("ascii")
        assert f"Max address space         {CEILING_KB * 1024}" in limits
