"""What a long computation calls between its pieces; whoever asked for it can end it there by raising an exception."""

from __future__ import annotations

from collections.abc import Callable

LookUp = Callable[[], None]


def nothing() -> None:
    """Nobody wants to end it."""
