"""How an exception raised anywhere becomes an answer: one table from exception to problem."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount

from ...store.contract import LinkNotFound, RunNotFound, SessionNotFound, StoreError
from .incoming.validation import pointer_to
from .problems import (
    LINK_NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    RUN_NOT_FOUND,
    SESSION_NOT_FOUND,
    STORE_UNAVAILABLE,
    InputError,
    Problem,
    invalid,
    other,
    request_id,
    respond,
)

log = logging.getLogger("backpropscope.api")

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
RETRY_STORE = {"Retry-After": "5"}

Describe = Callable[[Request, Any], Problem]


def allowed_methods(request: Request) -> str:
    """The methods that some route has at this path, as the header Allow lists them."""
    routes: list[BaseRoute] = [route for route in request.app.routes if not isinstance(route, Mount)]
    allowed = [
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    if "GET" in allowed and "HEAD" not in allowed:
        allowed.insert(1, "HEAD")
    return ", ".join(allowed or ("GET", "HEAD"))


def of_http(request: Request, error: HTTPException) -> Problem:
    """A status raised by the framework or a page."""
    if error.status_code == NOT_FOUND.status:
        return Problem(NOT_FOUND, "No page and no part of the API has this path.")
    if error.status_code == METHOD_NOT_ALLOWED.status:
        allow = allowed_methods(request)
        return Problem(METHOD_NOT_ALLOWED, f"This path has the methods {allow}.", headers={"Allow": allow})
    return Problem(other(error.status_code), "The request was refused.", headers=error.headers)


def of_parameter(request: Request, error: RequestValidationError) -> Problem:
    """A path or query parameter that is not as declared."""
    return invalid(
        [
            InputError("", "invalid_parameter", f"The parameter {pointer_to(each['loc'][1:])[1:]} is not as declared.")
            for each in error.errors()
        ]
    )


def of_store(request: Request, error: StoreError) -> Problem:
    """A store that cannot be used; the log says why, the answer does not."""
    log.error("request %s: the store failed: %s", request_id(request.scope), error)
    return Problem(STORE_UNAVAILABLE, "The session store cannot be read or written just now.", headers=RETRY_STORE)


def of_session_not_found(request: Request, error: SessionNotFound) -> Problem:
    """An unknown or expired session."""
    return Problem(SESSION_NOT_FOUND, "There is no session of this id, or it has expired.")


def of_run_not_found(request: Request, error: RunNotFound) -> Problem:
    """An unknown or expired run, or an epoch that is not kept."""
    return Problem(RUN_NOT_FOUND, "There is no run of this id, or it has no parameters kept for this epoch.")


def of_link_not_found(request: Request, error: LinkNotFound) -> Problem:
    """A link that is not kept."""
    return Problem(LINK_NOT_FOUND, "There is no link of this id, or it has made room for others.")


def of_problem(request: Request, error: Problem) -> Problem:
    """A problem is one already."""
    return error


DESCRIBE: Mapping[type[Exception], Describe] = MappingProxyType(
    {
        Problem: of_problem,
        HTTPException: of_http,
        RequestValidationError: of_parameter,
        StoreError: of_store,
        RunNotFound: of_run_not_found,
        LinkNotFound: of_link_not_found,
        SessionNotFound: of_session_not_found,
    }
)


EXPECTED = tuple(DESCRIBE)


def answer_to(request: Request, error: Exception) -> Response:
    """The answer to a request that ended in one of the ``EXPECTED`` exceptions."""
    # The traceback leads to frames that hold the body, and by way of a thread's future back to the exception: a cycle,
    # which only the garbage collector would find, after hundreds of megabytes of such bodies.
    error.__traceback__ = None
    describe = next(DESCRIBE[kind] for kind in type(error).__mro__ if kind in DESCRIBE)
    return respond(describe(request, error), request.scope)


def install(app: FastAPI) -> None:
    """Have ``app`` answer these exceptions."""

    async def answer(request: Request, error: Exception) -> Response:
        return answer_to(request, error)

    for exception in EXPECTED:
        app.add_exception_handler(exception, answer)
