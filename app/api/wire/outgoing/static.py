"""Static files: under the release of all of them for ever, elsewhere asked about each time.

Either way a browser never mixes an old module with a new one.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from ..middleware import accepts_gzip

COMPRESSIBLE = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt"})
"""Text; fonts and pictures are compressed already."""
FILES_KEPT = 512
TAG_LENGTH = 16
YEAR = "public, max-age=31536000, immutable"


@lru_cache(maxsize=FILES_KEPT)
def compressed(path: str, modified: int) -> bytes:
    """A file with gzip, worked out once for each state of it; ``modified`` in nanoseconds since 1970."""
    return gzip.compress(Path(path).read_bytes(), mtime=0)


def _without_conditions(scope: Scope) -> list[tuple[bytes, bytes]]:
    """What is kept is the file as a whole, whoever asks for it first."""
    return [each for each in scope["headers"] if not each[0].startswith(b"if-") and each[0] != b"range"]


class Static(StaticFiles):
    """As Starlette serves them, text compressed, ``Cache-Control: no-cache``; the ETag makes the question cheap.

    A page is a hundred small modules, so what each answer says of itself is counted: the ETag is short, and the time of
    the last change, which would say the same less exactly, is left away.

    What is asked for under ``release`` is answered from memory and may be kept for ever; a style sheet comes with those
    that it imports.
    """

    def __init__(self, directory: Path, release: Callable[[], str], sheet: Callable[[str], str]) -> None:
        """Serve a folder.

        Args:
            directory: the folder.
            release: what stands for its files as they are; asked for with the first request.
            sheet: a style sheet, by its address in the folder, with those that it imports written in.
        """
        super().__init__(directory=directory)
        self.release, self.sheet = release, sheet
        self.kept: dict[tuple[str, bool], Response] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file; under its release from memory."""
        first, _, rest = path.partition(os.sep)
        if not rest or first != self.release():
            return await super().get_response(path, scope)
        wanted = rest, accepts_gzip(scope)
        if wanted not in self.kept:
            found = await super().get_response(rest, {**scope, "headers": _without_conditions(scope)})
            if found.status_code != HTTPStatus.OK:
                return found
            self.kept[wanted] = await to_thread.run_sync(self._lasting, rest.replace(os.sep, "/"), found, wanted[1])
        kept = self.kept[wanted]
        return NotModifiedResponse(kept.headers) if self.is_not_modified(kept.headers, Headers(scope=scope)) else kept

    def _lasting(self, address: str, found: Response, packed: bool) -> Response:
        """The same file as an answer for good, compressed if it is text and ``packed`` asks for it."""
        suffix = Path(address).suffix
        whole = self.sheet(address).encode() if suffix == ".css" else Path(str(self.directory), address).read_bytes()
        packed = packed and suffix in COMPRESSIBLE
        headers = {
            "Cache-Control": YEAR,
            "ETag": f'"{sha256(whole).hexdigest()[:TAG_LENGTH]}{"-gzip" if packed else ""}"',
        }
        if suffix in COMPRESSIBLE:
            headers["Vary"] = "Accept-Encoding"
        if packed:
            headers["Content-Encoding"] = "gzip"
        return Response(
            gzip.compress(whole, mtime=0) if packed else whole, headers=headers, media_type=found.media_type
        )

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
