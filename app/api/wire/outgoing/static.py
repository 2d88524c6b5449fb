"""Static files that a browser asks about each time, so that it never mixes an old module with a new one."""

from __future__ import annotations

import gzip
import os
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from ..middleware import accepts_gzip

COMPRESSIBLE = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt"})
"""Text; fonts and pictures are compressed already."""
FILES_KEPT = 512
TAG_LENGTH = 16


@lru_cache(maxsize=FILES_KEPT)
def compressed(path: str, modified: int) -> bytes:
    """A file with gzip, worked out once for each state of it; ``modified`` in nanoseconds since 1970."""
    return gzip.compress(Path(path).read_bytes(), mtime=0)


class Static(StaticFiles):
    """As Starlette serves them, text compressed, ``Cache-Control: no-cache``; the ETag makes the question cheap.

    A page is a hundred small modules, so what each answer says of itself is counted: the ETag is short, and the time of
    the last change, which would say the same less exactly, is left away.
    """

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """One file, or 304 if the browser has it."""
        asked = Headers(scope=scope)
        path = os.fspath(full_path)
        plain = FileResponse(path, status_code, stat_result=stat_result)
        plain.headers["Cache-Control"] = "no-cache"
        tag = plain.headers["etag"].strip('"')[:TAG_LENGTH]
        plain.headers["ETag"] = f'"{tag}"'
        del plain.headers["Last-Modified"]
        response: Response = plain
        if Path(path).suffix in COMPRESSIBLE:
            plain.headers["Vary"] = "Accept-Encoding"
            if accepts_gzip(scope):
                response = Response(compressed(path, stat_result.st_mtime_ns), status_code, media_type=plain.media_type)
                response.headers.update({name: plain.headers[name] for name in ("cache-control", "vary")})
                response.headers["Content-Encoding"] = "gzip"
                response.headers["ETag"] = f'"{tag}-gzip"'
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, asked) else response
