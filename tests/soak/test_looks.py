"""No long computation goes on for long after its client has left: the longest time between two looks, of each kind.

Measured without a network, in the processor time of the thread that computes, so that others who use the machine are
not in it.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import local
from types import SimpleNamespace
from typing import Any

import pytest

from app.api.bounds import work
from app.api.training.job import Job
from app.api.wire.outgoing.streams import Channel
from app.main import RARELY, create_app
from app.settings import Settings
from tests.soak.client import report
from tests.soak.heaviest import PREPARING, REQUESTS, SHORTER, stand_for
from tests.soak.slowest import SLOWEST
from tests.soak.test_event_loop import call

MOST_SECONDS = 0.05
LONGER: Mapping[str, float] = {
    # One call of LAPACK: the principal components of 2,000 examples in a layer of 900 units.
    "regions of one wide layer": 1.0,
    # One step of the program is a whole layer of 990 units.
    "program": 0.15,
    # One operation is done for every mistake that could have been made before it.
    "diagnosis of a deep network": 0.15,
    # A training looks up once its 10,000 batches are laid out.
    "training one by one": 0.1,
    # One call of the store, which computes nothing.
    "session, its trace": 0.1,
    "session, its steps": 0.15,
    # The body itself is 150,000 numbers or a line of 2,000 cells, which are read in one call.
    "figure of all layers": 0.1,
    "network from elsewhere": 0.1,
    "landscape of a path": 0.1,
    "table of 2,000 columns": 0.1,
}
"""What cannot be cut, and how long it takes at most."""
REPEATS = 3
"""The first also fills caches."""


class Looks:
    """The longest time between two looks of one thread, the beginning and the end of its work being such."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self.longest = 0.0
        self._here = local()

    def begin(self) -> None:
        """Work begins in this thread."""
        self._here.last = time.thread_time()

    def look(self) -> None:
        """It is found out in this thread whether anybody waits."""
        last = getattr(self._here, "last", None)
        if last is None:
            return
        now = time.thread_time()
        self.longest = max(self.longest, now - last)
        self._here.last = time.thread_time()

    def end(self) -> None:
        """The work in this thread is done."""
        self.look()
        self._here.last = None

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, as work."""

        def done(*arguments: Any) -> Any:
            self.begin()
            try:
                return function(*arguments)
            finally:
                self.end()

        return done


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """What is looked at by every computation of this process."""
    made = Looks()
    run_sync = work.to_thread.run_sync

    async def run(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        return await run_sync(made.around(function), *arguments, **options)

    stopped = Channel.stopped.fget
    assert stopped is not None

    def asked(channel: Channel) -> bool:
        made.look()
        return bool(stopped(channel))

    class Watched(work.Work):
        """Says when it is asked whether its client has left."""

        @property
        def left(self) -> bool:
            made.look()
            return self._left

        @left.setter
        def left(self, value: bool) -> None:
            self._left = value

    monkeypatch.setattr(work, "Work", Watched)
    monkeypatch.setattr(work, "to_thread", SimpleNamespace(run_sync=run))
    monkeypatch.setattr(Channel, "stopped", property(asked))
    monkeypatch.setattr(Job, "run", made.around(Job.run))
    return made


async def longest_of_each(folder: Path, looks: Looks) -> dict[str, float]:
    """Every request of the two tables, several times; of each the best."""
    app = create_app(Settings(data_dir=folder))
    longest = {}
    async with app.router.lifespan_context(app):
        session, run = [(await call(app, each.method, each.path, each.content()))[1] for each in PREPARING]
        stands_for = stand_for(session, run)
        usual = gc.get_threshold()
        gc.set_threshold(*RARELY)
        try:
            for kind, heavy in {**REQUESTS, **SLOWEST}.items():
                body = {**heavy.body, **SHORTER.get(kind, {})} if isinstance(heavy.body, dict) else heavy.body
                target, content = heavy.path.format(**stands_for), heavy._replace(body=body).content()
                gaps = []
                for _ in range(REPEATS):
                    looks.longest = 0.0
                    status, answer = await call(app, heavy.method, target, content, heavy.media_type)
                    assert status == heavy.done, (kind, status, answer[:500])
                    gaps.append(looks.longest)
                longest[kind] = min(gaps)
        finally:
            gc.set_threshold(*usual)
    return longest


@pytest.mark.soak
def test_a_long_computation_looks_up_often(tmp_path: Path, looks: Looks) -> None:
    longest = asyncio.run(longest_of_each(tmp_path, looks))
    for kind, seconds in sorted(longest.items(), key=lambda each: -each[1]):
        report(f"longest time between two looks, {kind}", ms=1000 * seconds)
    assert longest.keys() >= LONGER.keys()
    assert {kind for kind, seconds in longest.items() if seconds > LONGER.get(kind, MOST_SECONDS)} == set()
