"""Pages about the API: the interactive documentation, and one page for each kind of error."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from ...templating import render
from ..wire.problems import KINDS, NOT_FOUND, PATH, Problem

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def get_docs() -> Response:
    """The OpenAPI document as a page on which every operation can be tried; all of it comes from this host."""
    return HTMLResponse(render("docs.html"))


@router.get(PATH)
async def get_problems() -> Response:
    """Every kind of error on one page."""
    return HTMLResponse(render("problems.html", kinds=KINDS.values(), root="."))


@router.get(PATH + "/{slug}")
async def get_problem(slug: str) -> Response:
    """What one kind of error means, in both languages: the page that the member type of an error points at."""
    if slug not in KINDS:
        raise Problem(NOT_FOUND, "There is no kind of error of this name.")
    return HTMLResponse(render("problems.html", kinds=[KINDS[slug]], root=".."))
