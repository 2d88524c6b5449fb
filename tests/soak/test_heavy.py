"""The heaviest requests that the limits allow, twenty at once: they end or are refused, and the loop stays free."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context

import pytest

from tests.server import Server, ask
from tests.soak.client import LENGTH, SCALE, connected, head, percentile, report
from tests.soak.heaviest import PREPARING, REQUESTS, Heavy, stand_for

pytestmark = pytest.mark.soak

AT_ONCE = 20
GOAL = 0.05
SECONDS = 4 * SCALE


async def press(url: str, heavy: Heavy) -> tuple[Counter[int], float]:
    """Twenty at once, again and again for some seconds: the statuses, and the seconds that one round took."""
    message = head(heavy.method, heavy.path, heavy.content(), heavy.media_type)

    async def one() -> int:
        async with connected(url) as (reader, writer):
            writer.write(message)
            top = await reader.readuntil(b"\r\n\r\n")
            status = int(top[9:12])
            if b"chunked" in top:
                end = b""
                while not end.endswith(b"\r\n0\r\n\r\n"):
                    piece = await reader.read(2**16)
                    assert piece, "the stream was cut"
                    end = (end + piece)[-7:]
                return status
            length = LENGTH.search(top)
            assert length is not None
            content = await reader.readexactly(int(length[1]))
            if status == 429:
                assert json.loads(content)["limit"]["name"], content
            return status

    statuses: Counter[int] = Counter()
    rounds, began = 0, time.perf_counter()
    while not rounds or time.perf_counter() - began < SECONDS:
        statuses += Counter(await asyncio.gather(*(one() for _ in range(AT_ONCE))))
        rounds += 1
    return statuses, (time.perf_counter() - began) / rounds


def pressed(url: str, heavy: Heavy) -> tuple[Counter[int], float]:
    """The same in a process of its own, so that it is not this one that makes the honest client wait."""
    return asyncio.run(press(url, heavy))


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server, dict[str, str]]]:
    """One to be pressed, one that idles beside it, and what the paths of requests stand for in the first."""
    folder = tmp_path_factory.mktemp("heavy")
    with Server(folder / "pressed") as server, Server(folder / "idle") as other:
        session, run = (server.ask(each.method, each.path, each.body).content for each in PREPARING)
        yield server, other, stand_for(session, run)
        assert server.complaints() == ""


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, get_context("spawn")) as made:
        yield made


@pytest.mark.parametrize("kind", REQUESTS)
def test_twenty_of_the_heaviest_at_once_leave_the_loop_free(
    servers: tuple[Server, Server, dict[str, str]], pool: ProcessPoolExecutor, kind: str
) -> None:
    server, other, stands_for = servers
    heavy = REQUESTS[kind]
    took: list[float] = []
    idle: list[float] = []
    load = pool.submit(pressed, server.url, heavy._replace(path=heavy.path.format(**stands_for)))
    with closing(server.connect()) as honest, closing(other.connect()) as control:
        while not load.done():
            for connection, times in ((honest, took), (control, idle)):
                began = time.perf_counter()
                assert ask(connection, "GET", "/health/live").status == 200
                times.append(time.perf_counter() - began)
            time.sleep(0.01)
    statuses, seconds = load.result()
    report(
        kind,
        done=statuses[heavy.done],
        refused=statuses[429],
        round_s=seconds,
        live_p50_ms=1000 * percentile(took, 0.5),
        live_p99_ms=1000 * percentile(took, 0.99),
        worst_ms=1000 * max(took),
        # What the machine itself makes a client of an idle server wait: most of it, where others compute too.
        idle_p99_ms=1000 * percentile(idle, 0.99),
        load=os.getloadavg()[0],
    )
    assert statuses[heavy.done] >= 1
    assert set(statuses) <= {heavy.done, *heavy.others, 429}
    assert percentile(took, 0.99) < GOAL
