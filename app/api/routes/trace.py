"""One example, forward and backward."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ...core.layout import Structure
from ...core.plan import count_steps
from ...core.rules.rule import Rule
from ...core.rules.walk import follow, ruled_steps
from ...core.trace import trace_of
from .. import documents, examples, rule_examples, schemas
from ..encoding import MOST_STEPS, encode, steps_json, trace_bytes, trace_parts
from ..limits import check_gradient_check, check_network, check_steps
from ..openapi import INPUT, errors
from ..problems import TOO_BUSY
from ..routing import JSONBytes, JSONParts, ServicesHere, json_router
from ..shapes import rule_of, structure_of

router = json_router("Trace")

INLINE_PARAMETERS = 400
LARGE_NUMBERS = 20_000
RIGHT_EXAMPLES = examples.named(
    lecture=("The lecture's network with one update", examples.TRACE),
    classifier=("ReLU and softmax with cross entropy", examples.CLASSIFIER),
    signal=("A signal of one's own sent back", examples.SIGNAL),
)
WRONG_EXAMPLES = examples.named(rule=("Hidden layers through already updated weights", rule_examples.RULED_TRACE))
TraceBody = Annotated[schemas.TraceRequest, Body(openapi_examples=RIGHT_EXAMPLES)]
RuledTraceBody = Annotated[schemas.TraceRequest, Body(openapi_examples={**RIGHT_EXAMPLES, **WRONG_EXAMPLES})]


def answer(structure: Structure, given: list[float], request: schemas.TraceRequest) -> JSONBytes:
    """The trace as JSON."""
    trace = trace_of(structure, given, request.learning_rate)
    if trace.layout.size > LARGE_NUMBERS or count_steps(structure, request.steps) > MOST_STEPS:
        return JSONParts(trace_parts(trace, request.steps))
    return JSONBytes(trace_bytes(trace, steps_json(trace, request.steps)))


def ruled_answer(structure: Structure, given: list[float], request: schemas.TraceRequest, rule: Rule) -> bytes:
    """The trace that follows a wrong rule as JSON, with the right numbers where it differs."""
    ruled = follow(trace_of(structure, given, request.learning_rate), rule)
    addresses, right, wrong = ruled.trace.layout.addresses, ruled.right.numbers, ruled.trace.numbers
    return encode(
        {
            **ruled.trace.document(),
            "rule": rule.name,
            "differs": [
                {"pointer": addresses[at], "value": wrong[at], "right": right[at], "difference": wrong[at] - right[at]}
                for at in ruled.differs
            ],
            "steps": ruled_steps(ruled, request.steps),
        }
    )


@router.post("/trace", response_model=documents.Trace, responses=errors(*INPUT, TOO_BUSY), summary="Trace one example")
async def post_trace(body: RuledTraceBody, services: ServicesHere) -> Response:
    """All the network makes of one example: z, a, gain, ∂l/∂a, ∂l/∂z, ∂l/∂w, ∂l/∂b, ∂l/∂x, and the steps to them.

    With a rule, the backward pass goes wrong in a way that has a name, and differs lists every number that it spoils.
    """
    structure, given = structure_of(body, ruled=True)
    parameters = check_network(structure.sizes, services.limits, "/network/layers")
    check_steps(count_steps(structure, body.steps), services.limits)
    if body.rule is not None:
        # Every number is held against the right one, as a gradient check does, and many are listed twice.
        check_gradient_check(structure.sizes, services.limits)
        return JSONBytes(await services.work.run(ruled_answer, structure, given, body, rule_of(body.rule, structure)))
    return await services.work.weigh(parameters, INLINE_PARAMETERS, answer, structure, given, body)
