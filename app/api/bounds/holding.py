"""What a request keeps in memory: its body while it arrives, its answer until the client has taken it."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..wire.middleware import header
from ..wire.problems import BODY_TOO_LARGE, Problem, respond
from .ledger import Kept, Ledger

MAX_LENGTH_DIGITS = 18
SMALL = 64 * 1024
"""Bytes that are not counted: as much waits in the buffers of a connection anyway."""
PIECE = 64 * 1024
"""Bytes handed to a connection in one go; after each piece of an answer others have their turn.

A write of megabytes copies all of them while everybody waits, and a client that reads as fast as we write never makes
the writing stop by itself.
"""
CHUNKED_BYTES = 512 * 1024
"""What is entered for a body that is sent in chunks, whose length nobody knows."""


async def send_in_pieces(message: Message, send: Send) -> None:
    """Send a long body, or a part of one, a piece at a time."""
    body = message["body"]
    last = (len(body) - 1) // PIECE * PIECE
    for start in range(0, last, PIECE):
        await send({"type": "http.response.body", "body": body[start : start + PIECE], "more_body": True})
        await asyncio.sleep(0)
    await send({**message, "body": body[last:]})


def announced_length(message: Message) -> int:
    """How long the body of an answer will be; 0 for a stream of events, which keeps no more than its own queue."""
    for name, value in message.get("headers", ()):
        if name == b"content-length":
            return int(value)
    return 0


class Unsent:
    """Counts the bytes of answers that are waiting for their clients, and sends them piece by piece."""

    def __init__(self, app: ASGIApp, ledger: Ledger, shared: str) -> None:
        """Wrap ``app``.

        Args:
            app: what answers.
            ledger: where large answers are entered.
            shared: what paths begin with whose answers are not made for one client: files, sent from the disk.
        """
        self.app = app
        self.ledger = ledger
        self.shared = shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        kept: Kept | None = None
        refused = False

        async def send_counted(message: Message) -> None:
            nonlocal kept, refused
            if refused:
                return
            if message["type"] != "http.response.start":
                if len(message.get("body", b"")) > PIECE:
                    await send_in_pieces(message, send)
                else:
                    await send(message)
                return
            length = announced_length(message)
            if length > SMALL and not scope["path"].startswith(self.shared):
                entry = Kept.of(scope, length)
                try:
                    self.ledger.take(entry)
                except Problem as problem:
                    refused = True
                    await respond(problem, scope)(scope, receive, send)
                    return
                kept = entry
            await send(message)

        try:
            await self.app(scope, receive, send_counted)
        finally:
            if kept is not None:
                self.ledger.give_back(kept)


class BodyLimit:
    """Refuses a body over the limit, at once if its length is announced, and counts the bytes of those that arrive."""

    def __init__(self, app: ASGIApp, max_bytes: int, ledger: Ledger) -> None:
        """Wrap ``app``; ``max_bytes`` is the largest body let through, ``ledger`` where large ones are entered."""
        self.app = app
        self.max_bytes = max_bytes
        self.ledger = ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = header(scope, b"content-length")
        if announced.isdigit():
            if len(announced) > MAX_LENGTH_DIGITS or int(announced) > self.max_bytes:
                await respond(self._problem(scope), scope)(scope, receive, send)
            elif int(announced) <= SMALL:
                await self.app(scope, receive, send)
            else:
                await self._counted(scope, receive, send, int(announced))
            return
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                raise self._problem(scope)
            return message

        if header(scope, b"transfer-encoding"):
            await self._counted(scope, receive_limited, send, min(self.max_bytes, CHUNKED_BYTES))
        else:
            await self.app(scope, receive_limited, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, size: int) -> None:
        """Keep so many bytes entered until the answer begins."""
        kept = Kept.of(scope, size)
        try:
            self.ledger.take(kept)
        except Problem as problem:
            await respond(problem, scope)(scope, receive, send)
            return

        async def send_after(message: Message) -> None:
            self.ledger.give_back(kept)
            await send(message)

        try:
            await self.app(scope, receive, send_after)
        finally:
            self.ledger.give_back(kept)

    def _problem(self, scope: Scope) -> Problem:
        # What is still being sent is read and thrown away, within the time of a request: closing at once would reset
        # the connection under the client before it has seen the answer. Who asked first need not send it at all.
        headers = {"Connection": "close"} if header(scope, b"expect") else {}
        detail = f"The limit body_bytes is {self.max_bytes}; this body is longer."
        limit = {"name": "body_bytes", "value": self.max_bytes}
        return Problem(BODY_TOO_LARGE, detail, headers=headers, limit=limit)
