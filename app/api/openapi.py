"""The OpenAPI document with what FastAPI leaves out: error responses, and what ``openapi_passes`` adds."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from .encoding import encode
from .lasting import Lasting
from .openapi_passes import COMPONENTS, PASSES
from .problems import (
    BODY_TOO_LARGE,
    HOST_NOT_ALLOWED,
    INTERNAL_ERROR,
    INVALID_JSON,
    LIMIT_EXCEEDED,
    MEDIA_TYPE,
    OTHER_SITE,
    UNSUPPORTED_MEDIA_TYPE,
    VALIDATION,
    Kind,
)
from .routing import get_services
from .service_documents import ProblemDetails

PATH = "/openapi.json"
FEW = 4
PROBLEM = {"$ref": f"{COMPONENTS}ProblemDetails"}
INPUT = (INVALID_JSON, VALIDATION, LIMIT_EXCEEDED, BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE)
ANYWHERE = (OTHER_SITE, HOST_NOT_ALLOWED, INTERNAL_ERROR)


def errors(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """The error responses of an operation that may fail in these ways, beside those in which any may."""
    by_status = groupby(sorted({*kinds, *ANYWHERE}, key=_order), key=lambda kind: kind.status)
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


def complete(app: FastAPI) -> None:
    """Have ``app.openapi()`` add what is missing, once."""
    write = app.openapi

    def openapi() -> dict[str, Any]:
        document = write()
        schemas = document["components"]["schemas"]
        # Once: FastAPI keeps what it has written.
        if "ProblemDetails" not in schemas:
            problem = ProblemDetails.model_json_schema(ref_template=COMPONENTS + "{model}")
            schemas.update(problem.pop("$defs"))
            schemas["ProblemDetails"] = problem
            for change in PASSES:
                change(document)
        return document

    # FastAPI documents replacing this method as the way to extend the document.
    app.__dict__["openapi"] = openapi

    @lru_cache(maxsize=FEW)
    def written(root_path: str) -> Lasting:
        servers = [{"url": root_path or "/", "description": "Where this document comes from."}]
        return Lasting.of(encode({**app.openapi(), "servers": servers}))

    async def get_openapi(request: Request) -> Response:
        content = await get_services(request).page_work.run(written, request.scope.get("root_path", ""))
        return content.response(request.scope)

    # In place of FastAPI's own, which takes a third of a second for the first answer and milliseconds for each other
    # one, while nobody else is served.
    app.add_route(PATH, get_openapi, include_in_schema=False)
