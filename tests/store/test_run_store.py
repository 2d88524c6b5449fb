"""The store of training runs in SQLite: what goes with a run, and how an older file is brought up to date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from clock import Clock

from app.store.contract import Records, StoreError
from app.store.database import NAMED_ACCURACY, RUN_STATES, RUNS, SESSIONS, VERSION
from app.store.deadline import STORE_SECONDS, within
from app.store.runs import SQLiteRuns
from app.store.sessions import FILE_NAME, SQLiteSessions

DAY = 24 * 3600.0


@pytest.fixture
def runs(tmp_path: Path, clock: Clock) -> Iterator[SQLiteRuns]:
    store = SQLiteRuns(tmp_path, lifetime=DAY, max_runs=3, max_bytes=2**24, clock=clock)
    yield store
    store.close()


def test_a_run_expires_with_all_that_belongs_to_it(runs: SQLiteRuns, clock: Clock, tmp_path: Path) -> None:
    runs.append(runs.create(b"{}", b"[]"), Records(0, b"{}", {0: b"theta"}))
    clock.now += DAY + 1
    runs.create(b"{}", b"[]")
    runs.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        for table, left in (("runs", 1), ("run_documents", 1), ("run_records", 0), ("run_thetas", 0)):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (left,)
    connection.close()


def test_a_store_of_version_2_keeps_its_runs_and_they_can_be_taken_up(tmp_path: Path, clock: Clock) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    for statement in (*SESSIONS, *RUNS):
        connection.execute(statement)
    run_id = "r" * 22
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, ?, 'stopped', ?, ?, ?, ?, ?)",
        (run_id, b"{}", b"[]", b"{}", *[clock.now] * 4),
    )
    connection.execute("INSERT INTO run_records VALUES (?, 0, ?)", (run_id, b'{"epoch":0}'))
    connection.execute("PRAGMA user_version = 2")
    connection.commit()
    connection.close()
    runs = SQLiteRuns(tmp_path, lifetime=DAY, max_runs=3, max_bytes=2**24, clock=clock)
    try:
        assert runs.get(run_id)[1] == [b'{"epoch":0}']
        run, completed = runs.head(run_id)
        assert completed is None
        assert runs.resume(run, b"{}", 1, -1, bool) == (None, [])
        runs.append(run_id, Records(0, b'{"epoch":0}', {}), piece=2)
    finally:
        runs.close()


def test_a_store_of_version_3_calls_the_accuracy_of_the_part_held_out_by_its_name(tmp_path: Path, clock: Clock) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    for statement in (*SESSIONS, *RUNS, *RUN_STATES):
        connection.execute(statement)
    run_id = "r" * 22
    records = b'{"epoch":0,"accuracy":0.5,"train_accuracy":0.25},{"epoch":1,"accuracy":1.0,"train_accuracy":0.75}'
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, ?, 'finished', ?, ?, ?, ?, ?, 1)",
        (run_id, b"{}", b"[]", b'{"last":{"accuracy":1.0,"train_accuracy":0.75}}', *[clock.now] * 4),
    )
    connection.execute("INSERT INTO run_records VALUES (?, 0, ?)", (run_id, records))
    connection.execute("PRAGMA user_version = 3")
    connection.commit()
    connection.close()
    runs = SQLiteRuns(tmp_path, lifetime=DAY, max_runs=3, max_bytes=2**24, clock=clock)
    try:
        run, kept, _ = runs.get(run_id)
        assert run.ending == b'{"last":{"test_accuracy":1.0,"train_accuracy":0.75}}'
        assert kept == [records.replace(b'"accuracy"', b'"test_accuracy"')]
    finally:
        runs.close()


def test_a_store_of_version_1_is_brought_up_to_date_with_its_sessions(tmp_path: Path, clock: Clock) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    for statement in SESSIONS:
        connection.execute(statement)
    connection.execute("INSERT INTO sessions VALUES (?, ?, 4, ?)", ("s" * 22, b"{}", clock.now))
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    runs = SQLiteRuns(tmp_path, lifetime=DAY, max_runs=3, max_bytes=2**24, clock=clock)
    sessions = SQLiteSessions(tmp_path, lifetime=DAY, max_sessions=3, max_bytes=2**24, clock=clock)
    try:
        run_id = runs.create(b"{}", b"[]")
        assert sessions.get("s" * 22).cursor == 4
        assert runs.get(run_id)[0].id == run_id
    finally:
        runs.close()
        sessions.close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    connection.close()


def test_a_store_of_version_4_lists_its_runs_without_their_long_lists(tmp_path: Path, clock: Clock) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    for statement in (*SESSIONS, *RUNS, *RUN_STATES, *NAMED_ACCURACY):
        connection.execute(statement)
    run_id = "r" * 22
    request = b'{"xs":[[1.5]],"network":{"layers":[]},"optimizer":{"learning_rate":0.1},"epochs":3}'
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, ?, 'finished', ?, ?, ?, ?, ?, 2)",
        (run_id, request, b"[]", b'{"epoch":3}', *[clock.now] * 4),
    )
    connection.execute("INSERT INTO run_thetas VALUES (?, 3, ?)", (run_id, b"theta"))
    connection.execute("PRAGMA user_version = 4")
    connection.commit()
    connection.close()
    runs = SQLiteRuns(tmp_path, lifetime=DAY, max_runs=3, max_bytes=2**24, clock=clock)
    try:
        (told,) = runs.all()
        assert (told.request, told.last_epoch, told.piece) == (
            b'{"optimizer":{"learning_rate":0.1},"epochs":3}',
            3,
            2,
        )
        run, _, _ = runs.get(run_id)
        assert (run.request, run.ending, run.state) == (request, b'{"epoch":3}', "finished")
    finally:
        runs.close()


def test_what_is_only_read_waits_for_nobody_who_writes(tmp_path: Path, clock: Clock) -> None:
    runs = SQLiteRuns(tmp_path, lifetime=DAY, max_runs=3, max_bytes=2**24, clock=clock)
    sessions = SQLiteSessions(tmp_path, lifetime=DAY, max_sessions=3, max_bytes=2**24, clock=clock)
    run_id, session = runs.create(b"{}", b"[]"), sessions.create(b"{}")
    runs.append(run_id, Records(0, b'{"epoch":0}', {0: b"theta"}))
    # Late enough that each would like to note that it was used.
    clock.now += 120
    runs.all()
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        began = time.monotonic()
        assert [run.id for run in runs.all()] == [run_id]
        assert runs.get(run_id)[1] == [b'{"epoch":0}']
        assert runs.news(run_id, -1, 10).records == [b'{"epoch":0}']
        assert runs.told(run_id).last_epoch == 0
        assert runs.head(run_id)[0].id == run_id
        assert runs.theta(run_id, None)[1] == b"theta"
        assert runs.thetas(run_id, 2, 100) == ([0], [b"theta"])
        assert sessions.get(session.id) == session
        assert time.monotonic() - began < STORE_SECONDS
        with within(0.05), pytest.raises(StoreError):
            runs.touch(run_id)
    finally:
        other.close()
        runs.close()
        sessions.close()
