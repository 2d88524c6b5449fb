"""Ready-made trace requests."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from ...library.presets import preset, preset_names
from .. import documents
from ..encoding import encode
from ..openapi import errors
from ..problems import PRESET_NOT_FOUND, Problem
from ..routing import PREFIX, JSONBytes, json_response, json_router

router = json_router("Catalogue", PREFIX + "/presets")

SUMMARY = ("name", "title", "description")
NameInPath = Annotated[str, Path(description="Name of a preset.", examples=[preset_names()[0]])]


@router.get("", response_model=list[documents.PresetSummary], responses=errors(), summary="All presets")
async def get_presets() -> Response:
    """Name, title and description of every preset."""
    return JSONBytes(_all_presets())


@router.get(
    "/{name}",
    response_model=documents.Preset,
    responses=errors(PRESET_NOT_FOUND),
    summary="One preset as a trace request",
)
async def get_preset(name: NameInPath) -> Response:
    """A preset: its source, its request, and what the source published, with whether it agrees."""
    if name not in preset_names():
        raise Problem(PRESET_NOT_FOUND, "There is no preset of this name; /api/v1/presets lists all of them.")
    return json_response(preset(name))


@cache
def _all_presets() -> bytes:
    """The list, encoded once: it is the same as long as the process runs."""
    presets = map(preset, preset_names())
    return encode([{field: each[field] for field in SUMMARY} for each in presets])
