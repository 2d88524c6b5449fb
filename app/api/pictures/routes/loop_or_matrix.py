"""Loop against matrix, measured here and now."""

from __future__ import annotations

import time
from typing import Annotated

import numpy as np
from fastapi import Body
from starlette.responses import Response

from ....core.pictures.loop_or_matrix import measure
from ....looking import look_up
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, json_router
from .. import documents, surface_examples
from ..surface_schemas import LoopOrMatrixRequest

router = json_router("Training")

BUDGET = 0.02
LoopOrMatrixBody = Annotated[
    LoopOrMatrixRequest,
    Body(openapi_examples=named(sizes=("Three sizes", surface_examples.LOOP_OR_MATRIX))),
]


def clock() -> float:
    """Seconds; each time they are asked for is a look as well."""
    look_up()
    return time.perf_counter()


def answer(sizes: list[int]) -> bytes:
    """The measurement as JSON."""
    timings = list(measure(sizes, np.random.default_rng(0), clock, BUDGET))
    return encode(
        {
            "sizes": [timing.size for timing in timings],
            "loop_seconds": [timing.loop_seconds for timing in timings],
            "matrix_seconds": [timing.matrix_seconds for timing in timings],
            "ratio": [timing.ratio for timing in timings],
        }
    )


@router.post(
    "/loop-or-matrix",
    response_model=documents.LoopOrMatrix,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Measure a layer as loops and as a matrix product",
)
def post_loop_or_matrix(body: LoopOrMatrixBody) -> Response:
    """One layer as nested Python loops and as a matrix product, timed on this machine for each size."""
    return JSONBytes(answer(body.sizes))
