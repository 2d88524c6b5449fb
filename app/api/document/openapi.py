"""The OpenAPI document with what FastAPI leaves out: what ``passes`` adds."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from ..services import get_services
from ..wire.documenting import COMPONENTS, ProblemDetails
from ..wire.outgoing.encoding import encode
from ..wire.outgoing.lasting import Lasting
from .passes import PASSES

PATH = "/openapi.json"
FEW = 4


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
