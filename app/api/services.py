"""What the routes share: limits, store, trainings, and the threads for work that would hold up the event loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from ..settings import Settings
from ..store.contract import Links, Runs, Sessions
from ..store.links import SQLiteLinks
from ..store.runs import SQLiteRuns
from ..store.sessions import SQLiteSessions
from .bounds.readiness import Readiness
from .bounds.trainings import Trainings
from .bounds.work import StoreWorkers, Workers
from .wire.outgoing.streams import Source

STORE_THREADS = 2
PAGE_THREADS = 2


@dataclass(frozen=True)
class Services:
    """What one application was made with.

    Attributes:
        settings: as given by its maker.
        limits: the limits by name, as the catalogue lists them.
        sessions: the store.
        runs: the training runs, in the same file.
        links: the long links that short ones stand for, in the same file.
        trainings: those that are going on.
        work: threads for long computations.
        store_work: threads for calls of the store, so that stepping does not wait for computations.
        followers: the streams of runs that are followed.
        readiness: whether the store can be written.
        page_work: threads for pages, which take milliseconds to write: a class that opens one at once waits its turn.
    """

    settings: Settings
    limits: dict[str, int]
    sessions: Sessions
    runs: Runs
    links: Links
    trainings: Trainings
    work: Workers
    store_work: StoreWorkers
    page_work: Workers
    readiness: Readiness
    followers: set[Source] = field(default_factory=set)

    def farewell(self) -> None:
        """Have all streams end soon."""
        self.trainings.stop()
        for each in list(self.followers):
            each.stop("server")

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
        links = SQLiteLinks(settings.data_dir, max_bytes=settings.store_bytes)
        trainings = Trainings(limits["concurrent_trainings"], limits["training_seconds"])

        def workers(threads: int, limit: str) -> Workers:
            return Workers(threads, limit, limits[limit])

        work = workers(settings.work_threads, "concurrent_work")
        return cls(
            settings,
            limits,
            sessions,
            runs,
            links,
            trainings,
            work,
            StoreWorkers(STORE_THREADS, "concurrent_session_calls", limits["concurrent_session_calls"]),
            workers(PAGE_THREADS, "concurrent_pages"),
            Readiness(sessions.check),
        )


def get_services(request: Request) -> Services:
    """What the application was made with."""
    services: Services = request.app.state.services
    return services


ServicesHere = Annotated[Services, Depends(get_services)]
