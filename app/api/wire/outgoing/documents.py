"""What every answer is described with in the OpenAPI document: these models only document.

Answers are written by orjson straight from the core's records, without a second validation. A number that float64
cannot hold is null.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

UNHELD: Final = " null: float64 cannot hold it (NaN, ±∞)."
Number = Annotated[
    float | None, Field(description="null: float64 cannot hold it (NaN, ±∞); in a session also: not computed yet.")
]
Vector = list[Number]
Matrix = list[Vector]
Finite = list[float]
Bounds = Annotated[list[float], Field(min_length=2, max_length=2)]


class Document(BaseModel):
    """A JSON object that the server sends."""

    model_config = ConfigDict(extra="allow")


class Title(Document):
    """A text in both languages."""

    en: str = Field(description="In English.")
    zh: str = Field(description="In Chinese.")
