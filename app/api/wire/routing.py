"""The route class of this API: bytes in, one validation, bytes out.

FastAPI's own handler parses the body with the standard library, validates it, solves dependencies, and validates and
encodes the response. On a microsecond answer that is most of the time. This class replaces the handler, which FastAPI
offers as an extension point, and keeps the rest: routing, OpenAPI, error handling.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from inspect import iscoroutinefunction
from typing import Any, Protocol, TypeVar, TypeVarTuple, get_type_hints

from fastapi import APIRouter, Request
from fastapi.params import Depends as DependsOn
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from .handlers import EXPECTED, answer_to
from .incoming.queries import Asked, query_arguments
from .incoming.validation import Body, parse
from .outgoing.encoding import encode
from .outgoing.packing import PACKED_HEADERS, is_worth_packing, pack
from .problems import UNSUPPORTED_MEDIA_TYPE, Problem
from .versions import Announced, headers_of

PREFIX = "/api/v1"
JSON = "application/json"
INLINE_BYTES = 32 * 1024
SENT_BYTES = 100 * 1024
Arguments = TypeVarTuple("Arguments")
Answer = TypeVar("Answer")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Threads(Protocol):
    """Threads for long computations."""

    async def run(self, function: Callable[[*Arguments], Answer], *arguments: *Arguments) -> Answer:
        """Call ``function`` in one of them."""


class Serving(Protocol):
    """What the routes themselves need of what the application was made with."""

    @property
    def limits(self) -> Mapping[str, int]:
        """The limits by name."""

    @property
    def work(self) -> Threads:
        """Where endpoints run that compute for long."""


def serving(request: Request) -> Serving:
    """What the application was made with."""
    services: Serving = request.app.state.services
    return services


def asked_by(endpoint: Callable[..., Any]) -> dict[str, Callable[[Request], Any]]:
    """What an endpoint asks for besides body, path and query: the request, and what a ``Depends`` makes of it."""
    asked: dict[str, Callable[[Request], Any]] = {}
    for name, hint in get_type_hints(endpoint, include_extras=True).items():
        if hint is Request:
            asked[name] = lambda request: request
        for extra in getattr(hint, "__metadata__", ()):
            if isinstance(extra, DependsOn) and extra.dependency is not None:
                asked[name] = extra.dependency
    return asked


def json_response(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """``content`` as a JSON response."""
    return Response(encode(content), status, headers, "application/json")


class JSONBytes(Response):
    """Bytes that are JSON already, with status 200 and no header but the two that belong to them."""

    def __init__(self, content: bytes) -> None:
        """Set what Starlette would work out."""
        self.status_code = 200
        self.background = None
        self.body = content
        self.raw_headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them, compressed if the client asked for that and they are worth it."""
        if is_worth_packing(scope, len(self.body)):
            await self.send_packed([bytes(self.body)], send)
            return
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body})

    async def send_packed(self, parts: Sequence[bytes], send: Send) -> None:
        """Send these parts compressed."""
        packed = await pack(parts)
        headers = [each for each in self.raw_headers if each[0] != b"content-length"]
        headers += [(b"content-length", b"%d" % len(packed)), *PACKED_HEADERS]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": packed})


class JSONParts(JSONBytes):
    """The same from pieces, sent one by one: nobody puts megabytes together, and a slow reader holds up the rest."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        """Know how long all of them are."""
        super().__init__(b"")
        self.parts = parts
        self.raw_headers[1] = (b"content-length", b"%d" % sum(map(len, parts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them, a hundred kilobytes at a time, or compressed as above."""
        if is_worth_packing(scope, sum(map(len, self.parts))):
            await self.send_packed(self.parts, send)
            return
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        piece = bytearray()
        for part in self.parts:
            piece += part
            if len(piece) >= SENT_BYTES:
                await send({"type": "http.response.body", "body": bytes(piece), "more_body": True})
                piece.clear()
                # As long as the client reads as fast as this writes, nothing else here would let others have a turn.
                await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": bytes(piece)})


class JSONRoute(APIRoute):
    """A route whose endpoint gives a Response itself.

    Its arguments are a checked ``Body`` (or ``bytes``: the body as it came), path and query parameters, what a
    ``Depends`` makes of the request, and perhaps the request itself. One that is a plain function computes for long:
    it is called in a thread, where its body is read before and given back after it, so that the event loop has no hand
    in either.

    A body is JSON, unless the operation declares other media types in its ``openapi_extra``, under
    ``requestBody/content``: what the document says is what is taken.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Describe the endpoint as FastAPI does; with a body, run it without what FastAPI puts around it.

        Its two exit stacks and its own catching of exceptions serve dependencies that an endpoint here does not have,
        and cost a tenth of a small answer.
        """
        super().__init__(path, endpoint, **options)
        handle = self.handler_of_body()
        self.is_straight = handle is not None and not self.param_convertors
        if handle is not None:

            async def answer(scope: Scope, receive: Receive, send: Send) -> None:
                request = Request(scope, receive, send)
                try:
                    response = await handle(request)
                except EXPECTED as error:
                    response = answer_to(request, error)
                await response(scope, receive, send)

            self.app = answer
        elif path.startswith(PREFIX):
            self.app = Asked(self.app, self.dependant)
        if announced := headers_of(self.name):
            self.app = Announced(self.app, announced)

    async def provide(self, request: Request) -> None:
        """Have there be what a request is about; a route that makes nothing beforehand leaves it at that."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, after what it is about has been provided."""
        request = Request(scope, receive, send)
        try:
            await self.provide(request)
        except EXPECTED as error:
            await answer_to(request, error)(scope, receive, send)
            return
        await super().handle(scope, receive, send)

    def handler_of_body(self) -> Handler | None:
        """The endpoint with its arguments read from the request; None if it takes no body."""
        endpoint: Callable[..., Any] = self.endpoint
        hints = get_type_hints(endpoint)
        hints.pop("return", None)
        bodies = {
            name: hint for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, (Body, bytes))
        }
        if not bodies:
            return None
        ((body_name, model),) = bodies.items()
        declared = (self.openapi_extra or {}).get("requestBody", {}).get("content", {JSON: {}})
        taken = frozenset(media_type.encode() for media_type in declared)
        asked = asked_by(endpoint)
        awaits = iscoroutinefunction(endpoint)

        def read_as(raw: bytes, max_numbers: int) -> Any:
            return parse(model, raw, max_numbers) if issubclass(model, Body) else raw

        def aside(raw: bytes, max_numbers: int, arguments: dict[str, Any]) -> Response:
            response: Response = endpoint(**arguments, **{body_name: read_as(raw, max_numbers)})
            return response

        async def handle(request: Request) -> Response:
            require_media_type(request.scope, taken)
            services = serving(request)
            queried = query_arguments(request, self.dependant) if request.scope["query_string"] else {}
            raw = await read(request)
            max_numbers = services.limits["request_numbers"]
            given = {name: ask(request) for name, ask in asked.items()}
            arguments = {**request.path_params, **queried, **given}
            if not awaits:
                return await services.work.run(aside, raw, max_numbers, arguments)
            if model is bytes or len(raw) <= INLINE_BYTES:
                body = read_as(raw, max_numbers)
            else:
                body = await services.work.run(read_as, raw, max_numbers)
            response: Response = await endpoint(**arguments, **{body_name: body})
            return response

        return handle


class Straight:
    """Takes a request for an operation that has a body and one fixed path there, past the router and what is before it.

    The router tries one route after the other, and before it FastAPI and Starlette make exit stacks and look out for
    exceptions, which ``JSONRoute`` answers itself: together a fifth of the time of a small trace.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], root_path: str = "") -> None:
        """Wrap ``app``, which answers everything else.

        Args:
            app: the router with all that is before it.
            routes: its routes.
            root_path: what each path begins with, as in ``Envelope``.
        """
        self.app = app
        straight = [route for route in routes if isinstance(route, JSONRoute) and route.is_straight]
        self.routes = {(method, root_path + route.path): route for route in straight for method in route.methods or ()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        route = self.routes.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if route is None:
            await self.app(scope, receive, send)
        else:
            scope["route"] = route
            await route.app(scope, receive, send)


def json_router(tag: str, prefix: str = PREFIX, route_class: type[JSONRoute] = JSONRoute) -> APIRouter:
    """An empty router for such routes.

    Its routes carry their whole path and go into the application as they are: each level of included routers would
    cost a request 20 µs.
    """
    return APIRouter(
        route_class=route_class, prefix=prefix, tags=[tag], generate_unique_id_function=lambda route: route.name
    )


async def read(request: Request) -> bytes:
    """The whole request body; a small one is one message and is taken without Starlette's stream around it."""
    message = await request.receive()
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    body: bytes = message.get("body", b"")
    if not message.get("more_body", False):
        return body
    return body + await request.body()


def require_media_type(scope: Scope, taken: frozenset[bytes]) -> None:
    """Let a body pass that is declared as one of the media types ``taken``, and not as packed.

    A body that is not declared is refused as well: a page of another site can have a visitor's browser send one
    without asking this server first, but none that is declared as JSON.

    Raises:
        Problem: it is declared as something else, or not at all.
    """
    declared, encoding = b"", b""
    for name, value in scope["headers"]:
        if name == b"content-type":
            declared = value
        elif name == b"content-encoding":
            encoding = value
    if encoding and encoding.strip().lower() != b"identity":
        detail = "Expected the body as it is, without Content-Encoding."
        raise Problem(UNSUPPORTED_MEDIA_TYPE, detail, headers={"Accept-Encoding": "identity"})
    if declared in taken:
        return
    media_type = declared.partition(b";")[0].strip().lower()
    is_json = media_type.startswith(b"application/") and media_type.endswith(b"+json") and JSON.encode() in taken
    if media_type not in taken and not is_json:
        names = ", ".join(sorted(each.decode() for each in taken))
        raise Problem(UNSUPPORTED_MEDIA_TYPE, f"Expected the header Content-Type: {names}.", headers={"Accept": names})
