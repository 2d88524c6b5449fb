"""Training over HTTP: the events, what is refused, and that the work ends with whoever asked for it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.api.training.events import epoch_events
from app.api.training.schemas import DIGITS, XOR
from app.api.wire.outgoing.streams import event
from app.core.training.recipe import EpochRecord
from app.main import create_app
from app.settings import Settings
from tests.api.contract import assert_problem, pointers
from tests.server import Server

Json = dict[str, Any]
TRAINING = "/api/v1/training"
RUNS = "/api/v1/runs"
LONG: Json = {**XOR, "epochs": 10_000, "sizes": [2, 512, 64, 1]}


def parsed(text: str) -> list[tuple[str, Json]]:
    """The events of a stream, each with its name and data."""
    events = []
    for block in text.split("\n\n")[:-1]:
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def trained(client: TestClient, body: Json) -> list[tuple[str, Json]]:
    response = client.post(TRAINING, json=body)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    return parsed(response.text)


def test_the_events_come_in_order_from_epoch_0_to_the_last(client: TestClient) -> None:
    events = trained(client, XOR)
    assert [name for name, _ in events] == ["started", *["epoch"] * 51, "finished"]
    epochs = [data for name, data in events if name == "epoch"]
    assert [each["epoch"] for each in epochs] == list(range(51))
    assert epochs[-1]["total_loss"] == pytest.approx(4 * epochs[-1]["cost"])
    assert epochs[-1]["cost"] < epochs[0]["cost"]
    assert all(len(each["theta"]) == 17 and len(each["gradient_norms"]) == 2 for each in epochs)
    assert events[-1][1]["last"] == epochs[-1]
    assert (events[0][1]["examples"], events[0][1]["run"], events[-1][1]["kept"]) == (4, None, False)


def test_theta_comes_at_the_epochs_asked_for_and_at_both_ends(client: TestClient) -> None:
    events = trained(client, {**XOR, "epochs": 10, "record_every": 4})
    assert [data["epoch"] for name, data in events if name == "epoch" and data["theta"]] == [0, 4, 8, 10]


def test_the_same_request_gives_the_same_run(client: TestClient) -> None:
    body = {**XOR, "xs": None, "targets": None, "dataset": {"name": "moons", "n": 60, "test_fraction": 0.3}}
    body = {name: value for name, value in body.items() if value is not None}
    assert trained(client, body) == trained(client, body)
    assert trained(client, body)[1] != trained(client, {**body, "seed": 1})[1]


def test_the_contracts_example_learns_digits_to_95_percent_of_those_held_out(client: TestClient) -> None:
    events = trained(client, DIGITS)
    assert events[-1][0] == "finished"
    assert events[-1][1]["last"]["test_accuracy"] >= 0.95
    started = events[0][1]
    assert sorted(started["rows"] + started["test_rows"]) == list(range(1797))


def test_the_network_drawn_is_that_of_networks(client: TestClient) -> None:
    drawn = {name: DIGITS[name] for name in ("sizes", "activation", "output_activation", "initializer", "seed")}
    started = trained(client, {**DIGITS, "epochs": 0, "keep": False})[0][1]
    assert started["network"] == client.post("/api/v1/networks", json=drawn).json()


@pytest.mark.parametrize(
    ("dataset", "sizes", "output", "loss"),
    [
        ({"name": "blobs", "noise": 0.1}, [2, 4, 3], "softmax", "cross_entropy"),
        ({"name": "moons"}, [2, 4, 2], "softmax", "cross_entropy"),
        ({"name": "sine", "n": 40}, [1, 4, 1], "linear", "half_squared_error"),
        ({"name": "iris", "standardise": True, "test_fraction": 0.2}, [4, 5, 3], "softmax", "cross_entropy"),
    ],
)
def test_data_sets_of_every_kind_are_trained_on(
    client: TestClient, dataset: Json, sizes: list[int], output: str, loss: str
) -> None:
    body = {**DIGITS, "dataset": dataset, "sizes": sizes, "output_activation": output, "loss": loss, "epochs": 5}
    events = trained(client, {**body, "activation": "tanh", "keep": False})
    assert events[-1][0] == "finished"
    assert events[-1][1]["last"]["cost"] < events[1][1]["cost"]


def test_a_run_that_leaves_the_finite_numbers_says_where_and_what_was_last(client: TestClient) -> None:
    network = {"layers": [{"w": [[1.0]], "b": [0.0], "activation": "linear"}]}
    body = {"network": network, "xs": [[10.0]], "targets": [[1.0]], "loss": "squared_error", "keep": False}
    events = trained(client, {**body, "optimizer": {"name": "gradient_descent", "learning_rate": 1e6}, "epochs": 500})
    name, data = events[-1]
    assert name == "diverged"
    assert "not finite" in data["reason"]
    assert data["epoch"] == data["last"]["epoch"] + 1 == events[-2][1]["epoch"] + 1
    assert len(data["last"]["theta"]) == 2


def without(*names: str) -> Json:
    return {name: value for name, value in DIGITS.items() if name not in names}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (without("sizes"), ""),
        (without("dataset"), ""),
        (without("activation"), "/activation"),
        ({**DIGITS, "sizes": [64, 10, 9]}, "/sizes"),
        ({**DIGITS, "sizes": [63, 10]}, "/sizes"),
        ({**DIGITS, "output_activation": "tanh"}, "/loss"),
        ({**DIGITS, "activation": "softmax"}, "/activation"),
        ({**DIGITS, "optimizer": {"name": "adam", "learning_rate": 0}}, "/optimizer/learning_rate"),
        ({**DIGITS, "optimizer": {"name": "adam", "learning_rate": 1, "momentum": 0.5}}, "/optimizer"),
        ({**DIGITS, "optimizer": {"name": "adam", "learning_rate": 1, "beta1": 2}}, "/optimizer/beta1"),
        ({**DIGITS, "optimizer": {"name": "adam", "learning_rate": 1, "beta1": "x"}}, "/optimizer/beta1"),
        ({**DIGITS, "schedule": {"name": "step", "every": 0}}, "/schedule/every"),
        ({**DIGITS, "dataset": {"name": "digits", "n": 100}}, "/dataset/n"),
        ({**DIGITS, "dataset": {"name": "digits", "test_fraction": 1}}, "/dataset/test_fraction"),
        ({**DIGITS, "dataset": {"name": "nothing"}}, "/dataset/name"),
        ({**XOR, "targets": [[0], [1], [1]]}, "/targets"),
        ({**XOR, "xs": [[0, 0], [1], [1, 0], [1, 1]]}, "/xs/1"),
        ({**XOR, "test_xs": [[0, 0]]}, "/test_xs"),
        ({**DIGITS, "epochs": 10_001}, "/epochs"),
    ],
)
def test_what_does_not_hold_together_is_pointed_at(client: TestClient, body: Json, pointer: str) -> None:
    problem = assert_problem(client.post(TRAINING, json=body))
    assert pointers(problem) == [pointer]


def test_a_training_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path, max_training_seconds=1))) as client:
        name, data = trained(client, {**LONG, "sizes": [2, 1000, 90, 1]})[-1]
    assert (name, data["reason"]) == ("stopped", "time_limit")


def opened(server: Server, body: Json) -> tuple[HTTPConnection, HTTPResponse]:
    """A connection on which a training has been asked for."""
    connection = server.connect()
    connection.request("POST", TRAINING, json.dumps(body), {"Content-Type": "application/json"})
    return connection, connection.getresponse()


def cut(connection: HTTPConnection, response: HTTPResponse) -> None:
    response.close()
    connection.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("trainings")) as server:
        yield server


def settled(server: Server, run_id: str, seconds: float) -> Json:
    """The run once it no longer runs, which must be soon."""
    until = time.monotonic() + seconds
    while True:
        run: Json = server.ask("GET", f"{RUNS}/{run_id}").json()
        if run["state"] != "running":
            return run
        assert time.monotonic() < until, "it still runs"
        time.sleep(0.05)


def test_closing_the_connection_ends_the_work_within_a_second(server: Server) -> None:
    connection, response = opened(server, {**LONG, "keep": True})
    response.readline()
    run_id = json.loads(response.readline().removeprefix(b"data: "))["run"]
    for _ in range(6):
        response.readline()
    cut(connection, response)
    run = settled(server, run_id, 1.0)
    assert run["state"] == "stopped"
    assert run["ending"]["reason"] == "client"
    assert 0 < len(run["records"]) < 10_000


def test_of_twenty_at_once_the_server_takes_some_refuses_the_rest_and_goes_on_answering(server: Server) -> None:
    streams = [opened(server, LONG) for _ in range(4)]
    assert [response.status for _, response in streams] == [200] * 4
    waiting = [server.connect() for _ in range(16)]
    for connection in waiting:
        connection.request("POST", TRAINING, json.dumps(LONG), {"Content-Type": "application/json"})
    refused = [connection.getresponse() for connection in waiting]
    assert {response.status for response in refused} == {429}
    assert len(refused) == 16
    for response in refused:
        assert response.getheader("retry-after")
        assert json.loads(response.read())["limit"] == {"name": "concurrent_trainings", "value": 4}
    assert [server.ask("GET", "/health/live").status for _ in range(40)] == [200] * 40
    for connection in waiting:
        connection.close()
    for connection, response in streams:
        cut(connection, response)
    until = time.monotonic() + 2.0
    for _ in count():
        connection, response = opened(server, {**XOR, "epochs": 1})
        status = response.status
        cut(connection, response)
        if status == 200:
            break
        assert time.monotonic() < until, "the places were not given back"
        time.sleep(0.05)


def test_the_server_ends_soon_though_it_trains_and_keeps_what_there_was(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        connection, response = opened(server, {**LONG, "keep": True})
        response.readline()
        run_id = json.loads(response.readline().removeprefix(b"data: "))["run"]
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 5.0
        cut(connection, response)
    with Server(tmp_path) as server:
        run = server.ask("GET", f"{RUNS}/{run_id}").json()
    assert (run["state"], run["ending"]["reason"]) == ("stopped", "server")
    assert run["records"]


def test_many_events_written_at_once_are_those_written_one_by_one() -> None:
    records = [
        EpochRecord(e, 1.5, 0.5, None, 2.0, None, 0.9, (1.0, 2.0), (0.1,), np.array([1.0, -2.0]) if e % 2 else None)
        for e in range(5)
    ]
    assert epoch_events([]) == b""
    assert epoch_events(records) == b"".join(event("epoch", each) for each in records)
