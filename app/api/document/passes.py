"""What is done to the OpenAPI document after FastAPI has written it; each pass changes it in place."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson

from ..wire.documenting import COMPONENTS
from ..wire.problems import MEDIA_TYPE
from ..wire.versions import mark
from .parts import EVENTS, HEADERS, HEADERS_OF, INFO, SECURITY, TAGS

Json = dict[str, Any]

ANSWERS: Final = Path(__file__).parent / "answers"
RESPONSES: Final = "#/components/responses/"
EVENT_STREAM: Final = "text/event-stream"
JSON: Final = "application/json"
BOUNDS: Final = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}


def operations(document: Json) -> Iterator[Json]:
    """Every operation."""
    for path in document["paths"].values():
        yield from path.values()


def objects_in(value: Any) -> Iterator[Json]:
    """Every JSON object in a value, itself first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects_in(inner)


def introduce(document: Json) -> None:
    """Say who made the API, and what its parts are."""
    document["info"].update(INFO)
    document["security"] = SECURITY
    document["tags"] = [{"name": name, "description": description} for name, description in TAGS.items()]


def name_bounds(document: Json) -> None:
    """Write the bounds of parameters as JSON Schema does; FastAPI leaves Python's words where a validator is before."""
    for operation in operations(document):
        for parameter in operation.get("parameters", ()):
            for schema in objects_in(parameter["schema"]):
                for word, right in BOUNDS.items():
                    if word in schema:
                        schema[right] = schema.pop(word)


def describe_events(document: Json) -> None:
    """Describe each stream as the text it is, with the schema of each event's data beside.

    OpenAPI 3.1 has no word for a sequence of events; a schema that describes one event is taken for the whole answer
    by what generates clients from it.
    """
    for operation in operations(document):
        stream = operation["responses"].get("200", {}).get("content", {}).get(EVENT_STREAM)
        if stream is not None:
            references = [each["$ref"] for each in stream["schema"].get("anyOf", [stream["schema"]])]
            stream["schema"] = {
                "type": "string",
                "description": "Server-sent events (WHATWG HTML): lines `event:` and `data:`, then an empty one. The "
                "data of each is one JSON object, whose schema x-events gives by the name of the event. A line that "
                "begins with a colon is a comment.",
                "x-events": [
                    {"event": EVENTS[reference.removeprefix(COMPONENTS)], "data": {"$ref": reference}}
                    for reference in references
                ],
            }


def answered(document: Json) -> set[str]:
    """The names of the schemas that stand in answers."""
    schemas = document["components"]["schemas"]
    waiting = [response for operation in operations(document) for response in operation["responses"].values()]
    found: set[str] = set()
    while waiting:
        for inner in objects_in(waiting.pop()):
            reference = str(inner.get("$ref", ""))
            name = reference.removeprefix(COMPONENTS)
            if reference.startswith(RESPONSES):
                waiting.append(document["components"]["responses"][reference.removeprefix(RESPONSES)])
            elif reference.startswith(COMPONENTS) and name not in found:
                found.add(name)
                waiting.append(schemas[name])
    return found


def open_words(document: Json) -> None:
    """Have no client of today fail at a word that an answer of tomorrow has."""
    schemas = document["components"]["schemas"]
    for name in answered(document):
        for schema in objects_in(schemas[name].get("properties", {})):
            words = [schema.pop("const")] if isinstance(schema.get("const"), str) else schema.pop("enum", None)
            if words is not None:
                schema.update({"type": "string", "x-extensible-enum": words, "examples": words[:1]})


def say_null(document: Json) -> None:
    """Say of every field that may be left out what null means there, unless it says so itself."""
    for schema in document["components"]["schemas"].values():
        required, is_body = schema.get("required", ()), schema.get("additionalProperties") is False
        for name, field in schema.get("properties", {}).items():
            said = field.get("description", "")
            if name not in required and {"type": "null"} in field.get("anyOf", ()) and "null" not in said:
                meaning = "null: as if left out." if is_body else "Left out, or null, where there is none."
                field["description"] = f"{said} {meaning}"


def describe_successes(document: Json) -> None:
    """In place of FastAPI's "Successful Response": the first sentence of what is answered."""
    for operation in operations(document):
        for status, response in operation["responses"].items():
            if response["description"] == "Successful Response":
                answer = response.get("content", {}).get(JSON, {}).get("schema", {}).get("$ref", "")
                described = document["components"]["schemas"].get(answer.removeprefix(COMPONENTS), {})
                said = described.get("description", "It is done." if status == "204" else operation["summary"] + ".")
                response["description"] = said.split("\n\n")[0]


def describe_headers(document: Json) -> None:
    """Name the headers of every answer."""
    document["components"]["headers"] = deepcopy(HEADERS)
    for operation in operations(document):
        for status, response in operation["responses"].items():
            names = ["X-Request-ID", "API-Version", *HEADERS_OF.get(status, ())]
            if "304" in operation["responses"] and status in ("200", "304"):
                names.append("ETag")
            if operation["operationId"] == "get_run" and status == "200":
                names.append("Link")
            headers = response.setdefault("headers", {})
            headers.update({name: {"$ref": f"#/components/headers/{name}"} for name in names})


@cache
def answers() -> Json:
    """What the program answered to the first example of each operation, by operationId."""
    return {path.stem: orjson.loads(path.read_bytes()) for path in ANSWERS.glob("*.json")}


def show_answers(document: Json) -> None:
    """Give every success an example; scripts/answers.py has them made."""
    for operation in operations(document):
        for status, response in operation["responses"].items():
            if status[0] == "2" and operation["operationId"] in answers():
                for content in response.get("content", {}).values():
                    content["example"] = answers()[operation["operationId"]]


def share_errors(document: Json) -> None:
    """Write each kind of error response once: a good third of the document is the same few, again and again."""
    shared: Json = {}
    for operation in operations(document):
        for status, response in operation["responses"].items():
            problem = response.get("content", {}).get(MEDIA_TYPE)
            if problem is not None:
                name = "_".join((status, *problem.get("examples", ())))
                if shared.setdefault(name, response) == response:
                    operation["responses"][status] = {"$ref": RESPONSES + name}
    document["components"]["responses"] = shared


PASSES: Final = (
    introduce,
    name_bounds,
    describe_events,
    open_words,
    say_null,
    describe_successes,
    describe_headers,
    show_answers,
    mark,
    share_errors,
)
