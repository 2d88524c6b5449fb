"""The examples of a data set."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any

import numpy as np
from fastapi import Path, Query, Request
from starlette.responses import Response

from ....core.functions.datasets import MADE_SETS, one_hot
from ....library.datasets import ALL_SETS, DATASETS
from ...services import ServicesHere
from ...wire.documenting import errors
from ...wire.incoming.values import MAX_SEED, NumberInQuery, WholeInQuery
from ...wire.outgoing.encoding import encode
from ...wire.problems import NOT_FOUND, TOO_BUSY, VALIDATION, Problem, refuse
from ...wire.routing import json_router
from .. import documents

router = json_router("Training")

UNCHANGED: dict[str, Any] = {"description": "Not changed since the answer whose ETag came in If-None-Match."}

NameInPath = Annotated[str, Path(description="Name of a data set.", examples=["moons"])]
Count = Annotated[
    WholeInQuery | None, Query(description="How many examples, of made data only; null: by default.", examples=[40])
]
Noise = Annotated[
    NumberInQuery | None, Query(description="How much noise, of made data only; null: by default.", examples=[0.1])
]
Seed = Annotated[WholeInQuery, Query(ge=0, le=MAX_SEED, description="Seed of made data.", examples=[7])]


def settled(name: str, n: int | None, noise: float | None) -> dict[str, float]:
    """All parameters of a made data set, none of a measured one.

    Raises:
        Problem: one is outside its limits, or there is none of this name.
    """
    made = MADE_SETS.get(name)
    given = {key: value for key, value in (("n", n), ("noise", noise)) if value is not None}
    if made is None:
        if given:
            raise refuse("", "invalid_parameter", "This data set is as it is; it has neither n nor noise.")
        return {}
    for key, value in given.items():
        low, high = made.choices.limits[key]
        if not low <= value <= high:
            raise refuse("", "invalid_parameter", f"Expected {key} from {low:g} to {high:g}.")
    return {**made.choices.defaults, **given}


def answer(name: str, parameters: dict[str, float], seed: int) -> bytes:
    """The examples as JSON."""
    made = MADE_SETS.get(name)
    entry: Any = ALL_SETS[name]
    xs, labels = (
        DATASETS[name].load()
        if made is None
        else made.make(int(parameters["n"]), parameters["noise"], np.random.default_rng(seed))
    )
    classes = bool(entry.class_names)
    targets = one_hot(np.asarray(labels, np.int64), len(entry.class_names)) if classes else labels
    return encode(
        {
            "name": name,
            "title": dict(entry.title),
            "kind": "classification" if classes else "regression",
            "xs": xs,
            "targets": targets,
            "labels": labels if classes else None,
            "feature_names": list(entry.feature_names),
            "class_names": list(entry.class_names),
            "parameters": {} if made is None else {**parameters, "n": int(parameters["n"]), "seed": seed},
            "source": getattr(entry, "source", None),
            "licence": getattr(entry, "licence", None),
        }
    )


@router.get(
    "/datasets/{name}",
    response_model=documents.DatasetExamples,
    responses={304: UNCHANGED, **errors(NOT_FOUND, VALIDATION, TOO_BUSY)},
    summary="The examples of a data set",
)
async def get_dataset(
    name: NameInPath, request: Request, services: ServicesHere, n: Count = None, noise: Noise = None, seed: Seed = 0
) -> Response:
    """Inputs, targets and labels; the same n, noise and seed always make the same examples, so they can be cached."""
    if name not in ALL_SETS:
        raise Problem(NOT_FOUND, "There is no data set of this name; /api/v1/catalog lists all of them.")
    content = await services.work.run(answer, name, settled(name, n, noise), seed)
    # A later version may make other examples, so a copy is used only after the server has confirmed it.
    headers = {"ETag": f'W/"{sha256(content).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")
