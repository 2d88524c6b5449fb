"""Training runs: what was asked for, the record of every epoch, θ at some of them, and where each run stands.

A run is written by one training at a time, in *pieces*: each continuation begins a new piece, and what a training of an
earlier piece still sends is refused. A training that writes nothing for a few seconds was killed with its process.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .database import Database
from .sessions import FILE_NAME

ID = re.compile(r"[A-Za-z0-9_-]{22}")
MAX_THETAS = 10_001
MAX_THETA_BYTES = 8 * 2**20
ABANDONED_SECONDS = 5.0
COLUMNS = "id, request, network, state, ending, started_at, ended_at, piece"
OPEN = "id = ? AND piece = ? AND ending IS NULL"
"""The run as the training of a piece may write to it. One taken for abandoned, as after the machine slept, lives on."""
TOUCHED = f"UPDATE runs SET written_at = ?, used_at = max(used_at, ?), state = 'running', ended_at = NULL WHERE {OPEN}"
"""It is written to now, whatever the clock says of it: one that is set back makes nothing older than it was."""


@dataclass(frozen=True)
class Run:
    """One run as stored, without its records.

    Attributes:
        id: 128 random bits, URL-safe base64.
        request: what was asked for, as JSON.
        network: the network before training, as JSON.
        state: ``running`` or how it ended.
        ending: what its last event said, as JSON; None while it runs or if nobody was left to say it.
        started_at: seconds since 1970.
        ended_at: likewise; None while it runs.
        piece: how many trainings have worked on it, one after the other.
    """

    id: str
    request: bytes
    network: bytes
    state: str
    ending: bytes | None
    started_at: float
    ended_at: float | None
    piece: int


@dataclass(frozen=True)
class Records:
    """Some epochs that follow one another.

    Attributes:
        first_epoch: the first of them.
        document: their records as JSON objects separated by commas; empty if there are none.
        thetas: the bytes of θ (float64) by epoch, for the epochs that are kept.
        state: where the training stands after them: how many epochs are complete, and all it needs to go on.
    """

    first_epoch: int
    document: bytes
    thetas: Mapping[int, bytes]
    state: tuple[int, bytes] | None = None


def theta_stride(epochs: int, numbers: int, every: int = 1) -> int:
    """At every how many epochs θ is kept, so that a run stays within its bounds: a multiple of ``every``.

    Args:
        epochs: how many the run has in all.
        numbers: how many parameters.
        every: at every how many epochs there is a θ to be kept.
    """
    places = max(2, min(MAX_THETAS, MAX_THETA_BYTES // (8 * numbers)))
    least = -(-(epochs + 1) // places)
    return every * -(-least // every)


class RunNotFound(Exception):
    """There is no run of this id, or it has expired, or no θ is kept for the epoch asked for."""


class RunIsRunning(Exception):
    """The run is being trained already."""


class SQLiteRuns:
    """Runs in the SQLite file of the sessions. Every method may raise ``StoreError``."""

    def __init__(
        self,
        directory: Path,
        *,
        lifetime: float,
        max_runs: int,
        max_bytes: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Name the file; nothing is opened yet.

        Args:
            directory: where the file lies; made when first needed.
            lifetime: seconds without use after which a run expires.
            max_runs: how many runs are kept; the oldest that no longer run make room.
            max_bytes: how large the file may grow.
            clock: seconds since 1970.
        """
        self._database = Database(directory / FILE_NAME, max_bytes)
        self._lifetime = lifetime
        self._max_runs = max_runs
        self._clock = clock

    def create(self, request: bytes, network: bytes) -> str:
        """Store a new run and give its id; expired runs and, where room is needed, the oldest ones go."""
        run_id = secrets.token_urlsafe(16)
        now = self._clock()
        with self._database.transaction() as connection:
            self._tidy(connection, now)
            (count,) = connection.execute("SELECT count(*) FROM runs").fetchone()
            connection.execute(
                "DELETE FROM runs WHERE id IN"
                " (SELECT id FROM runs ORDER BY state = 'running', started_at, rowid LIMIT ?)",
                (max(0, count + 1 - self._max_runs),),
            )
            connection.execute(
                "INSERT INTO runs VALUES (?, ?, ?, 'running', NULL, ?, ?, NULL, ?, 1)",
                (run_id, request, network, now, now, now),
            )
        return run_id

    def append(self, run_id: str, records: Records, piece: int = 1) -> None:
        """Store the next epochs; on the disk when this returns.

        Raises:
            RunNotFound: it was deleted meanwhile, or another piece of it has begun.
        """
        with self._database.transaction() as connection:
            self._append(connection, run_id, records, piece)

    def touch(self, run_id: str, piece: int = 1) -> None:
        """Say that the training of this piece goes on; of no effect if it has ended or there is no such run."""
        now = self._clock()
        with self._database.transaction() as connection:
            connection.execute(
                TOUCHED,
                (now, now, run_id, piece),
            )

    def end(self, run_id: str, state: str, ending: bytes, records: Records, piece: int = 1) -> None:
        """Store the last epochs and how this piece of the run ended. Raises ``RunNotFound``, as ``append`` does."""
        with self._database.transaction() as connection:
            self._append(connection, run_id, records, piece)
            connection.execute(
                "UPDATE runs SET state = ?, ending = ?, ended_at = ? WHERE id = ?",
                (state, ending, self._clock(), run_id),
            )

    def head(self, run_id: str) -> tuple[Run, int | None]:
        """A run and how many epochs were complete where it can be taken up; None: from its very start only."""
        with self._found(run_id) as (connection, run):
            row = connection.execute("SELECT epoch FROM run_states WHERE run_id = ?", (run_id,)).fetchone()
        return run, None if row is None else row[0]

    def resume(
        self, run: Run, request: bytes, stride: int, after: int | None, usable: Callable[[bytes], bool]
    ) -> tuple[bytes | None, list[bytes]]:
        """Begin the next piece of a run; what it has beyond its state is dropped, since it will come again.

        Args:
            run: the run as it was read; if it has changed since, nothing happens.
            request: what is asked for from now on.
            stride: θ at other epochs than its multiples is dropped, so that a run of many pieces stays bounded.
            after: which records the caller wants: those of later epochs; None for none.
            usable: whether one can go on from a state; if not, as after a change of the program, the run starts anew.

        Returns:
            The state to go on from, None for the start; and the records wanted, as JSON texts separated by commas.

        Raises:
            RunIsRunning: it runs, or another piece has begun since it was read.
            RunNotFound: it is no longer there.
        """
        with self._found(run.id) as (connection, found):
            if found.state == "running" or found.piece != run.piece:
                raise RunIsRunning
            row = connection.execute("SELECT epoch, state FROM run_states WHERE run_id = ?", (run.id,)).fetchone()
            epoch, state = (-1, None) if row is None or not usable(row[1]) else row
            now = self._clock()
            connection.execute(
                "UPDATE runs SET request = ?, state = 'running', ending = NULL, ended_at = NULL, written_at = ?,"
                " piece = piece + 1 WHERE id = ?",
                (request, now, run.id),
            )
            connection.execute("DELETE FROM run_records WHERE run_id = ? AND first_epoch > ?", (run.id, epoch))
            connection.execute(
                "DELETE FROM run_thetas WHERE run_id = ? AND (epoch > ? OR epoch % ? != 0)", (run.id, epoch, stride)
            )
            records = connection.execute(
                "SELECT document FROM run_records WHERE run_id = ? AND ? IS NOT NULL ORDER BY first_epoch",
                (run.id, after),
            ).fetchall()
        return state, [document for (document,) in records]

    def all(self) -> list[tuple[Run, int]]:
        """All runs, the newest first, each with the number of its last epoch stored (-1 if there is none)."""
        with self._database.transaction() as connection:
            self._tidy(connection, self._clock())
            rows = connection.execute(
                f"SELECT {COLUMNS}, coalesce((SELECT max(epoch) FROM run_thetas WHERE run_id = id), -1)"
                " FROM runs ORDER BY started_at DESC, rowid DESC"
            ).fetchall()
        return [(_run(row), row[-1]) for row in rows]

    def get(self, run_id: str) -> tuple[Run, list[bytes], list[int]]:
        """A run, the records of its epochs in order as JSON texts separated by commas, and the epochs with a θ."""
        with self._found(run_id) as (connection, run):
            records = connection.execute(
                "SELECT document FROM run_records WHERE run_id = ? ORDER BY first_epoch", (run_id,)
            ).fetchall()
            epochs = connection.execute(
                "SELECT epoch FROM run_thetas WHERE run_id = ? ORDER BY epoch", (run_id,)
            ).fetchall()
        return run, [document for (document,) in records], [epoch for (epoch,) in epochs]

    def theta(self, run_id: str, epoch: int | None) -> tuple[Run, bytes]:
        """θ after an epoch, the last one kept if it is None. Raises ``RunNotFound`` if none is kept for it."""
        with self._found(run_id) as (connection, run):
            row = connection.execute(
                "SELECT theta FROM run_thetas WHERE run_id = ? AND (? IS NULL OR epoch = ?)"
                " ORDER BY epoch DESC LIMIT 1",
                (run_id, epoch, epoch),
            ).fetchone()
            if row is None:
                raise RunNotFound
        return run, row[0]

    def thetas(self, run_id: str, most: int, most_numbers: int) -> tuple[list[int], list[bytes]]:
        """Epochs with a θ, evenly chosen with the first and the last, and the θ of each.

        Args:
            run_id: the run.
            most: how many at most, two or more.
            most_numbers: how many numbers in all of them at most, though never fewer than two θ.

        Raises:
            RunNotFound: there is no such run.
        """
        with self._found(run_id) as (connection, _):
            rows = connection.execute(
                "SELECT epoch, length(theta) FROM run_thetas WHERE run_id = ? ORDER BY epoch", (run_id,)
            ).fetchall()
            epochs = [epoch for epoch, _ in rows]
            if rows:
                places = max(2, min(most, most_numbers * 8 // rows[0][1]))
                epochs = [epochs[place] for place in _evenly(len(epochs), places)]
            found = [
                connection.execute(
                    "SELECT theta FROM run_thetas WHERE run_id = ? AND epoch = ?", (run_id, epoch)
                ).fetchone()[0]
                for epoch in epochs
            ]
        return epochs, found

    def delete(self, run_id: str) -> None:
        """Forget the run. Raises ``RunNotFound``."""
        with self._found(run_id) as (connection, _):
            connection.execute("DELETE FROM runs WHERE id = ?", (run_id,))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _append(self, connection: sqlite3.Connection, run_id: str, records: Records, piece: int) -> None:
        now = self._clock()
        touched = connection.execute(
            TOUCHED,
            (now, now, run_id, piece),
        )
        if not touched.rowcount:
            raise RunNotFound
        if records.document:
            connection.execute(
                "INSERT INTO run_records VALUES (?, ?, ?)", (run_id, records.first_epoch, records.document)
            )
        connection.executemany(
            "INSERT OR REPLACE INTO run_thetas VALUES (?, ?, ?)",
            [(run_id, epoch, theta) for epoch, theta in records.thetas.items()],
        )
        if records.state is not None:
            connection.execute("INSERT OR REPLACE INTO run_states VALUES (?, ?, ?)", (run_id, *records.state))

    def _tidy(self, connection: sqlite3.Connection, now: float) -> None:
        connection.execute("DELETE FROM runs WHERE used_at < ?", (now - self._lifetime,))
        # A live run is touched every second: one that has not been was killed together with its process.
        connection.execute(
            "UPDATE runs SET state = 'stopped', ended_at = written_at"
            " WHERE state = 'running' AND NOT written_at BETWEEN ? AND ?",
            # In the future, if the clock has been set back since.
            (now - ABANDONED_SECONDS, now + ABANDONED_SECONDS),
        )

    @contextmanager
    def _found(self, run_id: str) -> Iterator[tuple[sqlite3.Connection, Run]]:
        if not ID.fullmatch(run_id):
            raise RunNotFound
        now = self._clock()
        with self._database.transaction() as connection:
            self._tidy(connection, now)
            row = connection.execute(f"SELECT {COLUMNS} FROM runs WHERE id = ?", (run_id,)).fetchone()
            if row is None:
                raise RunNotFound
            connection.execute("UPDATE runs SET used_at = max(used_at, ?) WHERE id = ?", (now, run_id))
            yield connection, _run(row)


def _evenly(count: int, most: int) -> list[int]:
    """At most ``most`` places of ``count``, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return [round(place * (count - 1) / (most - 1)) for place in range(most)]


def _run(row: tuple[str, bytes, bytes, str, bytes | None, float, float | None, int]) -> Run:
    return Run(*row[:8])
