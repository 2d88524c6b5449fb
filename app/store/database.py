"""One SQLite file shared by all worker processes: durable, in WAL mode, every write its own short transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from threading import Lock

BUSY_SECONDS = 5.0
SESSIONS = (
    """CREATE TABLE sessions (
           id TEXT PRIMARY KEY,
           document BLOB NOT NULL,
           cursor INTEGER NOT NULL CHECK (cursor >= 0),
           used_at REAL NOT NULL
       ) STRICT""",
    "CREATE INDEX sessions_used_at ON sessions (used_at)",
    "CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), written_at REAL NOT NULL) STRICT",
)
RUNS = (
    """CREATE TABLE runs (
           id TEXT PRIMARY KEY,
           request BLOB NOT NULL,
           network BLOB NOT NULL,
           state TEXT NOT NULL,
           ending BLOB,
           started_at REAL NOT NULL,
           written_at REAL NOT NULL,
           ended_at REAL,
           used_at REAL NOT NULL
       ) STRICT""",
    "CREATE INDEX runs_used_at ON runs (used_at)",
    """CREATE TABLE run_records (
           run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
           first_epoch INTEGER NOT NULL,
           document BLOB NOT NULL,
           PRIMARY KEY (run_id, first_epoch)
       ) STRICT""",
    """CREATE TABLE run_thetas (
           run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
           epoch INTEGER NOT NULL,
           theta BLOB NOT NULL,
           PRIMARY KEY (run_id, epoch)
       ) STRICT""",
)
RUN_STATES = (
    """ALTER TABLE runs ADD COLUMN piece INTEGER NOT NULL DEFAULT 1""",
    """CREATE TABLE run_states (
           run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
           epoch INTEGER NOT NULL,
           state BLOB NOT NULL
       ) STRICT""",
)
NAMED_ACCURACY = tuple(
    f"""UPDATE {table} SET {column} =
           CAST(replace(CAST({column} AS TEXT), '"accuracy":', '"test_accuracy":') AS BLOB)
       WHERE {column} IS NOT NULL"""
    for table, column in (("run_records", "document"), ("runs", "ending"))
)
"""Records once called the accuracy of the part held out ``accuracy``, beside ``train_accuracy``."""
MIGRATIONS = (SESSIONS, RUNS, RUN_STATES, NAMED_ACCURACY)
"""What leads from each version of the schema to the next, from version 0, an empty file, on."""
VERSION = len(MIGRATIONS)


class StoreError(Exception):
    """The store cannot be read or written now: full, read-only, damaged, locked or made by a newer version."""


class Database:
    """A lazily opened connection for the threads of one process.

    Nothing is opened before the first transaction, and after a failure the next one opens the file anew, so that
    the server starts and serves what needs no store while the disk is away, and recovers by itself when it is back.
    """

    def __init__(self, path: Path, max_bytes: int) -> None:
        """Remember where the file is and how large it may grow, in bytes; open nothing."""
        self._path = path
        self._max_bytes = max_bytes
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one write transaction; on leaving it is on the disk, or nothing of it is.

        ``BEGIN IMMEDIATE`` takes the write lock before the first read, so what the block reads cannot change before
        it writes, whichever process asks.

        Raises:
            StoreError: the file cannot be opened, read or written.
        """
        with self._lock:
            try:
                connection = self._opened()
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except (sqlite3.Error, OSError) as error:
                self._discard()
                raise StoreError(str(error)) from error
            except BaseException:
                self._roll_back()
                raise

    def close(self) -> None:
        """Close the connection if there is one; a later transaction opens it again."""
        with self._lock:
            self._discard()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Kept before it is set up, so that a failure on the way closes it.
            self._connection = sqlite3.connect(
                self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._set_up(self._connection)
        return self._connection

    def _set_up(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count = {self._max_bytes // page_bytes}")
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise sqlite3.DatabaseError(f"the store has version {version}, this program knows {VERSION}")
        for statement in chain.from_iterable(MIGRATIONS[version:]):
            connection.execute(statement)
        if version < VERSION:
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")

    def _roll_back(self) -> None:
        if self._connection is not None and self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except sqlite3.Error:
                self._discard()

    def _discard(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
