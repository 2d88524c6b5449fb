"""The run that the OpenAPI document names in its examples: whoever asks for it finds it.

It belongs to nobody and everybody: it is made when it is asked for and not there, so that the examples of all
operations on it work when sent as they stand, on a new server as well as after somebody has deleted it.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, Final

from fastapi import Request

from ...store.contract import RunNotFound
from ..services import Services, get_services
from ..wire.outgoing.encoding import encode
from ..wire.outgoing.streams import Channel
from ..wire.routing import JSONRoute
from .job import Job, Piece
from .keeper import keeper_of
from .schemas import XOR, TrainingRequest, Until
from .setup import prepare

RUN: Final = "example-of-a-small-run"
"""Of 22 letters, like the ids that are drawn."""

RUN_REQUEST: Final[dict[str, Any]] = {**XOR, "keep": True, "epochs": 20}
PAUSED_AFTER: Final = 5
MAKING: Final = Lock()
"""Two who ask for the run at once do not both make it."""


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


class RunRoute(JSONRoute):
    """A route on runs: that of the examples is there before it is asked for."""

    async def provide(self, request: Request) -> None:
        """Have the run be there; for a POST, which goes on with it, one that has not come to its end."""
        if request.path_params.get("id") == RUN:
            services, to_go_on = get_services(request), request.method == "POST"
            if not await services.store_work.run(has_run, services, to_go_on):
                await services.work.run(make_run, services, to_go_on, Channel())
