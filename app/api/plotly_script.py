"""Plotly's JavaScript out of the installed package: no copy of it in this repository, and nothing of it imported."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .middleware import accepts_gzip
from .problems import NOT_FOUND, Problem
from .routing import get_services
from .static import compressed

YEAR = "public, max-age=31536000, immutable"


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


def _read(gzip: bool) -> bytes:
    path = script_path()
    return compressed(str(path), path.stat().st_mtime_ns) if gzip else path.read_bytes()


async def get_script(request: Request) -> Response:
    """The script, for a year: another version has another address."""
    if request.path_params["version"] != plotly_version():
        raise Problem(NOT_FOUND, "This server has another version of Plotly.")
    gzip = accepts_gzip(request.scope)
    etag = f'"plotly-{plotly_version()}{"-gzip" if gzip else ""}"'
    headers = {"Cache-Control": YEAR, "ETag": etag, "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if gzip:
        headers["Content-Encoding"] = "gzip"
    # Compressing it for the first time takes a second.
    content = await get_services(request).work.run(_read, gzip)
    return Response(content, headers=headers, media_type="text/javascript")


route = Route("/static/plotly/{version}/plotly.min.js", get_script, methods=["GET"], include_in_schema=False)
