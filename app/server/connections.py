"""What one connection may cost: bytes around a request's body, seconds to send it, requests ahead, a place.

uvicorn with httptools bounds none of these: half a head stays open for ever, and a header, a trailer or the extension
of a chunk may be of any length. Here a timer per connection looks after all of it; a request costs no timer of its own.

uvicorn has no public way to bound them, so this one module builds on its protocol. ``TRIED_WITH`` names the versions
that it was tried with, and a test holds the installed one against them.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from ..api.bounds.ledger import CUT
from ..api.wire.middleware import security_headers
from ..api.wire.problems import Problem, other, respond
from ..api.wire.versions import HEADER as VERSION_HEADER

log = logging.getLogger("backpropscope.server")

TRIED_WITH = ("0.54",)
"""Versions of uvicorn whose protocol this module was read and tried against."""
STATE = "connection_rules"
"""The key of the rules in the state that the application's lifespan gives to the server."""
SENT_AHEAD = 128 * 1024
"""Bytes that the system may keep for a client beyond those that it has acknowledged; Linux takes twice as many."""
LINGER_SECONDS = 1.0
"""Seconds for which what still comes is thrown away after a last answer, so that a reset does not overtake it."""
LEAST_SECONDS = 0.02
CHUNK_BYTES = 24
"""Bytes around one chunk that are not counted: its length in hexadecimal and two ends of lines."""
FREE_CHUNKS = 4096
SMALLEST_CHUNK = 8
"""Bytes that the chunks of a body hold on the average, beyond the first ``FREE_CHUNKS``: each costs a call."""
MOST_HEADERS = 200
"""Headers of a request; each costs a call, and is looked through for every other."""
MOST_AHEAD = 16
"""Requests that a client may send before the first of them is answered."""
HEADERS = [*security_headers("'none'"), VERSION_HEADER, (b"connection", b"close")]


@dataclass(frozen=True)
class Rules:
    """The bounds.

    Attributes:
        header_bytes: the longest head of a request: its first line and its headers.
        request_seconds: how long a request may take to arrive, and a new connection to begin one.
        reader_seconds: how long a client may keep an answer waiting, whatever its size.
        reader_bytes: how many bytes a second it has to take of a longer one.
        connections: how many there may be at once in this process.
        farewell: told when the server is asked to end; tells what would otherwise go on, such as event streams.
    """

    header_bytes: int
    request_seconds: float
    reader_seconds: float
    reader_bytes: int
    connections: int
    farewell: Callable[[], None]


class CountedTransport:
    """A transport that knows how many bytes were written to it."""

    def __init__(self, transport: asyncio.Transport) -> None:
        """Pass everything on to ``transport``."""
        self._transport = transport
        self.written = 0
        # Asked for with every request: not by way of __getattr__.
        self.get_write_buffer_size = transport.get_write_buffer_size
        self.is_closing = transport.is_closing
        self.abort = transport.abort

    def write(self, data: bytes) -> None:
        """Write, unless the connection is gone: what was to be answered may not have heard of it yet."""
        if not self.is_closing():
            self.written += len(data)
            self._transport.write(data)

    def unsent(self) -> int:
        """Bytes that wait here for the client; a transport that is closed no longer says."""
        return 0 if self.is_closing() else self.get_write_buffer_size()

    def __getattr__(self, name: str) -> Any:
        """All else is the transport's own."""
        return getattr(self._transport, name)


class HeadTooLong(Exception):
    """The head of a request has more bytes than it may."""


class TooManyParts(Exception):
    """More headers than a request may have, or more chunks for its bytes; the message says which."""


class TooFarAhead(Exception):
    """More requests have come than may wait for the answer before theirs."""


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol on httptools, kept within ``Rules``.

    Attributes:
        waiting_since: since when the client has owed a request or the rest of one; None while we owe one.
        paused_since: since when writing has waited for the client; None while it flows.
        paused_seconds: for how long it had waited before, in the answers that have not all been taken.
        in_head: whether a head has begun and has not ended.
        head_bytes: bytes received, at most, since this head began.
        in_rest: whether a head has ended, and what follows it has not: chunks and trailers, or a body.
        rest_bytes: bytes of that which are no part of a body.
        chunks: of the body that comes.
        chunk_bytes: how much they held.
        too_many: what there was too much of, once the parser has been stopped for it.
        last_look: whether the client was late when last looked at.
        refused: whether this connection got its last answer from here.
        answering: what is being answered; ``cycle`` is the newest request, which may wait for it.
    """

    rules: Rules
    counted: CountedTransport
    watch: asyncio.TimerHandle
    waiting_since: float | None
    paused_since: float | None = None
    paused_seconds = 0.0
    in_head = False
    head_bytes = 0
    in_rest = False
    rest_bytes = 0
    chunks = 0
    chunk_bytes = 0
    too_many = ""
    last_look = False
    refused = False
    answering: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to watch; make room if there are too many."""
        if (raw := transport.get_extra_info("socket")) is not None:
            # The system would let megabytes wait for each client that does not read.
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENT_AHEAD)
        self.counted = CountedTransport(cast(asyncio.Transport, transport))
        super().connection_made(cast(asyncio.Transport, self.counted))
        self.rules = self.app_state[STATE]
        self.waiting_since = self.loop.time()
        self.watch = self.loop.call_later(self.rules.request_seconds, self.look)
        if len(self.connections) > self.rules.connections:
            self.make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch no longer; what is being answered has to hear of it, and what waits behind it is nobody's any more."""
        self.watch.cancel()
        self.pipeline.clear()
        if self.answering is not None and self.answering is not self.cycle:
            self.answering.disconnected = True
            self.answering.message_event.set()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self.answering = cycle
        super()._start_asgi_task(cycle, app)

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
        if self.reads_too_slowly(now):
            log.info("a client has taken its answer too slowly")
            self.cut()
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

    def cut(self) -> None:
        """End the connection at once; what the system keeps for it goes as well."""
        if (raw := self.transport.get_extra_info("socket")) is not None:
            # Other systems than those of Unix lay the two numbers out in another way.
            with suppress(OSError):
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def reads_too_slowly(self, now: float) -> bool:
        """Whether the client has kept us waiting for longer than what it has taken allows."""
        if self.paused_since is None:
            return False
        waited = self.paused_seconds + now - self.paused_since
        taken = self.counted.written - self.counted.unsent()
        return waited > self.rules.reader_seconds + taken / self.rules.reader_bytes

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
        began_in_head, began_in_rest = self.in_head, self.in_rest
        # Only what is all of one request's rest can be counted; a piece in which a head ends is one piece at most.
        self.rest_bytes = self.rest_bytes + len(data) if began_in_rest else 0
        super().data_received(data)
        if self.refused:
            return
        if began_in_head and self.in_head and self.head_bytes > self.rules.header_bytes:
            self.refuse_head()
        elif began_in_rest and self.in_rest and self.rest_bytes > self.rules.header_bytes:
            self.refuse(431, f"Around its body a request may have {self.rules.header_bytes} bytes.")

    def on_message_begin(self) -> None:
        """A request begins."""
        if len(self.pipeline) >= MOST_AHEAD:
            raise TooFarAhead
        self.in_head, self.in_rest = True, False
        self.chunks = self.chunk_bytes = 0
        self.waiting_since = self.loop.time()
        if self.paused_since is None and not self.counted.unsent():
            # All answers so far have been taken: what comes next is a new account.
            self.counted.written, self.paused_seconds = 0, 0.0
        super().on_message_begin()
        self.scope["state"][CUT] = self.cut

    def on_headers_complete(self) -> None:
        """The head is whole. It is measured only if what came could hold one that is too long."""
        self.in_head, self.in_rest = False, True
        if self.head_bytes > self.rules.header_bytes:
            length = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
            if length > self.rules.header_bytes:
                raise HeadTooLong
        super().on_headers_complete()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header. A trailer is none: what it says would come after the answer was begun with."""
        if not self.in_head:
            return
        if len(self.headers) >= MOST_HEADERS:
            self.too_many = f"A request may have {MOST_HEADERS} headers."
            raise TooManyParts(self.too_many)
        super().on_header(name, value)

    def on_chunk_header(self) -> None:
        """A chunk begins; what frames it is not counted, what its extension says is."""
        self.rest_bytes -= CHUNK_BYTES
        self.chunks += 1
        if self.chunks > FREE_CHUNKS + self.chunk_bytes // SMALLEST_CHUNK:
            self.too_many = (
                f"The chunks of a body hold {SMALLEST_CHUNK} bytes on the average, but for the first {FREE_CHUNKS}."
            )
            raise TooManyParts(self.too_many)

    def on_body(self, body: bytes) -> None:
        """A part of the body, which has a limit of its own."""
        self.rest_bytes -= len(body)
        self.chunk_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole: from now on the server owes an answer, unless it has refused without reading."""
        self.in_rest = False
        self.waiting_since = self.loop.time() if self.cycle.response_complete else None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is given; the client may ask again."""
        if not self.in_head and not self.pipeline:
            self.waiting_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """The client does not take its answer as fast as it is made."""
        self.paused_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client takes its answer."""
        if self.paused_since is not None:
            self.paused_seconds += self.loop.time() - self.paused_since
            self.paused_since = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, or one whose head is too long; the parser has given up on either."""
        if self.too_many:
            self.refuse(431, self.too_many)
            return
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
