"""Lessons: one folder each in ``data/lessons``, in the order of their numbers.

A folder holds ``lesson.json``, the script (topics, minutes, scenes with their networks and tasks), and ``en.json`` and
``zh.json``, what is said. Adding a lesson is adding a folder; ``docs/lessons.md`` describes every field.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ..core.record.trace import Trace
from .presets import preset, run
from .rich_text import Segment, segments

LESSONS = Path(__file__).parent / "data" / "lessons"
LANGUAGES = ("en", "zh")

Json = dict[str, Any]

TASKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reach": ("pointer", "relation", "value"),
        "predict": ("pointer", "digits"),
        "point": ("accept",),
        "walk": ("pointer",),
        "choose": ("answer",),
        "train": ("field", "relation", "value"),
    }
)
"""Each kind of task with the fields it has in a script.

reach: change what may be touched until a number of the trace is as said. predict: type a number before it is shown.
point: click one of the addresses. walk: step until a number is computed. choose: one of the ``options`` in the texts,
by its place. train: in the Lab, until a record's field is as said.
"""


class Told(NamedTuple):
    """What a scene says in one language: paragraphs, what belongs to its task, and a table, if it has one."""

    title: str
    text: list[list[Segment]]
    task: list[Segment] | None
    hint: list[Segment] | None
    done: list[Segment] | None
    options: list[list[Segment]]
    columns: list[list[Segment]]
    rows: list[list[list[Segment]]]
    common: bool


def lesson_names() -> tuple[str, ...]:
    """All names in the order of the course, from the names of the folders alone."""
    return tuple(_folders())


def lesson(name: str) -> Json:
    """The script of a lesson and its texts, a new object each time.

    Raises:
        KeyError: there is no such lesson; the message names those there are.
    """
    if name not in _folders():
        raise KeyError(f"no lesson {name!r}; there are {', '.join(_folders())}")
    found: Json = json.loads(_document(name))
    return found


def request_of(scene: Mapping[str, Any]) -> Json | None:
    """The trace request of a scene: a preset's or its own, with ``change`` in place; None for a scene of the Lab."""
    if "lab" in scene:
        return None
    request = preset(scene["preset"])["request"] if "preset" in scene else deepcopy(scene["request"])
    for pointer, value in scene.get("change", {}).items():
        put(request, pointer, value)
    return {**request, "steps": scene.get("steps", "unit")}


def put(request: Json, pointer: str, value: Any) -> None:
    """Set a field of a trace request; a weight's or bias' pointer is that of the trace, ``/layers/0/w/0/1``."""
    *path, last = pointer.removeprefix("/").split("/")
    place: Any = request["network"] if path and path[0] == "layers" else request
    for part in path:
        place = place[int(part) if isinstance(place, list) else part]
    place[int(last) if isinstance(place, list) else last] = value


def record_of(scene: Mapping[str, Any]) -> Trace | None:
    """The trace that a scene shows and its texts take their numbers from."""
    request = request_of(scene)
    return None if request is None else run(request)


def records_of(found: Mapping[str, Any]) -> dict[str, Trace | None]:
    """The traces that a lesson's texts may take numbers from, by name: those of its scenes and of its ``networks``."""
    shown = {scene["name"]: record_of(scene) for scene in found["scenes"]}
    return {name: record_of(network) for name, network in found.get("networks", {}).items()} | shown


def told(
    found: Mapping[str, Any], scene: Mapping[str, Any], language: str, records: Mapping[str, Trace | None]
) -> Told:
    """What a scene says, with the numbers of its trace and of those that it names."""
    said = found["texts"][language]["scenes"][scene["name"]]
    facts = {name: fact["value"] for name, fact in found.get("facts", {}).items()}

    def cut(text: str) -> list[Segment]:
        return segments(text, records[scene["name"]], facts, records)

    def maybe(name: str) -> list[Segment] | None:
        return cut(said[name]) if name in said else None

    paragraphs, options = map(cut, said["text"]), map(cut, said.get("options", ()))
    table = said.get("table", {"columns": [], "rows": []})
    rows = [[cut(cell) for cell in row] for row in table["rows"]]
    return Told(
        said["title"],
        list(paragraphs),
        maybe("task"),
        maybe("hint"),
        maybe("done"),
        list(options),
        [cut(heading) for heading in table["columns"]],
        rows,
        table.get("common", False),
    )


def summary(found: Mapping[str, Any]) -> Json:
    """What the list of lessons says of one, in both languages."""
    tasks = [scene["task"] for scene in found["scenes"] if "task" in scene]
    return {
        "name": found["name"],
        "topics": found["topics"],
        "exercised": sorted({topic for task in tasks for topic in task["topics"]}),
        "minutes": found["minutes"],
        "worksheet": found.get("worksheet"),
        "title": _both(found, lambda texts: texts["title"]),
        "summary": _both(found, lambda texts: texts["summary"]),
        "scenes": [
            {
                "name": scene["name"],
                "title": {
                    language: found["texts"][language]["scenes"][scene["name"]]["title"] for language in LANGUAGES
                },
                "task": scene["task"]["kind"] if "task" in scene else None,
            }
            for scene in found["scenes"]
        ],
    }


def whole(found: Mapping[str, Any]) -> Json:
    """All of a lesson: the list's entry, each scene with its request and what is said, and the teacher's notes."""
    records = records_of(found)
    scenes = [
        {
            **scene,
            "request": request_of(scene),
            "told": {language: told(found, scene, language, records)._asdict() for language in LANGUAGES},
        }
        for scene in found["scenes"]
    ]
    return {
        **summary(found),
        "scenes": scenes,
        "facts": found.get("facts", {}),
        "teacher": _both(found, lambda texts: texts["teacher"]),
    }


def summaries() -> list[Json]:
    """What the list says of every lesson, in the order of the course, new objects each time."""
    return [summary(lesson(name)) for name in lesson_names()]


def topics_of(listed: Sequence[Json]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each topic code with those of the listed lessons that teach it and those that exercise it."""
    codes = {code for each in listed for code in (*each["topics"], *each["exercised"])}
    for code in sorted(codes, key=lambda code: (code[0], int(code[1:]))):
        yield (
            code,
            [each["name"] for each in listed if code in each["topics"]],
            [each["name"] for each in listed if code in each["exercised"]],
        )


def _both(found: Mapping[str, Any], pick: Callable[[Any], Any]) -> Json:
    return {language: pick(found["texts"][language]) for language in LANGUAGES}


@lru_cache(maxsize=1)
def _folders() -> dict[str, Path]:
    """Each name with its folder; ``030-function-set`` is "function-set" and stands before 040."""
    return {path.name.partition("-")[2]: path for path in sorted(LESSONS.iterdir()) if path.is_dir()}


@lru_cache(maxsize=64)
def _document(name: str) -> str:
    folder = _folders()[name]
    script = json.loads((folder / "lesson.json").read_text("utf-8"))
    texts = {language: json.loads((folder / f"{language}.json").read_text("utf-8")) for language in LANGUAGES}
    return json.dumps({"name": name, **script, "texts": texts})
