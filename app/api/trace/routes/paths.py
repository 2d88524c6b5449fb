"""Every path from one weight or bias to the loss."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ....core.record.layout import Structure
from ....core.record.parameter import Parameter
from ....core.record.paths import count_paths, paths
from ....core.record.trace import trace_of
from ...bounds.limits import check_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, json_router
from .. import closeups, examples, schemas
from ..shapes import inside, parameter_of, structure_of, without_update

router = json_router("Trace")

INLINE_WEIGHT = 60
EXACT_IN_JSON = 2**53
PathsBody = Annotated[
    schemas.PathsRequest,
    Body(
        openapi_examples=named(
            weight=("Of a weight", examples.PATHS), bias=("Of a bias, to a softmax output", examples.PATHS_OF_A_BIAS)
        )
    ),
]


def answer(structure: Structure, given: list[float], parameter: Parameter, limit: int) -> bytes:
    """The paths as JSON, up to ``limit`` of them listed."""
    record = trace_of(structure, given)
    found = paths(record, parameter, limit)
    addresses, numbers = record.layout.addresses, record.numbers
    return encode(
        {
            "pointer": parameter.pointer,
            "gradient_pointer": parameter.gradient_pointer,
            "count": found.count if found.count < EXACT_IN_JSON else None,
            "count_text": str(found.count),
            "limit": limit,
            "listed": found.listed,
            "paths": [
                {
                    "units": path.units,
                    "output": path.output,
                    "factors": [{"pointer": addresses[at], "value": numbers[at]} for at in path.factors],
                    "product": path.product,
                }
                for path in found.paths
            ],
            "sum": found.sum,
            "analytic": found.analytic,
        }
    )


@router.post(
    "/paths",
    response_model=closeups.PathsToLoss,
    responses=errors(*INPUT, TOO_BUSY),
    summary="List the paths from a parameter to the loss",
)
async def post_paths(body: PathsBody, services: ServicesHere) -> Response:
    """Each path with the numbers along it and their product; the sum of the products is the derivative.

    Above the limit paths they are counted only.
    """
    with inside("/request"):
        structure, given = structure_of(body.request)
        parameters = check_network(structure.sizes, services.limits, "/network/layers")
    parameter = parameter_of(structure, body.pointer, inputs=False)
    # The trace ends with the gradient: an update would be computed for nothing.
    structure, given = without_update(structure, given)
    count = count_paths(structure, parameter)
    limit = services.limits["paths"]
    weight = parameters + (count if count <= limit else 0)
    return JSONBytes(await services.work.weigh(weight, INLINE_WEIGHT, answer, structure, given, parameter, limit))
