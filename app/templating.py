"""The templates: one environment, escaping everything, in which a name that was not given is an error."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .looking import watched
from .resources import TEMPLATES


@cache
def environment() -> Environment:
    """Made when the first page is asked for."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(template: str, /, **context: Any) -> str:
    """A template, filled in."""
    return "".join(watched(environment().get_template(template).generate(**context)))
