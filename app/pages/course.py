"""The pages of the course: the list of lessons, a lesson, its worksheet, the glossary, the gallery."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..core.mistakes.rules.registry import RULES
from ..core.mistakes.rules.shown import shown_on
from ..library.glossary import glossary
from ..library.lessons import lesson, lesson_names, request_of, summaries, whole
from ..library.notations import notations
from ..library.presets import preset, preset_groups, preset_names, run
from ..library.rich_text import Segment
from .drawing import LARGE, Drawing, drawing
from .i18n import paired
from .numbers import significant
from .page import context_of, language_for, respond, written_aside
from .readable import readable
from .walk import formula, published

router = APIRouter(include_in_schema=False)

Json = dict[str, Any]

PARTS = ("A", "B", "C", "D")


def spoken(segment: Segment, terms: Mapping[str, str]) -> Json:
    """A segment as the template shows it: a number as text, LaTeX also as it reads before it is typeset."""
    if "pointer" in segment:
        return {**segment, "shown": significant(segment["value"], segment["digits"])}
    if "tex" in segment:
        return {**segment, "shown": readable(segment["tex"])}
    if "term" in segment:
        return {**segment, "shown": segment["text"] or terms[segment["term"]]}
    return dict(segment)


def measured(rows: list[list[Any]], common: bool) -> list[list[Json]]:
    """A table's cells, those that are one number each with its share of the largest: the length of its bar.

    Args:
        rows: the cells, each a line of segments.
        common: whether the largest is that of the whole table, not of the cell's column.
    """

    def size(cell: Sequence[Json]) -> float | None:
        if len(cell) != 1:
            return None
        [piece] = cell
        return float(piece["text"]) if "fact" in piece else piece.get("value")

    sizes = [[size(cell) for cell in row] for row in rows]
    largest = [
        max((abs(each) for each in column if each is not None), default=0) for column in zip(*sizes, strict=True)
    ]
    if common:
        largest = [max(largest, default=0)] * len(largest)
    return [
        [
            {"line": cell, "share": abs(each) / top if each is not None and top > 0 else None}
            for cell, each, top in zip(row, values, largest, strict=True)
        ]
        for row, values in zip(rows, sizes, strict=True)
    ]


def told_in(name: str, language: str) -> Json:
    """A lesson with what it says in one language, ready for the template."""
    script = lesson(name)
    found = whole(script)
    # In running text a term goes by the first of its names.
    terms = {term["name"]: re.split("[,（]", term["title"][paired(language)])[0] for term in glossary()}

    def line(segments: list[Segment] | None) -> list[Json] | None:
        return None if segments is None else [spoken(segment, terms) for segment in segments]

    scenes = []
    for scene in found["scenes"]:
        said = scene["told"][paired(language)]
        scenes.append(
            {
                "name": scene["name"],
                "title": said["title"],
                "drawing": None if scene["request"] is None else drawing(scene["request"], LARGE),
                "text": [line(paragraph) for paragraph in said["text"]],
                "kind": scene["task"]["kind"] if "task" in scene else None,
                **{part: line(said[part]) for part in ("task", "hint", "done")},
                "options": [line(option) for option in said["options"]],
                "columns": [line(heading) for heading in said["columns"]],
                "rows": measured([[line(cell) for cell in row] for row in said["rows"]], said["common"]),
            }
        )
    return {
        **{field: found[field] for field in ("name", "topics", "minutes", "worksheet")},
        "title": found["title"][paired(language)],
        "summary": found["summary"][paired(language)],
        "can": script["texts"][paired(language)]["can"],
        "shows": script["shows"],
        "tells": script.get("tells", script["shows"]),
        "teacher": found["teacher"][paired(language)],
        "facts": found["facts"],
        "scenes": scenes,
    }


def shown_notations() -> list[Json]:
    """The choices of notation, each option's symbol also as it reads before it is typeset."""
    return [
        {
            **choice,
            "options": [
                {"tex": {}, "plain": {}, "remark": None, **option, "readable": readable(option["symbol"])}
                for option in choice["options"]
            ],
        }
        for choice in notations()
    ]


def listed(language: str) -> list[Json]:
    """All lessons as the list shows them, numbered, each with the network that it is about."""
    return [
        {
            **each,
            "number": number,
            "title": each["title"][paired(language)],
            "summary": each["summary"][paired(language)],
            "drawing": first_network(each["name"]),
        }
        for number, each in enumerate(summaries(), start=1)
    ]


@cache
def first_network(name: str) -> Drawing:
    """The picture of the first network that a lesson puts on the stage, with what the lesson is about lit up."""
    scenes = [scene for scene in lesson(name)["scenes"] if "lab" not in scene]
    request = request_of(scenes[0])
    assert request is not None
    same = [scene for scene in scenes if request_of(scene) == request]
    lit = [pointer for scene in same for pointer in scene.get("lit", ())]
    return drawing(request, lit=lit or [pointer for scene in same for pointer in asked_in(scene)])


def asked_in(scene: Mapping[str, Any]) -> list[str]:
    """The numbers that a scene's task asks for."""
    task = scene.get("task", {})
    return [*task.get("accept", ()), *([task["pointer"]] if "pointer" in task else [])]


def grouped(language: str) -> list[Json]:
    """All presets as the cards show them, in their groups."""
    return [
        {
            "name": group["name"],
            "title": group["title"][paired(language)],
            "presets": [card(name, language) for name in group["presets"]],
        }
        for group in preset_groups()
    ]


def card(name: str, language: str) -> Json:
    """What the card of one preset shows."""
    found = preset(name)
    printed = found.get("published", [])
    return {
        "name": name,
        "title": found["title"][paired(language)],
        "description": found["description"][paired(language)],
        "drawing": drawing(found["request"]),
        "count": len(printed),
        "agreeing": sum(row["agrees"] for row in printed),
    }


def part_of(topics: Sequence[str]) -> str:
    """The part of the lecture to which most of a lesson's topics belong."""
    [(part, _)] = Counter(topic[0] for topic in topics).most_common(1)
    return part


def works(language: str) -> list[Json]:
    """Every preset whose source printed numbers: what was printed, what we compute, whether they agree."""
    shown = []
    for name in preset_names():
        found = preset(name)
        if found.get("published"):
            rows = published(found["published"], run(found["request"]), language)
            shown.append(
                {
                    "name": name,
                    "title": found["title"][paired(language)],
                    "description": found["description"][paired(language)],
                    "source": found["source"],
                    "published": rows,
                    "agreeing": sum(row["agrees"] for row in rows),
                }
            )
    return shown


@router.get("/course")
@written_aside
def get_course(request: Request) -> Response:
    """All lessons, in the four parts of the lecture."""
    language = language_for(request)
    lessons = listed(language)
    parts = [{"code": part, "lessons": [each for each in lessons if part_of(each["topics"]) == part]} for part in PARTS]
    return respond(
        request,
        "course.html",
        {**context_of(request, language, "."), "here": "course", "parts": parts, "notations": shown_notations()},
    )


@router.get("/course/{name}")
@written_aside
def get_lesson(name: str, request: Request) -> Response:
    """A lesson: all that it says, with the numbers of its traces; with JavaScript, one scene at a time on the stage."""
    language = language_for(request)
    context = {**context_of(request, language, ".."), "here": "course"}
    names = lesson_names()
    if name not in names:
        return respond(request, "missing_lesson.html", {**context, "lessons": listed(language)}, status=404)
    place = names.index(name)
    titles = {each["name"]: each["title"] for each in listed(language)}
    around = {
        "number": place + 1,
        "count": len(names),
        "before": {"name": names[place - 1], "title": titles[names[place - 1]]} if place else None,
        "after": {"name": names[place + 1], "title": titles[names[place + 1]]} if place + 1 < len(names) else None,
    }
    found = told_in(name, language)
    return respond(request, "lesson.html", {**context, "lesson": found, "notations": shown_notations(), **around})


@router.get("/glossary")
@written_aside
def get_glossary(request: Request) -> Response:
    """Every term with its symbol and what other books call it, in both languages side by side."""
    language = language_for(request)
    terms = [{**term, "readable": readable(term["symbol"])} for term in glossary()]
    frame = context_of(request, language, ".")
    context = {**frame, "here": "course", "terms": terms, "notations": shown_notations()}
    return respond(request, "glossary.html", context)


@router.get("/gallery")
@written_aside
def get_gallery(request: Request) -> Response:
    """All presets as cards, and the published ones among them, each number beside ours."""
    language = language_for(request)
    shown = works(language)
    context = {**context_of(request, language, "."), "here": "gallery", "works": shown, "groups": grouped(language)}
    return respond(request, "gallery.html", context)


@router.get("/bugs")
@written_aside
def get_bugs(request: Request) -> Response:
    """The bug lab: every named wrong rule, what it does, and whether a gradient check finds it."""
    language = language_for(request)
    lecture = run(preset(preset_names()[0])["request"]).layout.structure
    rules = [
        {
            "name": rule.name,
            "shown": shown_on(rule, lecture),
            "formula": formula(rule.formula),
            "right_formula": formula(rule.right_formula),
            "caught": rule.caught,
            "several_examples": rule.several_examples,
            **{
                field: getattr(rule, field)[paired(language)]
                for field in ("title", "description", "notice", "check", "needs")
            },
        }
        for rule in RULES.values()
    ]
    return respond(request, "bugs.html", {**context_of(request, language, "."), "here": "course", "rules": rules})
