"""A trace request as a program."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from ....core.record.layout import Structure
from ....core.record.trace import trace_of
from ....snippets import program
from ...bounds.limits import check_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, json_router
from .. import closeups, examples, schemas
from ..shapes import inside, structure_of

router = json_router("Trace")

INLINE_PARAMETERS = 60
CodeBody = Annotated[
    schemas.CodeRequest,
    Body(
        openapi_examples=named(
            numpy=("Both passes by hand in NumPy", examples.CODE),
            pytorch=("Autograd in PyTorch", examples.CODE_IN_PYTORCH),
            jax=("Pull-backs in JAX", examples.CODE_IN_JAX),
        )
    ),
]


def answer(structure: Structure, given: list[float], learning_rate: float | None, language: str) -> bytes:
    """The program as JSON."""
    written = program(trace_of(structure, given, learning_rate), language)
    return encode({"language": language, "code": written.code, "marks": [mark._asdict() for mark in written.marks]})


@router.post(
    "/code",
    response_model=closeups.ProgramText,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Write the trace as a program",
)
async def post_code(body: CodeBody, services: ServicesHere) -> Response:
    """A whole program that computes the trace: both passes in NumPy, or with PyTorch, TensorFlow or JAX.

    In NumPy the backward pass is written out; the frameworks run their own. The numbers stand in it to the last
    digit. The marks say which lines do which step.
    """
    with inside("/request"):
        structure, given = structure_of(body.request)
        parameters = check_network(structure.sizes, services.limits, "/network/layers")
    rate = body.request.learning_rate
    return JSONBytes(
        await services.work.weigh(parameters, INLINE_PARAMETERS, answer, structure, given, rate, body.language)
    )
