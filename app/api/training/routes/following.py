"""The events of a run, for an EventSource."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, Query
from starlette.responses import Response

from ....store.contract import News
from ...services import ServicesHere
from ...wire.documenting import errors
from ...wire.incoming.values import WholeInQuery
from ...wire.outgoing.streams import EventStream
from ...wire.problems import RUN_NOT_FOUND, STORE_UNAVAILABLE, TOO_BUSY, VALIDATION, InputError, Problem, invalid
from ...wire.routing import PREFIX, json_router
from .. import documents
from ..example_run import RunRoute
from ..following import Follower, Position
from .runs import IdInPath, listed_run
from .training import EventStreamDocumented

router = json_router("Runs", PREFIX + "/runs", RunRoute)

RETRY_SECONDS = 5
EVENTS = {
    "description": "Events: run (what is followed), epoch (one an epoch, its id the epoch), then finished, diverged or "
    "stopped, whose id is the epoch, a point and the piece. Each has one JSON object as its data.",
    "model": documents.FollowedEvent,
}
After = Annotated[
    WholeInQuery,
    Query(ge=-1, le=2**53, description="Records of later epochs only; of no effect with Last-Event-ID.", examples=[-1]),
]
LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        description="The id of the last event seen, as EventSource sends it: the stream goes on behind it.",
        examples=["2"],
    ),
]


def position_of(after: int, last_event_id: str | None) -> Position:
    """What a reader has seen. Raises ``Problem``."""
    if not last_event_id:
        return Position(after)
    position = Position.read(last_event_id)
    if position is None:
        raise invalid([InputError("", "invalid_parameter", "The header Last-Event-ID is not the id of an event here.")])
    return position


@router.get(
    "/{id}/events",
    response_class=EventStreamDocumented,
    responses={
        200: EVENTS,
        204: {"description": "The end has been seen already: there is nothing more to ask for."},
        **errors(RUN_NOT_FOUND, VALIDATION, TOO_BUSY, STORE_UNAVAILABLE),
    },
    summary="Follow a run",
)
async def get_run_events(
    id: IdInPath, services: ServicesHere, after: After = -1, last_event_id: LastEventId = None
) -> Response:
    """The records of a run as they are made, whichever process trains it, and afterwards as they were.

    After the last event the stream ends; who asks again with its id, as an EventSource does, is answered 204 and stops,
    unless the run has been gone on with. Leaving does not pause the run.
    """
    position = position_of(after, last_event_id)
    places = services.limits["followers"]
    if len(services.followers) >= places:
        raise Problem(
            TOO_BUSY,
            f"The limit followers is {places}; as many streams are open.",
            headers={"Retry-After": str(RETRY_SECONDS)},
            limit={"name": "followers", "value": places},
        )

    async def look(epoch: int, most: int) -> News:
        return await services.store_work.run(services.runs.news, id, epoch, most)

    if position.has_seen_the_end(await look(position.epoch, 1)):
        return Response(status_code=204)
    start = await services.store_work.run(listed_run, services, id)
    follower = Follower(look, start, position)
    return EventStream(follower, services.followers)
