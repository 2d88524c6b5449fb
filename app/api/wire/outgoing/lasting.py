"""Answers that stay the same as long as the process runs: written and compressed once, each with a strong name (ETag).

Plain and compressed are two representations, so that each has a name of its own.
Source: RFC 9110, sections 8.8.3 and 13.1.2.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from starlette.responses import Response
from starlette.types import Scope

from ..middleware import accepts_gzip, header

NOT_MODIFIED: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "It is still as If-None-Match names it; without a body."}
}
LEVEL: Final = 6
"""Of compression: once a process, and read often."""


@dataclass(frozen=True)
class Lasting:
    """One answer.

    Attributes:
        plain: its bytes, which are JSON.
        packed: the same by gzip.
        name: what its strong ETag begins with.
    """

    plain: bytes
    packed: bytes
    name: str

    @classmethod
    def of(cls, content: bytes) -> Lasting:
        """The answer with this content."""
        return cls(content, gzip.compress(content, LEVEL, mtime=0), sha256(content).hexdigest()[:32])

    def response(self, scope: Scope) -> Response:
        """What a request is answered with: the content, or that it is the one that the client has."""
        packs = accepts_gzip(scope)
        tag = f'"{self.name}-gzip"' if packs else f'"{self.name}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        known = [
            each.strip().removeprefix("W/") for each in header(scope, b"if-none-match").decode("latin-1").split(",")
        ]
        if tag in known or "*" in known:
            return Response(status_code=304, headers=headers)
        if packs:
            headers["Content-Encoding"] = "gzip"
        return Response(self.packed if packs else self.plain, headers=headers, media_type="application/json")
