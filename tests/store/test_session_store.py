"""The SQLite file of the store: when it is opened, and what is said when it cannot be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from clock import Clock

from app.store.contract import StoreError
from app.store.database import VERSION
from app.store.sessions import FILE_NAME, SQLiteSessions

DAY = 24 * 3600.0
DOCUMENT = b'{"x":[1.0]}'


def opened(folder: Path, clock: Clock, max_sessions: int = 100, max_bytes: int = 2**24) -> SQLiteSessions:
    return SQLiteSessions(folder, lifetime=DAY, max_sessions=max_sessions, max_bytes=max_bytes, clock=clock)


@pytest.fixture
def sessions(folder: Path, clock: Clock) -> Iterator[SQLiteSessions]:
    store = opened(folder, clock)
    yield store
    store.close()


def forward(sessions: SQLiteSessions, session_id: str) -> int:
    _, after = sessions.move(session_id, lambda session: session.cursor + 1)
    return after.cursor


def test_nothing_is_opened_before_it_is_needed(sessions: SQLiteSessions, folder: Path) -> None:
    assert not folder.exists()


def test_the_file_is_durable_and_in_wal_mode(sessions: SQLiteSessions, folder: Path) -> None:
    sessions.create(DOCUMENT)
    connection = sqlite3.connect(folder / FILE_NAME)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    connection.close()
    with sessions._database.transaction() as ours:
        assert ours.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_damaged_store_is_an_error_and_is_not_touched(folder: Path, clock: Clock) -> None:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(b"not a database at all" * 1000)
    sessions = opened(folder, clock)
    for call in (sessions.check, sessions.expire, lambda: sessions.create(DOCUMENT)):
        with pytest.raises(StoreError):
            call()
    assert (folder / FILE_NAME).read_bytes() == b"not a database at all" * 1000
    sessions.close()


def test_a_folder_that_cannot_be_made_is_an_error_until_it_can(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "deep").write_text("a file stands where the folder should be")
    sessions = opened(tmp_path / "deep" / "folder", clock)
    with pytest.raises(StoreError):
        sessions.check()
    (tmp_path / "deep").unlink()
    sessions.check()
    sessions.close()


def test_a_store_made_by_a_newer_version_is_an_error(sessions: SQLiteSessions, folder: Path, clock: Clock) -> None:
    sessions.check()
    sessions.close()
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StoreError, match="version"):
        sessions.check()


def test_a_read_only_store_is_an_error(sessions: SQLiteSessions, folder: Path) -> None:
    created = sessions.create(DOCUMENT)
    with sessions._database.transaction() as connection:
        connection.execute("COMMIT")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
    with pytest.raises(StoreError):
        forward(sessions, created.id)
    assert forward(sessions, created.id) == 1
