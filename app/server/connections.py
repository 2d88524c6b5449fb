"""What one connection may cost: bytes of a request's head, seconds to send a request, a place among the connections.

uvicorn with httptools bounds none of these: half a head stays open for ever, and a header may be of any length. Here a
timer per connection looks after all of it; a request costs no timer of its own.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from ..api.middleware import security_headers
from ..api.problems import Problem, other, respond

log = logging.getLogger("backpropscope.server")

STATE = "connection_rules"
"""The key of the rules in the state that the application's lifespan gives to the server."""
STALLED_SECONDS = 60.0
"""Seconds for which a client may leave all of an answer unread that fills the buffers."""
LINGER_SECONDS = 1.0
"""Seconds for which what still comes is thrown away after a last answer, so that a reset does not overtake it."""
LEAST_SECONDS = 0.02
HEADERS = [*security_headers("'none'"), (b"connection", b"close")]


@dataclass(frozen=True)
class Rules:
    """The bounds.

    Attributes:
        header_bytes: the longest head of a request: its first line and its headers.
        request_seconds: how long a request may take to arrive, and a new connection to begin one.
        connections: how many there may be at once in this process.
        farewell: told when the server is asked to end; tells what would otherwise go on, such as event streams.
    """

    header_bytes: int
    request_seconds: float
    connections: int
    farewell: Callable[[], None]


class HeadTooLong(Exception):
    """The head of a request has more bytes than it may."""


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol on httptools, kept within ``Rules``.

    Attributes:
        waiting_since: since when the client has owed a request or the rest of one; None while we owe one.
        stalled_since: since when an answer has not been taken; None while it flows.
        in_head: whether a head has begun and has not ended.
        head_bytes: bytes received, at most, since this head began.
        last_look: whether the client was late when last looked at.
        refused: whether this connection got its last answer from here.
    """

    rules: Rules
    watch: asyncio.TimerHandle
    waiting_since: float | None
    stalled_since: float | None = None
    in_head = False
    head_bytes = 0
    last_look = False
    refused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to watch; make room if there are too many."""
        super().connection_made(cast(asyncio.Transport, transport))
        self.rules = self.app_state[STATE]
        self.waiting_since = self.loop.time()
        self.watch = self.loop.call_later(self.rules.request_seconds, self.look)
        if len(self.connections) > self.rules.connections:
            self.make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch no longer."""
        self.watch.cancel()
        super().connection_lost(exc)

    def make_room(self) -> None:
        """Close the connection that has waited longest for its client, or else refuse this one."""
        waiting = [
            each
            for each in self.connections
            if isinstance(each, BoundedProtocol) and each is not self and each.waiting_since is not None
        ]
        if waiting:
            min(waiting, key=lambda each: each.waiting_since or 0.0).transport.abort()
        else:
            self.refuse(503, "The server has as many connections as it can hold. Try again in a few seconds.")

    def look(self) -> None:
        """Close a connection whose client is late; look again when the next thing is due."""
        now = self.loop.time()
        seconds = self.rules.request_seconds
        if self.stalled_since is not None and now - self.stalled_since >= STALLED_SECONDS:
            log.info("a client has left its answer unread for %g s", STALLED_SECONDS)
            self.transport.abort()
            return
        due = now + seconds
        # While reading is paused it is the server that does not take what has been sent.
        if self.waiting_since is not None and not self.flow.read_paused:
            due = self.waiting_since + seconds
            if now >= due and self.last_look:
                self.late()
                return
            # Where the loop was held up, what has come in time may not have been read: once more after that.
            self.last_look = now >= due
        self.watch = self.loop.call_later(max(LEAST_SECONDS, due - now), self.look)

    def late(self) -> None:
        """End a connection on which no whole request has come in time; say so if one had begun."""
        if self.in_head or (self.cycle is not None and not self.cycle.response_complete):
            self.refuse(408, f"The request did not come whole within {self.rules.request_seconds:g} s.")
        else:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what came, unless it is the end of patience with a head."""
        if self.refused:
            return
        self.head_bytes = self.head_bytes + len(data) if self.in_head else len(data)
        began_in_head = self.in_head
        super().data_received(data)
        if began_in_head and self.in_head and self.head_bytes > self.rules.header_bytes and not self.refused:
            self.refuse_head()

    def on_message_begin(self) -> None:
        """A request begins."""
        self.in_head = True
        self.waiting_since = self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole. It is measured only if what came could hold one that is too long."""
        self.in_head = False
        if self.head_bytes > self.rules.header_bytes:
            length = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
            if length > self.rules.header_bytes:
                raise HeadTooLong
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole: from now on the server owes an answer, unless it has refused without reading."""
        self.waiting_since = self.loop.time() if self.cycle.response_complete else None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is given; the client may ask again."""
        if not self.in_head and not self.pipeline:
            self.waiting_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """The client does not take its answer as fast as it is made."""
        self.stalled_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client takes its answer."""
        self.stalled_since = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, or one whose head is too long; the parser has given up on either."""
        length = sum(len(name) + len(value) + 4 for name, value in self.headers or ())
        if length > self.rules.header_bytes or len(getattr(self, "url", b"")) > self.rules.header_bytes:
            self.refuse_head()
        else:
            self.refuse(400, "This is not an HTTP request.")

    def refuse_head(self) -> None:
        """Answer a head that is too long."""
        self.refuse(431, f"The head of a request may have {self.rules.header_bytes} bytes (setting header_bytes).")

    def refuse(self, status: int, detail: str) -> None:
        """Give the last answer on this connection, in the shape of every error, and close it."""
        cycle = self.cycle
        unanswered = cycle is not None and not cycle.response_complete
        if unanswered and (cycle.response_started or not cycle.more_body):
            # Another answer on this connection is on its way; nothing may get into it.
            self.transport.abort()
            return
        if unanswered:
            # The application waits for the rest of a body.
            cycle.disconnected = True
            cycle.message_event.set()
        self.refused = True
        self.waiting_since = None
        request_id = f"refused-{secrets.token_hex(6)}"
        response = respond(Problem(other(status), detail), {"state": {"request_id": request_id}})
        log.info("refused with %d: %s", status, detail, extra={"request_id": request_id})
        fields = [
            *self.server_state.default_headers,
            *response.raw_headers,
            *HEADERS,
            (b"x-request-id", request_id.encode()),
        ]
        lines = b"".join(b"%b: %b\r\n" % field for field in fields)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + bytes(response.body))
        self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def shutdown(self) -> None:
        """The server is asked to end: answers in the making are finished, streams told, the rest refused."""
        if self.waiting_since is not None and (self.in_head or (self.cycle and not self.cycle.response_complete)):
            self.refuse(503, "The server is being stopped.")
        super().shutdown()
        self.rules.farewell()
