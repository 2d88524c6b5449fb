"""Wiring: one application from its settings, and nothing else."""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from . import __version__, assets
from .api.bounds.admission import Admission, CrossOrigin
from .api.bounds.holding import BodyLimit, Unsent
from .api.bounds.ledger import Ledger
from .api.document import openapi
from .api.routes import ROUTES
from .api.services import Services
from .api.wire import handlers
from .api.wire.middleware import CompressedReads, Envelope
from .api.wire.outgoing.static import Static
from .api.wire.routing import Straight
from .pages.problem_page import problem_page
from .pages.routes import router as pages
from .resources import STATIC
from .server.connections import STATE, Rules
from .server.observing import Metrics, Observed
from .settings import Settings

EXPOSED = ("API-Version", "Deprecation", "ETag", "Link", "Location", "Retry-After", "Sunset", "X-Request-ID")
"""Headers that pages of other sites, where they may call at all, can read."""
SWITCH_SECONDS = 0.001
"""How long a computation in a thread may keep the interpreter to itself while the event loop waits for its turn.

Python's own is 5 ms, and the loop may wait so long for each thread that computes whenever it has something to read or
to write. Two such threads, on a machine that others use too, four seconds each in turns: the longest waits were 4, 90
and 560 ms with Python's own, 0.1, 25 and 94 ms with this.
"""

RARELY = (20_000, 20, 100)
"""When the garbage collector looks again at new, older and old objects: little here is in cycles that only it finds.

Twenty large bodies that wait hold a million lists, and by Python's own 700, 10, 10 it goes through all of them time and
again, while no thread runs: the longest waits for the loop were two to five times as long.
"""


def create_served_app() -> FastAPI:
    """The application for a process that does nothing but serve it.

    What has been made by now stays for good. Setting it aside keeps the garbage collector from going through all of it
    time and again, during which no thread runs: 20 to 80 ms each time, with many answers being made.
    """
    app = create_app()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    return app


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application; without ``settings`` they are read from the environment."""
    services = Services.of(settings or Settings())
    given = services.settings
    rules = Rules(
        header_bytes=given.header_bytes,
        request_seconds=given.request_seconds,
        reader_seconds=given.reader_seconds,
        reader_bytes=given.reader_bytes,
        connections=given.connections,
        farewell=services.farewell,
    )
    metrics = Metrics() if given.metrics else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
        yield {STATE: rules}
        sys.setswitchinterval(usual)
        services.trainings.close()
        services.runs.close()
        services.links.close()
        services.sessions.close()

    app = FastAPI(
        title="Backpropscope",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        routes=[*ROUTES, *([metrics.route()] if metrics else [])],
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=lifespan,
    )
    app.state.services = services
    app.state.problem_page = problem_page
    app.include_router(pages)
    app.mount("/static", Static(STATIC, assets.release, assets.sheet), name="static")
    handlers.install(app)
    openapi.complete(app)
    app.add_middleware(CompressedReads, skipped="/static/")
    app.add_middleware(Straight, routes=ROUTES, root_path=given.root_path)
    limits = services.limits
    arriving, unsent = (Ledger(name, limits[name]) for name in ("arriving_bytes", "unsent_bytes"))
    app.add_middleware(BodyLimit, max_bytes=limits["body_bytes"], ledger=arriving)
    app.add_middleware(Unsent, ledger=unsent, shared=f"{given.root_path}/static/")
    if given.cors_origins:
        app.add_middleware(
            CrossOrigin,
            allow_origins=given.cors_origins,
            allow_methods=["*"],
            allow_headers=["Content-Type"],
            expose_headers=EXPOSED,
        )
    app.add_middleware(Admission, hosts=given.allowed_hosts, origins=given.cors_origins, root_path=given.root_path)
    if metrics or given.access_log:
        app.add_middleware(Observed, metrics=metrics)
    app.add_middleware(
        Envelope,
        frame_ancestors=given.frame_ancestors,
        hsts_seconds=given.hsts_seconds,
        root_path=given.root_path,
    )
    return app
