"""What every request passes through, as plain ASGI: an id, the security headers, a last guard."""

from __future__ import annotations

import logging
import re
import secrets
from http import HTTPStatus
from itertools import count

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...logs import REQUEST_ID
from .asked import ASKED, Asked
from .problems import INTERNAL_ERROR, Problem, respond
from .versions import HEADER as VERSION_HEADER

SMALLEST_COMPRESSED = 1024
SMALLEST_COMPRESSED_ASIDE = 32 * 1024
"""From so many bytes on a thread compresses: a hundred kilobytes take the time of fifty small requests."""
QUICK = 4
"""Level of compression: 9 takes fifty times as long on lists of numbers while every request waits, for a third less."""
NO_WEIGHT = re.compile(rb"q=0(\.0*)?")

log = logging.getLogger("backpropscope.api")


INLINE_STYLES = "inline_styles"


def allow_inline_styles(scope: Scope) -> None:
    """Let the answer to this request carry styles in its elements; scripts in the page stay refused."""
    scope.setdefault("state", {})[INLINE_STYLES] = True


def security_headers(
    frame_ancestors: str, inline_styles: bool = False, is_page: bool = True
) -> list[tuple[bytes, bytes]]:
    """The headers of every response: pages load from this host only, run no inline script, and tell nobody.

    Args:
        frame_ancestors: who may embed the pages, as in the CSP directive of that name.
        inline_styles: whether elements may carry styles.
        is_page: whether it may load anything at all. A static file loads nothing, and a page has a hundred of them.
    """
    pages = {
        "default-src": "'self'",
        **({"style-src": "'self' 'unsafe-inline'"} if inline_styles else {}),
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    files = {"default-src": "'none'", "object-src": "'none'", "base-uri": "'none'"}
    policy = {**(pages if is_page else files), "frame-ancestors": frame_ancestors}
    headers = {
        "content-security-policy": "; ".join(f"{directive} {sources}" for directive, sources in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-resource-policy": "same-origin",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def header(scope: Scope, name: bytes) -> bytes:
    """The first header of this lower-case name as it came, empty if there is none.

    Starlette's ``Headers`` decodes them all first, which costs more than everything else done with them here.
    """
    for each, value in scope["headers"]:
        if each == name:
            return bytes(value)
    return b""


def accepts_gzip(scope: Scope) -> bool:
    """Whether a client takes gzip; one that gives it the weight 0 does not."""
    offered = (part.replace(b" ", b"").split(b";") for part in header(scope, b"accept-encoding").lower().split(b","))
    return any(name == b"gzip" and not NO_WEIGHT.fullmatch(b";".join(weight)) for name, *weight in offered)


class Envelope:
    """The outermost layer: gives each request its id, each response its headers, and an escaped error its answer.

    A HEAD request is answered as the GET it stands for; the server leaves the body away.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: str, hsts_seconds: int = 0, root_path: str = "") -> None:
        """Wrap ``app``.

        Args:
            app: what answers.
            frame_ancestors: who may embed the pages.
            hsts_seconds: how long a browser that came over HTTPS is to keep to it.
            root_path: the path under which a proxy shows the server, whether it takes it off a request or not.
        """
        self.app = app
        self.root_path = root_path
        hsts = b"max-age=%d" % hsts_seconds
        self.secure_headers = [(b"strict-transport-security", hsts)] if hsts_seconds else []
        self.headers = security_headers(frame_ancestors)
        self.styled_headers = security_headers(frame_ancestors, inline_styles=True)
        self.file_headers = security_headers(frame_ancestors, is_page=False)
        self.files = f"{root_path}/static/"
        # Unguessable start, cheap continuation: ids only need to be unique in the logs.
        self.prefix = secrets.token_hex(6)
        self.counter = count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        if self.root_path:
            scope["root_path"] = self.root_path
            if not scope["path"].startswith(f"{self.root_path}/"):
                scope["path"] = self.root_path + scope["path"]
        identity = f"{self.prefix}-{next(self.counter):x}"
        scope.setdefault("state", {})["request_id"] = identity
        REQUEST_ID.set(identity)
        ASKED.set(Asked(scope, receive))
        extra = [(b"x-request-id", identity.encode()), VERSION_HEADER]
        if scope.get("scheme") == "https":
            extra += self.secure_headers
        started = False

        async def send_enveloped(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                styled = message["status"] == HTTPStatus.OK and INLINE_STYLES in scope["state"]
                is_file = scope.get("path", "").startswith(self.files)
                secure = self.file_headers if is_file else self.styled_headers if styled else self.headers
                message["headers"] = [*message.get("headers", ()), *secure, *extra]
            await send(message)

        try:
            await self.app(scope, receive, send_enveloped)
        except ClientDisconnect:
            log.info("client left", extra={"request_id": identity})
        except Exception:
            log.exception("request %s failed", identity, extra={"request_id": identity})
            if started:
                raise
            problem = Problem(INTERNAL_ERROR, "Something went wrong on the server; the log has it under request_id.")
            await respond(problem, scope)(scope, receive, send_enveloped)


class CompressedReads:
    """Compresses what is asked for with GET: pages, the catalogue, the presets, the OpenAPI document.

    Not the answers to POST: compressing a trace costs ten times what encoding it does. Static files come compressed.
    """

    def __init__(self, app: ASGIApp, skipped: str) -> None:
        """Wrap ``app``; paths that begin with ``skipped`` are left alone."""
        self.app = app
        self.skipped = skipped
        self.compressing = GZipMiddleware(
            app,
            minimum_size=SMALLEST_COMPRESSED,
            compresslevel=QUICK,
            thread_minimum_size=SMALLEST_COMPRESSED_ASIDE,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        reads = scope["type"] == "http" and scope["method"] == "GET"
        if reads and accepts_gzip(scope) and not scope["path"].startswith(scope.get("root_path", "") + self.skipped):
            await self.compressing(scope, receive, send)
        else:
            await self.app(scope, receive, send)
