"""A page in place of problem+json, for a browser that asked for a page: what is wrong, and the ways on.

The API calls it for every problem (``app.state.problem_page``, which ``main`` sets); programs, and all paths of the
API, keep the JSON.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Mount
from starlette.types import Scope

from ..api.wire.problems import HOST_NOT_ALLOWED, NOT_FOUND, Problem, request_id
from ..library.lessons import lesson, lesson_names
from ..library.presets import preset, preset_names
from .i18n import Translate, paired
from .page import context_of, language_for, respond

NO_PAGES = ("/api", "/static", "/health", "/openapi.json", "/metrics")
"""What begins with one of these is for programs."""

PAGES = {
    "": "explore",
    "lab": "lab",
    "course": "course",
    "gallery": "gallery",
    "practice": "practice",
    "worksheet": "worksheet",
    "glossary": "glossary",
    "bugs": "bugs",
    "docs": "api",
}
"""The pages that stand by themselves: their path, and their part of the key of their name."""

ALIKE = 0.6
"""How alike two names are, from 0 to 1, for one to be meant by the other."""
MOST = 5
LONGEST = 100


class Way(NamedTuple):
    """A link to a page: its path without the slash that it begins with, and what it is called."""

    path: str
    title: str


def wants_page(scope: Scope) -> bool:
    """Whether a browser asks for something to show: it names HTML, and not less than JSON; the path is a page's."""
    if is_for_programs(path_of(scope)):
        return False
    accepted = dict(_quality(part) for part in Request(scope).headers.get("accept", "").lower().split(","))
    html = accepted.get("text/html", 0.0)
    return html > 0 and html >= max(
        accepted.get(name, 0.0) for name in ("application/json", "application/problem+json")
    )


def is_for_programs(path: str) -> bool:
    """Whether nothing below this path is a page."""
    return any(path == each or path.startswith(f"{each}/") for each in NO_PAGES)


def _quality(part: str) -> tuple[str, float]:
    """A media type of Accept and how much it is wanted."""
    name, *parameters = (each.strip() for each in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 0.0
    return name, 1.0


def path_of(scope: Scope) -> str:
    """The path below the application's root, which inside a mounted folder goes by another name."""
    root = scope.get("app_root_path", scope.get("root_path", ""))
    path: str = scope["path"].removeprefix(root.rstrip("/"))
    return path or "/"


def root_of(path: str) -> str:
    """The relative way from a path to the application's root."""
    return "/".join([".."] * (path.count("/") - 1)) or "."


def problem_page(problem: Problem, scope: Scope) -> Response | None:
    """The page for a problem, or the way to the page that was meant; None where the answer is for a program."""
    if scope["type"] != "http":
        return None
    if problem.kind is NOT_FOUND and (there := without_slash(scope)):
        return there
    if not wants_page(scope):
        return None
    request, kind, path = Request(scope), problem.kind, path_of(scope)
    language = language_for(request)
    context = context_of(request, language, root_of(path))
    t = context["t"]
    retry = (problem.headers or {}).get("Retry-After")
    context |= {
        "title": kind.title[paired(language)] if kind.slug else t("page.refused"),
        "text": t("page.not_found.text") if kind is NOT_FOUND else kind.description[paired(language)],
        "status": kind.status,
        "retry": retry and t("page.retry", seconds=retry),
        "request_id": request_id(scope) if kind.status >= 500 else "",
        "meant": meant(path, language, t) if kind.status == NOT_FOUND.status else [],
        # Under a name that is not ours every link would lead here again.
        "ways": [Way(page, t(f"page.way.{name}")) for page, name in PAGES.items() if kind is not HOST_NOT_ALLOWED],
    }
    answer = respond(request, "problem.html", context, kind.status)
    answer.headers.update({**(problem.headers or {}), "Vary": f"Accept, {answer.headers['Vary']}"})
    return answer


def without_slash(scope: Scope) -> Response | None:
    """To the page of this path without the slashes at its end, if there is one."""
    path, method = scope["path"], scope["method"]
    bare = path.rstrip("/")
    slashes = len(path) - len(bare)
    if not slashes or not bare or method not in ("GET", "HEAD"):
        return None
    looked = {**scope, "path": bare, "method": "GET"}
    if is_for_programs(path_of(looked)) or not any(
        route.matches(looked)[0] is Match.FULL for route in scope["app"].routes if not isinstance(route, Mount)
    ):
        return None
    query = scope["query_string"].decode("latin-1")
    # Relative, since a proxy may show the server under another path.
    address = "../" * slashes + quote(bare.rpartition("/")[2]) + (f"?{query}" if query else "")
    return RedirectResponse(address, 308)


def meant(path: str, language: str, t: Translate) -> list[Way]:
    """Pages whose names are like a part of a path, those like its last part first."""
    named: dict[str, Way] = {}
    for page, name in PAGES.items():
        named[page or name] = Way(page, t(f"page.way.{name}"))
    for name in preset_names():
        named[name] = Way(f"plain/{name}", preset(name)["title"][paired(language)])
    for name in lesson_names():
        named[name] = Way(f"course/{name}", lesson(name)["texts"][paired(language)]["title"])
    found: dict[str, Way] = {}
    # The last part of a path says most.
    for part in reversed(path.lower()[:LONGEST].split("/")):
        word = part.removesuffix(".html").replace("_", "-")
        inside = [name for name in named if len(word) > 2 and word in name]
        found |= {name: named[name] for name in [*get_close_matches(word, named, MOST, ALIKE), *inside]}
    return list(found.values())[:MOST]
