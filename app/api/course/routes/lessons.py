"""The course: its lessons as data."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from ....library.glossary import glossary
from ....library.lessons import lesson, lesson_names, summaries, topics_of, whole
from ...services import ServicesHere
from ...wire.documenting import errors
from ...wire.outgoing.encoding import encode
from ...wire.outgoing.lasting import NOT_MODIFIED, Lasting
from ...wire.problems import NOT_FOUND, TOO_BUSY, Problem
from ...wire.routing import json_response, json_router
from .. import documents

router = json_router("Course")

NameInPath = Annotated[str, Path(description="Name of a lesson.", examples=[lesson_names()[0]])]


@router.get(
    "/lessons", response_model=documents.LessonList, responses={**NOT_MODIFIED, **errors()}, summary="All lessons"
)
async def get_lessons(request: Request) -> Response:
    """The lessons in the order of the course, and which of them teach and exercise each topic of the lecture."""
    return _all_lessons().response(request.scope)


@router.get(
    "/lessons/{name}",
    response_model=documents.Lesson,
    responses={**NOT_MODIFIED, **errors(NOT_FOUND, TOO_BUSY)},
    summary="One lesson",
)
async def get_lesson(name: NameInPath, services: ServicesHere, request: Request) -> Response:
    """Its scenes with their trace requests, what is said in both languages, the tasks, and notes for the teacher."""
    if name not in lesson_names():
        raise Problem(NOT_FOUND, "There is no lesson of this name; /api/v1/lessons lists all of them.")
    return (await services.page_work.run(_lesson, name)).response(request.scope)


@router.get("/glossary", response_model=documents.Glossary, responses=errors(), summary="The terms of the field")
async def get_glossary() -> Response:
    """Each term with its symbol, its name and what it means, in both languages, and what other books call it."""
    return json_response({"terms": glossary()})


@cache
def _lesson(name: str) -> Lasting:
    return Lasting.of(encode(whole(lesson(name))))


@cache
def _all_lessons() -> Lasting:
    listed = summaries()
    topics = [{"code": code, "taught": taught, "exercised": exercised} for code, taught, exercised in topics_of(listed)]
    return Lasting.of(encode({"lessons": listed, "topics": topics}))
