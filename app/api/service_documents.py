"""What the server says of itself and of what went wrong, field by field; these models only document."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .documents import Document
from .problems import KINDS
from .schemas import OneOf


class Health(Document):
    """The state of this server."""

    status: str = Field(description="live or ready.")


class WhatRuns(Document):
    """What is running here."""

    name: str = Field(description="Name of the program.")
    version: str = Field(description="Its version.")
    python: str = Field(description="Version of Python.")
    numpy: str = Field(description="Version of NumPy.")


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
