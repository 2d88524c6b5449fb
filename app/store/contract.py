"""What the API needs of a store, whatever it is made of: sessions, runs, and what is said where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

ID = re.compile(r"[A-Za-z0-9_-]{22}")
"""128 random bits, URL-safe base64; knowing it is the right to use what it names."""
MAX_THETAS = 10_001
MAX_THETA_BYTES = 8 * 2**20
ABANDONED_SECONDS = 5.0
"""A run that says nothing for so long was killed with its process."""


class StoreError(Exception):
    """The store cannot be read or written now: full, read-only, damaged, locked or made by a newer version."""


class SessionNotFound(Exception):
    """There is no session of this id, or it has expired or made room."""


class RunNotFound(Exception):
    """There is no run of this id, or it has expired, or no θ is kept for the epoch asked for."""


class LinkNotFound(Exception):
    """There is no link of this id, or it has made room."""


class RunIsRunning(Exception):
    """The run is being trained already."""


@dataclass(frozen=True)
class Session:
    """One session as stored.

    Attributes:
        id: see ``ID``.
        document: the trace request as JSON, already validated.
        cursor: number of steps done.
    """

    id: str
    document: bytes
    cursor: int


@dataclass(frozen=True)
class Link:
    """What one of the pages shows, as its address says it.

    Attributes:
        page: ``explorer`` or ``lab``.
        fragment: of its address, without the #; ASCII.
    """

    page: str
    fragment: str


@dataclass(frozen=True)
class Summary:
    """What a list tells of a run.

    Attributes:
        id: see ``ID``.
        state: ``running`` or how it ended; ``stopped`` also of one whose process was killed.
        started_at: seconds since 1970.
        ended_at: likewise; None while it runs.
        piece: how many trainings have worked on it, one after the other.
        request: what was asked for without its long lists, as JSON.
        last_epoch: the last epoch with a θ; None if there is none.
        owner: whose it is.
    """

    id: str
    state: str
    started_at: float
    ended_at: float | None
    piece: int
    request: bytes
    last_epoch: int | None
    owner: str


@dataclass(frozen=True)
class Run:
    """One run as stored, without its records.

    Attributes:
        id: see ``ID``.
        request: what was asked for, as JSON.
        network: the network before training, as JSON.
        state: see ``Summary``.
        ending: what its last event said, as JSON; None while it runs or if nobody was left to say it.
        started_at: seconds since 1970.
        ended_at: likewise; None while it runs.
        piece: see ``Summary``.
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


@dataclass(frozen=True)
class News:
    """What has happened to a run since an epoch.

    Attributes:
        state: see ``Summary``.
        piece: see ``Summary``.
        records: JSON objects separated by commas, in order; those of earlier and later epochs may be among them.
        ending: see ``Run``; None while it runs.
    """

    state: str
    piece: int
    records: list[bytes]
    ending: bytes | None


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


class Sessions(Protocol):
    """Stepping sessions. Every method may raise ``StoreError``."""

    def create(self, document: bytes, owner: str = "", session_id: str | None = None) -> Session:
        """Store a new session at cursor 0, under an id of its own, or the one given in place of what has it now.

        Where there is no room, the least recently used go, of the owner who has most.
        """

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
        """Write something, or raise ``StoreError``; also where a session or a run could find no room."""

    def close(self) -> None:
        """Let go of what is open."""


class Links(Protocol):
    """Links of the pages. Every method may raise ``StoreError``."""

    def keep(self, link: Link, owner: str = "") -> str:
        """Store a link and give its id, the same for the same link; where there is no room, as for sessions."""

    def get(self, link_id: str) -> Link:
        """The link of an id, counted as a use. Raises ``LinkNotFound``."""

    def close(self) -> None:
        """Let go of what is open."""


class Runs(Protocol):
    """Training runs. Every method may raise ``StoreError``.

    A run is written by one training at a time, in *pieces*: each continuation begins a new piece, and what a training
    of an earlier piece still sends is refused.
    """

    def create(
        self, request: bytes, network: bytes, summary: bytes = b"{}", owner: str = "", run_id: str | None = None
    ) -> str:
        """Store a new run and give its id, as for sessions; of those that run none goes as long as there are others."""

    def append(self, run_id: str, records: Records, piece: int = 1) -> None:
        """Store the next epochs; on the disk when this returns. Twice the same does no more than once.

        Raises:
            RunNotFound: it was deleted meanwhile, or another piece of it has begun.
        """

    def touch(self, run_id: str, piece: int = 1) -> None:
        """Say that the training of this piece goes on; of no effect if it has ended or there is no such run."""

    def end(self, run_id: str, state: str, ending: bytes, records: Records, piece: int = 1) -> None:
        """Store the last epochs and how this piece of the run ended. Raises ``RunNotFound``, as ``append`` does."""

    def head(self, run_id: str) -> tuple[Run, int | None]:
        """A run and how many epochs were complete where it can be taken up; None: from its very start only."""

    def resume(
        self,
        run: Run,
        request: bytes,
        stride: int,
        after: int | None,
        usable: Callable[[bytes], bool],
        summary: bytes = b"{}",
    ) -> tuple[bytes | None, list[bytes]]:
        """Begin the next piece of a run; what it has beyond its state is dropped, since it will come again.

        Args:
            run: the run as it was read; if it has changed since, nothing happens.
            request: what is asked for from now on.
            stride: θ at other epochs than its multiples is dropped, so that a run of many pieces stays bounded.
            after: which records the caller wants: those of later epochs; None for none.
            usable: whether one can go on from a state; if not, as after a change of the program, the run starts anew.
            summary: ``request`` without its long lists.

        Returns:
            The state to go on from, None for the start; and the records wanted, as JSON texts separated by commas.

        Raises:
            RunIsRunning: it runs, or another piece has begun since it was read.
            RunNotFound: it is no longer there.
        """

    def all(self) -> list[Summary]:
        """All runs, the newest first."""

    def get(self, run_id: str, first: int = 0, last: int | None = None) -> tuple[Run, list[bytes], list[int]]:
        """A run, its records in order as JSON texts separated by commas, and all epochs with a θ.

        Args:
            run_id: the run.
            first: records of earlier epochs may be left out.
            last: records of later epochs may be left out; None for none.
        """

    def news(self, run_id: str, after: int, most: int) -> News:
        """How a run stands, and its records of the ``most`` epochs behind ``after``. Raises ``RunNotFound``."""

    def told(self, run_id: str) -> Summary:
        """What the list tells of one run. Raises ``RunNotFound``."""

    def theta(self, run_id: str, epoch: int | None) -> tuple[Run, bytes]:
        """θ after an epoch, the last one kept if it is None. Raises ``RunNotFound`` if none is kept for it."""

    def thetas(self, run_id: str, most: int, most_numbers: int) -> tuple[list[int], list[bytes]]:
        """Epochs with a θ, evenly chosen with the first and the last, and the θ of each.

        Args:
            run_id: the run.
            most: how many at most, two or more.
            most_numbers: how many numbers in all of them at most, though never fewer than two θ.

        Raises:
            RunNotFound: there is no such run.
        """

    def delete(self, run_id: str) -> None:
        """Forget the run. Raises ``RunNotFound``."""

    def close(self) -> None:
        """Let go of what is open."""
