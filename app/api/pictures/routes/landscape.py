"""The total loss over a plane."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import Body
from starlette.responses import Response

from .... import kernel
from ....core.pictures.landscape import along, descent, landscape, project
from ....looking import look_up
from ...network.shapes import core_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, json_router
from .. import documents, surface_examples
from ..surface_schemas import LandscapeRequest
from ..surfaces import Chosen, check_landscape, plane_of, window

router = json_router("Training")

LandscapeBody = Annotated[
    LandscapeRequest,
    Body(
        openapi_examples=named(
            parameters=("Over two weights", surface_examples.LANDSCAPE),
            path=("Over the plane of a path", surface_examples.LANDSCAPE_OF_A_PATH),
            random=("Over two random directions", surface_examples.LANDSCAPE_AT_RANDOM),
        )
    ),
]


def answer(body: LandscapeRequest, chosen: Chosen | None) -> bytes:
    """The landscape as JSON."""
    network = core_network(body.network)
    xs, targets = np.array(body.xs), np.array(body.targets)
    plane = plane_of(body, network, chosen)
    # Two parameters are shown by their values, directions by steps from where the network stands.
    origin = np.zeros(2) if chosen is None else network.theta[list(chosen.places)]
    low, high = window(body, plane, origin)
    us, vs = (np.linspace(start, stop, body.resolution) for start, stop in zip(low, high, strict=True))
    path = None
    if body.path is not None:
        thetas = np.array(body.path)
        seen = project(plane, thetas)
        points = seen.points + origin
        path = {
            "u": points[:, 0],
            "v": points[:, 1],
            "distance": seen.distances,
            "total_loss": along(network, thetas, xs, targets, body.loss, look_up),
            "share": seen.share,
        }
    gradient = descent(plane, network, xs, targets, body.loss, look_up)
    document: dict[str, Any] = {
        "kind": body.directions or "parameters",
        "pointers": body.pointers,
        "directions": plane.directions if chosen is None else None,
        "u_values": us + origin[0],
        "v_values": vs + origin[1],
        "total_loss": landscape(network, plane, us, vs, xs, targets, body.loss, look_up, kernel.engine()),
        "origin": {
            "u": float(origin[0]),
            "v": float(origin[1]),
            "total_loss": float(along(network, network.theta[None, :], xs, targets, body.loss, look_up)[0]),
        },
        "path": path,
        "gradient": {
            "slopes": gradient.slopes,
            "u": float(gradient.projection[0]),
            "v": float(gradient.projection[1]),
            "share": gradient.share,
        },
    }
    return encode(document)


@router.post(
    "/landscape",
    response_model=documents.Landscape,
    responses=errors(*INPUT, TOO_BUSY),
    summary="See the total loss over a plane",
)
def post_landscape(body: LandscapeBody, services: ServicesHere) -> Response:
    """The total loss over two parameters or two directions, with a path of descent and ∇L projected onto the plane."""
    chosen = check_landscape(body, services.limits)
    return JSONBytes(answer(body, chosen))
