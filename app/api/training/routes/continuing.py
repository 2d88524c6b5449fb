"""A run that was paused, taken up again."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Annotated

import orjson
from fastapi import Body
from starlette.responses import Response

from ....store.contract import Run, RunIsRunning
from ...services import Services, ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.streams import Channel, EventStream, event
from ...wire.problems import (
    RUN_HAS_ENDED,
    RUN_IS_RUNNING,
    RUN_NOT_FOUND,
    STORE_UNAVAILABLE,
    TOO_BUSY,
    InputError,
    Problem,
    invalid,
    over_limit,
)
from ...wire.routing import PREFIX, json_router
from ..example_run import RunRoute
from ..job import Job, Piece
from ..keeper import Keeper, stride_of, summary_of
from ..schemas import ContinueRequest, TrainingRequest
from ..setup import Plan, check_until, prepare
from ..state_bytes import unpack, usable
from .runs import IdInPath
from .training import EVENTS, EventStreamDocumented

router = json_router("Runs", PREFIX + "/runs", RunRoute)

STOPPING_SECONDS = 1.5
"""For so long a run that still runs is waited for: whoever pauses by leaving may want to go on at once."""
LOOK_SECONDS = 0.03

ContinueBody = Annotated[
    ContinueRequest,
    Body(
        openapi_examples=named(
            rest=("To its end", {}),
            epoch=("One epoch", {"until": {"epochs": 1}}),
            longer=("A finished run for longer", {"epochs": 200}),
        )
    ),
]


def longer(run: Run, completed: int | None, wanted: int | None) -> TrainingRequest:
    """What the run is from now on. Raises ``Problem`` if there is nothing more to do."""
    request = TrainingRequest.model_validate_json(run.request)
    ended = Problem(RUN_HAS_ENDED, f"This run has {run.state} and cannot go on.")
    if run.state == "diverged":
        raise ended
    if wanted is None:
        if run.state == "finished":
            raise ended
        return request
    if completed is not None and wanted <= completed:
        if run.state == "finished":
            raise ended
        detail = f"Expected more than {completed}, which are complete already."
        raise invalid([InputError("/epochs", "too_small", detail)])
    return request.model_copy(update={"epochs": wanted})


def taken_up(
    services: Services, run: Run, request: TrainingRequest, body: ContinueRequest
) -> tuple[Plan, Keeper, Piece]:
    """Begin the next piece of a run. Raises ``Problem`` if somebody else has."""
    plan = prepare(request)
    written = request.model_dump_json(exclude_unset=True).encode()
    try:
        packed, documents = services.runs.resume(run, written, stride_of(plan), body.after, usable, summary_of(written))
    except RunIsRunning:
        raise Problem(RUN_IS_RUNNING, "Another stream trains this run.") from None
    keeper = Keeper(services.runs, run.id, stride_of(plan), run.piece + 1)
    state = None if packed is None else unpack(packed)
    after = -1 if body.after is None else body.after
    records = orjson.loads(b"[" + b",".join(documents) + b"]")
    stored = b"".join(event("epoch", record) for record in records if record["epoch"] > after)
    return plan, keeper, Piece(body.until, state, after, stored)


@router.post(
    "/{id}/training",
    response_class=EventStreamDocumented,
    responses={
        200: EVENTS,
        **errors(*INPUT, RUN_NOT_FOUND, RUN_IS_RUNNING, RUN_HAS_ENDED, TOO_BUSY, STORE_UNAVAILABLE),
    },
    summary="Go on with a run",
)
async def post_run_training(id: IdInPath, body: ContinueBody, services: ServicesHere) -> Response:
    """Go on where the run was paused, bit for bit as if it never had been. Closing the connection pauses it again.

    A finished run goes on with a larger number of ``epochs``; under a schedule whose η depends on that number, as the
    cosine's does, the epochs to come follow the new one.
    """
    check_until(body.until)
    if body.epochs is not None and body.epochs > services.limits["training_epochs"]:
        raise over_limit("training_epochs", services.limits["training_epochs"], "more are wanted", "/epochs")
    deadline = monotonic() + STOPPING_SECONDS
    run, completed = await services.store_work.run(services.runs.head, id)
    while run.state == "running":
        if monotonic() > deadline:
            raise Problem(RUN_IS_RUNNING, "Another stream trains this run.")
        await asyncio.sleep(LOOK_SECONDS)
        run, completed = await services.store_work.run(services.runs.head, id)
    request = longer(run, completed, body.epochs)
    place = await services.trainings.reserve()
    started = False
    try:
        plan, keeper, piece = await services.work.run(taken_up, services, run, request, body)
        channel = Channel(services.trainings.seconds)
        job = Job(plan, channel, keeper, piece)
        services.trainings.start(job.run, channel, job.beat, place)
        started = True
    finally:
        if not started:
            services.trainings.give_back(place)
    return EventStream(channel)
