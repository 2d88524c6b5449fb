"""The session store: what it remembers, for how long, and what it says when it cannot."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from clock import Clock

from app.store.database import VERSION, StoreError
from app.store.sessions import FILE_NAME, TOUCH_SECONDS, SessionNotFound, SQLiteSessions, TooManySessions

DAY = 24 * 3600.0
DOCUMENT = b'{"x":[1.0]}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "folder"


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


def test_a_new_session_stands_at_the_start_with_its_document(sessions: SQLiteSessions) -> None:
    created = sessions.create(DOCUMENT)
    assert sessions.get(created.id) == created
    assert (created.document, created.cursor) == (DOCUMENT, 0)


def test_ids_are_long_random_and_fit_a_path(sessions: SQLiteSessions) -> None:
    ids = {sessions.create(DOCUMENT).id for _ in range(50)}
    assert len(ids) == 50
    assert all(len(each) == 22 and each.replace("-", "").replace("_", "").isalnum() for each in ids)


def test_a_move_is_given_before_and_after_and_is_remembered(sessions: SQLiteSessions) -> None:
    created = sessions.create(DOCUMENT)
    before, after = sessions.move(created.id, lambda session: session.cursor + 5)
    assert (before.cursor, after.cursor) == (0, 5)
    assert sessions.get(created.id).cursor == 5


def test_a_move_whose_destination_fails_leaves_everything_as_it_was(sessions: SQLiteSessions) -> None:
    created = sessions.create(DOCUMENT)
    forward(sessions, created.id)

    def refuse(session: object) -> int:
        raise LookupError("no such phase")

    with pytest.raises(LookupError):
        sessions.move(created.id, refuse)
    assert sessions.get(created.id).cursor == 1
    assert forward(sessions, created.id) == 2


def test_a_deleted_session_is_gone(sessions: SQLiteSessions) -> None:
    created = sessions.create(DOCUMENT)
    sessions.delete(created.id)
    with pytest.raises(SessionNotFound):
        sessions.get(created.id)
    with pytest.raises(SessionNotFound):
        sessions.delete(created.id)


@pytest.mark.parametrize(
    "session_id", ["", "x", "a" * 22, "a" * 10_000, "'; DROP TABLE sessions; --", "\0" * 22, "ä" * 22]
)
def test_an_unknown_id_is_not_found(sessions: SQLiteSessions, session_id: str) -> None:
    for call in (sessions.get, sessions.delete, lambda each: sessions.move(each, lambda session: 0)):
        with pytest.raises(SessionNotFound):
            call(session_id)


def test_a_session_unused_for_a_day_is_not_found(sessions: SQLiteSessions, clock: Clock) -> None:
    created = sessions.create(DOCUMENT)
    clock.now += DAY + 1
    with pytest.raises(SessionNotFound):
        sessions.get(created.id)


def test_using_a_session_keeps_it(sessions: SQLiteSessions, clock: Clock) -> None:
    read, moved = sessions.create(DOCUMENT), sessions.create(DOCUMENT)
    for _ in range(3):
        clock.now += DAY - TOUCH_SECONDS - 1
        assert sessions.get(read.id) == read
        forward(sessions, moved.id)


def test_expired_sessions_are_removed_when_asked_and_when_another_is_made(
    sessions: SQLiteSessions, clock: Clock, folder: Path
) -> None:
    sessions.create(DOCUMENT)
    sessions.create(DOCUMENT)
    clock.now += DAY + 1
    assert sessions.expire() == 2
    sessions.create(DOCUMENT)
    clock.now += DAY + 1
    sessions.create(DOCUMENT)
    assert sessions.expire() == 0


def test_a_clock_set_back_loses_nothing(sessions: SQLiteSessions, clock: Clock) -> None:
    created = sessions.create(DOCUMENT)
    clock.now -= 10 * DAY
    assert forward(sessions, created.id) == 1
    sessions.create(DOCUMENT)
    assert sessions.get(created.id).cursor == 1
    clock.now += 10 * DAY
    assert sessions.get(created.id).cursor == 1


def test_there_are_at_most_so_many_sessions_until_one_ends_or_expires(folder: Path, clock: Clock) -> None:
    sessions = opened(folder, clock, max_sessions=2)
    first, _ = sessions.create(DOCUMENT), sessions.create(DOCUMENT)
    with pytest.raises(TooManySessions) as refused:
        sessions.create(DOCUMENT)
    assert refused.value.limit == 2
    sessions.delete(first.id)
    sessions.create(DOCUMENT)
    clock.now += DAY + 1
    sessions.create(DOCUMENT)
    sessions.close()


def test_sessions_survive_a_restart(folder: Path, clock: Clock) -> None:
    before = opened(folder, clock)
    created = before.create(DOCUMENT)
    forward(before, created.id)
    before.close()
    after = opened(folder, clock)
    assert after.get(created.id).cursor == 1
    after.close()


def test_two_stores_on_one_file_see_each_other_at_once(folder: Path, clock: Clock) -> None:
    one, other = opened(folder, clock), opened(folder, clock)
    created = one.create(DOCUMENT)
    for expected in range(1, 20, 2):
        assert forward(one, created.id) == expected
        assert forward(other, created.id) == expected + 1
    one.close()
    other.close()


def test_moves_at_once_from_threads_and_stores_are_each_counted_once(folder: Path, clock: Clock) -> None:
    stores = [opened(folder, clock) for _ in range(3)]
    created = stores[0].create(DOCUMENT)
    with ThreadPoolExecutor(6) as pool:
        reached = list(pool.map(lambda turn: forward(stores[turn % 3], created.id), range(60)))
    assert sorted(reached) == list(range(1, 61))
    for store in stores:
        store.close()


def test_the_file_is_durable_and_in_wal_mode(sessions: SQLiteSessions, folder: Path) -> None:
    sessions.create(DOCUMENT)
    connection = sqlite3.connect(folder / FILE_NAME)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    connection.close()
    with sessions._database.transaction() as ours:
        assert ours.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_full_store_says_so_and_works_again_once_there_is_room(folder: Path, clock: Clock) -> None:
    sessions = opened(folder, clock, max_bytes=2**20)
    kept = []

    def fill() -> None:
        for _ in range(100):
            kept.append(sessions.create(b"x" * 100_000).id)

    with pytest.raises(StoreError):
        fill()
    assert len(kept) > 5
    sessions.delete(kept[0])
    sessions.create(DOCUMENT)
    assert sessions.get(kept[1]).document == b"x" * 100_000
    sessions.close()


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
