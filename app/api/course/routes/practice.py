"""Exercises to be computed by hand."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from ....core.mistakes.practice import LEVELS, LOSS, Exercise, exercise
from ....core.record.operations.formulas import Symbols
from ...wire.documenting import errors
from ...wire.incoming.values import MAX_SEED, WholeInQuery
from ...wire.problems import VALIDATION
from ...wire.routing import json_response, json_router
from .. import documents

router = json_router("Course")

Level = Annotated[WholeInQuery, Query(ge=min(LEVELS), le=max(LEVELS), description="How hard: 1, 2 or 3.", examples=[2])]
Seed = Annotated[
    WholeInQuery,
    Query(ge=0, le=MAX_SEED, description="The same seed always gives the same exercise.", examples=[4]),
]


def trace_request(drawn: Exercise) -> dict[str, Any]:
    """The exercise as a body of POST /trace, which has all answers."""
    return {"network": drawn.network.document(), "x": drawn.x, "target": drawn.target, "loss": LOSS}


@router.get(
    "/practice", response_model=documents.Practice, responses=errors(VALIDATION), summary="An exercise by its seed"
)
async def get_practice(level: Level = 1, seed: Seed = 0) -> Response:
    """A small network with friendly numbers, and the pointers of the numbers that are to be worked out."""
    drawn = exercise(level, seed)
    symbols, position = Symbols(drawn.record.layout), drawn.record.layout.position
    return json_response(
        {
            "level": level,
            "seed": seed,
            "request": trace_request(drawn),
            "asked": [{"pointer": pointer, "symbol": symbols[position[pointer]]} for pointer in drawn.asked],
            "digits": drawn.digits,
        }
    )
