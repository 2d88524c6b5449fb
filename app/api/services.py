"""What the routes share: limits, store, trainings, and the threads for work that would hold up the event loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, TypeVarTuple

from anyio import CapacityLimiter, to_thread

from ..settings import Settings
from ..store.contract import Runs, Sessions
from ..store.deadline import STORE_SECONDS, within
from ..store.runs import SQLiteRuns
from ..store.sessions import SQLiteSessions
from .problems import TOO_BUSY, Problem
from .readiness import Readiness
from .trainings import Trainings

RETRY_SECONDS = 2
STORE_THREADS = 2
PAGE_THREADS = 2

Arguments = TypeVarTuple("Arguments")
Answer = TypeVar("Answer")


class Workers:
    """A few threads with a bounded queue before them."""

    def __init__(self, threads: int, limit: str, places: int) -> None:
        """Make no thread yet.

        Args:
            threads: how many calls run at once.
            limit: the name of the limit on how many may run or wait at once.
            places: its value.
        """
        self.limiter = CapacityLimiter(threads)
        self.limit = limit
        self.places = places
        self.taken = 0

    async def run(self, function: Callable[[*Arguments], Answer], *arguments: *Arguments) -> Answer:
        """Call ``function`` in one of the threads.

        Raises:
            Problem: all places are taken.
        """
        if self.taken >= self.places:
            raise Problem(
                TOO_BUSY,
                f"The limit {self.limit} is {self.places}; as many calls are running or waiting.",
                headers={"Retry-After": str(RETRY_SECONDS)},
                limit={"name": self.limit, "value": self.places},
            )
        self.taken += 1
        try:
            return await to_thread.run_sync(function, *arguments, limiter=self.limiter)
        finally:
            self.taken -= 1

    async def weigh(
        self, weight: int, inline: int, function: Callable[[*Arguments], Answer], *arguments: *Arguments
    ) -> Answer:
        """Call ``function`` here and now if its ``weight`` is at most ``inline``, else in one of the threads.

        A thread costs more than a short computation; a long computation here would hold up every other request.
        """
        if weight <= inline:
            return function(*arguments)
        return await self.run(function, *arguments)


class StoreWorkers(Workers):
    """Threads for calls of the store: all who wait for it wait no longer than one call may take, however many."""

    async def run(self, function: Callable[[*Arguments], Answer], *arguments: *Arguments) -> Answer:
        """Call ``function`` in one of the threads; the time it may take begins now."""
        with within(STORE_SECONDS):
            return await super().run(function, *arguments)


@dataclass(frozen=True)
class Services:
    """What one application was made with.

    Attributes:
        settings: as given by its maker.
        limits: the limits by name, as the catalogue lists them.
        sessions: the store.
        runs: the training runs, in the same file.
        trainings: those that are going on.
        work: threads for long computations.
        store_work: threads for calls of the store, so that stepping does not wait for computations.
        readiness: whether the store can be written.
        page_work: threads for pages, which take milliseconds to write: a class that opens one at once waits its turn.
    """

    settings: Settings
    limits: dict[str, int]
    sessions: Sessions
    runs: Runs
    trainings: Trainings
    work: Workers
    store_work: StoreWorkers
    page_work: Workers
    readiness: Readiness

    @classmethod
    def of(cls, settings: Settings) -> Services:
        """The services that these settings describe; no file is opened and no thread started."""
        limits = settings.limits()
        sessions = SQLiteSessions(
            settings.data_dir,
            lifetime=settings.session_hours * 3600,
            max_sessions=limits["sessions"],
            max_bytes=settings.store_bytes,
        )

        runs = SQLiteRuns(
            settings.data_dir,
            lifetime=settings.session_hours * 3600,
            max_runs=limits["runs"],
            max_bytes=settings.store_bytes,
        )
        trainings = Trainings(limits["concurrent_trainings"], limits["training_seconds"])

        def workers(threads: int, limit: str) -> Workers:
            return Workers(threads, limit, limits[limit])

        work = workers(settings.work_threads, "concurrent_work")
        return cls(
            settings,
            limits,
            sessions,
            runs,
            trainings,
            work,
            StoreWorkers(STORE_THREADS, "concurrent_session_calls", limits["concurrent_session_calls"]),
            workers(PAGE_THREADS, "concurrent_pages"),
            Readiness(sessions.check),
        )
