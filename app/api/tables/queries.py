"""The queries of the operations on tables: names of choices, checked; and why a table is refused, as a problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ...tables.columns.coding import WAYS, Way
from ...tables.words.refusal_texts import OF_CHOICES
from ...tables.words.saying import Refused
from ..wire.problems import NOT_A_TABLE, VALIDATION, InputError, Problem, invalid

Name = TypeVar("Name", bound=str)


def wanted(parameter: str, value: str, names: Iterable[Name]) -> Name:
    """The name among ``names`` that a query has. Raises ``Problem``."""
    known = list(names)
    for name in known:
        if name == value:
            return name
    detail = f"Expected {parameter} to be one of {', '.join(known)}."
    raise invalid([InputError("", "invalid_parameter", detail)])


def name_or_mark(parameter: str, value: str | None, marks: Mapping[str, str]) -> str | None:
    """The mark that a query names or writes; None if it does not say. Raises ``Problem``."""
    if value is None or (value and value in marks.values()):
        return value
    return marks[wanted(parameter, value, marks)]


def codings(values: list[str]) -> tuple[Way | None, dict[str, Way]]:
    """The way for all columns of words, and those of single columns. Raises ``Problem``."""
    every, own = None, {}
    for value in values:
        column, _, way = value.rpartition("=")
        if column:
            own[column] = wanted("coding", way, WAYS)
        else:
            every = wanted("coding", way, [each for each in WAYS if each != "number"])
    return every, own


def refused(error: Refused) -> Problem:
    """The answer to a file that is no table, or to a choice that does not hold together, in both languages."""
    kind = VALIDATION if error.code in OF_CHOICES else NOT_A_TABLE
    detail = error.text["en"]
    members: dict[str, Any] = {"text": dict(error.text), **({"parameter": error.about} if error.about else {})}
    return Problem(kind, detail, errors=[InputError("", error.code, detail)], **members)
