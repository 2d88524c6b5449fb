"""The session that the OpenAPI document names in its examples: whoever asks for it finds it.

It belongs to nobody and everybody: it is made when it is asked for and not there, so that the examples of all
operations on it work when sent as they stand, on a new server as well as after somebody has deleted it.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request

from ...store.contract import SessionNotFound
from ..services import Services, get_services
from ..wire.routing import JSONRoute
from .examples import TRACE
from .schemas import TraceRequest

SESSION: Final = "example-of-one-session"
"""Of 22 letters, like the ids that are drawn."""


def make_session(services: Services) -> None:
    """Store the session if it is not there."""
    try:
        services.sessions.get(SESSION)
    except SessionNotFound:
        request = TraceRequest.model_validate(TRACE)
        services.sessions.create(request.model_dump_json(exclude_none=True).encode(), session_id=SESSION)


class SessionRoute(JSONRoute):
    """A route on sessions: that of the examples is there before it is asked for."""

    async def provide(self, request: Request) -> None:
        """Have the session be there."""
        if request.path_params.get("id") == SESSION:
            services = get_services(request)
            await services.store_work.run(make_session, services)
