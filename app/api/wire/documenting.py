"""What an operation says of itself in the OpenAPI document: its examples and its errors."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any, Final

from pydantic import (
    ConfigDict,
    Field,
)

from .incoming.values import OneOf
from .outgoing.documents import Document
from .problems import (
    BODY_TOO_LARGE,
    HOST_NOT_ALLOWED,
    INTERNAL_ERROR,
    INVALID_JSON,
    KINDS,
    LIMIT_EXCEEDED,
    MEDIA_TYPE,
    OTHER_SITE,
    UNSUPPORTED_MEDIA_TYPE,
    VALIDATION,
    Kind,
)


def documented(*bodies: dict[str, Any]) -> ConfigDict:
    """Model configuration that carries whole examples into the OpenAPI document."""
    return ConfigDict(json_schema_extra={"examples": list(bodies)})


Example = dict[str, Any]


def named(**bodies: tuple[str, Example]) -> dict[str, dict[str, Any]]:
    """Examples for one operation in OpenAPI's shape, each given as (summary, body)."""
    return {name: {"summary": summary, "value": value} for name, (summary, value) in bodies.items()}


class WrongValue(Document):
    """One thing wrong with a request body."""

    pointer: str = Field(description="JSON Pointer to it, into the request body; empty for the body as a whole.")
    code: str = Field(description="A stable word for what is wrong.")
    detail: str = Field(description="What was expected and what came, in English.")
    params: dict[str, str | int | float] = Field(
        description="The numbers and names of the sentence as data, to tell it in another language; often empty."
    )


class Limit(Document):
    """A limit of this server."""

    name: str = Field(description="Its name in the catalogue.")
    value: int = Field(description="Its value.")


class ProblemDetails(Document):
    """An error, as RFC 9457 has it."""

    type: Annotated[str, OneOf([*(kind.type for kind in KINDS.values()), "about:blank"])] = Field(
        description="The kind of error: a relative URI, under which it is described; about:blank for a status of HTTP "
        "that needs no description."
    )
    title: str = Field(description="The kind of error in a few words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What went wrong this time.")
    errors: list[WrongValue] | None = Field(default=None, description="For wrong input, each place.")
    limit: Limit | None = Field(default=None, description="For a limit, which one.")
    text: dict[str, str] | None = Field(default=None, description="For a table: the detail in English and Chinese.")
    parameter: str | None = Field(default=None, description="For a table: the parameter of the query it is about.")
    cursor: int | None = Field(default=None, description="For a session that stands elsewhere, where it stands.")
    request_id: str = Field(description="Id of this request, as in the header X-Request-ID.")


COMPONENTS: Final = "#/components/schemas/"


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
