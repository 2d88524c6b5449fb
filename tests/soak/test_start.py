"""From nothing to the first trace, and what each worker weighs that nobody has asked for more."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.api.trace.examples import TRACE
from tests.server import Server
from tests.soak.client import memory, report

pytestmark = pytest.mark.soak

STARTS = 5
SECONDS = 1.5
MEGABYTES = 120


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_the_first_trace_comes_soon_and_a_worker_stays_small(tmp_path: Path) -> None:
    took, weights = [], []
    for number in range(STARTS):
        began = time.perf_counter()
        with Server(tmp_path / str(number)) as server:
            assert server.ask("POST", "/api/v1/trace", TRACE).status == 200
            took.append(time.perf_counter() - began)
            weights.append(memory(server.process.pid))
    with Server(tmp_path / "two", "--workers", "2") as server:
        for _ in range(8):
            assert server.ask("POST", "/api/v1/trace", TRACE).status == 200
        each = [memory(pid) for pid in children(server.process.pid)]
    report("start", best_s=min(took), worst_s=max(took), alone_mb=max(weights), of_two_mb=max(each))
    assert sorted(took)[STARTS // 2] <= SECONDS
    assert max(*weights, *each) <= MEGABYTES
