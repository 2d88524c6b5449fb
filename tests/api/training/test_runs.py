"""The runs that are kept, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.api.contract import assert_problem
from tests.api.training.test_training import RUNS, TRAINING, XOR, Server, opened, trained

Json = dict[str, Any]
KEPT: Json = {**XOR, "keep": True}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    """A server with an empty store."""
    with TestClient(create_app(Settings(data_dir=tmp_path, max_runs=2))) as client:
        yield client


def test_a_run_is_found_again_as_it_was_streamed(own: TestClient) -> None:
    events = trained(own, KEPT)
    run_id = events[0][1]["run"]
    run = own.get(f"{RUNS}/{run_id}").json()
    streamed = [{**data, "theta": None} for name, data in events if name == "epoch"]
    assert run["records"] == streamed
    assert (run["state"], run["request"], run["network"]) == ("finished", KEPT, events[0][1]["network"])
    assert run["recorded_epochs"] == list(range(51))
    assert events[-1][1]["kept"]
    assert run["ending"]["last"] == events[-1][1]["last"]


def test_the_network_at_an_epoch_has_the_theta_that_was_streamed(own: TestClient) -> None:
    events = trained(own, KEPT)
    url = f"{RUNS}/{events[0][1]['run']}/network"
    for epoch in (0, 17, 50):
        network = own.get(url, params={"epoch": epoch}).json()
        theta = [number for layer in network["layers"] for part in (*layer["w"], layer["b"]) for number in part]
        assert theta == events[1 + epoch][1]["theta"]
    assert own.get(url).json() == own.get(url, params={"epoch": 50}).json()
    assert_problem(own.get(url, params={"epoch": 51}), "run-not-found")
    for wrong in ("x", "-1", "1e3", "9" * 40):
        assert own.get(url, params={"epoch": wrong}).status_code == 422


def test_the_path_of_descent_is_the_thetas_that_were_streamed(own: TestClient) -> None:
    events = trained(own, KEPT)
    url = f"{RUNS}/{events[0][1]['run']}/thetas"
    for most, epochs in ((200, list(range(51))), (51, list(range(51))), (6, [0, 10, 20, 30, 40, 50]), (2, [0, 50])):
        path = own.get(url, params={"most": most}).json()
        assert path["epochs"] == epochs
        assert path["thetas"] == [events[1 + epoch][1]["theta"] for epoch in epochs]
    assert own.get(url).json()["epochs"] == list(range(51))
    for wrong in ("1", "201", "x"):
        assert own.get(url, params={"most": wrong}).status_code == 422
    assert_problem(own.get(f"{RUNS}/{'x' * 22}/thetas"), "run-not-found")


def test_runs_are_listed_newest_first_without_long_lists_and_old_ones_make_room(own: TestClient) -> None:
    ids = [trained(own, {**KEPT, "seed": seed})[0][1]["run"] for seed in range(3)]
    runs = own.get(RUNS).json()["runs"]
    assert [run["id"] for run in runs] == ids[:0:-1]
    assert runs[0]["request"]["seed"] == 2
    assert "xs" not in runs[0]["request"]
    assert runs[0]["last_epoch"] == 50


def test_a_deleted_run_is_not_found(own: TestClient) -> None:
    url = f"{RUNS}/{trained(own, KEPT)[0][1]['run']}"
    assert own.delete(url).status_code == 204
    for answer in (own.get(url), own.delete(url), own.get(f"{url}/network")):
        assert_problem(answer, "run-not-found")


def test_what_is_not_to_be_kept_is_not(own: TestClient) -> None:
    trained(own, XOR)
    assert own.get(RUNS).json() == {"runs": []}


def test_without_its_store_the_server_trains_what_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")
    with TestClient(create_app(Settings(data_dir=tmp_path / "data"))) as client:
        assert_problem(client.post(TRAINING, json=KEPT), "store-unavailable")
        assert trained(client, XOR)[-1][0] == "finished"
        for _ in range(5):
            assert_problem(client.post(TRAINING, json=KEPT), "store-unavailable")
        assert trained(client, XOR)[-1][0] == "finished"


def test_a_killed_server_keeps_the_epochs_it_had_written(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        connection, response = opened(server, {**KEPT, "epochs": 10_000, "sizes": [2, 512, 64, 1]})
        response.readline()
        run_id = server.ask("GET", RUNS).json()["runs"][0]["id"]
        last = 0
        while last < 40 or not server.ask("GET", f"{RUNS}/{run_id}").json()["records"]:
            line = response.readline()
            if line.startswith(b'data: {"epoch":'):
                last = int(line.split(b":", 2)[2].split(b",")[0])
        server.kill()
        response.close()
        connection.close()
    with Server(tmp_path) as server:
        run = server.ask("GET", f"{RUNS}/{run_id}").json()
    assert [record["epoch"] for record in run["records"]] == list(range(len(run["records"])))
    assert len(run["records"]) > 0
