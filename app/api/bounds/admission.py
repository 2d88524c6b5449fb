"""Who may ask: the name that the server is called by, and which site's page has had a browser send the request.

A page of any site can have its visitor's browser send requests to a server on the visitor's machine or network. What
it may not do is name the header that tells: ``Sec-Fetch-Site``, ``Origin`` and ``Host`` are the browser's own.

Source: RFC 9112, section 3.2 (Host); W3C Fetch Metadata Request Headers; WHATWG Fetch (Origin, preflights).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..wire.problems import HOST_NOT_ALLOWED, OTHER_SITE, Problem, other, respond

EVERY = "*"
HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_.-]{1,255})(:[0-9]{0,5})?")
OWN_SITES = frozenset({b"same-origin", b"none"})
"""``none``: a person typed the address or followed a bookmark."""
READS = frozenset({"GET", "HEAD"})
MOST_KNOWN = 256
"""Values of Host that are kept once they have been found to be right."""


def host_name(value: bytes) -> str | None:
    """The name or address in a value of Host, in small letters, without port, brackets and last dot; None if none."""
    found = HOST.fullmatch(value.decode("latin-1"))
    return found[1].strip("[]").lower().removesuffix(".") if found else None


def is_address(name: str) -> bool:
    """Whether a name is an IP address, which no page of another site can have lent to it."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class Hosts:
    """The names that this server answers to."""

    def __init__(self, allowed: str) -> None:
        """Know ``localhost`` and the names in ``allowed``, separated by commas or spaces; ``*`` for any."""
        names = [name.rpartition("://")[2].rstrip("/") for name in re.split(r"[,\s]+", allowed) if name]
        self.every = EVERY in names
        self.names = {"localhost", *(host_name(name.encode()) for name in names)}
        self._known: set[bytes] = set()

    def refusal(self, value: bytes) -> Problem | None:
        """Why a request with this Host is not answered; None if it is."""
        if value in self._known:
            return None
        name = host_name(value)
        if name is None:
            return Problem(other(400), "The header Host is not a name or an address.")
        if not self.every and name not in self.names and not is_address(name):
            detail = "The header Host is neither localhost, nor an IP address, nor in BACKPROPSCOPE_ALLOWED_HOSTS."
            return Problem(HOST_NOT_ALLOWED, detail)
        if len(self._known) < MOST_KNOWN:
            self._known.add(value)
        return None


class Admission:
    """Refuses what is sent to another name, and what a page of another site sends to the API.

    Pages and static files are for everybody: links lead to them from anywhere, and a frame may hold them where the
    setting ``frame_ancestors`` says so. A link to the API is followed too, as long as it only reads.
    """

    def __init__(self, app: ASGIApp, hosts: str, origins: Iterable[str], root_path: str = "") -> None:
        """Wrap ``app``.

        Args:
            app: what answers.
            hosts: as for ``Hosts``.
            origins: of other sites that may call the API; ``*`` for any.
            root_path: what each path begins with, as in ``Envelope``.
        """
        self.app = app
        self.hosts = Hosts(hosts)
        self.origins = frozenset(origin.encode() for origin in origins)
        self.guarded = (f"{root_path}/api/", f"{root_path}/health/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        problem = self.refusal(scope) if scope["type"] == "http" else None
        if problem is None:
            await self.app(scope, receive, send)
        else:
            await respond(problem, scope)(scope, receive, send)

    def refusal(self, scope: Scope) -> Problem | None:
        """Why this request is not answered; None if it is."""
        host, origin, site, mode, hosts = b"", b"", b"", b"", 0
        for name, value in scope["headers"]:
            if name == b"host":
                host, hosts = value, hosts + 1
            elif name == b"origin":
                origin = value
            elif name == b"sec-fetch-site":
                site = value
            elif name == b"sec-fetch-mode":
                mode = value
        if hosts != 1 and not (hosts == 0 and scope.get("http_version") == "1.0"):
            return Problem(other(400), "Expected the header Host exactly once.")
        if hosts and (problem := self.hosts.refusal(host)) is not None:
            return problem
        if not (site or origin) or not scope["path"].startswith(self.guarded):
            return None
        follows_a_link = mode == b"navigate" and scope["method"] in READS
        # Over plain HTTP to an address in a network browsers send no Sec-Fetch-Site.
        is_own = site in OWN_SITES if site else origin.partition(b"://")[2].lower() == host.lower()
        if is_own or follows_a_link or (origin and not self.origins.isdisjoint((origin, EVERY.encode()))):
            return None
        return Problem(OTHER_SITE, "Pages of other sites may not call the API of this server (setting cors_origins).")


class CrossOrigin(CORSMiddleware):
    """Starlette's, whose refusals of a preflight have the shape of every other error."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; what a preflight asks for in vain is refused as a problem."""
        headers = dict(scope["headers"]) if scope["type"] == "http" and scope["method"] == "OPTIONS" else {}
        if b"origin" in headers and b"access-control-request-method" in headers:
            await self.preflight(scope)(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def preflight(self, scope: Scope) -> Response:
        """The answer to a preflight."""
        answer = super().preflight_response(request_headers=Headers(scope=scope))
        if answer.status_code < 400:
            return answer
        problem = Problem(OTHER_SITE, "This method or one of these headers may not be sent from another site.")
        refused = respond(problem, scope)
        refused.headers.update({name: value for name, value in answer.headers.items() if name.startswith("access-")})
        refused.headers["Vary"] = "Origin"
        return refused
