"""Following a run by server-sent events that name their epoch, whoever trains it: read from the store as it is written.

For a browser's EventSource: it asks again by itself with the last id it has seen, gets what it has missed, and stops
once it is answered 204.

Source: WHATWG HTML, section Server-sent events.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import orjson

from ...store.contract import News, RunNotFound, StoreError
from ..wire.outgoing.encoding import encode
from ..wire.outgoing.streams import COMMENT
from ..wire.problems import Problem

POLL_SECONDS = 0.3
AWAY_SECONDS = 2.0
"""How long to leave a store alone that cannot be read."""
RETRY_MILLISECONDS = 2000
MOST_RECORDS = 500
"""Records that are read and sent in one go."""
POSITION = re.compile(r"(-?\d{1,16})(?:\.(\d{1,9}))?")


@dataclass(frozen=True)
class Position:
    """What a reader has seen of a run.

    Attributes:
        epoch: records to this epoch.
        piece: the end of this piece; 0 for no end.
    """

    epoch: int = -1
    piece: int = 0

    @classmethod
    def read(cls, text: str) -> Position | None:
        """From the id of an event, None if it is none."""
        found = POSITION.fullmatch(text)
        return None if found is None else cls(int(found[1]), int(found[2] or 0))

    def has_seen_the_end(self, news: News) -> bool:
        """Whether nothing has happened since the end that the reader knows of."""
        return news.state != "running" and self.piece == news.piece


Look = Callable[[int, int], Awaitable[News]]
"""Gives the news of a run after an epoch, of so many epochs at most."""


class Follower:
    """One reader of one run; what ``EventStream`` sends."""

    def __init__(self, look: Look, start: dict[str, Any], position: Position) -> None:
        """Follow a run.

        Args:
            look: reads the store.
            start: data of the first event, ``run``.
            position: what the reader has seen.
        """
        self._look = look
        self._position = position
        self._first = b"retry: %d\nevent: run\ndata: %b\n\n" % (RETRY_MILLISECONDS, encode(start))
        self._stopping = asyncio.Event()
        self._over = False

    def stop(self, reason: str) -> None:
        """End the stream soon, without a word: who reads asks again."""
        self._stopping.set()

    async def get(self, seconds: float) -> bytes | None:
        """The next events; None at the end, a comment if there are none in so many seconds."""
        late = monotonic() + seconds
        if self._first:
            first, self._first = self._first, b""
            return first
        while not self._over and not self._stopping.is_set():
            wait = POLL_SECONDS
            try:
                written = self._written(await self._look(self._position.epoch, MOST_RECORDS))
            except RunNotFound:
                return None
            except (StoreError, Problem):
                # It is away, or too many ask at once: what there is to be read is still there afterwards.
                written, wait = b"", AWAY_SECONDS
            if written:
                return written
            if monotonic() > late:
                return COMMENT
            try:
                await asyncio.wait_for(self._stopping.wait(), wait)
            except TimeoutError:
                continue
        return None

    def _written(self, news: News) -> bytes:
        """News as events."""
        records = [
            record
            for record in orjson.loads(b"[" + b",".join(news.records) + b"]")
            if record["epoch"] > self._position.epoch
        ]
        events = [b"id: %d\nevent: epoch\ndata: %b\n\n" % (record["epoch"], encode(record)) for record in records]
        if records:
            self._position = replace(self._position, epoch=records[-1]["epoch"])
        elif news.state != "running":
            self._over = True
            events.append(last_event(news, self._position.epoch))
        return b"".join(events)


def last_event(news: News, epoch: int) -> bytes:
    """How a run has ended, or paused: named after its epoch and its piece, for the next piece may go on from there."""
    if news.ending is None:
        name, data = (
            "stopped",
            {"epoch": epoch, "reason": "abandoned", "detail": "Its server has ended.", "kept": False},
        )
    else:
        data = orjson.loads(news.ending)
        data.pop("progress", None)
        name = data.pop("event")
    return b"id: %d.%d\nevent: %b\ndata: %b\n\n" % (epoch, news.piece, name.encode(), encode(data))
