"""The cost of a network over its data, as a program."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ....snippets.cost_code import DATA_FILE, cost_program
from ...bounds.limits import check_batch, check_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, json_router
from .. import cost_program as cost

router = json_router("Trace")

CostBody = Annotated[
    cost.CostProgramRequest,
    Body(
        openapi_examples=named(
            inline=("The lecture's three inputs, in the program itself", cost.INLINE),
            file=("PyTorch, the data in a file beside it", cost.FROM_FILE),
        )
    ),
]


def cost_answer(request: cost.CostProgramRequest) -> bytes:
    """The program as JSON."""
    written = cost_program(cost.question_of(request), request.language)
    return encode(
        {"language": request.language, "code": written, "file": DATA_FILE if request.data == "file" else None}
    )


@router.post(
    "/code/cost",
    response_model=cost.CostProgram,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Write the cost over many examples as a program",
)
def post_cost_code(body: CostBody, services: ServicesHere) -> Response:
    """A whole program, NumPy or PyTorch, that prints total loss and cost of a network over its data.

    The numbers stand in it to the last digit; the data may stand in a file beside it instead.
    """
    sizes = cost.sizes_of(body)
    check_network(sizes, services.limits, "/network/layers")
    check_batch(sizes, len(body.xs) + len(body.test_xs or ()), per_example=False, limits=services.limits)
    return JSONBytes(cost_answer(body))
