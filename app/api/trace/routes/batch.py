"""Many examples at once."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import Body
from starlette.responses import Response

from ....core.record.batch import batch
from ....looking import look_up
from ...bounds.limits import check_batch, check_network
from ...network.shapes import core_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import in_parts
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONParts, json_router
from .. import documents, examples, schemas
from ..shapes import check_batch_shapes

router = json_router("Many examples")

BatchBody = Annotated[
    schemas.BatchRequest,
    Body(openapi_examples=named(lecture=("The lecture's three inputs", examples.BATCH))),
]


def answer(request: schemas.BatchRequest) -> list[bytes]:
    """The batch as JSON."""
    made = batch(
        core_network(request.network),
        np.array(request.xs),
        np.array(request.targets),
        request.loss,
        per_example=request.per_example,
        look_up=look_up,
    )
    document: dict[str, Any] = {
        "outputs": made.outputs,
        "losses": made.losses,
        "total_loss": made.total_loss,
        "cost": made.cost,
        "layers": [{"dl_dw": layer.dl_dw, "dl_db": layer.dl_db} for layer in made.layers],
    }
    if made.examples is not None:
        # One by one as they are written: a hundred thousand objects at once keep the garbage collector busy for long.
        document["examples"] = (
            {"layers": [{"dl_dw": layer.dl_dw[n], "dl_db": layer.dl_db[n]} for layer in made.examples]}
            for n in range(len(request.xs))
        )
    return list(in_parts(document))


@router.post(
    "/batch", response_model=documents.Batch, responses=errors(*INPUT, TOO_BUSY), summary="Send many examples at once"
)
def post_batch(body: BatchBody, services: ServicesHere) -> Response:
    """Outputs and losses of all examples, their sum (total loss) and mean (cost), the gradients of the total loss."""
    sizes = check_batch_shapes(body)
    check_network(sizes, services.limits, "/network/layers")
    check_batch(sizes, len(body.xs), body.per_example, services.limits)
    return JSONParts(answer(body))
