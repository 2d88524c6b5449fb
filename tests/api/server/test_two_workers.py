"""Two worker processes on one store: a run that one of them paused is continued by the other, never by both at once."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from itertools import pairwise
from typing import Any

import pytest

from tests.api.training.test_continuing import MOONS, SLOW, epochs
from tests.api.training.test_training import RUNS, TRAINING, parsed, settled
from tests.server import PATIENCE, Answer, Server, ask
from tests.store.test_crash import process, wait_for_processes

Json = dict[str, Any]
ROUNDS = 4


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("workers"), "--workers", "2") as server:
        wait_for_processes(server, 2)
        yield server
        assert server.complaints() == ""


@contextmanager
def one_each(server: Server) -> Iterator[list[HTTPConnection]]:
    """A connection to each of the two processes: one connection is served by one process."""
    with ExitStack() as stack:
        found: dict[str, HTTPConnection] = {}
        until = time.monotonic() + PATIENCE
        while len(found) < 2:
            assert time.monotonic() < until, "one process takes all connections"
            connection = stack.enter_context(closing(server.connect()))
            found.setdefault(process(ask(connection, "GET", "/health/live")), connection)
        yield list(found.values())


def trained(connection: HTTPConnection, path: str, body: Json) -> tuple[str, list[tuple[str, Json]]]:
    """Which process did it, and the events."""
    answer: Answer = ask(connection, "POST", path, body)
    assert answer.status == 200, answer
    return process(answer), parsed(answer.content.decode())


def test_a_run_goes_from_process_to_process_as_if_one_had_done_it_all(server: Server) -> None:
    with one_each(server) as both:
        maker, events = trained(both[0], TRAINING, {**MOONS, "until": {"batches": 3}})
        run_id = events[0][1]["run"]
        got, served = epochs(events), [maker]
        while events[-1][0] != "finished":
            done_by, events = trained(both[len(served) % 2], f"{RUNS}/{run_id}/training", {"until": {"batches": 5}})
            served.append(done_by)
            got += epochs(events)
        _, whole = trained(both[0], TRAINING, {**MOONS, "keep": False})
    assert len(served) > 4
    assert all(one != other for one, other in pairwise(served))
    assert got == epochs(whole)
    kept = server.ask("GET", f"{RUNS}/{run_id}").json()
    assert (kept["state"], [each["epoch"] for each in kept["records"]]) == ("finished", list(range(len(got))))


def begun_at_once(connections: list[HTTPConnection], path: str) -> list[HTTPResponse]:
    """The same training asked for on all connections at the same moment, and how each answer begins."""
    together = threading.Barrier(len(connections))

    def begin(connection: HTTPConnection) -> HTTPResponse:
        together.wait()
        connection.request("POST", path, "{}", {"Content-Type": "application/json"})
        return connection.getresponse()

    with ThreadPoolExecutor(len(connections)) as pool:
        return list(pool.map(begin, connections))


def test_of_two_processes_asked_for_one_run_at_once_one_trains_it(server: Server) -> None:
    with one_each(server) as both:
        _, events = trained(both[0], TRAINING, {**SLOW, "until": {"epochs": 2}})
    run_id = events[0][1]["run"]
    for _ in range(ROUNDS):
        with one_each(server) as both:
            won, lost = sorted(begun_at_once(both, f"{RUNS}/{run_id}/training"), key=lambda each: each.status)
            assert (won.status, lost.status) == (200, 409)
            assert json.loads(lost.read())["type"] == "/problems/run-is-running"
            while not won.readline().startswith(b"event: epoch"):
                pass
            won.close()
        settled(server, run_id, PATIENCE)
    records = server.ask("GET", f"{RUNS}/{run_id}").json()["records"]
    assert len(records) > 3
    assert [each["epoch"] for each in records] == list(range(len(records)))
