"""The store of training runs: what it keeps, what makes room, and how an older file is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from clock import Clock

from app.store.database import RUN_STATES, RUNS, SESSIONS, VERSION
from app.store.runs import (
    ABANDONED_SECONDS,
    MAX_THETA_BYTES,
    MAX_THETAS,
    Records,
    RunIsRunning,
    RunNotFound,
    SQLiteRuns,
    theta_stride,
)
from app.store.sessions import FILE_NAME, SQLiteSessions

DAY = 24 * 3600.0


@pytest.fixture
def runs(tmp_path: Path, clock: Clock) -> Iterator[SQLiteRuns]:
    store = SQLiteRuns(tmp_path, lifetime=DAY, max_runs=3, max_bytes=2**24, clock=clock)
    yield store
    store.close()


def test_a_run_gives_back_its_records_in_order_and_its_thetas(runs: SQLiteRuns) -> None:
    run_id = runs.create(b"{}", b"[]")
    runs.append(run_id, Records(0, b'{"epoch":0},{"epoch":1}', {0: b"zero"}))
    runs.append(run_id, Records(2, b'{"epoch":2}', {2: b"two"}))
    run, records, epochs = runs.get(run_id)
    assert (run.state, run.request, run.network, run.ending) == ("running", b"{}", b"[]", None)
    assert b",".join(records) == b'{"epoch":0},{"epoch":1},{"epoch":2}'
    assert epochs == [0, 2]
    assert runs.theta(run_id, 0)[1] == b"zero"
    assert runs.theta(run_id, None)[1] == b"two"
    with pytest.raises(RunNotFound):
        runs.theta(run_id, 1)


def test_the_end_is_kept_with_the_last_theta(runs: SQLiteRuns, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    runs.append(run_id, Records(0, b'{"epoch":0}', {0: b"zero"}))
    clock.now += 5
    runs.end(run_id, "diverged", b'{"epoch":1}', Records(-1, b"", {0: b"zero"}))
    run, _, _ = runs.get(run_id)
    assert (run.state, run.ending, run.ended_at) == ("diverged", b'{"epoch":1}', clock.now)


def test_the_oldest_run_makes_room_but_never_one_that_still_runs(runs: SQLiteRuns, clock: Clock) -> None:
    running = runs.create(b"{}", b"[]")
    ended = []
    for _ in range(3):
        clock.now += 1
        ended.append(runs.create(b"{}", b"[]"))
        runs.end(ended[-1], "finished", b"{}", Records(0, b"{}", {0: b"theta"}))
    assert [run.id for run, _ in runs.all()] == [ended[2], ended[1], running]
    with pytest.raises(RunNotFound):
        runs.get(ended[0])


def test_a_run_expires_with_all_that_belongs_to_it(runs: SQLiteRuns, clock: Clock, tmp_path: Path) -> None:
    runs.append(runs.create(b"{}", b"[]"), Records(0, b"{}", {0: b"theta"}))
    clock.now += DAY + 1
    assert runs.all() == []
    runs.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        for table in ("runs", "run_records", "run_thetas"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()


def test_a_deleted_run_takes_no_more_records(runs: SQLiteRuns) -> None:
    run_id = runs.create(b"{}", b"[]")
    runs.delete(run_id)
    with pytest.raises(RunNotFound):
        runs.append(run_id, Records(0, b"{}", {}))
    for unknown in (run_id, "", "x" * 5000, "\x00", "é" * 22):
        with pytest.raises(RunNotFound):
            runs.get(unknown)


def test_a_run_whose_process_was_killed_counts_as_stopped_after_a_while(runs: SQLiteRuns, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    written = clock.now
    clock.now += ABANDONED_SECONDS - 1
    assert runs.get(run_id)[0].state == "running"
    clock.now += 2
    run, _, _ = runs.get(run_id)
    assert (run.state, run.ended_at) == ("stopped", written)


def test_a_clock_set_back_ends_no_run_and_keeps_none_from_ending(runs: SQLiteRuns, clock: Clock) -> None:
    alive, killed = runs.create(b"{}", b"[]"), runs.create(b"{}", b"[]")
    clock.now -= 10 * DAY
    runs.touch(alive)
    assert runs.get(alive)[0].state == "running"
    assert runs.get(killed)[0].state == "stopped"
    clock.now += 10 * DAY
    assert runs.get(alive)[0].state == "stopped"
    runs.touch(alive)
    assert runs.get(alive)[0].state == "running"


def test_a_run_that_was_touched_is_not_taken_for_abandoned(runs: SQLiteRuns, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    for _ in range(3):
        clock.now += ABANDONED_SECONDS - 1
        runs.touch(run_id)
    assert runs.get(run_id)[0].state == "running"


def test_a_training_taken_for_abandoned_that_lives_writes_on(runs: SQLiteRuns, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    clock.now += 2 * ABANDONED_SECONDS
    assert runs.get(run_id)[0].state == "stopped"
    runs.append(run_id, Records(0, b"{}", {}))
    run = runs.get(run_id)[0]
    assert (run.state, run.ended_at) == ("running", None)
    runs.end(run_id, "finished", b"{}", Records(-1, b"", {}))
    runs.touch(run_id)
    assert runs.get(run_id)[0].state == "finished"


def test_a_run_taken_up_refuses_the_earlier_training_and_drops_what_its_state_does_not_know(
    runs: SQLiteRuns, clock: Clock
) -> None:
    run_id = runs.create(b"{}", b"[]")
    runs.append(run_id, Records(0, b'{"epoch":0},{"epoch":1}', {0: b"0", 1: b"1"}, (1, b"state")))
    runs.append(run_id, Records(2, b'{"epoch":2}', {2: b"2"}))
    run, completed = runs.head(run_id)
    assert (run.state, completed) == ("running", 1)
    with pytest.raises(RunIsRunning):
        runs.resume(run, b"{}", 1, None, bool)
    clock.now += 2 * ABANDONED_SECONDS
    run, _ = runs.head(run_id)
    assert runs.resume(run, b'{"more":1}', 2, -1, bool) == (b"state", [b'{"epoch":0},{"epoch":1}'])
    with pytest.raises(RunIsRunning):
        runs.resume(run, b"{}", 1, None, bool)
    with pytest.raises(RunNotFound):
        runs.append(run_id, Records(2, b'{"epoch":2}', {}))
    runs.append(run_id, Records(2, b'{"epoch":2}', {}), piece=2)
    again, records, epochs = runs.get(run_id)
    assert (again.state, again.request, again.piece) == ("running", b'{"more":1}', 2)
    assert b",".join(records) == b'{"epoch":0},{"epoch":1},{"epoch":2}'
    assert epochs == [0]


@pytest.mark.parametrize("epochs", [1, 2, 199, 200, 201, 5000, 10_000, 1_000_000])
@pytest.mark.parametrize("numbers", [3, 1210, 100_000])
@pytest.mark.parametrize("every", [1, 7, 1000])
def test_a_run_keeps_a_bounded_number_of_thetas_at_epochs_that_have_one(epochs: int, numbers: int, every: int) -> None:
    stride = theta_stride(epochs, numbers, every)
    kept = set(range(0, epochs + 1, stride)) | {epochs}
    assert stride % every == 0
    assert len(kept) <= MAX_THETAS + 1
    assert (len(kept) - 1) * numbers * 8 <= MAX_THETA_BYTES


def test_every_theta_of_a_usual_run_is_kept() -> None:
    assert theta_stride(300, 1210) == 1
    assert theta_stride(10_000, 33) == 1


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
