"""Networks drawn at random, with explicit numbers."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import Body
from starlette.responses import Response

from ...core.activations import ACTIVATIONS
from ...core.network import initialize
from .. import examples, schemas
from ..encoding import encode
from ..limits import Limits, check_network
from ..openapi import INPUT, errors
from ..problems import TOO_BUSY, invalid
from ..routing import JSONBytes, ServicesHere, json_router
from ..shapes import last_layer_only

router = json_router("Networks")

INLINE_PARAMETERS = 2_000
NetworkBody = Annotated[
    schemas.NetworkRequest, Body(openapi_examples=examples.named(xor=("A 2-4-1 network", examples.NETWORK)))
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
    "/networks", response_model=schemas.Network, responses=errors(*INPUT, TOO_BUSY), summary="Draw a network at random"
)
async def post_networks(body: NetworkBody, services: ServicesHere) -> Response:
    """Weights drawn by an initializer from a seed, biases 0. The same request always gives the same network."""
    parameters = check(body, services.limits)
    return JSONBytes(await services.work.weigh(parameters, INLINE_PARAMETERS, draw, body))
