"""Networks drawn at random, with explicit numbers."""

from __future__ import annotations

import re
from typing import Annotated, Any

import numpy as np
from fastapi import Body
from starlette.responses import Response

from ...core.functions.activations import ACTIVATIONS, written
from ...core.network import initialize
from ...readers import NotRead, Reading, read
from ..bounds.limits import Limits, check_network
from ..services import ServicesHere
from ..wire.documenting import INPUT, errors, named
from ..wire.outgoing.encoding import encode
from ..wire.problems import TOO_BUSY, VALIDATION, InputError, Problem, invalid
from ..wire.routing import JSONBytes, json_router
from . import examples, schemas
from .imports import KERAS, SQUARE, STATE_DICT, ForeignNetwork, NetworkImport
from .shapes import last_layer_only

router = json_router("Networks")

INLINE_PARAMETERS = 2_000
NetworkBody = Annotated[
    schemas.NetworkRequest,
    Body(openapi_examples=named(xor=("A 2-4-1 network", examples.NETWORK))),
]


def draw(request: schemas.NetworkRequest) -> bytes:
    """Draw the network that is asked for."""
    network = initialize(
        request.sizes,
        schemas.with_slope(request.activation, request.slope),
        schemas.with_slope(request.output_activation, request.slope),
        request.initializer,
        np.random.default_rng(request.seed),
    )
    return encode(network.document())


def check(request: schemas.NetworkRequest, limits: Limits) -> int:
    """Refuse a hidden softmax and what goes over a limit; gives the number of parameters. Raises ``Problem``."""
    if ACTIVATIONS[request.activation].last_layer_only:
        raise invalid([last_layer_only("/activation", request.activation)])
    return check_network(request.sizes, limits, "/sizes")


@router.post(
    "/networks",
    response_model=schemas.Network,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Draw a network at random",
)
async def post_networks(body: NetworkBody, services: ServicesHere) -> Response:
    """Weights drawn by an initializer from a seed, biases 0. The same request always gives the same network."""
    parameters = check(body, services.limits)
    return JSONBytes(await services.work.weigh(parameters, INLINE_PARAMETERS, draw, body))


PLAIN_POINTER = re.compile(r"(/[A-Za-z0-9_-]{1,40})*")
ImportBody = Annotated[
    ForeignNetwork,
    Body(
        openapi_examples=named(
            keras=("A Keras model and its weights", KERAS),
            state_dict=("A PyTorch state_dict, and the activations it does not name", STATE_DICT),
        )
        | {
            "square": {
                "summary": "A list of arrays that could stand either way: what is missing is said",
                "value": SQUARE,
            }
        }
    ),
]


def import_document(reading: Reading) -> dict[str, Any]:
    """What was read, as JSON."""
    remarks = {
        name: [{"code": each.code, "text": dict(each.text)} for each in notes]
        for name, notes in (("notes", reading.notes), ("missing", reading.missing))
    }
    layers = [
        {
            "name": each.name,
            "inputs": each.inputs,
            "units": each.units,
            **({"activation": None} if each.activation is None else written(each.activation)),
            "has_weights": each.w is not None,
        }
        for each in reading.layers
    ]
    return {
        "format": reading.kind,
        "network": reading.network,
        "request": reading.rest,
        "found": layers,
        **remarks,
    }


@router.post(
    "/networks/import",
    response_model=NetworkImport,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Read a network from elsewhere",
)
def import_network(body: ImportBody, services: ServicesHere) -> Response:
    """A network out of what Keras, PyTorch, Flax or scikit-learn write as JSON, or out of our own.

    Matrices that stand inputs × outputs are turned round where the format says so. What the document leaves open is
    never guessed: missing says what it is, and how to get it.
    """
    try:
        reading = read(body.content)
    except NotRead as refusal:
        pointer = refusal.pointer if PLAIN_POINTER.fullmatch(refusal.pointer) else ""
        found = [InputError(pointer, refusal.code, str(refusal))]
        raise Problem(VALIDATION, str(refusal), errors=found, text=dict(refusal.said)) from None
    sizes = [reading.layers[0].inputs or 1, *(each.units or 1 for each in reading.layers)]
    check_network(sizes, services.limits, "")
    return JSONBytes(encode(import_document(reading)))
