"""The pages' addresses."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..api.pictures.plotly_script import script_url
from ..api.services import Services, get_services
from ..api.wire.middleware import allow_inline_styles
from ..library.presets import preset, preset_names
from .course import router as course
from .fields import form
from .forms import check, read
from .i18n import paired
from .links.permalink import explorer_link
from .links.short import router as short
from .page import context_of, language_for, respond, written_aside
from .walk import walk
from .worksheet import router as worksheet

router = APIRouter(include_in_schema=False)
router.include_router(course)
router.include_router(worksheet)
router.include_router(short)

Json = dict[str, Any]


class Choice(NamedTuple):
    """A preset as the lists on the pages show it."""

    name: str
    title: str
    description: str


@cache
def choices(language: str) -> tuple[Choice, ...]:
    """All presets."""
    listed = (preset(name) for name in preset_names())
    return tuple(
        Choice(each["name"], each["title"][paired(language)], each["description"][paired(language)]) for each in listed
    )


@router.get("/")
@written_aside
def get_explorer(request: Request) -> Response:
    """The Explorer; without JavaScript, the way to the walks in words."""
    language = language_for(request)
    context = context_of(request, language, ".")
    return respond(request, "explorer.html", {**context, "here": "explore", "presets": choices(language)})


@router.get("/lab")
async def get_lab(request: Request) -> Response:
    """The Lab: training on data, watched."""
    # Plotly writes the styles of its charts into their elements.
    allow_inline_styles(request.scope)
    context = context_of(request, language_for(request), ".")
    embedded = request.query_params.get("embedded") == "1"
    return respond(request, "lab.html", {**context, "here": "lab", "plotly": script_url(), "embedded": embedded})


@router.get("/plain/{name}")
@written_aside
def get_plain(name: str, request: Request) -> Response:
    """The whole walk through a preset as text and formulas, with whatever the address changes in it."""
    services = get_services(request)
    language = language_for(request)
    context = {**context_of(request, language, ".."), "presets": choices(language)}
    if name not in preset_names():
        return respond(request, "missing.html", context, status=404)
    return answer(request, preset(name), context, services)


def answer(request: Request, chosen: Json, context: Json, services: Services) -> Response:
    """The page of a preset: the walk, or what keeps it from being computed."""
    language, t = context["lang"], context["t"]
    original = chosen["request"]
    draft = read(deepcopy(original), request.query_params)
    checked = check(draft, services.limits)
    context |= {
        "name": chosen["name"],
        "title": chosen["title"][paired(language)],
        "description": chosen["description"][paired(language)],
        "source": chosen["source"],
        "form": form(draft, original, language, t),
        "edited": draft.edited,
    }
    if checked is None:
        return respond(request, "plain.html", {**context, "walk": None}, status=422)
    _, structure, given = checked
    made = walk(chosen, draft.request, structure, given, draft.edited, language, t)
    link = explorer_link(chosen["name"], draft.request, draft.edited, language)
    return respond(request, "plain.html", {**context, "walk": made, "explorer": f"../#{link}"})
