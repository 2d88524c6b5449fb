"""Where a learner's number comes from."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ...core.diagnosis import diagnose
from ...core.layout import Structure
from ...core.plan import count_steps
from ...core.trace import trace_of
from .. import examples, rule_documents, rule_examples
from ..encoding import encode
from ..limits import check_gradient_check, check_network, check_steps
from ..openapi import INPUT, errors
from ..problems import TOO_BUSY
from ..routing import JSONBytes, ServicesHere, json_router
from ..rule_schemas import DiagnoseRequest
from ..shapes import computed_position, inside, structure_of

router = json_router("Course")

VERDICTS = {"right": "right", "sign_of_zero": "right", "rounding": "right_but_rounded"}
DiagnoseBody = Annotated[
    DiagnoseRequest,
    Body(
        openapi_examples=examples.named(
            gain=("σ′ left out at the output", rule_examples.DIAGNOSIS),
            bias=("A bias forgotten", rule_examples.DIAGNOSIS_OF_Z),
        )
    ),
]


def answer(structure: Structure, given: list[float], body: DiagnoseRequest, position: int, granularity: str) -> bytes:
    """The diagnosis as JSON."""
    record = trace_of(structure, given, body.request.learning_rate)
    found = diagnose(record, position, body.answer, body.digits, granularity)
    return encode(
        {
            "verdict": VERDICTS.get(found.finding, "wrong"),
            "finding": found.finding,
            "expected": found.expected,
            "misconceptions": [
                {
                    "name": match.misconception.name,
                    "rule": match.misconception.name,
                    "title": dict(match.misconception.title),
                    "description": dict(match.misconception.description),
                    "value": match.value,
                    "step": match.step,
                    "pointer": match.pointer,
                }
                for match in found.matches
            ],
        }
    )


@router.post(
    "/diagnose",
    response_model=rule_documents.Diagnosis,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Say where a learner's number comes from",
)
def post_diagnose(body: DiagnoseBody, services: ServicesHere) -> Response:
    """Right, right but for rounding, or wrong, with every named misconception that gives just this number.

    It never guesses: no match, no claim.
    """
    granularity = "unit" if body.request.steps == "none" else body.request.steps
    with inside("/request"):
        structure, given = structure_of(body.request)
        check_network(structure.sizes, services.limits, "/network/layers")
        check_gradient_check(structure.sizes, services.limits)
        check_steps(count_steps(structure, granularity), services.limits)
    position = computed_position(structure, body.pointer)
    return JSONBytes(answer(structure, given, body, position, granularity))
