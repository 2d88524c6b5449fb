"""The training runs that the server keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import orjson
from fastapi import Path, Query, Request
from starlette.responses import Response

from ....core.network import Network
from ....core.training.trainer import network_at
from ....store.contract import Run, Summary
from ...network import schemas as network_schemas
from ...services import Services, ServicesHere
from ...wire.documenting import errors
from ...wire.incoming.values import WholeInQuery
from ...wire.outgoing.encoding import encode
from ...wire.problems import RUN_NOT_FOUND, STORE_UNAVAILABLE, TOO_BUSY, VALIDATION, InputError, invalid
from ...wire.routing import PREFIX, JSONBytes, json_router
from .. import documents
from ..data import scaling_document
from ..example_run import RUN, RunRoute
from ..schemas import TrainingRequest
from ..setup import Plan, prepare
from .training import examples_document

router = json_router("Runs", PREFIX + "/runs", RunRoute)

IdInPath = Annotated[
    str,
    Path(
        description="Id of a run, as the event started of POST /api/v1/training gave it. The run of the example is "
        "everybody's, to try this with, and always there.",
        examples=[RUN],
    ),
]
Epoch = Annotated[
    WholeInQuery | None,
    Query(description="One of its recorded_epochs; by default, and if null, the last of them.", examples=[2]),
]
STORE = (STORE_UNAVAILABLE, TOO_BUSY)
LAST_EPOCH = 2**53
THETA_NUMBERS = 100_000
"""Numbers in one answer of many θ: about two megabytes of text."""

FirstEpoch = Annotated[
    WholeInQuery,
    Query(alias="from", ge=0, le=2**53, description="The first epoch whose record is wanted.", examples=[0]),
]
PageLimit = Annotated[
    WholeInQuery | None,
    Query(ge=1, le=100_000, description="How many records at most; by default, and if null, all.", examples=[3]),
]
Index = Annotated[
    WholeInQuery,
    Query(ge=0, description="Place of the example in xs or test_xs of GET /runs/{id}/examples.", examples=[3]),
]
Most = Annotated[
    WholeInQuery, Query(ge=2, le=200, description="How many at most; fewer if they are long.", examples=[3])
]
HeldOut = Annotated[bool, Query(description="Whether it is one of test_xs; else it is one of xs.", examples=[False])]


def summary(run: Run | Summary, last_epoch: int | None) -> dict[str, Any]:
    """A run without its records."""
    return {
        "id": run.id,
        "state": run.state,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "last_epoch": last_epoch,
    }


def told(run: Summary) -> dict[str, Any]:
    """A run as the list has it: its request without its long lists."""
    return {**summary(run, run.last_epoch), "request": orjson.Fragment(run.request)}


def listed(services: Services) -> bytes:
    """All runs; none if the server is not to tell whose runs it has."""
    return encode({"runs": [told(run) for run in (services.runs.all() if services.settings.list_runs else [])]})


def listed_run(services: Services, run_id: str) -> dict[str, Any]:
    """One of them."""
    return told(services.runs.told(run_id))


@dataclass(frozen=True)
class Page:
    """Which records of a run are wanted: those from an epoch on, so many at most, or all of them; and its path."""

    first: int
    limit: int | None
    path: str

    def of(self, documents: list[bytes]) -> tuple[bytes, str | None]:
        """The records wanted, separated by commas, and the path of the page behind them."""
        written = b",".join(documents)
        if not self.first and self.limit is None:
            return written, None
        records = [each for each in orjson.loads(b"[" + written + b"]") if each["epoch"] >= self.first]
        page = records[: self.limit]
        more = len(records) > len(page)
        link = f"{self.path}?from={records[len(page)]['epoch']}&limit={self.limit}" if more else None
        return encode(page)[1:-1], link


def whole(services: Services, run_id: str, page: Page) -> tuple[bytes, str | None]:
    """A run with its records, and the path of the next page of them."""
    last = None if page.limit is None else page.first + page.limit
    run, records, epochs = services.runs.get(run_id, page.first, last)
    written, following = page.of(records)
    ending = None if run.ending is None else orjson.loads(run.ending)
    progress, verdict = (None if ending is None else ending.pop(name, None) for name in ("progress", "verdict"))
    content = encode(
        {
            **summary(run, epochs[-1] if epochs else None),
            "request": orjson.Fragment(run.request),
            "network": orjson.Fragment(run.network),
            "ending": ending,
            "progress": progress,
            "verdict": verdict,
            "records": orjson.Fragment(b"[" + written + b"]"),
            "next": following,
            "recorded_epochs": epochs,
        }
    )
    return content, following


def network(services: Services, run_id: str, epoch: int | None) -> bytes:
    """The network at an epoch."""
    run, theta = services.runs.theta(run_id, epoch)
    start = Network.from_lists(orjson.loads(run.network)["layers"])
    return encode(network_at(start, np.frombuffer(theta)).document())


def thetas(services: Services, run_id: str, most: int) -> bytes:
    """θ at some epochs."""
    epochs, found = services.runs.thetas(run_id, most, THETA_NUMBERS)
    return encode({"epochs": epochs, "thetas": [np.frombuffer(theta) for theta in found]})


def of_run(services: Services, run_id: str) -> Plan:
    """What the run is a training of."""
    run, _ = services.runs.head(run_id)
    return prepare(TrainingRequest.model_validate_json(run.request))


def data(services: Services, run_id: str) -> bytes:
    """The examples of a run."""
    return encode(examples_document(of_run(services, run_id).data))


def units(services: Services, run_id: str) -> bytes:
    """How the numbers of a run's network come from those of its data."""
    found = of_run(services, run_id).data
    return encode(
        {
            "standardised": {"inputs": found.scaling.changes, "targets": found.examples.unit is not None},
            "feature_names": found.feature_names,
            **scaling_document(found),
        }
    )


def example(services: Services, run_id: str, epoch: int | None, index: int, held_out: bool) -> bytes:
    """One example and the network at an epoch, as a body for POST /trace."""
    run, theta = services.runs.theta(run_id, epoch)
    plan = prepare(TrainingRequest.model_validate_json(run.request))
    part = plan.data.test if held_out else plan.data.examples
    if part is None or index >= len(part.xs):
        raise invalid([InputError("", "invalid_parameter", "There is no example at this index.")])
    return encode(
        {
            "network": network_at(plan.network, np.frombuffer(theta)).document(),
            "x": part.xs[index],
            "target": part.targets[index],
            "loss": plan.recipe.loss,
        }
    )


def check_epoch(epoch: int | None) -> None:
    """Refuse what cannot be an epoch. Raises ``Problem``."""
    if epoch is not None and not 0 <= epoch < LAST_EPOCH:
        raise invalid([InputError("", "invalid_parameter", "The parameter epoch is not as declared.")])


@router.get("", response_model=documents.RunList, responses=errors(*STORE), summary="The runs that are kept")
async def get_runs(services: ServicesHere) -> Response:
    """All runs, the newest first."""
    return JSONBytes(await services.store_work.run(listed, services))


@router.get(
    "/{id}",
    response_model=documents.Run,
    responses=errors(RUN_NOT_FOUND, VALIDATION, *STORE),
    summary="A run and its records",
)
async def get_run(
    id: IdInPath, services: ServicesHere, request: Request, first: FirstEpoch = 0, limit: PageLimit = None
) -> Response:
    """What was asked for, how it stands, and the record of every epoch so far, or a page of them.

    A page that is not the last one has the next one's path in its header Link and in next.
    """
    page = Page(first, limit, f"{request.scope.get('root_path', '')}{PREFIX}/runs/{id}")
    content, following = await services.store_work.run(whole, services, id, page)
    response = JSONBytes(content)
    if following is not None:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


@router.get(
    "/{id}/network",
    response_model=network_schemas.Network,
    responses=errors(RUN_NOT_FOUND, VALIDATION, *STORE),
    summary="The network of a run at an epoch",
)
async def get_run_network(id: IdInPath, services: ServicesHere, epoch: Epoch = None) -> Response:
    """Explicit numbers, ready for POST /trace."""
    check_epoch(epoch)
    return JSONBytes(await services.store_work.run(network, services, id, epoch))


@router.get(
    "/{id}/thetas",
    response_model=documents.DescentPath,
    responses=errors(RUN_NOT_FOUND, VALIDATION, *STORE),
    summary="The path of descent of a run",
)
async def get_run_thetas(id: IdInPath, services: ServicesHere, most: Most = 200) -> Response:
    """All parameters at some of its recorded epochs, evenly chosen: a path for POST /landscape."""
    return JSONBytes(await services.store_work.run(thetas, services, id, most))


@router.get(
    "/{id}/examples",
    response_model=documents.Examples,
    responses=errors(RUN_NOT_FOUND, *STORE),
    summary="What a run is trained on",
)
async def get_run_examples(id: IdInPath, services: ServicesHere) -> Response:
    """The examples as the network of the run sees them, and those held out."""
    return JSONBytes(await services.work.run(data, services, id))


@router.get(
    "/{id}/units",
    response_model=documents.Units,
    responses=errors(RUN_NOT_FOUND, *STORE),
    summary="In which units the network of a run counts",
)
async def get_run_units(id: IdInPath, services: ServicesHere) -> Response:
    """Whether inputs and targets are standardised, and by which means and deviations of the training part."""
    return JSONBytes(await services.work.run(units, services, id))


@router.get(
    "/{id}/example",
    response_model=documents.Example,
    responses=errors(RUN_NOT_FOUND, VALIDATION, *STORE),
    summary="One example of a run at an epoch, to be traced",
)
async def get_run_example(
    id: IdInPath, services: ServicesHere, index: Index, epoch: Epoch = None, held_out: HeldOut = False
) -> Response:
    """A body for POST /trace: the network after that epoch, and the example as it sees it."""
    check_epoch(epoch)
    return JSONBytes(await services.work.run(example, services, id, epoch, index, held_out))


@router.delete("/{id}", status_code=204, responses=errors(RUN_NOT_FOUND, *STORE), summary="Forget a run")
async def delete_run(id: IdInPath, services: ServicesHere) -> Response:
    """Forget a run; if it is still going on, it goes on but is no longer kept."""
    await services.store_work.run(services.runs.delete, id)
    return Response(status_code=204)
