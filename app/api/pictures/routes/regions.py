"""Every unit over the input plane."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import Body
from starlette.responses import Response

from .... import kernel
from ....core.pictures.features import feature_planes
from ....core.pictures.regions import Grid, grid_of, regions
from ....looking import look_up
from ...network.shapes import core_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import in_parts
from ...wire.problems import TOO_BUSY, refuse
from ...wire.routing import JSONParts, json_router
from .. import documents, surface_examples
from ..surface_schemas import RegionsRequest
from ..surfaces import check_regions

router = json_router("Training")

RegionsBody = Annotated[
    RegionsRequest,
    Body(openapi_examples=named(xor=("XOR over the input plane", surface_examples.REGIONS))),
]


def answer(body: RegionsRequest) -> list[bytes]:
    """The regions as JSON."""
    network = core_network(body.network)
    held = [0.0] * network.sizes[0] if body.held is None else body.held

    def grid(resolution: int) -> Grid:
        return grid_of(body.inputs, body.low, body.high, held, resolution)

    def second(values: Grid) -> Any:
        return values.y_values if len(body.inputs) == 2 else None

    seen = regions(network, grid(body.resolution), body.layers, look_up, kernel.engine())
    features, bent = None, None
    if body.xs is not None:
        bent = grid(body.lines)
        try:
            planes = feature_planes(network, np.array(body.xs), bent, look_up)
        except FloatingPointError:
            detail = "Expected numbers that float64 can carry through this network; an a here is not finite."
            raise refuse("/xs", "not_finite", detail) from None
        features = [
            {
                "kind": plane.kind,
                "origin": plane.origin,
                "directions": plane.directions,
                "shares": plane.shares,
                "coordinates": plane.coordinates,
                "grid": plane.grid,
            }
            for plane in planes
        ]
    document: dict[str, Any] = {
        "inputs": body.inputs,
        "x_values": seen.grid.x_values,
        "y_values": second(seen.grid),
        "layers": [{"a": a} for a in seen.layers],
        "decision": seen.decision,
        "features": features,
        "lines": None if bent is None else {"x_values": bent.x_values, "y_values": second(bent)},
    }
    return list(in_parts(document))


@router.post(
    "/regions",
    response_model=documents.Regions,
    responses=errors(*INPUT, TOO_BUSY),
    summary="See every unit over the input plane",
)
def post_regions(body: RegionsBody, services: ServicesHere) -> Response:
    """Every unit's a over a grid of one or two inputs, the decision map, and the data's coordinates in every layer."""
    check_regions(body, services.limits)
    return JSONParts(answer(body))
