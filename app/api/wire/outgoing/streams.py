"""Server-sent events: written many at a time, handed from a working thread to the event loop, sent until either leaves.

The events of a training have no ``id:``. That is for a browser's EventSource, which asks again by itself with the last
id it saw, and for which there is GET /runs/{id}/events; a training is a POST, which EventSource cannot send, and is
taken up again by POST /runs/{id}/training, whose ``after`` is such an id. Sent along, it would cost a line for each of
up to a million events a second, and nobody would read it.

A reader that is behind makes the training wait, asleep, once ``WAITING_CHUNKS`` chunks are waiting for it, so that
they take no more memory; the training's time goes on, and when it is over the training pauses as it always does.

Source: WHATWG HTML, section Server-sent events.
"""

from __future__ import annotations

import asyncio
import time
from math import inf
from threading import Event, Semaphore
from typing import Any, Protocol

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .encoding import encode

MEDIA_TYPE = "text/event-stream"
WAITING_CHUNKS = 8
LOOK_UP_SECONDS = 0.1
FAREWELL_SECONDS = 0.5
COMMENT_SECONDS = 5.0
"""After so long without an event a comment is sent: proxies cut a stream that is silent for ten seconds or more."""
COMMENT = b": still training\n\n"


def event(name: str, content: Any) -> bytes:
    """One event whose data is one JSON object."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), encode(content))


class Channel:
    """A bounded queue of chunks from one thread to the event loop; whoever reads may leave, and the thread stops.

    Attributes:
        reason: why it was stopped; empty while it was not.
    """

    def __init__(self, seconds: float = inf) -> None:
        """Belong to the event loop that runs now; the work may take so many seconds from now on."""
        self._loop = asyncio.get_running_loop()
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._places = Semaphore(WAITING_CHUNKS)
        self._stopped = Event()
        self._deadline = time.monotonic() + seconds
        self.reason = ""

    @property
    def stopped(self) -> bool:
        """Whether the work is to end."""
        if time.monotonic() > self._deadline:
            self.stop("time_limit")
        return self._stopped.is_set()

    def stop(self, reason: str) -> None:
        """Have the work end soon; the first reason counts."""
        if not self._stopped.is_set():
            self.reason = reason
            self._stopped.set()

    def put(self, chunk: bytes) -> None:
        """From the thread: hand over a chunk; wait while the reader is behind, but not once the work is to end."""
        while not self.stopped and not self._places.acquire(timeout=LOOK_UP_SECONDS):
            pass
        self._call(chunk)

    def close(self) -> None:
        """From the thread: say that there is no more."""
        self._call(None)

    def _call(self, chunk: bytes | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._chunks.put_nowait, chunk)
        except RuntimeError:
            # The loop is closed: the server has ended, and nobody is left to read.
            self.stop("server")

    async def get(self, seconds: float = inf) -> bytes | None:
        """The next chunk; None at the end, a comment if none comes in so many seconds."""
        if self._chunks.empty() and seconds < inf:
            try:
                async with asyncio.timeout(seconds):
                    chunk = await self._chunks.get()
            except TimeoutError:
                return COMMENT
        else:
            chunk = await self._chunks.get()
        self._places.release()
        return chunk


class Source(Protocol):
    """Where the chunks of a stream come from."""

    async def get(self, seconds: float) -> bytes | None:
        """The next chunk; None at the end, ``COMMENT`` if none comes in so many seconds."""

    def stop(self, reason: str) -> None:
        """Have the stream end soon."""


class EventStream(Response):
    """The chunks of a channel, or another source, as a response; when the client leaves, the source is stopped."""

    media_type = MEDIA_TYPE

    def __init__(self, channel: Source, among: set[Source] | None = None) -> None:
        """Take the source, and where those are listed that are being sent."""
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self.channel = channel
        self.among: set[Source] = set() if among is None else among

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the end, or until the client or the server leaves."""
        self.among.add(self.channel)
        try:
            await self._stream(receive, send)
        finally:
            self.among.discard(self.channel)

    async def _stream(self, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        sending = asyncio.ensure_future(self._send(send))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            if leaving.done() and not sending.done():
                self.channel.stop("client")
            else:
                await sending
        except asyncio.CancelledError:
            self.channel.stop("server")
            await asyncio.wait((sending,), timeout=FAREWELL_SECONDS)
            raise
        finally:
            self.channel.stop("client")
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send(self, send: Send) -> None:
        more = True
        while more:
            chunk = await self.channel.get(COMMENT_SECONDS)
            more = chunk is not None
            await send({"type": "http.response.body", "body": chunk or b"", "more_body": more})


async def _left(receive: Receive) -> None:
    """Wait until the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
