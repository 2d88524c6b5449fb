"""What all pages have in common: the language of the visitor, the frame around the content, the headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .. import __version__
from ..api.services import get_services
from ..templating import render
from .i18n import COOKIE, LANGUAGES, PAIRED, TAGS, language_of, paired, translator

YEAR = 365 * 24 * 3600


class Language(NamedTuple):
    """One way to read this page: its name and tag, the relative address for it, and whether it is the present one."""

    name: str
    tag: str
    address: str
    current: bool


def language_for(request: Request) -> str:
    """The language in which to answer."""
    return language_of(
        request.query_params.get(COOKIE), request.cookies.get(COOKIE), request.headers.get("accept-language")
    )


def languages(request: Request, current: str) -> list[Language]:
    """This page in each language; everything else in its address stays."""
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != COOKIE]
    return [
        Language(
            translator(each)("language.name"),
            TAGS[each],
            "?" + urlencode([(COOKIE, each), *rest], safe="/"),
            each == current,
        )
        for each in LANGUAGES
    ]


def context_of(request: Request, language: str, root: str) -> dict[str, Any]:
    """What ``base.html`` needs.

    Args:
        request: the request.
        language: the language of the page.
        root: the relative way from the page to the application's root, ``.`` or ``..``.
    """
    return {
        "t": translator(language),
        "lang": language,
        "paired": paired(language),
        "tag": TAGS[language],
        "languages": languages(request, language),
        "switches_in_place": [TAGS[each] for each in PAIRED] if language in PAIRED else [],
        "root": root,
        "version": __version__,
        "here": "",
    }


def written_aside(page: Callable[..., Response]) -> Callable[..., Awaitable[Response]]:
    """A route whose page is written in a thread: it takes milliseconds, in which others are to have their turn."""

    @wraps(page)
    async def route(request: Request, **given: str) -> Response:
        return await get_services(request).page_work.run(partial(page, request=request, **given))

    return route


def respond(request: Request, template: str, context: dict[str, Any], status: int = 200) -> HTMLResponse:
    """The page; a language chosen in the address is remembered for the pages that follow."""
    response = HTMLResponse(render(template, **context), status)
    response.headers["Content-Language"] = context["tag"]
    response.headers["Vary"] = "Accept-Language, Cookie"
    chosen = request.query_params.get(COOKIE)
    if chosen in LANGUAGES and request.cookies.get(COOKIE) != chosen:
        path = request.scope.get("root_path", "").rstrip("/") + "/"
        response.set_cookie(COOKIE, chosen, max_age=YEAR, path=path, samesite="lax")
    return response
