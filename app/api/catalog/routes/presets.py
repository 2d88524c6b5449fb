"""Ready-made trace requests."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from ....library.presets import preset, preset_names
from ...wire.documenting import errors
from ...wire.outgoing.encoding import encode
from ...wire.outgoing.lasting import NOT_MODIFIED, Lasting
from ...wire.problems import PRESET_NOT_FOUND, Problem
from ...wire.routing import PREFIX, json_router
from .. import documents

router = json_router("Catalogue", PREFIX + "/presets")

SUMMARY = ("name", "title", "description")
NameInPath = Annotated[str, Path(description="Name of a preset.", examples=[preset_names()[0]])]


@router.get(
    "",
    response_model=list[documents.PresetSummary],
    responses={**NOT_MODIFIED, **errors()},
    summary="All presets",
)
async def get_presets(request: Request) -> Response:
    """Name, title and description of every preset."""
    return _all_presets().response(request.scope)


@router.get(
    "/{name}",
    response_model=documents.Preset,
    responses={**NOT_MODIFIED, **errors(PRESET_NOT_FOUND)},
    summary="One preset as a trace request",
)
async def get_preset(name: NameInPath, request: Request) -> Response:
    """A preset: its source, its request, and what the source published, with whether it agrees."""
    if name not in preset_names():
        raise Problem(PRESET_NOT_FOUND, "There is no preset of this name; /api/v1/presets lists all of them.")
    return _preset(name).response(request.scope)


@cache
def _preset(name: str) -> Lasting:
    return Lasting.of(encode(preset(name)))


@cache
def _all_presets() -> Lasting:
    presets = map(preset, preset_names())
    return Lasting.of(encode([{field: each[field] for field in SUMMARY} for each in presets]))
