"""Training as a stream of server-sent events, and what can be said before its first step."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Body, Request
from starlette.responses import Response

from .... import kernel
from ....core.network import Network
from ....core.training.recipe import Diverged
from ....core.training.trainer import Trainer
from ....looking import look_up
from ...services import Services, ServicesHere
from ...wire.clients import client_of
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode, in_parts
from ...wire.outgoing.streams import MEDIA_TYPE, Channel, EventStream
from ...wire.problems import STORE_UNAVAILABLE, TOO_BUSY, InputError, invalid
from ...wire.routing import JSONParts, json_router
from .. import documents, schemas
from ..data import Data, given_document, scaling_document
from ..job import Job, Piece
from ..keeper import Keeper, keeper_of
from ..setup import Plan, check, prepare

router = json_router("Training")

EVENTS = {
    "description": "Events: started, epoch (one an epoch, from epoch 0 or where a run goes on), progress (at the end "
    "of a piece of so many batches or examples), keeping (the store cannot be written for a while, or can again), "
    "verdict (what went wrong, from now on or no longer), then finished, diverged or stopped. Each has one JSON object "
    "as its data: Started, EpochRecord, Progress, Keeping, VerdictChange, Finished, Diverged, Stopped.",
    "model": documents.Event,
}

TrainingBody = Annotated[
    schemas.TrainingRequest,
    Body(
        openapi_examples=named(
            digits=("Handwritten digits, kept", schemas.DIGITS), xor=("XOR by four examples", schemas.XOR)
        )
    ),
]


class EventStreamDocumented(Response):
    """What the OpenAPI document says this operation answers with."""

    media_type = MEDIA_TYPE


def keep(services: Services, body: schemas.TrainingRequest, plan: Plan, owner: str) -> Keeper:
    """Store a new run."""
    request = body.model_dump_json(exclude_unset=True, exclude={"until"}).encode()
    return keeper_of(services.runs, plan, request, encode(plan.network.document()), owner)


def examples_document(data: Data) -> dict[str, Any]:
    """The data of a training as JSON has it."""
    test = data.test
    return {
        "xs": data.examples.xs,
        "targets": data.examples.targets,
        "test_xs": [] if test is None else test.xs,
        "test_targets": [] if test is None else test.targets,
        "labels": data.labels(data.examples),
        "test_labels": data.labels(test),
        "feature_names": data.feature_names,
        "class_names": data.class_names,
        "rows": data.rows,
        "test_rows": data.test_rows,
        **scaling_document(data),
        "given": given_document(data) if data.is_scaled else None,
    }


def preview(body: schemas.TrainingRequest) -> list[bytes]:
    """All that is known before the first step, as JSON. Raises ``Problem``."""
    plan = prepare(body)
    # Whole batches, so that no buffers are made for steps that nobody takes.
    whole = replace(plan.recipe, batch_size=None)
    trainer = Trainer(plan.network, plan.data.examples, whole, plan.data.test, engine=kernel.engine(), look_up=look_up)
    try:
        record = trainer.record()
    except Diverged as error:
        detail = f"Expected a start at which all is finite; {error.reason}."
        raise invalid([InputError("", "not_finite", detail)]) from None
    network: Network = plan.network
    document = {"network": network.document(), "examples": examples_document(plan.data), "record": record}
    return list(in_parts(document))


@router.post(
    "/training",
    response_class=EventStreamDocumented,
    responses={200: EVENTS, **errors(*INPUT, TOO_BUSY, STORE_UNAVAILABLE)},
    summary="Train a network",
)
async def post_training(body: TrainingBody, services: ServicesHere, request: Request) -> Response:
    """Train and send the record of every epoch as it is made. Closing the connection pauses the run."""
    check(body, services.limits)
    place = await services.trainings.reserve()
    started = False
    try:
        plan = await services.work.run(prepare, body)
        owner = client_of(request.scope)
        keeper = await services.store_work.run(keep, services, body, plan, owner) if body.keep else None
        channel = Channel(services.trainings.seconds)
        job = Job(plan, channel, keeper, Piece(body.until))
        services.trainings.start(job.run, channel, job.beat, place)
        started = True
    finally:
        if not started:
            services.trainings.give_back(place)
    return EventStream(channel)


@router.post(
    "/training/preview",
    response_model=documents.Preview,
    responses=errors(*INPUT, TOO_BUSY),
    summary="What a training would start from",
)
def post_preview(body: TrainingBody, services: ServicesHere) -> Response:
    """The network, the examples and the record of epoch 0, as POST /training with this body would begin; no step."""
    check(body, services.limits)
    return JSONParts(preview(body))
