"""A hundred times kill -9 of a server with two workers, amid session steps and trainings that are kept."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from app.api.training.schemas import XOR
from app.store.sessions import FILE_NAME
from tests.server import Server, ask
from tests.soak.client import SCALE, report
from tests.store.test_crash import Walker, begin, wait_for_processes

pytestmark = pytest.mark.soak

KILLS = max(2, round(100 * SCALE))
WALKERS = 3
TRAINERS = 2
TRAINING = {**XOR, "epochs": 300, "keep": True}


class Trainer:
    """Has runs kept, one after the other, and remembers what the server said of each.

    Attributes:
        begun: the ids of the runs that the server said had begun.
        finished: of those, the ones that it said were finished and kept.
    """

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.finished: set[str] = set()

    def train(self, connection: HTTPConnection) -> None:
        """Go on until the server is no more."""
        with suppress(OSError, HTTPException):
            while True:
                connection.request(
                    "POST", "/api/v1/training", json.dumps(TRAINING), {"Content-Type": "application/json"}
                )
                response = connection.getresponse()
                assert response.status == 200
                name = b""
                for line in response:
                    if line.startswith(b"event: "):
                        name = line[7:].strip()
                    elif line.startswith(b"data: ") and name == b"started":
                        self.begun.append(json.loads(line[6:])["run"])
                    elif line.startswith(b"data: ") and name == b"finished" and json.loads(line[6:])["kept"]:
                        self.finished.add(self.begun[-1])

    def check(self, connection: HTTPConnection) -> None:
        """Hold the store against what was acknowledged, and forget the runs: each is looked at once."""
        for run_id in self.begun:
            answer = ask(connection, "GET", f"/api/v1/runs/{run_id}")
            assert answer.status == 200, answer
            run = answer.json()
            epochs = [record["epoch"] for record in run["records"]]
            assert epochs == list(range(len(epochs))), "a hole in what is stored"
            if run_id in self.finished:
                assert (run["state"], len(epochs)) == ("finished", TRAINING["epochs"] + 1)
        self.begun, self.finished = [], set()


def test_nothing_acknowledged_is_lost_in_a_hundred_kills_of_two_workers(tmp_path: Path) -> None:
    moments = random.Random(1989)
    walkers: list[Walker] = []
    trainers = [Trainer() for _ in range(TRAINERS)]
    variables = {"BACKPROPSCOPE_MAX_RUNS": "100000"}
    steps = runs = whole = 0
    for _ in range(KILLS):
        with Server(tmp_path, "--workers", "2", variables=variables) as server, closing(server.connect()) as connection:
            wait_for_processes(server, 2)
            for walker in walkers[-2 * WALKERS :]:
                walker.check(connection)
            for trainer in trainers:
                trainer.check(connection)
            walkers.append(begin(connection))
            work = [walker.walk for walker in walkers[-WALKERS:]] + [trainer.train for trainer in trainers]
            connections = [server.connect() for _ in work]
            threads = [threading.Thread(target=each, args=[own]) for each, own in zip(work, connections, strict=True)]
            for thread in threads:
                thread.start()
            until = time.monotonic() + 20
            while not all(trainer.begun for trainer in trainers) and time.monotonic() < until:
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.3))
            server.kill()
            for thread in threads:
                thread.join()
            for own in connections:
                own.close()
            steps = sum(walker.steps for walker in walkers)
            runs += sum(len(trainer.begun) for trainer in trainers)
            whole += sum(len(trainer.finished) for trainer in trainers)
    with Server(tmp_path, variables=variables) as server, closing(server.connect()) as connection:
        for checked in (*walkers, *trainers):
            checked.check(connection)
        assert server.ask("GET", "/health/ready").status == 200
        assert server.complaints() == ""
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    report("kill -9, two workers", kills=KILLS, steps=steps, runs=runs, finished=whole)
    assert steps > KILLS
    assert runs >= KILLS * TRAINERS
    assert whole > 0
