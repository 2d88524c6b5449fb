"""One example, forward and backward."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Query
from starlette.responses import Response

from ....core.mistakes.rules.rule import Rule
from ....core.mistakes.rules.walk import follow, ruled_steps
from ....core.record.layout import Structure
from ....core.record.plan import count_steps
from ....core.record.steps import each_step
from ....core.record.trace import trace_of
from ...bounds.limits import check_gradient_check, check_network, check_steps
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.incoming.fields import wanted_of
from ...wire.outgoing.encoding import encode, in_parts
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, JSONParts, json_router
from .. import documents, examples, schemas
from ..encoding import MOST_STEPS, steps_json, trace_bytes, trace_parts
from ..shapes import rule_of, structure_of

router = json_router("Trace")

INLINE_PARAMETERS = 400
LARGE_NUMBERS = 20_000
RIGHT_EXAMPLES = named(
    lecture=("The lecture's network with one update", examples.TRACE),
    classifier=("ReLU and softmax with cross entropy", examples.CLASSIFIER),
    momentum=("An update with momentum", examples.MOMENTUM),
    signal=("A signal of one's own sent back", examples.SIGNAL),
)
WRONG_EXAMPLES = named(rule=("Hidden layers through already updated weights", examples.RULED_TRACE))
TraceBody = Annotated[schemas.TraceRequest, Body(openapi_examples=RIGHT_EXAMPLES)]
FIELDS = tuple(documents.Trace.model_fields)
Fields = Annotated[
    str | None,
    Query(
        description="The fields of the answer that are wanted, separated by commas; all others are left out, and steps "
        "that nobody wants are not made. By default, and if null, all.",
        examples=["x,target,layers,loss,dl_dx,updated,counts,steps"],
    ),
]
RuledTraceBody = Annotated[schemas.TraceRequest, Body(openapi_examples={**RIGHT_EXAMPLES, **WRONG_EXAMPLES})]


def answer(structure: Structure, given: list[float], request: schemas.TraceRequest) -> JSONBytes:
    """The trace as JSON."""
    trace = trace_of(structure, given, request.learning_rate)
    if trace.layout.size > LARGE_NUMBERS or count_steps(structure, request.steps) > MOST_STEPS:
        return JSONParts(trace_parts(trace, request.steps, request.details))
    return JSONBytes(trace_bytes(trace, steps_json(trace, request.steps, request.details)))


def part(structure: Structure, given: list[float], request: schemas.TraceRequest, wanted: frozenset[str]) -> JSONBytes:
    """Some fields of the trace as JSON."""
    trace = trace_of(structure, given, request.learning_rate)
    document = {**trace.document(), "steps": each_step(trace, request.steps, details=request.details)}
    return JSONParts(list(in_parts({name: value for name, value in document.items() if name in wanted})))


def ruled_answer(
    structure: Structure,
    given: list[float],
    request: schemas.TraceRequest,
    rule: Rule,
    wanted: frozenset[str] | None,
) -> bytes:
    """The trace that follows a wrong rule as JSON, with the right numbers where it differs, or some fields of that."""
    ruled = follow(trace_of(structure, given, request.learning_rate), rule)
    addresses, right, wrong = ruled.trace.layout.addresses, ruled.right.numbers, ruled.trace.numbers
    document = {
        **ruled.trace.document(),
        "rule": rule.name,
        "differs": [
            {"pointer": addresses[at], "value": wrong[at], "right": right[at], "difference": wrong[at] - right[at]}
            for at in ruled.differs
        ],
        "steps": ruled_steps(ruled, request.steps, request.details),
    }
    return encode({name: value for name, value in document.items() if wanted is None or name in wanted})


@router.post("/trace", response_model=documents.Trace, responses=errors(*INPUT, TOO_BUSY), summary="Trace one example")
async def post_trace(body: RuledTraceBody, services: ServicesHere, fields: Fields = None) -> Response:
    """All the network makes of one example: z, a, gain, ∂l/∂a, ∂l/∂z, ∂l/∂w, ∂l/∂b, ∂l/∂x, and the steps to them.

    With a rule, the backward pass goes wrong in a way that has a name, and differs lists every number that it spoils.
    """
    wanted = None if fields is None else wanted_of(fields, FIELDS)
    if wanted is not None and "steps" not in wanted:
        body = body.model_copy(update={"steps": "none"})
    structure, given = structure_of(body, ruled=True)
    parameters = check_network(structure.sizes, services.limits, "/network/layers")
    check_steps(count_steps(structure, body.steps), services.limits)
    if body.rule is not None:
        # Every number is held against the right one, as a gradient check does, and many are listed twice.
        check_gradient_check(structure.sizes, services.limits)
        rule = rule_of(body.rule, structure)
        return JSONBytes(await services.work.run(ruled_answer, structure, given, body, rule, wanted))
    if wanted is not None:
        return await services.work.weigh(parameters, INLINE_PARAMETERS, part, structure, given, body, wanted)
    return await services.work.weigh(parameters, INLINE_PARAMETERS, answer, structure, given, body)
