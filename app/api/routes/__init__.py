"""The operations of the API, one module a resource; the most used first, since they are tried in this order."""

from __future__ import annotations

from starlette.routing import BaseRoute

from ..plotly_script import route as plotly_script
from . import (
    batch,
    catalog,
    code,
    continuing,
    cost_code,
    datasets,
    derivative,
    describe,
    diagnose,
    figures,
    following,
    gradient_check,
    health,
    landscape,
    lessons,
    loop_or_matrix,
    networks,
    paths,
    practice,
    presets,
    regions,
    rules,
    runs,
    sessions,
    tables,
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
    cost_code.router,
    gradient_check.router,
    diagnose.router,
    rules.router,
    networks.router,
    training.router,
    runs.router,
    continuing.router,
    following.router,
    regions.router,
    landscape.router,
    datasets.router,
    tables.router,
    loop_or_matrix.router,
    figures.router,
    presets.router,
    lessons.router,
    practice.router,
    catalog.router,
    health.router,
    health.health,
    describe.router,
)
ROUTES: tuple[BaseRoute, ...] = (*(route for router in ROUTERS for route in router.routes), plotly_script)
