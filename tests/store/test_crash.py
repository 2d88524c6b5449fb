"""kill -9 in the middle of session steps: what was acknowledged is there afterwards, whoever is asked."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from app.api.trace.examples import TRACE
from app.store.sessions import FILE_NAME
from tests.server import PATIENCE, Answer, Server, ask

KILLS = 20
WALKERS = 3
SESSIONS = "/api/v1/sessions"
REQUEST: dict[str, Any] = {**TRACE, "steps": "term"}


class Walker:
    """Walks one session step by step and remembers what the server said to it.

    Attributes:
        cursor: the last acknowledged one.
        underway: the one asked for last; the same as ``cursor`` if its answer has come.
        steps: number of acknowledged steps.
    """

    def __init__(self, session: str, total: int) -> None:
        self.path = f"{SESSIONS}/{session}"
        self.total = total
        self.cursor = self.underway = self.steps = 0

    def walk(self, connection: HTTPConnection) -> None:
        """Go on, from the end back to the start, until the server is no more."""
        with suppress(OSError, HTTPException):
            while True:
                self.underway = (self.cursor + 1) % (self.total + 1)
                answer = ask(connection, "POST", f"{self.path}/step", {"to": self.underway})
                assert answer.status == 200, answer
                self.cursor = answer.json()["cursor"]
                self.steps += 1

    def check(self, connection: HTTPConnection) -> None:
        """Hold the session against what was acknowledged: that step is done, and at most the one underway after it."""
        answer = ask(connection, "GET", self.path)
        assert answer.status == 200, answer
        assert answer.json()["cursor"] in (self.cursor, self.underway)
        self.cursor = answer.json()["cursor"]


def begin(connection: HTTPConnection) -> Walker:
    """A new session."""
    answer = ask(connection, "POST", SESSIONS, REQUEST)
    assert answer.status == 201, answer
    return Walker(answer.json()["id"], answer.json()["total"])


def test_nothing_acknowledged_is_lost_in_twenty_kills(tmp_path: Path) -> None:
    moments = random.Random(1986)
    walkers: list[Walker] = []
    for _ in range(KILLS):
        with Server(tmp_path) as server, closing(server.connect()) as connection:
            for walker in walkers:
                walker.check(connection)
            # One session is new in every round, so that creating is held to the same promise as stepping.
            walkers.append(begin(connection))
            walking = walkers[-WALKERS:]
            connections = [server.connect() for _ in walking]
            threads = [
                threading.Thread(target=walker.walk, args=[each])
                for walker, each in zip(walking, connections, strict=True)
            ]
            done = walkers[-1].steps
            for thread in threads:
                thread.start()
            while walkers[-1].steps == done and any(thread.is_alive() for thread in threads):
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.1))
            server.kill()
            for thread in threads:
                thread.join()
            for each in connections:
                each.close()
    assert len(walkers) == KILLS
    assert all(walker.steps > 0 for walker in walkers)
    with Server(tmp_path) as server, closing(server.connect()) as connection:
        for walker in walkers:
            walker.check(connection)
        assert server.complaints() == ""
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def process(answer: Answer) -> str:
    """Which process answered: request ids begin with a word of its own."""
    return answer.headers["x-request-id"].partition("-")[0]


def wait_for_processes(server: Server, number: int) -> None:
    """Until so many have answered; they do not start at the same moment."""
    deadline = time.monotonic() + PATIENCE
    seen: set[str] = set()
    while len(seen) < number:
        assert time.monotonic() < deadline, f"only {len(seen)} of {number} processes answer"
        seen.add(process(server.ask("GET", "/health/live")))


def test_two_processes_share_a_session_and_lose_no_step(tmp_path: Path) -> None:
    with Server(tmp_path, "--workers", "2") as server:
        wait_for_processes(server, 2)
        with closing(server.connect()) as connection:
            session = begin(connection)
        served: Counter[str] = Counter()
        cursors: list[int] = []

        def step() -> None:
            while (len(served) < 2 and len(cursors) < session.total - 4) or len(cursors) < 20:
                answer = server.ask("POST", f"{session.path}/step", {"by": 1})
                assert answer.status == 200, answer
                cursors.append(answer.json()["cursor"])
                served[process(answer)] += 1

        threads = [threading.Thread(target=step) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(served) == 2, "one process did all the work"
        assert sorted(cursors) == list(range(1, len(cursors) + 1))
        assert server.ask("GET", session.path).json()["cursor"] == len(cursors)
