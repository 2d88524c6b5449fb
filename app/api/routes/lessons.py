"""The course: its lessons as data."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from ...library.glossary import glossary
from ...library.lessons import lesson, lesson_names, summaries, topics_of, whole
from .. import course_documents as documents
from ..encoding import encode
from ..openapi import errors
from ..problems import NOT_FOUND, TOO_BUSY, Problem
from ..routing import JSONBytes, ServicesHere, json_response, json_router

router = json_router("Course")

NameInPath = Annotated[str, Path(description="Name of a lesson.", examples=[lesson_names()[0]])]


@router.get("/lessons", response_model=documents.LessonList, responses=errors(), summary="All lessons")
async def get_lessons() -> Response:
    """The lessons in the order of the course, and which of them teach and exercise each topic of the lecture."""
    return JSONBytes(_all_lessons())


@router.get(
    "/lessons/{name}", response_model=documents.Lesson, responses=errors(NOT_FOUND, TOO_BUSY), summary="One lesson"
)
async def get_lesson(name: NameInPath, services: ServicesHere) -> Response:
    """Its scenes with their trace requests, what is said in both languages, the tasks, and notes for the teacher."""
    if name not in lesson_names():
        raise Problem(NOT_FOUND, "There is no lesson of this name; /api/v1/lessons lists all of them.")
    return JSONBytes(await services.page_work.run(lambda: encode(whole(lesson(name)))))


@router.get("/glossary", response_model=documents.Glossary, responses=errors(), summary="The terms of the field")
async def get_glossary() -> Response:
    """Each term with its symbol, its name and what it means, in both languages, and what other books call it."""
    return json_response({"terms": glossary()})


@cache
def _all_lessons() -> bytes:
    """The list, encoded once: it is the same as long as the process runs."""
    listed = summaries()
    topics = [{"code": code, "taught": taught, "exercised": exercised} for code, taught, exercised in topics_of(listed)]
    return encode({"lessons": listed, "topics": topics})
