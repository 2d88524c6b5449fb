"""Backpropagation held against finite differences."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ...core.gradient_check import gradient_check
from .. import documents, examples, schemas
from ..encoding import encode
from ..limits import check_gradient_check, check_network
from ..openapi import INPUT, errors
from ..problems import TOO_BUSY
from ..routing import JSONBytes, ServicesHere, json_router
from ..shapes import structure_of, without_signal
from .batch import core_network

router = json_router("Many examples")

CheckBody = Annotated[
    schemas.TraceRequest,
    Body(
        openapi_examples=examples.named(
            lecture=("The lecture's network", examples.TRACE),
            classifier=("ReLU and softmax with cross entropy", examples.CLASSIFIER),
        )
    ),
]


def answer(request: schemas.TraceRequest) -> bytes:
    """The check as JSON."""
    check = gradient_check(core_network(request.network), request.x, request.target, request.loss)
    return encode(
        {
            "method": "central_difference",
            "parameters": check.parameters,
            "max_relative_error": check.max_relative_error,
            "tolerance": check.tolerance,
            "passed": check.passed,
        }
    )


@router.post(
    "/gradient-check",
    response_model=documents.GradientCheck,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Check every gradient by finite differences",
)
async def post_gradient_check(body: CheckBody, services: ServicesHere) -> Response:
    """Each ∂l/∂w and ∂l/∂b by backpropagation and by central difference; a difference across a kink is marked."""
    structure, _ = structure_of(body)
    without_signal(body)
    check_network(structure.sizes, services.limits, "/network/layers")
    check_gradient_check(structure.sizes, services.limits)
    return JSONBytes(await services.work.run(answer, body))
