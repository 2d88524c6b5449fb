"""Whether this server answers, whether it can do all its work, and what it is."""

from __future__ import annotations

import platform

import numpy as np
from starlette.responses import Response

from ... import __version__, kernel
from ..services import ServicesHere
from ..wire.documenting import errors
from ..wire.problems import STORE_UNAVAILABLE
from ..wire.routing import json_response, json_router
from . import documents

health = json_router("Service", "/health")
router = json_router("Service")


@health.get("/live", response_model=documents.Health, responses=errors(), summary="Whether the process answers")
async def get_live() -> Response:
    """Answers as soon as the process does."""
    return json_response({"status": "live"})


@health.get(
    "/ready",
    response_model=documents.Health,
    responses=errors(STORE_UNAVAILABLE),
    summary="Whether everything works",
)
async def get_ready(services: ServicesHere) -> Response:
    """Answers within two seconds: whether a session or a run could be stored now, by writing as much as one takes."""
    await services.readiness.check()
    return json_response({"status": "ready"})


@router.get("/version", response_model=documents.WhatRuns, responses=errors(), summary="What is running here")
async def get_version() -> Response:
    """Name and version of the program, of Python and of NumPy, and what computes with small networks."""
    return json_response(
        {
            "name": "backpropscope",
            "version": __version__,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "engine": kernel.name(),
        }
    )
