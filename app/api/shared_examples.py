"""The session and the run that the OpenAPI document names in its examples: whoever asks for them finds them.

They belong to nobody and everybody: each is made when it is asked for and not there, so that the examples of all
operations on them work when sent as they stand, on a new server as well as after somebody has deleted them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from threading import Lock
from types import MappingProxyType
from typing import Any, Final

from starlette.types import Scope

from ..store.contract import RunNotFound, SessionNotFound
from .encoding import encode
from .examples import TRACE
from .schemas import TraceRequest
from .services import Services
from .streams import Channel
from .training_job import Job, Piece
from .training_keeper import keeper_of
from .training_schemas import XOR, TrainingRequest, Until
from .training_setup import prepare

SESSION: Final = "example-of-one-session"
RUN: Final = "example-of-a-small-run"
"""Each of 22 letters, like the ids that are drawn."""

RUN_REQUEST: Final[dict[str, Any]] = {**XOR, "keep": True, "epochs": 20}
PAUSED_AFTER: Final = 5
MAKING: Final = Lock()
"""Two who ask for the run at once do not both make it."""


def make_session(services: Services) -> None:
    """Store the session if it is not there."""
    try:
        services.sessions.get(SESSION)
    except SessionNotFound:
        request = TraceRequest.model_validate(TRACE)
        services.sessions.create(request.model_dump_json(exclude_none=True).encode(), session_id=SESSION)


def has_run(services: Services, to_go_on: bool) -> bool:
    """Whether the run is there, and if it is to go on, whether it has not come to its end."""
    try:
        run, _ = services.runs.head(RUN)
    except RunNotFound:
        return False
    return not to_go_on or run.state in ("running", "stopped")


def make_run(services: Services, to_go_on: bool, channel: Channel) -> None:
    """Train the run as far as it is kept paused, unless somebody just has; its events are for nobody."""
    with MAKING:
        if not has_run(services, to_go_on):
            train_run(services, channel)


def train_run(services: Services, channel: Channel) -> None:
    """Train it in place of the one there may be."""
    body = TrainingRequest.model_validate(RUN_REQUEST)
    plan = prepare(body)
    layers = [{"w": layer.w, "b": layer.b, "activation": layer.activation} for layer in plan.network.layers]
    request = body.model_dump_json(exclude_unset=True).encode()
    keeper = keeper_of(services.runs, plan, request, encode({"layers": layers}), run_id=RUN)
    Job(plan, channel, keeper, Piece(Until(epochs=PAUSED_AFTER))).run()


async def provide_session(services: Services, scope: Scope) -> None:
    """Have the session be there."""
    await services.store_work.run(make_session, services)


async def provide_run(services: Services, scope: Scope) -> None:
    """Have the run be there; for a POST, which goes on with it, one that has not come to its end."""
    to_go_on = scope["method"] == "POST"
    if not await services.store_work.run(has_run, services, to_go_on):
        await services.work.run(make_run, services, to_go_on, Channel())


PROVIDE: Mapping[str, Callable[[Services, Scope], Awaitable[None]]] = MappingProxyType(
    {SESSION: provide_session, RUN: provide_run}
)
