"""The operations of the API, one module a resource; the most used first, since they are tried in this order."""

from __future__ import annotations

from starlette.routing import BaseRoute

from .catalog.routes import catalog, presets
from .course.routes import diagnose, lessons, practice, rules
from .document import routes as describe
from .health import routes as health
from .links import routes as links
from .network import routes as networks
from .pictures.plotly_script import route as plotly_script
from .pictures.routes import figures, landscape, loop_or_matrix, regions, run_figures
from .tables import routes as tables
from .trace.routes import batch, code, derivative, gradient_check, paths, sessions, trace
from .training.routes import continuing, cost_code, datasets, following, runs, training

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
    run_figures.router,
    presets.router,
    links.router,
    lessons.router,
    practice.router,
    catalog.router,
    health.router,
    health.health,
    describe.router,
)
ROUTES: tuple[BaseRoute, ...] = (*(route for router in ROUTERS for route in router.routes), plotly_script)
