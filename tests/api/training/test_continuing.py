"""Pausing a run and going on with it, over HTTP: nothing is lost, nothing comes twice, every number is the same."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.training.job import Job, Piece
from app.api.training.schemas import TrainingRequest
from app.api.training.setup import prepare
from app.api.wire.outgoing.streams import Channel
from app.main import create_app
from app.settings import Settings
from app.store.sessions import FILE_NAME
from tests.api.contract import assert_problem, pointers
from tests.api.training.test_training import RUNS, TRAINING, Server, cut, opened, parsed, settled, trained

Json = dict[str, Any]
MOONS: Json = {
    "sizes": [2, 5, 1],
    "activation": "tanh",
    "output_activation": "sigmoid",
    "dataset": {"name": "moons", "n": 40, "test_fraction": 0.25},
    "loss": "binary_cross_entropy",
    "optimizer": {"name": "adam", "learning_rate": 0.05},
    "schedule": {"name": "cosine"},
    "batch_size": 8,
    "epochs": 12,
    "seed": 5,
}
BATCHES = 4


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    """A server with an empty store."""
    with TestClient(create_app(Settings(data_dir=tmp_path))) as client:
        yield client


def epochs(events: list[tuple[str, Json]]) -> list[Json]:
    return [data for name, data in events if name == "epoch"]


def continued(client: TestClient, run_id: str, body: Json) -> list[tuple[str, Json]]:
    response = client.post(f"{RUNS}/{run_id}/training", json=body)
    assert response.status_code == 200, response.text
    return parsed(response.text)


def paused(client: TestClient, until: Json, **changes: Any) -> tuple[str, list[tuple[str, Json]]]:
    """A new run that has paused, and its events."""
    events = trained(client, {**MOONS, **changes, "until": until})
    return events[0][1]["run"], events


def test_a_run_in_pieces_of_every_kind_is_the_run_in_one_piece(own: TestClient) -> None:
    whole = trained(own, MOONS)
    run_id, events = paused(own, {"epochs": 3})
    told = epochs(events)
    assert [name for name, _ in events] == ["started", *["epoch"] * 4, "stopped"]
    assert events[-1][1] == {
        "epoch": 3,
        "reason": "until",
        "detail": "As much as was asked for is done.",
        "verdict": None,
        "kept": True,
    }
    for until in ({"batches": 1}, {"examples": 3}, {"epochs": 1}, {"examples": 8}, {"batches": 2 * BATCHES}, None):
        events = continued(own, run_id, {"until": until} if until else {})
        assert events[0][0] == "started"
        assert events[0][1]["run"] == run_id
        assert events[0][1]["completed"] == told[-1]["epoch"]
        told += epochs(events)
    assert told == epochs(whole)
    assert events[-1] == ("finished", whole[-1][1])
    run = own.get(f"{RUNS}/{run_id}").json()
    assert (run["state"], run["request"]) == ("finished", MOONS)
    assert run["records"] == [{**each, "theta": None} for each in told]
    assert run["recorded_epochs"] == list(range(13))
    assert own.get(f"{RUNS}/{run_id}/network").json() == own.get(f"{RUNS}/{whole[0][1]['run']}/network").json()


def test_one_batch_and_one_example_say_where_they_have_led_to(own: TestClient) -> None:
    run_id, events = paused(own, {"batches": 1})
    assert [name for name, _ in events] == ["started", "epoch", "progress", "stopped"]
    batch = events[2][1]
    assert (batch["epoch"], batch["batch"], batch["batches"], batch["updated"]) == (0, 0, BATCHES, True)
    assert len(set(batch["examples"])) == 8
    assert batch["record"]["theta"] != events[1][1]["theta"]
    before = batch["record"]
    for used in range(1, 9):
        example = continued(own, run_id, {"until": {"examples": 1}})[1][1]
        assert (example["batch"], len(example["examples"]), example["updated"]) == (1, used, used == 8)
        assert (example["record"] == before) is (used < 8)
    events = continued(own, run_id, {"until": {"batches": 2}})
    assert [name for name, _ in events] == ["started", "epoch", "progress", "stopped"]
    assert events[2][1]["record"] == events[1][1]
    assert (events[2][1]["epoch"], events[2][1]["batch"]) == (1, BATCHES - 1)


def test_a_run_that_stands_inside_an_epoch_says_where(own: TestClient) -> None:
    run_id, events = paused(own, {"batches": 1})
    assert own.get(f"{RUNS}/{run_id}").json()["progress"] == events[2][1]
    half = continued(own, run_id, {"until": {"examples": 3}})[1][1]
    assert own.get(f"{RUNS}/{run_id}").json()["progress"] == half
    continued(own, run_id, {"until": {"batches": BATCHES - 1}})
    assert own.get(f"{RUNS}/{run_id}").json()["progress"] is None


def test_the_last_batch_of_all_finishes_the_run(own: TestClient) -> None:
    events = trained(own, {**MOONS, "epochs": 2, "until": {"batches": 2 * BATCHES}})
    assert [name for name, _ in events] == ["started", *["epoch"] * 3, "progress", "finished"]
    assert trained(own, {**MOONS, "epochs": 2, "until": {"epochs": 2}})[-1][0] == "finished"


def test_a_finished_run_can_be_given_more_epochs(own: TestClient) -> None:
    short = {**MOONS, "epochs": 5}
    del short["schedule"]
    whole = trained(own, {**short, "epochs": 9})
    events = trained(own, short)
    run_id = events[0][1]["run"]
    assert_problem(own.post(f"{RUNS}/{run_id}/training", json={}), "run-has-ended")
    assert_problem(own.post(f"{RUNS}/{run_id}/training", json={"epochs": 5}), "run-has-ended")
    more = continued(own, run_id, {"epochs": 9})
    assert more[0][1]["epochs"] == 9
    assert epochs(events) + epochs(more) == epochs(whole)
    run = own.get(f"{RUNS}/{run_id}").json()
    assert (run["request"]["epochs"], run["state"], run["ending"]["epoch"]) == (9, "finished", 9)


def test_the_reader_says_what_it_has_and_gets_the_rest_once(own: TestClient) -> None:
    whole = epochs(trained(own, MOONS))
    run_id, _ = paused(own, {"epochs": 6})
    kept = own.get(f"{RUNS}/{run_id}").json()["records"]
    events = continued(own, run_id, {"after": 2, "until": {"epochs": 1}})
    assert [each["epoch"] for each in epochs(events)] == [3, 4, 5, 6, 7]
    assert epochs(events)[:-1] == kept[3:]
    assert epochs(events)[-1] == whole[7]
    # Ahead of what the store has: the same epochs come again for the store, not for the reader.
    events = continued(own, run_id, {"after": 9, "until": {"epochs": 4}})
    assert epochs(events) == whole[10:12]
    assert [each["epoch"] for each in own.get(f"{RUNS}/{run_id}").json()["records"]] == list(range(12))


def test_what_was_written_after_the_state_comes_again_the_same(own: TestClient, tmp_path: Path) -> None:
    whole = epochs(trained(own, MOONS))
    run_id, _ = paused(own, {"epochs": 3})
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        (state,) = connection.execute("SELECT state FROM run_states WHERE run_id = ?", (run_id,)).fetchone()
    continued(own, run_id, {"until": {"epochs": 4}})
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("UPDATE run_states SET state = ?, epoch = 3 WHERE run_id = ?", (state, run_id))
        connection.commit()
    assert epochs(continued(own, run_id, {})) == whole[4:]
    records = own.get(f"{RUNS}/{run_id}").json()["records"]
    assert records == [{**each, "theta": None} for each in whole]


@pytest.mark.parametrize("state", [None, b"", b"\x02\x00\x00\x00{}", b"\xff" * 100])
def test_a_run_without_a_readable_state_starts_again_the_same(
    own: TestClient, tmp_path: Path, state: bytes | None
) -> None:
    whole = epochs(trained(own, MOONS))
    run_id, _ = paused(own, {"epochs": 3})
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        if state is None:
            connection.execute("DELETE FROM run_states WHERE run_id = ?", (run_id,))
        else:
            connection.execute("UPDATE run_states SET state = ? WHERE run_id = ?", (state, run_id))
        connection.commit()
    assert epochs(continued(own, run_id, {"after": 3})) == whole[4:]
    assert own.get(f"{RUNS}/{run_id}").json()["records"] == [{**each, "theta": None} for each in whole]


def test_pausing_after_every_epoch_leaves_no_more_thetas_than_going_through(own: TestClient) -> None:
    run_id, _ = paused(own, {"epochs": 1}, record_every=11)
    for _ in range(30):
        continued(own, run_id, {"until": {"epochs": 1}, "epochs": 2000})
    assert own.get(f"{RUNS}/{run_id}").json()["recorded_epochs"] == [0, 11, 22, 31]


def test_a_diverged_run_has_ended_and_one_that_is_not_there_is_not_found(own: TestClient) -> None:
    rate = {"name": "gradient_descent", "learning_rate": 1e6}
    body = {"network": {"layers": [{"w": [[1.0]], "b": [0.0], "activation": "linear"}]}, "xs": [[10.0]]}
    events = trained(own, {**body, "targets": [[1.0]], "loss": "squared_error", "optimizer": rate, "epochs": 500})
    assert events[-1][0] == "diverged"
    run_id = events[0][1]["run"]
    for more in ({}, {"epochs": 1000}):
        assert_problem(own.post(f"{RUNS}/{run_id}/training", json=more), "run-has-ended")
    own.delete(f"{RUNS}/{run_id}")
    assert_problem(own.post(f"{RUNS}/{run_id}/training", json={}), "run-not-found")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"until": {}}, "/until"),
        ({"until": {"epochs": 1, "batches": 1}}, "/until"),
        ({"until": {"epochs": 0}}, "/until/epochs"),
        ({"until": {"seconds": 1}}, "/until/seconds"),
        ({"epochs": 2}, "/epochs"),
        ({"epochs": 10_001}, "/epochs"),
        ({"after": -2}, "/after"),
    ],
)
def test_a_continuation_that_makes_no_sense_is_pointed_at(own: TestClient, body: Json, pointer: str) -> None:
    run_id, _ = paused(own, {"epochs": 3})
    assert pointers(assert_problem(own.post(f"{RUNS}/{run_id}/training", json=body))) == [pointer]
    if pointer.startswith("/until"):
        assert pointers(assert_problem(own.post(TRAINING, json={**MOONS, **body}))) == [pointer]
    assert continued(own, run_id, {})[-1][0] == "finished"


SLOW: Json = {**MOONS, "dataset": {"name": "moons", "n": 400}, "sizes": [2, 400, 1], "epochs": 10_000}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("continuing")) as server:
        yield server


def began(server: Server, body: Json) -> tuple[Any, Any, str]:
    """A connection, the response on it, and the id of the run, after its first epochs."""
    connection, response = opened(server, body)
    response.readline()
    run_id = json.loads(response.readline().removeprefix(b"data: "))["run"]
    while not response.readline().startswith(b'data: {"epoch":2'):
        pass
    return connection, response, run_id


def go_on(server: Server, run_id: str, body: Json) -> Any:
    return server.ask("POST", f"{RUNS}/{run_id}/training", body)


def test_whoever_leaves_and_comes_back_at_once_finds_the_run_paused_and_whole(server: Server) -> None:
    connection, response, run_id = began(server, SLOW)
    cut(connection, response)
    answer = go_on(server, run_id, {"after": 2, "until": {"epochs": 2}})
    assert answer.status == 200, answer.content
    events = parsed(answer.content.decode())
    got = [each["epoch"] for each in epochs(events)]
    assert got == list(range(3, got[-1] + 1))
    assert got[-1] == events[0][1]["completed"] + 2
    assert events[-1][1]["reason"] == "until"
    short = server.ask("POST", TRAINING, {**SLOW, "until": {"epochs": got[-1]}, "keep": False})
    assert epochs(parsed(short.content.decode()))[-1] == epochs(events)[-1]


def test_a_run_is_trained_by_one_stream_at_a_time(server: Server) -> None:
    connection, response, run_id = began(server, SLOW)
    answer = go_on(server, run_id, {})
    assert (answer.status, answer.json()["type"]) == (409, "/problems/run-is-running")
    cut(connection, response)
    settled(server, run_id, 2.0)
    answers: list[int] = []

    def ask() -> None:
        answers.append(go_on(server, run_id, {"until": {"epochs": 20}}).status)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {200, 409}
    assert 200 in answers
    records = server.ask("GET", f"{RUNS}/{run_id}").json()["records"]
    assert [each["epoch"] for each in records] == list(range(len(records)))


def test_a_killed_server_leaves_a_run_that_goes_on_the_same(tmp_path: Path) -> None:
    body = {**MOONS, "dataset": {"name": "moons", "n": 400}, "batch_size": 1, "epochs": 10_000, "record_every": 10}
    with Server(tmp_path) as server:
        connection, response, run_id = began(server, body)
        until = time.monotonic() + 3.5
        while time.monotonic() < until:
            response.read1(1 << 16)
        server.kill()
        response.close()
        connection.close()
    with Server(tmp_path) as server:
        settled(server, run_id, 8.0)
        last = server.ask("GET", f"{RUNS}/{run_id}").json()["records"][-1]["epoch"]
        answer = go_on(server, run_id, {"until": {"epochs": 5}})
        events = parsed(answer.content.decode())
        assert 0 < events[0][1]["completed"] <= last
        end = epochs(events)[-1]
        assert end["epoch"] == events[0][1]["completed"] + 5
        records = server.ask("GET", f"{RUNS}/{run_id}").json()["records"]
        assert [each["epoch"] for each in records] == list(range(end["epoch"] + 1))
        whole = server.ask("POST", TRAINING, {**body, "until": {"epochs": end["epoch"]}, "keep": False})
        assert [{**each, "theta": None} for each in epochs(parsed(whole.content.decode()))] == records


@pytest.mark.parametrize("looks", [1, 2, 5, 20, 41])
def test_a_run_that_is_ended_within_an_epoch_or_a_measurement_loses_nothing(
    own: TestClient, monkeypatch: pytest.MonkeyPatch, looks: int
) -> None:
    whole = epochs(trained(own, MOONS))
    monkeypatch.setattr("app.core.training.evaluation.PIECE", 20)
    for module in ("looking", "training.trainer"):
        # As if its batches were so large that each takes long.
        monkeypatch.setattr(f"app.core.{module}.LARGE_PIECE", 50)
    left = looks
    look_up = Job.look_up

    def told(job: Job) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            job.channel.stop("time_limit")
        look_up(job)

    monkeypatch.setattr(Job, "look_up", told)
    events = trained(own, MOONS)
    assert (events[-1][0], events[-1][1]["reason"], events[-1][1]["kept"]) == ("stopped", "time_limit", True)
    again = continued(own, events[0][1]["run"], {})
    assert again[-1][0] == "finished"
    both = epochs(events) + epochs(again)
    assert [each["epoch"] for each in both] == [each["epoch"] for each in whole]
    # Pieces of another size are summed in another order.
    assert [each["total_loss"] for each in both] == pytest.approx([each["total_loss"] for each in whole], rel=1e-12)
    kept = own.get(f"{RUNS}/{events[0][1]['run']}").json()["records"]
    assert kept == [{**each, "theta": None} for each in both]


def test_a_reader_that_leaves_within_an_epoch_ends_it_soon(own: TestClient) -> None:
    """An epoch of a second or so: eight thousand batches of one example, with nine thousand parameters."""
    xs = [[0.001 * number] * 20 for number in range(8000)]
    body = {**MOONS, "sizes": [20, 220, 20, 1], "xs": xs, "targets": [[1.0]] * 8000, "batch_size": 1, "epochs": 2}
    del body["dataset"]

    async def train() -> float:
        channel = Channel()
        job = Job(prepare(TrainingRequest.model_validate(body)), channel, None, Piece())
        training = asyncio.create_task(asyncio.to_thread(job.run))
        while b"event: epoch" not in (await channel.get() or b"event: epoch"):
            pass
        await asyncio.sleep(0.1)
        channel.stop("client")
        began = time.monotonic()
        await training
        assert job.last is not None
        assert job.last.epoch == 0
        return time.monotonic() - began

    assert asyncio.run(train()) < 0.25
