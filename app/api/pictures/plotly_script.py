"""Plotly's JavaScript out of the installed package: no copy of it in this repository, and nothing of it imported."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ..wire.middleware import accepts_gzip
from ..wire.outgoing.static import compressed
from ..wire.problems import NOT_FOUND, Problem

YEAR = "public, max-age=31536000, immutable"
_COMPRESSING = Lock()


@lru_cache(maxsize=1)
def plotly_version() -> str:
    """The version of the installed package, which stands in the script's address."""
    return version("plotly")


@lru_cache(maxsize=1)
def script_path() -> Path:
    """Where the script lies; the package is found, not imported."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise Problem(NOT_FOUND, "Plotly is not installed beside this server.")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


def script_url() -> str:
    """The script's address, relative to the root of the site."""
    return f"static/plotly/{plotly_version()}/plotly.min.js"


def _compressed() -> bytes:
    """The script with gzip; who comes while it is made for the first time, which takes a second, waits for that."""
    path = script_path()
    with _COMPRESSING:
        return compressed(str(path), path.stat().st_mtime_ns)


async def get_script(request: Request) -> Response:
    """The script, for a year: another version has another address."""
    if request.path_params["version"] != plotly_version():
        raise Problem(NOT_FOUND, "This server has another version of Plotly.")
    gzip = accepts_gzip(request.scope)
    etag = f'"plotly-{plotly_version()}{"-gzip" if gzip else ""}"'
    headers = {"Cache-Control": YEAR, "ETag": etag, "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if not gzip:
        return FileResponse(script_path(), headers=headers, media_type="text/javascript")
    # A thread of those that read files, not a place of those that compute: a class opens its charts at once.
    content = await to_thread.run_sync(_compressed)
    return Response(content, headers={**headers, "Content-Encoding": "gzip"}, media_type="text/javascript")


route = Route("/static/plotly/{version}/plotly.min.js", get_script, methods=["GET"], include_in_schema=False)
