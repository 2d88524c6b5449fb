"""Figures of a run that the server keeps: asked for by its id, so that no record has to be sent back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query
from starlette.responses import Response

from ....figures.curves import curves
from ....figures.gradient_flow import gradient_flow
from ....figures.look import Figure, Look
from ...services import Services, ServicesHere
from ...training.example_run import RUN, RunRoute
from ...training.routes.runs import STORE, IdInPath
from ...wire.documenting import errors
from ...wire.incoming.values import WholeInQuery
from ...wire.outgoing.encoding import in_parts
from ...wire.problems import RUN_NOT_FOUND, VALIDATION
from ...wire.routing import PREFIX, JSONParts, json_router
from .. import documents
from ..run_records import flow, history

router = json_router("Figures", PREFIX + "/runs/{id}/figures", RunRoute)

SHARED: dict[str, Any] = {
    "response_model": documents.PlotlyFigure,
    "responses": errors(RUN_NOT_FOUND, VALIDATION, *STORE),
}
Twin = Annotated[
    str | None, Query(max_length=64, description="Id of another run, drawn beside it; none if null.", examples=[RUN])
]
Theme = Annotated[Literal["light", "dark"], Query(description="Colours of the figure.", examples=["light"])]
Language = Annotated[Literal["en", "zh"], Query(description="Language of its words.", examples=["en"])]
ShownEpoch = Annotated[
    WholeInQuery | None,
    Query(ge=0, le=2**31 - 1, description="An epoch to be marked by a line; none if null.", examples=[2]),
]
Stacked = Annotated[bool, Query(description="Whether its panels stand one above the other.", examples=[False])]
Log = Annotated[bool, Query(description="Whether losses stand on a logarithmic axis.", examples=[True])]


def names(look: Look, twin: str | None) -> tuple[str, str]:
    """What the two runs are called; one alone needs no name."""
    return ("", "") if twin is None else (look.say("this run", "本次"), look.say("twin", "对照"))


def drawn(figure: Figure) -> list[bytes]:
    """A figure as JSON."""
    return list(in_parts(figure.document()))


def draw_curves(
    services: Services, run_id: str, twin: str | None, look: Look, log: bool, shown_epoch: int | None, stacked: bool
) -> list[bytes]:
    """The losses of a run and its twin as a figure."""
    own, other = names(look, twin)
    beside = None if twin is None else history(services, twin, other)
    shown = history(services, run_id, own)
    return drawn(curves(shown, look, log=log, twin=beside, shown_epoch=shown_epoch, stacked=stacked))


def draw_gradient_flow(
    services: Services, run_id: str, twin: str | None, look: Look, shown_epoch: int | None, stacked: bool
) -> list[bytes]:
    """The gradients of a run and its twin as a figure."""
    own, other = names(look, twin)
    beside = None if twin is None else flow(services, twin, other)
    shown = flow(services, run_id, own)
    return drawn(gradient_flow(shown, look, twin=beside, shown_epoch=shown_epoch, stacked=stacked))


@router.get("/curves", summary="Draw the losses of a run over time", **SHARED)
async def get_run_curves(
    id: IdInPath,
    services: ServicesHere,
    twin: Twin = None,
    theme: Theme = "light",
    language: Language = "en",
    log: Log = True,
    shown_epoch: ShownEpoch = None,
    stacked: Stacked = False,
) -> Response:
    """Total loss and cost, each under its own name, for the training part and the part held out; accuracy."""
    look = Look(theme, language)
    return JSONParts(await services.work.run(draw_curves, services, id, twin, look, log, shown_epoch, stacked))


@router.get("/gradient-flow", summary="Draw gradients and gains of a run over time", **SHARED)
async def get_run_gradient_flow(
    id: IdInPath,
    services: ServicesHere,
    twin: Twin = None,
    theme: Theme = "light",
    language: Language = "en",
    shown_epoch: ShownEpoch = None,
    stacked: Stacked = False,
) -> Response:
    """The size of ∂L/∂w and the mean gain of each layer: where gradients vanish; a twin on axes of the same range."""
    look = Look(theme, language)
    return JSONParts(await services.work.run(draw_gradient_flow, services, id, twin, look, shown_epoch, stacked))
