"""Long computations: bounded threads, a bounded queue, and an event loop that stays free."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from app.api.bounds.work import Workers
from app.api.services import Services
from app.api.wire.problems import TOO_BUSY, Problem
from app.settings import Settings


def test_light_work_is_done_here_and_heavy_work_in_a_thread() -> None:
    async def run() -> tuple[int, int]:
        workers = Workers(1, "concurrent_work", 4)
        return (
            await workers.weigh(10, 10, threading.get_ident),
            await workers.weigh(11, 10, threading.get_ident),
        )

    light, heavy = asyncio.run(run())
    assert light == threading.get_ident() != heavy


def test_more_work_than_places_is_refused_by_the_limits_name_and_places_are_given_back() -> None:
    async def run() -> list[object]:
        workers = Workers(1, "concurrent_work", 3)
        release = threading.Event()
        running = [asyncio.create_task(workers.run(release.wait)) for _ in range(3)]
        await asyncio.sleep(0.01)
        refused = await asyncio.gather(workers.run(release.wait), return_exceptions=True)
        release.set()
        return [*refused, *await asyncio.gather(*running), await workers.run(int, "7"), workers.taken]

    refused, *done = asyncio.run(run())
    assert isinstance(refused, Problem)
    assert refused.kind is TOO_BUSY
    assert refused.members["limit"] == {"name": "concurrent_work", "value": 3}
    assert int((refused.headers or {})["Retry-After"]) > 0
    assert done == [True, True, True, 7, 0]


def test_a_failure_in_a_thread_gives_its_place_back() -> None:
    async def run() -> int:
        workers = Workers(1, "concurrent_work", 1)
        with pytest.raises(ValueError, match="invalid literal"):
            await workers.run(int, "seven")
        return workers.taken

    assert asyncio.run(run()) == 0


def test_no_file_is_opened_and_no_folder_made_before_it_is_needed(tmp_path: Path) -> None:
    Services.of(Settings(data_dir=tmp_path / "data"))
    assert not (tmp_path / "data").exists()
