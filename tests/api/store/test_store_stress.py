"""A store that is locked, replaced or full while the server runs: nobody waits for long, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.api.trace.examples import TRACE
from app.store.deadline import STORE_SECONDS
from app.store.sessions import FILE_NAME
from tests.api.training.test_continuing import SLOW
from tests.api.training.test_training import RUNS, TRAINING
from tests.server import PATIENCE, Answer, Server
from tests.store.test_crash import process, wait_for_processes

SESSIONS = "/api/v1/sessions"
READY_SECONDS = 2.0
LATE = 1.5
"""Seconds by which a machine that others use too may be late."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Somebody else writes and does not come to an end."""
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def timed(server: Server, method: str, path: str, body: Any = None) -> tuple[Answer, float]:
    began = time.monotonic()
    return server.ask(method, path, body), time.monotonic() - began


def test_all_who_wait_for_a_locked_store_wait_no_longer_than_one_and_readiness_does_not_wait_for_them(
    tmp_path: Path,
) -> None:
    with Server(tmp_path) as server:
        session = f"{SESSIONS}/{server.ask('POST', SESSIONS, TRACE).json()['id']}"
        with ThreadPoolExecutor(16) as pool, locked(tmp_path):
            steps = [pool.submit(timed, server, "POST", f"{session}/step", {"by": 1}) for _ in range(16)]
            time.sleep(0.5)
            for _ in range(3):
                ready, took = timed(server, "GET", "/health/ready")
                assert ready.status == 503
                assert took < READY_SECONDS
            assert server.ask("GET", session).json()["cursor"] == 0
            waited = [each.result() for each in steps]
        assert {answer.status for answer, _ in waited} == {503}
        assert max(took for _, took in waited) < STORE_SECONDS + LATE
        assert server.ask("GET", "/health/ready").status == 200
        assert server.ask("POST", f"{session}/step", {"by": 1}).json()["cursor"] == 1


def test_a_lock_longer_than_a_call_may_wait_loses_nothing_of_a_training(tmp_path: Path) -> None:
    with Server(tmp_path) as server, closing(server.connect()) as connection:
        connection.request("POST", TRAINING, json.dumps(SLOW), {"Content-Type": "application/json"})
        stream = connection.getresponse()
        events: list[tuple[str, dict[str, Any]]] = []

        def read() -> None:
            name = ""
            while line := stream.readline().decode():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ").strip()
                elif line.startswith("data: "):
                    events.append((name, json.loads(line.removeprefix("data: "))))

        reading = threading.Thread(target=read, daemon=True)
        reading.start()
        until(lambda: sum(name == "epoch" for name, _ in events) > 2)
        run_id = events[0][1]["run"]
        with locked(tmp_path):
            time.sleep(STORE_SECONDS + 2)
        until(lambda: [content["kept"] for name, content in events if name == "keeping"] == [False, True])
        seen = max(content["epoch"] for name, content in events if name == "epoch")
        until(lambda: stored(server, run_id)[-1] >= seen)
        epochs = stored(server, run_id)
        assert epochs == list(range(len(epochs)))
        connection.sock.shutdown(socket.SHUT_RDWR)
        reading.join()


def stored(server: Server, run_id: str) -> list[int]:
    return [record["epoch"] for record in server.ask("GET", f"{RUNS}/{run_id}").json()["records"]]


def until(condition: Any) -> None:
    """Wait for it."""
    late = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < late
        time.sleep(0.05)


def deleted(folder: Path) -> None:
    (folder / FILE_NAME).unlink()


def deleted_with_all_beside_it(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def replaced(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as store:
        store.execute("VACUUM INTO ?", (str(folder / "backup"),))
    (folder / "backup").replace(folder / FILE_NAME)


def folder_deleted(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize("happens", [deleted, deleted_with_all_beside_it, replaced, folder_deleted])
def test_two_workers_never_have_two_stores(tmp_path: Path, happens: Any) -> None:
    folder = tmp_path / "data"
    with Server(folder, "--workers", "2") as server:
        wait_for_processes(server, 2)
        by_process: dict[str, str] = {}
        until(lambda: len(by_process | one(server, by_process)) == 2)
        happens(folder)
        made = [server.ask("POST", SESSIONS, TRACE) for _ in range(20)]
        assert {answer.status for answer in made} == {201}
        assert len({process(answer) for answer in made}) == 2
        for answer in made:
            session = f"{SESSIONS}/{answer.json()['id']}"
            seen: dict[str, int] = {}
            for _ in range(50):
                found = server.ask("GET", session)
                seen[process(found)] = found.status
                if len(seen) == 2:
                    break
            assert seen == dict.fromkeys(seen, 200)
        assert server.ask("GET", "/health/ready").status == 200
    with closing(sqlite3.connect(folder / FILE_NAME)) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.execute("SELECT count(*) FROM sessions").fetchone()[0] >= len(made)


def one(server: Server, by_process: dict[str, str]) -> dict[str, str]:
    answer = server.ask("POST", SESSIONS, TRACE)
    by_process[process(answer)] = answer.json()["id"]
    return by_process


def test_one_client_cannot_fill_the_store_for_the_others(tmp_path: Path) -> None:
    variables = {"BACKPROPSCOPE_STORE_BYTES": str(2**20), "BACKPROPSCOPE_MAX_SESSIONS": "50"}
    with Server(tmp_path, variables=variables) as server:
        made = [server.ask("POST", SESSIONS, TRACE) for _ in range(120)]
        assert {answer.status for answer in made} == {201}
        assert server.ask("GET", "/health/ready").status == 200
        assert server.ask("GET", f"{SESSIONS}/{made[-1].json()['id']}").status == 200
