"""The templates: one environment, escaping everything, in which a name that was not given is an error."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .assets import Entry, entry, release
from .looking import watched
from .resources import TEMPLATES


@cache
def environment() -> Environment:
    """Made when the first page is asked for.

    Templates have ``static``, the address of all files below the root of the site, and ``module(root, page)``.
    """
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(static=f"static/{release()}", entry=entry, module=_module)
    return made


def _module(root: str, page: str) -> Markup:
    """A page's script, and before it word of all that it will import, so that a browser need not find out in turns."""
    own: Entry = entry(page)
    home = f"{root}/static/{release()}"
    graph = Markup("").join(
        Markup('<link rel="modulepreload" href="{}/{}">\n').format(home, each) for each in own.graph
    )
    return graph + Markup('<script src="{}/{}" type="module"></script>').format(home, own.script)


def render(template: str, /, **context: Any) -> str:
    """A template, filled in."""
    return "".join(watched(environment().get_template(template).generate(**context)))
