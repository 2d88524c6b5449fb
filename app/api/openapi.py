"""The OpenAPI document with what FastAPI leaves out: error responses, and the request id on every answer."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from .documents import ProblemDetails
from .encoding import encode
from .problems import (
    BODY_TOO_LARGE,
    INTERNAL_ERROR,
    INVALID_JSON,
    LIMIT_EXCEEDED,
    MEDIA_TYPE,
    UNSUPPORTED_MEDIA_TYPE,
    VALIDATION,
    Kind,
)
from .routing import get_services

PATH = "/openapi.json"
FEW = 4
COMPONENTS = "#/components/schemas/"
PROBLEM = {"$ref": f"{COMPONENTS}ProblemDetails"}
INPUT = (INVALID_JSON, VALIDATION, LIMIT_EXCEEDED, BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE)
EVENT_STREAM = "text/event-stream"
REQUEST_ID = {"description": "Id of this request.", "schema": {"type": "string"}}


def errors(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """The error responses of an operation that may fail in these ways, and by a mistake of the server."""
    by_status = groupby(sorted({*kinds, INTERNAL_ERROR}, key=_order), key=lambda kind: kind.status)
    return {
        **{status: _response(list(group)) for status, group in by_status},
        "default": {"description": "Any other error.", "content": {MEDIA_TYPE: {"schema": PROBLEM}}},
    }


def _order(kind: Kind) -> tuple[int, str]:
    return kind.status, kind.slug


def _response(kinds: list[Kind]) -> dict[str, Any]:
    """One response that may be any of ``kinds``, which share a status, with an example of each."""
    return {
        "description": "; ".join(kind.title["en"] for kind in kinds) + ".",
        "content": {
            MEDIA_TYPE: {
                "schema": PROBLEM,
                "examples": {kind.slug: {"summary": kind.title["en"], "value": _example(kind)} for kind in kinds},
            }
        },
    }


def _example(kind: Kind) -> dict[str, Any]:
    return {
        "type": kind.type,
        "title": kind.title["en"],
        "status": kind.status,
        "detail": kind.description["en"],
        "request_id": "4f2a9c71d0be-1",
    }


def _describe_events(response: dict[str, Any]) -> None:
    """Say of an event stream what one event is; FastAPI says of all of it what only the data of an event may be."""
    stream = response.get("content", {}).get(EVENT_STREAM)
    if stream is not None and "anyOf" in stream["schema"]:
        content = {"anyOf": stream["schema"]["anyOf"]}
        stream["schema"] = {
            "type": "object",
            "description": "One event of the stream.",
            "required": ["event", "data"],
            "properties": {
                "event": {"type": "string", "description": "Which kind of event."},
                "data": {"type": "string", "contentMediaType": "application/json", "contentSchema": content},
            },
        }


def complete(app: FastAPI) -> None:
    """Have ``app.openapi()`` add what is missing, once."""
    write = app.openapi

    def openapi() -> dict[str, Any]:
        document = write()
        schemas = document["components"]["schemas"]
        if "ProblemDetails" not in schemas:
            problem = ProblemDetails.model_json_schema(ref_template=COMPONENTS + "{model}")
            schemas.update(problem.pop("$defs"))
            schemas["ProblemDetails"] = problem
            for operations in document["paths"].values():
                for operation in operations.values():
                    for response in operation["responses"].values():
                        response.setdefault("headers", {})["X-Request-ID"] = REQUEST_ID
                        _describe_events(response)
        return document

    # FastAPI documents replacing this method as the way to extend the document.
    app.__dict__["openapi"] = openapi

    @lru_cache(maxsize=FEW)
    def written(root_path: str) -> bytes:
        servers = {"servers": [{"url": root_path}]} if root_path else {}
        return encode({**app.openapi(), **servers})

    async def get_openapi(request: Request) -> Response:
        content = await get_services(request).page_work.run(written, request.scope.get("root_path", ""))
        return Response(content, media_type="application/json")

    # In place of FastAPI's own, which takes a third of a second for the first answer and milliseconds for each other
    # one, while nobody else is served.
    app.add_route(PATH, get_openapi, include_in_schema=False)
