"""One SQLite file shared by all worker processes: durable, in WAL mode, every write its own short transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import chain
from pathlib import Path
from threading import Lock

from .contract import StoreError
from .deadline import due, left
from .file import Identity, alone_in, identity, remove_stale, sidecars

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
OWNERS = (
    "ALTER TABLE sessions ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE sessions ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0",
    "UPDATE sessions SET bytes = length(document)",
    "CREATE INDEX sessions_by_owner ON sessions (owner, used_at, bytes)",
    "ALTER TABLE probe ADD COLUMN content BLOB",
    # What is large stands apart, so that a list reads little and each word of life writes little.
    """CREATE TABLE run_documents (
           run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
           request BLOB NOT NULL,
           network BLOB NOT NULL
       ) STRICT""",
    """CREATE TABLE run_endings (
           run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
           ending BLOB NOT NULL
       ) STRICT""",
    "INSERT INTO run_documents SELECT id, request, network FROM runs",
    "INSERT INTO run_endings SELECT id, ending FROM runs WHERE ending IS NOT NULL",
    "ALTER TABLE runs ADD COLUMN ended INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE runs ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN summary BLOB NOT NULL DEFAULT x''",
    """UPDATE runs SET ended = ending IS NOT NULL, summary = CAST(json_remove(CAST(request AS TEXT),
           '$.network', '$.xs', '$.targets', '$.test_xs', '$.test_targets') AS BLOB)""",
    """UPDATE runs SET bytes = length(request) + length(network) + coalesce(length(ending), 0)
           + (SELECT coalesce(sum(length(document)), 0) FROM run_records WHERE run_id = id)
           + (SELECT coalesce(sum(length(theta)), 0) FROM run_thetas WHERE run_id = id)
           + (SELECT coalesce(sum(length(state)), 0) FROM run_states WHERE run_id = id)""",
    *[f"ALTER TABLE runs DROP COLUMN {name}" for name in ("request", "network", "ending")],
    "CREATE INDEX runs_by_owner ON runs (owner, used_at, bytes)",
)
LINKS = (
    """CREATE TABLE links (
           id TEXT PRIMARY KEY,
           page TEXT NOT NULL,
           fragment TEXT NOT NULL,
           used_at REAL NOT NULL,
           owner TEXT NOT NULL,
           bytes INTEGER NOT NULL
       ) STRICT""",
    "CREATE INDEX links_by_owner ON links (owner, used_at, bytes)",
)
MIGRATIONS = (SESSIONS, RUNS, RUN_STATES, NAMED_ACCURACY, OWNERS, LINKS)
"""What leads from each version of the schema to the next, from version 0, an empty file, on."""
VERSION = len(MIGRATIONS)
KEPT_OPEN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)
"""Failures after which the connection is as good as before."""
PRIMARY_CODE = 0xFF


class Line:
    """One lazily opened connection, used by one thread at a time.

    After a failure the next transaction opens the file anew, and so it does when the path names another file than the
    one that is open.
    """

    def __init__(self, path: Path, max_bytes: int) -> None:
        """Remember where the file is and how large it may grow, in bytes; open nothing."""
        self._path = path
        self._max_bytes = max_bytes
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: Identity | None = None
        self._beside: dict[Path, Identity | None] = {}

    @contextmanager
    def transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """Run the block as one transaction that begins in this way.

        Raises:
            StoreError: the file cannot be opened, read or written within the time of the call.
        """
        moment = due()
        if not self._lock.acquire(timeout=left(moment)):
            raise StoreError("others have waited for the store for too long")
        try:
            connection = self._opened(moment)
            connection.execute(f"PRAGMA busy_timeout = {round(1000 * left(moment))}")
            connection.execute(begin)
            yield connection
            connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            if getattr(error, "sqlite_errorcode", -1) & PRIMARY_CODE in KEPT_OPEN:
                self._roll_back()
            else:
                self._discard()
            raise StoreError(str(error)) from error
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._lock.release()

    def close(self) -> None:
        """Close the connection if there is one; a later transaction opens it again."""
        with self._lock:
            self._discard()

    def _opened(self, moment: float) -> sqlite3.Connection:
        if self._connection is not None and identity(self._path) == self._file:
            return self._connection
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone_in(self._path.parent, moment):
            remove_stale(self._path, self._beside)
            self._discard()
            # Kept before it is set up, so that a failure on the way closes it.
            self._connection = sqlite3.connect(
                self._path, timeout=left(moment), isolation_level=None, check_same_thread=False
            )
            self._set_up(self._connection)
            self._file, self._beside = identity(self._path), sidecars(self._path)
        return self._connection

    def _set_up(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if _version(connection) != VERSION:
            connection.execute("BEGIN IMMEDIATE")
            version = _version(connection)
            if version > VERSION:
                raise sqlite3.DatabaseError(f"the store has version {version}, this program knows {VERSION}")
            for statement in chain.from_iterable(MIGRATIONS[version:]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
        # Only now: a store that is full to its bound needs some more on its way to the next version.
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count = {self._max_bytes // page_bytes}")

    def _roll_back(self) -> None:
        if self._connection is not None and self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except sqlite3.Error:
                self._discard()

    def _discard(self) -> None:
        connection, self._connection = self._connection, None
        self._file, self._beside = None, {}
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


class Database:
    """Two lazily opened connections for the threads of one process: one that writes, and one that reads meanwhile.

    Nothing is opened before the first transaction, so that the server starts and serves what needs no store while the
    disk is away, and recovers by itself when it is back.
    """

    def __init__(self, path: Path, max_bytes: int) -> None:
        """Remember where the file is and how large it may grow, in bytes; open nothing."""
        self._writing = Line(path, max_bytes)
        self._reading = Line(path, max_bytes)

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """Run the block as one write transaction; on leaving it is on the disk, or nothing of it is.

        ``BEGIN IMMEDIATE`` takes the write lock before the first read, so what the block reads cannot change before
        it writes, whichever process asks.

        Raises:
            StoreError: the file cannot be opened, read or written.
        """
        return self._writing.transaction("BEGIN IMMEDIATE")

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Run the block on the store as it is at one moment; nobody who writes waits for it, and it for nobody.

        Raises:
            StoreError: the file cannot be opened or read.
        """
        return self._reading.transaction("BEGIN")

    def close(self) -> None:
        """Close the connections; a later transaction opens them again."""
        self._reading.close()
        self._writing.close()
