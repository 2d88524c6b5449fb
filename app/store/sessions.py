"""Stepping sessions: a trace request and how far its steps have been walked.

The trace itself is not stored: it is a pure function of the request, so it is computed again whenever it is asked for.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from .database import Database

ID = re.compile(r"[A-Za-z0-9_-]{22}")
FILE_NAME = "sessions.sqlite3"
TOUCH_SECONDS = 60.0


@dataclass(frozen=True)
class Session:
    """One session as stored.

    Attributes:
        id: 128 random bits, URL-safe base64; knowing it is the right to use it.
        document: the trace request as JSON, already validated.
        cursor: number of steps done.
    """

    id: str
    document: bytes
    cursor: int


class SessionNotFound(Exception):
    """There is no session of this id, or it has expired."""


class TooManySessions(Exception):
    """The store holds as many unexpired sessions as it may.

    Attributes:
        limit: that number.
    """

    def __init__(self, limit: int) -> None:
        """Remember the limit."""
        super().__init__(limit)
        self.limit = limit


class Sessions(Protocol):
    """What the API needs of a session store. Every method may raise ``StoreError``."""

    def create(self, document: bytes) -> Session:
        """Store a new session at cursor 0. Raises ``TooManySessions``."""

    def get(self, session_id: str) -> Session:
        """The session as it stands, counted as a use. Raises ``SessionNotFound``."""

    def move(self, session_id: str, destination: Callable[[Session], int]) -> tuple[Session, Session]:
        """Set the cursor to ``destination(session)`` and give the session before and after.

        Reading, deciding and writing are one transaction: of two moves at once, one sees the other's outcome.
        Once it has returned, the move survives a crash. Raises ``SessionNotFound``.
        """

    def delete(self, session_id: str) -> None:
        """Forget the session. Raises ``SessionNotFound``."""

    def expire(self) -> int:
        """Forget all sessions that have been unused for too long; gives their number."""

    def check(self) -> None:
        """Write something, or raise ``StoreError``."""

    def close(self) -> None:
        """Let go of the file."""


class SQLiteSessions:
    """Sessions in one SQLite file, shared by any number of worker processes."""

    def __init__(
        self,
        directory: Path,
        *,
        lifetime: float,
        max_sessions: int,
        max_bytes: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Name the file; nothing is opened yet.

        Args:
            directory: where the file lies; made when first needed.
            lifetime: seconds without use after which a session expires.
            max_sessions: how many unexpired sessions there may be.
            max_bytes: how large the file may grow.
            clock: seconds since 1970.
        """
        self._database = Database(directory / FILE_NAME, max_bytes)
        self._lifetime = lifetime
        self._max_sessions = max_sessions
        self._clock = clock

    def create(self, document: bytes) -> Session:
        """Store a new session at cursor 0, after forgetting those that have expired."""
        session = Session(secrets.token_urlsafe(16), document, 0)
        now = self._clock()
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE used_at < ?", (now - self._lifetime,))
            (count,) = connection.execute("SELECT count(*) FROM sessions").fetchone()
            if count >= self._max_sessions:
                raise TooManySessions(self._max_sessions)
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (session.id, document, 0, now))
        return session

    def get(self, session_id: str) -> Session:
        """The session as it stands."""
        with self._found(session_id) as (connection, session, idle):
            if idle > TOUCH_SECONDS:
                self._set_cursor(connection, session)
        return session

    def move(self, session_id: str, destination: Callable[[Session], int]) -> tuple[Session, Session]:
        """Set the cursor to ``destination(session)``; on the disk when this returns."""
        with self._found(session_id) as (connection, before, _):
            after = replace(before, cursor=destination(before))
            self._set_cursor(connection, after)
        return before, after

    def delete(self, session_id: str) -> None:
        """Forget the session."""
        with self._found(session_id) as (connection, session, _):
            connection.execute("DELETE FROM sessions WHERE id = ?", (session.id,))

    def expire(self) -> int:
        """Forget all sessions unused for longer than their lifetime."""
        with self._database.transaction() as connection:
            found = connection.execute("DELETE FROM sessions WHERE used_at < ?", (self._clock() - self._lifetime,))
            return found.rowcount

    def check(self) -> None:
        """Write a row, all the way to the disk."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO probe VALUES (1, ?)", (self._clock(),))

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        self._database.close()

    @contextmanager
    def _found(self, session_id: str) -> Iterator[tuple[sqlite3.Connection, Session, float]]:
        """A transaction with the session in it, and the seconds it has been unused."""
        if not ID.fullmatch(session_id):
            raise SessionNotFound
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT document, cursor, used_at FROM sessions WHERE id = ?", (session_id,)
            ).fetchone()
            if row is None:
                raise SessionNotFound
            document, cursor, used_at = row
            idle = self._clock() - used_at
            if idle > self._lifetime:
                raise SessionNotFound
            yield connection, Session(session_id, document, cursor), idle

    def _set_cursor(self, connection: sqlite3.Connection, session: Session) -> None:
        connection.execute(
            "UPDATE sessions SET cursor = ?, used_at = max(used_at, ?) WHERE id = ?",
            (session.cursor, self._clock(), session.id),
        )
