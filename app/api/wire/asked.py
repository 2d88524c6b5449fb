"""The request that the code running now answers."""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple

from starlette.types import Receive, Scope


class Asked(NamedTuple):
    """The request that the code running now answers."""

    scope: Scope
    receive: Receive


ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)
