"""Backpropagation held against finite differences."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ....core.mistakes.rules.registry import RULES
from ....core.mistakes.rules.walk import follow
from ....core.proofs.gradient_check import gradient_check
from ....core.record.trace import trace
from ....looking import look_up
from ...bounds.limits import check_gradient_check, check_network
from ...network.shapes import core_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, json_router
from .. import documents, examples, schemas
from ..shapes import rule_of, structure_of, without_signal

router = json_router("Many examples")

CheckBody = Annotated[
    schemas.TraceRequest,
    Body(
        openapi_examples=named(
            lecture=("The lecture's network", examples.TRACE),
            classifier=("ReLU and softmax with cross entropy", examples.CLASSIFIER),
            rule=("A backward pass with a bug", examples.RULED_CHECK),
        )
    ),
]


def answer(request: schemas.TraceRequest) -> bytes:
    """The check as JSON."""
    network, wrong = core_network(request.network), None
    if request.rule is not None:
        record = trace(
            network, request.x, request.target, request.loss, learning_rate=request.learning_rate, freeze=request.freeze
        )
        wrong = follow(record, RULES[request.rule]).trace
    check = gradient_check(network, request.x, request.target, request.loss, wrong, look_up)
    return encode(
        {
            **({"rule": request.rule} if request.rule else {}),
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
def post_gradient_check(body: CheckBody, services: ServicesHere) -> Response:
    """Each ∂l/∂w and ∂l/∂b by backpropagation and by central difference; a difference across a kink is marked.

    With a rule, its derivatives are held against the numeric ones: see which bugs such a check catches.
    """
    structure, _ = structure_of(body, ruled=True)
    without_signal(body)
    if body.rule is not None:
        rule_of(body.rule, structure)
    check_network(structure.sizes, services.limits, "/network/layers")
    check_gradient_check(structure.sizes, services.limits)
    return JSONBytes(answer(body))
