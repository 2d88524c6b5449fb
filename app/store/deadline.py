"""Until when a call of the store may wait: one moment for the whole call, however many things it waits for in turn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

STORE_SECONDS = 5.0
"""How long a call may wait for a place in the queue, for another thread and for another process, all together."""
DUE: ContextVar[float | None] = ContextVar("DUE", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Have the calls of the store in this block, and in threads started for it, be over in so many seconds from now."""
    token = DUE.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        DUE.reset(token)


def due() -> float:
    """When the call that is made now has to be over, by the monotonic clock."""
    given = DUE.get()
    return time.monotonic() + STORE_SECONDS if given is None else given


def left(moment: float) -> float:
    """Seconds until a moment of the monotonic clock; never less than 0."""
    return max(0.0, moment - time.monotonic())
