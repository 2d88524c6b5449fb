"""One example, forward and backward."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ...core.layout import Structure
from ...core.plan import count_steps
from ...core.trace import trace_of
from .. import documents, examples, schemas
from ..encoding import steps_json, trace_bytes
from ..limits import check_network, check_steps
from ..openapi import INPUT, errors
from ..problems import TOO_BUSY
from ..routing import JSONBytes, ServicesHere, json_router
from ..shapes import structure_of

router = json_router("Trace")

INLINE_PARAMETERS = 400
TraceBody = Annotated[
    schemas.TraceRequest,
    Body(
        openapi_examples=examples.named(
            lecture=("The lecture's network with one update", examples.TRACE),
            classifier=("ReLU and softmax with cross entropy", examples.CLASSIFIER),
            signal=("A signal of one's own sent back", examples.SIGNAL),
        )
    ),
]


def answer(structure: Structure, given: list[float], request: schemas.TraceRequest) -> bytes:
    """The trace as JSON."""
    trace = trace_of(structure, given, request.learning_rate)
    return trace_bytes(trace, steps_json(trace, request.steps))


@router.post("/trace", response_model=documents.Trace, responses=errors(*INPUT, TOO_BUSY), summary="Trace one example")
async def post_trace(body: TraceBody, services: ServicesHere) -> Response:
    """All the network makes of one example: z, a, gain, ∂l/∂a, ∂l/∂z, ∂l/∂w, ∂l/∂b, ∂l/∂x, and the steps to them."""
    structure, given = structure_of(body)
    parameters = check_network(structure.sizes, services.limits, "/network/layers")
    check_steps(count_steps(structure, body.steps), services.limits)
    return JSONBytes(await services.work.weigh(parameters, INLINE_PARAMETERS, answer, structure, given, body))
