"""Training as a stream of server-sent events."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from .. import examples
from .. import training_documents as documents
from .. import training_schemas as schemas
from ..encoding import encode
from ..openapi import INPUT, errors
from ..problems import STORE_UNAVAILABLE, TOO_BUSY
from ..routing import ServicesHere, json_router
from ..services import Services
from ..streams import MEDIA_TYPE, Channel, EventStream
from ..training_job import Keeper, keeper_of
from ..training_setup import Plan, check, prepare
from .networks import network_document

router = json_router("Training")

TrainingBody = Annotated[
    schemas.TrainingRequest,
    Body(
        openapi_examples=examples.named(
            digits=("Handwritten digits, kept", schemas.DIGITS), xor=("XOR by four examples", schemas.XOR)
        )
    ),
]


class EventStreamDocumented(Response):
    """What the OpenAPI document says this operation answers with."""

    media_type = MEDIA_TYPE


def keep(services: Services, body: schemas.TrainingRequest, plan: Plan) -> Keeper:
    """Store a new run."""
    request = body.model_dump_json(exclude_unset=True).encode()
    return keeper_of(services.runs, plan, request, encode(network_document(plan.network)))


@router.post(
    "/training",
    response_class=EventStreamDocumented,
    responses={
        200: {
            "description": "Events: started, epoch (one an epoch, from epoch 0), then finished, diverged or stopped. "
            "Each has one JSON object as its data: Started, EpochRecord, Finished, Diverged, Stopped.",
            "model": documents.Event,
        },
        **errors(*INPUT, TOO_BUSY, STORE_UNAVAILABLE),
    },
    summary="Train a network",
)
async def post_training(body: TrainingBody, services: ServicesHere) -> Response:
    """Train and send the record of every epoch as it is made. Closing the connection stops the work."""
    check(body, services.limits)
    services.trainings.reserve()
    started = False
    try:
        plan = await services.work.run(prepare, body)
        keeper = await services.store_work.run(keep, services, body, plan) if body.keep else None
        channel = Channel()
        services.trainings.start(plan, channel, keeper)
        started = True
    finally:
        if not started:
            services.trainings.give_back()
    return EventStream(channel)
