"""From the bytes of a request body to a checked object, in one pass of pydantic's JSON parser; and its errors in words.

What the parser takes as correct is either used or refused here: JSON leaves open what a name that stands twice in an
object means, so it is refused, and the number of names and numbers is bounded before anything is built from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from ..problems import INVALID_JSON, InputError, Problem, invalid, over_limit

MAX_NAMES = 1000
PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Body(BaseModel):
    """A JSON object that a client sends: every field is meant, every number finite, nothing is converted."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    def name_count(self) -> int:
        """How many names stand in the JSON text; a body with objects inside adds theirs."""
        return len(self.model_fields_set)


B = TypeVar("B", bound=Body)


def parse(model: type[B], raw: bytes, max_numbers: int) -> B:
    """Read one request body.

    Args:
        model: what it should be.
        raw: the bytes as they came.
        max_numbers: the limit request_numbers.

    Raises:
        Problem: it is not JSON, or not what ``model`` describes.
    """
    if raw.count(b":") > MAX_NAMES:
        raise invalid(
            [InputError("", "too_many_names", f"Expected at most {MAX_NAMES} names of fields; this has more.")]
        )
    if raw.count(b",") > max_numbers:
        raise over_limit("request_numbers", max_numbers, "this body lists more values")
    try:
        body: B = model.__pydantic_validator__.validate_json(raw)
    except ValidationError as error:
        raise translated(error) from None
    # Each name is followed by one colon, and no value that was accepted holds one: more colons than names accepted
    # mean that a name stood twice and the parser dropped the first.
    if raw.count(b":") != body.name_count():
        refuse_duplicates(raw)
    return body


def refuse_duplicates(raw: bytes) -> None:
    """Look for an object in which a name stands twice.

    Raises:
        Problem: there is one.
    """

    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            raise Problem(
                INVALID_JSON,
                "A name stands twice in one object.",
                errors=[
                    InputError("", "duplicate_name", "Expected each name once in an object; one stands there twice.")
                ],
            )
        return fields

    # As floats, since Python refuses to read whole numbers of thousands of digits.
    json.loads(raw, object_pairs_hook=check, parse_int=float)


def pointer_to(location: tuple[int | str, ...]) -> str:
    """A place in a body as a JSON Pointer.

    A name that we did not choose may hold anything, so one that is not plain is left out: the pointer then ends at the
    object around it.
    """
    parts = [str(part) for part in location]
    if parts and not PLAIN_NAME.fullmatch(parts[-1]):
        parts.pop()
    return "".join(f"/{part}" for part in parts)


def kind_of(value: Any) -> str:
    """What kind of JSON value this is, in words, never the value."""
    if value is None:
        return "null"
    if value is True or value is False:
        return f"{value}".lower()
    names = {str: "a string", int: "a whole number", float: "a number", list: "an array", dict: "an object"}
    return names.get(type(value), "something else")


def _choices(context: Mapping[str, Any]) -> str:
    return str(context["expected"]).replace("'", "").replace(" or ", ", ")


def _unknown_activation(context: Mapping[str, Any]) -> str:
    said = f"Expected one of {context['names']}, or another usual name of one; this is none of them."
    if context["why"]:
        return f"{said} {context['why']}."
    return f"{said} The nearest is {context['nearest']}." if context["nearest"] else said


Message = Callable[[Mapping[str, Any], Any], str]

MESSAGES: Mapping[str, tuple[str, Message]] = MappingProxyType(
    {
        "missing": ("missing", lambda context, value: "Expected this field, but it is missing."),
        "extra_forbidden": ("unknown_field", lambda context, value: "There is no field of this name here."),
        "float_type": ("not_a_number", lambda context, value: f"Expected a number, got {kind_of(value)}."),
        "finite_number": (
            "not_finite",
            lambda context, value: "Expected a finite number, got NaN, Infinity or one too large for float64.",
        ),
        "int_type": ("not_whole", lambda context, value: f"Expected a whole number, got {kind_of(value)}."),
        "bool_type": ("not_boolean", lambda context, value: f"Expected true or false, got {kind_of(value)}."),
        "string_type": ("not_a_string", lambda context, value: f"Expected a string, got {kind_of(value)}."),
        "list_type": ("not_an_array", lambda context, value: f"Expected an array, got {kind_of(value)}."),
        "model_type": ("not_an_object", lambda context, value: f"Expected an object, got {kind_of(value)}."),
        "too_short": (
            "too_short",
            lambda context, value: f"Expected at least {context['min_length']}, got {context['actual_length']}.",
        ),
        "too_long": ("too_long", lambda context, value: f"Expected at most {context['max_length']}, got more."),
        "literal_error": (
            "not_a_choice",
            lambda context, value: f"Expected one of {_choices(context)}; got {kind_of(value)} that is none of them.",
        ),
        "unknown_activation": ("unknown_activation", lambda context, value: _unknown_activation(context)),
        "no_slope": ("no_slope", lambda context, value: f"Only {context['names']} has a slope; expected none here."),
        "out_of_range": (
            "out_of_range",
            lambda context, value: f"Expected a number from {context['low']:g} to {context['high']:g}.",
        ),
        "greater_than_equal": ("too_small", lambda context, value: f"Expected {context['ge']} or more, got less."),
        "less_than_equal": ("too_large", lambda context, value: f"Expected {context['le']} or less, got more."),
        "less_than": ("too_large", lambda context, value: f"Expected less than {context['lt']:g}, got that or more."),
    }
)

PARAMS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, str | int | float]]] = MappingProxyType(
    {
        "too_short": lambda context: {"least": context["min_length"], "came": context["actual_length"]},
        "too_long": lambda context: {"most": context["max_length"]},
        "literal_error": lambda context: {"choices": _choices(context)},
        "greater_than_equal": lambda context: {"least": context["ge"]},
        "out_of_range": lambda context: {"least": context["low"], "most": context["high"]},
        "less_than_equal": lambda context: {"most": context["le"]},
    }
)
"""The numbers and names in a message as data."""


def translated(error: ValidationError) -> Problem:
    """The parser's complaint as a problem in this API's words."""
    errors = error.errors(include_url=False)
    first = errors[0]
    if first["type"] == "json_invalid":
        detail = f"The body cannot be read as JSON: {first['ctx']['error']}."
        return Problem(INVALID_JSON, detail, errors=[InputError("", "invalid_json", detail)])
    return invalid([_translated(each) for each in errors])


def _translated(error: ErrorDetails) -> InputError:
    code, message = MESSAGES.get(error["type"], ("invalid", lambda context, value: "This value is not valid here."))
    context = error.get("ctx", {})
    params = PARAMS[error["type"]](context) if error["type"] in PARAMS else {}
    return InputError(pointer_to(error["loc"]), code, message(context, error["input"]), params)
