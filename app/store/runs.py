"""Training runs in SQLite: what was asked for, the record of every epoch, θ at some, and where each run stands."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .contract import ID, News, Records, Run, RunIsRunning, RunNotFound, StoreError, Summary
from .database import Database
from .deadline import within
from .room import IDLE, keep_at_most, make_room
from .sessions import FILE_NAME, NOTE_SECONDS, TOUCH_SECONDS

STANDS = f"""id, CASE WHEN state = 'running' AND {IDLE} THEN 'stopped' ELSE state END, started_at,
    CASE WHEN state = 'running' AND {IDLE} THEN written_at ELSE ended_at END, piece"""
"""How a run stands at ``:now``. A live one is touched every second: else it was killed together with its process."""
LISTED = f"""SELECT {STANDS}, summary, (SELECT max(epoch) FROM run_thetas WHERE run_id = id), owner FROM runs
    WHERE used_at >= :now - :lifetime"""
LAST_EPOCH = 2**53
OPEN = "id = ? AND piece = ? AND NOT ended"
"""The run as the training of a piece may write to it. One taken for abandoned, as after the machine slept, lives on."""
TOUCHED = f"UPDATE runs SET written_at = ?, used_at = max(used_at, ?), state = 'running', ended_at = NULL WHERE {OPEN}"
"""It is written to now, whatever the clock says of it: one that is set back makes nothing older than it was."""


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
            max_runs: how many runs are kept; the least recently used that do not run make room.
            max_bytes: how large the file may grow.
            clock: seconds since 1970.
        """
        self._database = Database(directory / FILE_NAME, max_bytes)
        self._lifetime = lifetime
        self._max_runs = max_runs
        self._clock = clock

    def create(
        self, request: bytes, network: bytes, summary: bytes = b"{}", owner: str = "", run_id: str | None = None
    ) -> str:
        """Store a new run and give its id; those that have expired or have to make room go."""
        run_id = run_id or secrets.token_urlsafe(16)
        now = self._clock()
        size = len(request) + len(network)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM runs WHERE used_at < ? OR id = ?", (now - self._lifetime, run_id))
            keep_at_most(connection, "runs", self._max_runs, owner, now)
            make_room(connection, owner, size, now)
            connection.execute(
                "INSERT INTO runs (id, state, started_at, written_at, used_at, owner, bytes, summary)"
                " VALUES (?, 'running', ?, ?, ?, ?, ?, ?)",
                (run_id, now, now, now, owner, size, summary),
            )
            connection.execute("INSERT INTO run_documents VALUES (?, ?, ?)", (run_id, request, network))
        return run_id

    def append(self, run_id: str, records: Records, piece: int = 1) -> None:
        """Store the next epochs; on the disk when this returns."""
        with self._database.transaction() as connection:
            self._append(connection, run_id, records, piece)

    def touch(self, run_id: str, piece: int = 1) -> None:
        """Say that the training of this piece goes on."""
        now = self._clock()
        with self._database.transaction() as connection:
            connection.execute(TOUCHED, (now, now, run_id, piece))

    def end(self, run_id: str, state: str, ending: bytes, records: Records, piece: int = 1) -> None:
        """Store the last epochs and how this piece of the run ended."""
        with self._database.transaction() as connection:
            self._append(connection, run_id, records, piece, len(ending))
            connection.execute(
                "UPDATE runs SET state = ?, ended = 1, ended_at = ? WHERE id = ?", (state, self._clock(), run_id)
            )
            connection.execute("INSERT OR REPLACE INTO run_endings VALUES (?, ?)", (run_id, ending))

    def head(self, run_id: str) -> tuple[Run, int | None]:
        """A run and how many epochs were complete where it can be taken up."""
        with self._read(run_id) as (connection, run):
            row = connection.execute("SELECT epoch FROM run_states WHERE run_id = ?", (run_id,)).fetchone()
        return run, None if row is None else row[0]

    def resume(
        self,
        run: Run,
        request: bytes,
        stride: int,
        after: int | None,
        usable: Callable[[bytes], bool],
        summary: bytes = b"{}",
    ) -> tuple[bytes | None, list[bytes]]:
        """Begin the next piece of a run; what it has beyond its state is dropped, since it will come again."""
        now = self._clock()
        with self._database.transaction() as connection:
            found = self._found(connection, run.id, now)
            if found.state == "running" or found.piece != run.piece:
                raise RunIsRunning
            row = connection.execute("SELECT epoch, state FROM run_states WHERE run_id = ?", (run.id,)).fetchone()
            epoch, state = (-1, None) if row is None or not usable(row[1]) else row
            connection.execute(
                "UPDATE runs SET state = 'running', ended = 0, ended_at = NULL, written_at = ?,"
                " used_at = max(used_at, ?), summary = ?, piece = piece + 1 WHERE id = ?",
                (now, now, summary, run.id),
            )
            connection.execute("DELETE FROM run_endings WHERE run_id = ?", (run.id,))
            connection.execute("DELETE FROM run_records WHERE run_id = ? AND first_epoch > ?", (run.id, epoch))
            connection.execute(
                "DELETE FROM run_thetas WHERE run_id = ? AND (epoch > ? OR epoch % ? != 0)", (run.id, epoch, stride)
            )
            if request != found.request:
                (owner,) = connection.execute("SELECT owner FROM runs WHERE id = ?", (run.id,)).fetchone()
                make_room(connection, owner, len(request), now)
                connection.execute("UPDATE run_documents SET request = ? WHERE run_id = ?", (request, run.id))
            connection.execute("UPDATE runs SET bytes = ? WHERE id = ?", (self._size(connection, run.id), run.id))
            records = connection.execute(
                "SELECT document FROM run_records WHERE run_id = ? AND ? IS NOT NULL ORDER BY first_epoch",
                (run.id, after),
            ).fetchall()
        return state, [document for (document,) in records]

    def all(self) -> list[Summary]:
        """All runs, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(f"{LISTED} ORDER BY started_at DESC, rowid DESC", self._moment()).fetchall()
        return [Summary(*row) for row in rows]

    def told(self, run_id: str) -> Summary:
        """What the list tells of one run."""
        with self._database.reading() as connection:
            row = connection.execute(f"{LISTED} AND id = :id", {**self._moment(), "id": run_id}).fetchone()
        if row is None:
            raise RunNotFound
        return Summary(*row)

    def get(self, run_id: str, first: int = 0, last: int | None = None) -> tuple[Run, list[bytes], list[int]]:
        """A run, the records of its epochs in order as JSON texts separated by commas, and the epochs with a θ."""
        with self._read(run_id) as (connection, run):
            records = self._records(connection, run_id, first, last)
            epochs = connection.execute(
                "SELECT epoch FROM run_thetas WHERE run_id = ? ORDER BY epoch", (run_id,)
            ).fetchall()
        return run, records, [epoch for (epoch,) in epochs]

    def news(self, run_id: str, after: int, most: int) -> News:
        """How a run stands, and its records of later epochs."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"SELECT {STANDS}, (SELECT ending FROM run_endings WHERE run_id = id) FROM runs WHERE id = :id"
                " AND used_at >= :now - :lifetime",
                {**self._moment(), "id": run_id},
            ).fetchone()
            if row is None:
                raise RunNotFound
            records = self._records(connection, run_id, after + 1, after + most)
        _, state, _, _, piece, ending = row
        return News(state, piece, records, ending)

    def theta(self, run_id: str, epoch: int | None) -> tuple[Run, bytes]:
        """θ after an epoch, the last one kept if it is None."""
        with self._read(run_id) as (connection, run):
            row = connection.execute(
                "SELECT theta FROM run_thetas WHERE run_id = ? AND (? IS NULL OR epoch = ?)"
                " ORDER BY epoch DESC LIMIT 1",
                (run_id, epoch, epoch),
            ).fetchone()
            if row is None:
                raise RunNotFound
        return run, row[0]

    def thetas(self, run_id: str, most: int, most_numbers: int) -> tuple[list[int], list[bytes]]:
        """Epochs with a θ, evenly chosen with the first and the last, and the θ of each."""
        with self._read(run_id) as (connection, _):
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
        """Forget the run."""
        with self._database.transaction() as connection:
            self._found(connection, run_id, self._clock())
            connection.execute("DELETE FROM runs WHERE id = ?", (run_id,))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _append(
        self, connection: sqlite3.Connection, run_id: str, records: Records, piece: int, besides: int = 0
    ) -> None:
        now = self._clock()
        if not connection.execute(TOUCHED, (now, now, run_id, piece)).rowcount:
            raise RunNotFound
        (before, owner) = connection.execute(
            "SELECT coalesce((SELECT length(state) FROM run_states WHERE run_id = id), 0), owner FROM runs"
            " WHERE id = ?",
            (run_id,),
        ).fetchone()
        size = len(records.document) + sum(map(len, records.thetas.values())) + besides
        if records.state is not None:
            size += len(records.state[1]) - before
        make_room(connection, owner, max(0, size), now)
        connection.execute("UPDATE runs SET bytes = bytes + ? WHERE id = ?", (size, run_id))
        # What is said twice, since nobody could tell whether it had arrived, stands there once.
        if records.document:
            connection.execute(
                "INSERT OR REPLACE INTO run_records VALUES (?, ?, ?)", (run_id, records.first_epoch, records.document)
            )
        connection.executemany(
            "INSERT OR REPLACE INTO run_thetas VALUES (?, ?, ?)",
            [(run_id, epoch, theta) for epoch, theta in records.thetas.items()],
        )
        if records.state is not None:
            connection.execute("INSERT OR REPLACE INTO run_states VALUES (?, ?, ?)", (run_id, *records.state))

    def _moment(self) -> dict[str, float]:
        return {"now": self._clock(), "lifetime": self._lifetime}

    @contextmanager
    def _read(self, run_id: str) -> Iterator[tuple[sqlite3.Connection, Run]]:
        """The run as it is at one moment; afterwards it has been used."""
        now = self._clock()
        with self._database.reading() as connection:
            run = self._found(connection, run_id, now)
            (used_at,) = connection.execute("SELECT used_at FROM runs WHERE id = ?", (run_id,)).fetchone()
            yield connection, run
        if now - used_at > TOUCH_SECONDS:
            # A store that can be read only is no reason not to answer.
            with suppress(StoreError), within(NOTE_SECONDS), self._database.transaction() as connection:
                connection.execute("UPDATE runs SET used_at = max(used_at, ?) WHERE id = ?", (now, run_id))

    def _found(self, connection: sqlite3.Connection, run_id: str, now: float) -> Run:
        if not ID.fullmatch(run_id):
            raise RunNotFound
        row = connection.execute(
            f"SELECT {STANDS}, request, network, ending FROM runs JOIN run_documents AS documents"
            " ON documents.run_id = id LEFT JOIN run_endings AS endings ON endings.run_id = id"
            " WHERE id = :id AND used_at >= :now - :lifetime",
            {"now": now, "id": run_id, "lifetime": self._lifetime},
        ).fetchone()
        if row is None:
            raise RunNotFound
        _, state, started_at, ended_at, piece, request, network, ending = row
        return Run(run_id, request, network, state, ending, started_at, ended_at, piece)

    def _records(self, connection: sqlite3.Connection, run_id: str, first: int, last: int | None) -> list[bytes]:
        rows = connection.execute(
            "SELECT document FROM run_records WHERE run_id = :id AND first_epoch <= :last AND first_epoch >="
            " coalesce((SELECT max(first_epoch) FROM run_records WHERE run_id = :id AND first_epoch <= :first), 0)"
            " ORDER BY first_epoch",
            {"id": run_id, "first": first, "last": LAST_EPOCH if last is None else last},
        )
        return [document for (document,) in rows]

    def _size(self, connection: sqlite3.Connection, run_id: str) -> int:
        columns = {
            "run_records": "length(document)",
            "run_thetas": "length(theta)",
            "run_states": "length(state)",
            "run_documents": "length(request) + length(network)",
            "run_endings": "length(ending)",
        }
        sums = [f"(SELECT coalesce(sum({size}), 0) FROM {table} WHERE run_id = :id)" for table, size in columns.items()]
        (total,) = connection.execute(f"SELECT {' + '.join(sums)}", {"id": run_id}).fetchone()
        return int(total)


def _evenly(count: int, most: int) -> list[int]:
    """At most ``most`` places of ``count``, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return [round(place * (count - 1) / (most - 1)) for place in range(most)]
