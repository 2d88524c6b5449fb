"""The operations of the API, one module a resource; the most used first, since they are tried in this order."""

from __future__ import annotations

from starlette.routing import BaseRoute

from . import (
    batch,
    catalog,
    code,
    derivative,
    describe,
    gradient_check,
    health,
    networks,
    paths,
    presets,
    runs,
    sessions,
    trace,
    training,
)

ROUTERS = (
    trace.router,
    sessions.router,
    batch.router,
    derivative.router,
    paths.router,
    code.router,
    gradient_check.router,
    networks.router,
    training.router,
    runs.router,
    presets.router,
    catalog.router,
    health.router,
    health.health,
    describe.router,
)
ROUTES: tuple[BaseRoute, ...] = tuple(route for router in ROUTERS for route in router.routes)
