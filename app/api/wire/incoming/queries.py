"""Query parameters: each is meant, so one that an operation does not have is refused, as a field of a body is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi._compat import field_annotation_is_sequence
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from fastapi.exceptions import RequestValidationError
from starlette.types import ASGIApp, Receive, Scope, Send

from ..handlers import EXPECTED, answer_to
from ..problems import InputError, invalid
from .validation import PLAIN_NAME


class Asked:
    """Refuses query parameters that an operation does not have, as a field is refused that a body does not have."""

    def __init__(self, app: ASGIApp, dependant: Dependant) -> None:
        """Wrap ``app``, which knows the query parameters of ``dependant``."""
        self.app = app
        self.known = known_to(dependant)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["query_string"]:
            request = Request(scope, receive, send)
            try:
                refuse_unknown(request, self.known)
            except EXPECTED as error:
                await answer_to(request, error)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def known_to(dependant: Dependant) -> dict[str, bool]:
    """The query parameters of an operation and what it depends on, and whether each may stand there several times."""
    known = {each.alias: field_annotation_is_sequence(each.field_info.annotation) for each in dependant.query_params}
    for inner in dependant.dependencies:
        known |= known_to(inner)
    return known


def refuse_unknown(request: Request, known: Mapping[str, bool]) -> None:
    """Raise ``Problem`` if a query parameter is not among the ``known``, or stands there twice and may not."""
    given = [name for name, _ in request.query_params.multi_items()]
    wrong = [name for name in dict.fromkeys(given) if name not in known]
    errors = [InputError("", "unknown_parameter", f"There is no parameter{named(name)} here.") for name in wrong]
    twice = sorted({name for name in given if given.count(name) > 1 and not known.get(name, True)})
    errors += [InputError("", "duplicate_name", f"Expected the parameter{named(name)} once.") for name in twice]
    if errors:
        raise invalid(errors)


def named(name: str) -> str:
    """A name as part of a sentence; what is not plain may hold anything and is left out."""
    return f" {name}" if PLAIN_NAME.fullmatch(name) else ""


def query_arguments(request: Request, dependant: Dependant) -> dict[str, Any]:
    """The query parameters of an operation that has a body, checked as FastAPI checks those of all others.

    Raises:
        Problem: one is unknown.
        RequestValidationError: one is not as declared.
    """
    refuse_unknown(request, known_to(dependant))
    arguments, wrong = request_params_to_args(dependant.query_params, request.query_params)
    if wrong:
        raise RequestValidationError(wrong)
    return arguments
