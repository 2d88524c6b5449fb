"""The request that the code running now answers, and whether its client still waits for it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple, Protocol

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope


class Asked(NamedTuple):
    """The request that the code running now answers."""

    scope: Scope
    receive: Receive


class Watched(Protocol):
    """A computation whose client is watched."""

    left: bool


ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)
WATCHED: ContextVar[Watched | None] = ContextVar("watched", default=None)
"""The computation that the code running now is part of."""


def look_up() -> None:
    """From within a computation: go on only if somebody waits for it. Raises ``ClientDisconnect`` if not."""
    work = WATCHED.get()
    if work is not None and work.left:
        raise ClientDisconnect
