"""Wiring: one application from its settings, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from . import __version__
from .api import handlers, openapi
from .api.middleware import BodyLimit, CompressedReads, Envelope
from .api.routes import ROUTES
from .api.services import Services
from .api.static import Static
from .pages.routes import router as pages
from .resources import STATIC
from .settings import Settings

DESCRIPTION = "A neural network's forward and backward pass, every number of it, step by step."


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application; without ``settings`` they are read from the environment."""
    services = Services.of(settings or Settings())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        services.trainings.close()
        services.runs.close()
        services.sessions.close()

    app = FastAPI(
        title="Backpropscope",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        routes=list(ROUTES),
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=lifespan,
    )
    app.state.services = services
    app.include_router(pages)
    app.mount("/static", Static(directory=STATIC), name="static")
    handlers.install(app)
    openapi.complete(app)
    app.add_middleware(CompressedReads, skipped="/static/")
    app.add_middleware(BodyLimit, max_bytes=services.limits["body_bytes"])
    if services.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=services.settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["Content-Type"],
            expose_headers=["Location", "Retry-After", "X-Request-ID"],
        )
    app.add_middleware(Envelope, frame_ancestors=services.settings.frame_ancestors)
    return app
