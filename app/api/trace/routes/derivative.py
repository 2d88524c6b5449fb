"""The loss as a function of one number of the request."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from starlette.responses import Response

from ....core.proofs.derivative import derivative
from ....core.record.layout import Structure
from ....core.record.parameter import Parameter
from ....core.record.trace import trace_of
from ...bounds.limits import check_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, json_router
from .. import closeups, examples, schemas
from ..shapes import inside, parameter_of, structure_of, without_signal, without_update

router = json_router("Trace")

INLINE_PARAMETERS = 60
DerivativeBody = Annotated[
    schemas.DerivativeRequest,
    Body(
        openapi_examples=named(
            weight=("By a weight", examples.DERIVATIVE), input=("By an input", examples.DERIVATIVE_BY_INPUT)
        )
    ),
]


def answer(structure: Structure, given: list[float], parameter: Parameter) -> bytes:
    """The view as JSON."""
    view = derivative(trace_of(structure, given), parameter)
    (numeric,), (relative_error,), (kink,) = view.check.numeric, view.check.relative_error, view.check.kink
    differences = view.errors
    rows: list[dict[str, Any]] = [
        {"h": h, "numeric": slope, "relative_error": error, "kink": bent, "secant": [below, above]}
        for h, slope, error, bent, below, above in zip(
            *(
                column.tolist()
                for column in (
                    differences.h,
                    differences.numeric,
                    differences.relative_error,
                    differences.kink,
                    differences.below,
                    differences.above,
                )
            ),
            strict=True,
        )
    ]
    return encode(
        {
            "pointer": parameter.pointer,
            "gradient_pointer": parameter.gradient_pointer,
            "value": view.value,
            "analytic": view.analytic,
            "numeric": float(numeric),
            "relative_error": float(relative_error),
            "kink": bool(kink),
            "loss": view.loss,
            "curve": {"values": view.values, "losses": view.losses},
            "errors": rows,
        }
    )


@router.post(
    "/derivative",
    response_model=closeups.DerivativeView,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Look at the loss around one number",
)
async def post_derivative(body: DerivativeBody, services: ServicesHere) -> Response:
    """The loss along one weight, bias or input; its derivative by backpropagation and by central difference for many h.

    As h shrinks, the central difference first gets better, then worse: the error against h is a V.
    """
    with inside("/request"):
        structure, given = structure_of(body.request)
        without_signal(body.request)
        parameters = check_network(structure.sizes, services.limits, "/network/layers")
    parameter = parameter_of(structure, body.pointer, inputs=True)
    # The trace ends with the gradient: an update would be computed for nothing.
    structure, given = without_update(structure, given)
    return JSONBytes(await services.work.weigh(parameters, INLINE_PARAMETERS, answer, structure, given, parameter))
