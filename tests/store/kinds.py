"""The kinds of store that the contract is held against: each opens sessions and runs on one and the same store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from clock import Clock

from app.store.contract import Runs, Sessions
from app.store.runs import SQLiteRuns
from app.store.sessions import SQLiteSessions

DAY = 24 * 3600.0
BYTES = 2**24


class Stores(Protocol):
    """Handles on one store."""

    def sessions(self, max_sessions: int = 100, max_bytes: int = BYTES) -> Sessions:
        """A new handle on its sessions, which expire after a day."""

    def runs(self, max_runs: int = 3, max_bytes: int = BYTES) -> Runs:
        """A new handle on its runs, which expire after a day."""

    def close(self) -> None:
        """Close all handles."""


class SQLiteStores:
    """Handles on one SQLite file."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.opened: list[SQLiteSessions | SQLiteRuns] = []

    def sessions(self, max_sessions: int = 100, max_bytes: int = BYTES) -> SQLiteSessions:
        store = SQLiteSessions(
            self.folder, lifetime=DAY, max_sessions=max_sessions, max_bytes=max_bytes, clock=self.clock
        )
        self.opened.append(store)
        return store

    def runs(self, max_runs: int = 3, max_bytes: int = BYTES) -> SQLiteRuns:
        store = SQLiteRuns(self.folder, lifetime=DAY, max_runs=max_runs, max_bytes=max_bytes, clock=self.clock)
        self.opened.append(store)
        return store

    def close(self) -> None:
        for store in self.opened:
            store.close()


KINDS: Mapping[str, Callable[[Path, Clock], Stores]] = {"sqlite": SQLiteStores}
