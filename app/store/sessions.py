"""Stepping sessions: a trace request and how far its steps have been walked.

The trace itself is not stored: it is a pure function of the request, so it is computed again whenever it is asked for.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from .contract import ID, Session, SessionNotFound, StoreError
from .database import Database
from .deadline import within
from .room import check_room, keep_at_most, make_room

FILE_NAME = "sessions.sqlite3"
TOUCH_SECONDS = 60.0
NOTE_SECONDS = 0.1
"""How long somebody who reads waits for it to be noted that what was read is in use."""
PROBE_BYTES = 64 * 1024
"""What has to find room for the store to be called ready: more than nearly all sessions are."""


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
            max_sessions: how many unexpired sessions there may be; the least recently used make room.
            max_bytes: how large the file may grow.
            clock: seconds since 1970.
        """
        self._database = Database(directory / FILE_NAME, max_bytes)
        self._lifetime = lifetime
        self._max_sessions = max_sessions
        self._clock = clock

    def create(self, document: bytes, owner: str = "", session_id: str | None = None) -> Session:
        """Store a new session at cursor 0, after forgetting those that have expired or have to make room."""
        session = Session(session_id or secrets.token_urlsafe(16), document, 0)
        now = self._clock()
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE used_at < ? OR id = ?", (now - self._lifetime, session.id))
            keep_at_most(connection, "sessions", self._max_sessions, owner, now)
            make_room(connection, owner, len(document), now)
            connection.execute(
                "INSERT INTO sessions VALUES (?, ?, 0, ?, ?, ?)", (session.id, document, now, owner, len(document))
            )
        return session

    def get(self, session_id: str) -> Session:
        """The session as it stands."""
        with self._database.reading() as connection:
            session, idle = self._found(connection, session_id)
        if idle > TOUCH_SECONDS:
            # A store that can be read only is no reason not to answer.
            with suppress(StoreError), within(NOTE_SECONDS), self._database.transaction() as connection:
                connection.execute(
                    "UPDATE sessions SET used_at = max(used_at, ?) WHERE id = ?", (self._clock(), session_id)
                )
        return session

    def move(self, session_id: str, destination: Callable[[Session], int]) -> tuple[Session, Session]:
        """Set the cursor to ``destination(session)``; on the disk when this returns."""
        with self._database.transaction() as connection:
            before, _ = self._found(connection, session_id)
            after = replace(before, cursor=destination(before))
            connection.execute(
                "UPDATE sessions SET cursor = ?, used_at = max(used_at, ?) WHERE id = ?",
                (after.cursor, self._clock(), after.id),
            )
        return before, after

    def delete(self, session_id: str) -> None:
        """Forget the session."""
        with self._database.transaction() as connection:
            session, _ = self._found(connection, session_id)
            connection.execute("DELETE FROM sessions WHERE id = ?", (session.id,))

    def expire(self) -> int:
        """Forget all sessions unused for longer than their lifetime."""
        with self._database.transaction() as connection:
            found = connection.execute("DELETE FROM sessions WHERE used_at < ?", (self._clock() - self._lifetime,))
            return found.rowcount

    def check(self) -> None:
        """Write what a session would take all the way to the disk, and take it away again."""
        now = self._clock()
        with self._database.transaction() as connection:
            # Where others would have to make room, as much as there is without that.
            size = check_room(connection, PROBE_BYTES, now)
            connection.execute("INSERT OR REPLACE INTO probe VALUES (1, ?, zeroblob(?))", (now, size))
        with self._database.transaction() as connection:
            connection.execute("UPDATE probe SET content = NULL")

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        self._database.close()

    def _found(self, connection: sqlite3.Connection, session_id: str) -> tuple[Session, float]:
        """A session and the seconds it has been unused. Raises ``SessionNotFound``."""
        if not ID.fullmatch(session_id):
            raise SessionNotFound
        row = connection.execute(
            "SELECT document, cursor, used_at FROM sessions WHERE id = ?", (session_id,)
        ).fetchone()
        if row is None:
            raise SessionNotFound
        document, cursor, used_at = row
        idle = self._clock() - used_at
        if idle > self._lifetime:
            raise SessionNotFound
        return Session(session_id, document, cursor), idle
