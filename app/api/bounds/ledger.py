"""A budget of bytes that one process keeps for its clients: bodies that are arriving, answers that are not yet sent.

Whoever needs room when there is none gets that of the client that keeps the most, and of what that client keeps, of
what has been kept for longest: who reads or sends at the speed of a network is done before it is their turn.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.types import Scope

from ..wire.clients import client_of
from ..wire.problems import TOO_BUSY, Problem

CUT = "cut"
"""The key, in a request's state, of what ends its connection at once."""
PATIENCE_SECONDS = 1.0
"""For so long nobody is asked to make room."""


def _nothing() -> None:
    """Where there is no connection that could be ended."""


@dataclass(eq=False)
class Kept:
    """What is kept for one request.

    Attributes:
        client: whose it is.
        size: in bytes.
        cut: ends the connection.
        since: when it began, on the monotonic clock.
    """

    client: str
    size: int
    cut: Callable[[], None] = _nothing
    since: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, scope: Scope, size: int) -> Kept:
        """So many bytes for this request."""
        return cls(client_of(scope), size, scope.get("state", {}).get(CUT, _nothing))


class Ledger:
    """What is kept now, and how much it may be."""

    def __init__(self, limit: str, most: int) -> None:
        """Keep nothing yet.

        Args:
            limit: the name of the limit.
            most: its value in bytes; a single entry that is larger is kept where nothing else is.
        """
        self.limit = limit
        self.most = most
        self.size = 0
        self.kept: set[Kept] = set()

    def take(self, entry: Kept) -> None:
        """Enter what is to be kept. Raises ``Problem`` if there is no room and nobody is late."""
        if self.kept and self.size + entry.size > self.most:
            self._make_room(entry.size)
            if self.kept and self.size + entry.size > self.most:
                raise Problem(
                    TOO_BUSY,
                    f"The limit {self.limit} is {self.most}; as many bytes are kept for clients just now.",
                    headers={"Retry-After": str(round(PATIENCE_SECONDS))},
                    limit={"name": self.limit, "value": self.most},
                )
        self.kept.add(entry)
        self.size += entry.size

    def give_back(self, entry: Kept) -> None:
        """Strike what is no longer kept; twice is once."""
        if entry in self.kept:
            self.kept.remove(entry)
            self.size -= entry.size

    def _make_room(self, size: int) -> None:
        now = time.monotonic()
        late = [entry for entry in self.kept if now - entry.since >= PATIENCE_SECONDS]
        shares: Counter[str] = Counter()
        for entry in self.kept:
            shares[entry.client] += entry.size
        while late and self.size + size > self.most:
            entry = max(late, key=lambda each: (shares[each.client], now - each.since))
            late.remove(entry)
            shares[entry.client] -= entry.size
            self.give_back(entry)
            entry.cut()
