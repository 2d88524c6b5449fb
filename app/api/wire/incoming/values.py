"""Values that stand in many bodies and queries: numbers, vectors, one name out of a registry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    FailFast,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

MAX_SEED = 2**53 - 1


def _written(pattern: str, error: Literal["int_parsing", "float_parsing"]) -> Callable[[object], object]:
    """What checks that a text of a query is a number as JSON writes it; ``+1.0`` and ``1_0`` are none."""

    def check(text: object) -> object:
        if isinstance(text, str) and not re.fullmatch(pattern, text, re.ASCII):
            raise PydanticKnownError(error)
        return text

    return check


WholeInQuery = Annotated[int, BeforeValidator(_written(r"-?(0|[1-9]\d*)", "int_parsing"))]
NumberInQuery = Annotated[float, BeforeValidator(_written(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", "float_parsing"))]


def open_set(names: Sequence[str]) -> JsonSchemaValue:
    """The JSON Schema of a word that is one of these today; the description of a field says what it names."""
    return {"type": "string", "x-extensible-enum": list(names), "examples": [names[0]]}


class OneOf:
    """An annotation on ``str``: one of the names of a registry, so that a new entry needs no change here."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names in their order."""
        self.names = list(names)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """As a ``Literal`` of these names would be."""
        return core_schema.literal_schema(self.names)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """As an open set: a registry grows, and a client made today must not fail at a name of tomorrow."""
        return open_set(self.names)


class StopAtFirst(FailFast):
    """``FailFast`` that may be part of a union, for which Python wants a hash."""

    def __hash__(self) -> int:
        """All of them are alike."""
        return hash(self.fail_fast)


# A list stops at its first wrong value: a body of a million strings must not become a million errors.
Vector = Annotated[list[float], StopAtFirst(), Field(min_length=1)]
Matrix = Annotated[list[Vector], StopAtFirst(), Field(min_length=1)]
