"""The trace route under a minute of load: no error, no growing memory, a bounded wait."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from app.api.trace.examples import TRACE
from tests.server import Server
from tests.soak.client import SCALE, answer, connected, head, memory, percentile, report

pytestmark = pytest.mark.soak

CONNECTIONS = 64
SECONDS = 60 * SCALE
WARM_SECONDS = 5.0
GROWTH = 1.05
P99 = 0.15


async def press(server: Server, message: bytes, until: float, took: list[float]) -> None:
    """The same request over and over on one connection."""
    async with connected(server) as (reader, writer):
        while (began := time.perf_counter()) < until:
            writer.write(message)
            status, _ = await answer(reader)
            assert status == 200
            took.append(time.perf_counter() - began)


def test_a_minute_of_traces_without_an_error_and_without_growing(tmp_path: Path) -> None:
    message = head("POST", "/api/v1/trace", json.dumps({**TRACE, "steps": "none"}).encode())

    async def load(server: Server, seconds: float) -> list[float]:
        took: list[float] = []
        until = time.perf_counter() + seconds
        await asyncio.gather(*(press(server, message, until, took) for _ in range(CONNECTIONS)))
        return took

    with Server(tmp_path) as server:
        asyncio.run(load(server, WARM_SECONDS))
        before = memory(server.process.pid)
        took = asyncio.run(load(server, SECONDS))
        after = memory(server.process.pid)
        assert server.complaints() == ""
    report(
        "trace, 64 connections",
        per_second=len(took) / SECONDS,
        p50_ms=1000 * percentile(took, 0.5),
        p99_ms=1000 * percentile(took, 0.99),
        before_mb=before,
        after_mb=after,
        growth_percent=100 * (after / before - 1),
    )
    assert after <= GROWTH * before
    assert percentile(took, 0.99) <= P99
