"""Following a run as a browser's EventSource does: with ids, from where one was, to an end that ends."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.training import following
from app.api.training.following import Follower, Position
from app.api.wire.outgoing.streams import COMMENT
from app.main import create_app
from app.settings import Settings
from app.store.contract import News, StoreError
from tests.api.contract import assert_problem
from tests.api.training.test_continuing import MOONS, SLOW
from tests.api.training.test_training import RUNS, TRAINING, trained
from tests.server import Server, ask
from tests.store.test_crash import process, wait_for_processes

Json = dict[str, Any]
Event = tuple[str, str, Json]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data_dir=tmp_path))) as client:
        yield client


def events_of(text: str) -> list[Event]:
    """Id, name and data of each event."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "data" in fields:
            found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
    return found


def made(client: TestClient, body: Json) -> str:
    run_id: str = trained(client, body)[0][1]["run"]
    return run_id


def test_a_run_that_has_ended_is_told_from_its_start_to_an_end_that_ends(own: TestClient) -> None:
    run_id = made(own, MOONS)
    answer = own.get(f"{RUNS}/{run_id}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.startswith("retry: ")
    events = events_of(answer.text)
    run = own.get(f"{RUNS}/{run_id}").json()
    assert [name for _, name, _ in events] == ["run", *["epoch"] * 13, "finished"]
    assert events[0][2]["id"] == run_id
    assert [(event_id, data) for event_id, name, data in events if name == "epoch"] == [
        (str(record["epoch"]), record) for record in run["records"]
    ]
    ending = {name: value for name, value in run["ending"].items() if name != "event"}
    assert events[-1][2] == {**ending, "verdict": run["verdict"]}
    last_id = events[-1][0]
    again = own.get(f"{RUNS}/{run_id}/events", headers={"Last-Event-ID": last_id})
    assert (again.status_code, again.content) == (204, b"")


def test_who_asks_again_gets_what_was_missed_and_no_more(own: TestClient) -> None:
    run_id = made(own, MOONS)
    path = f"{RUNS}/{run_id}/events"
    for answer in (own.get(path, headers={"Last-Event-ID": "9"}), own.get(f"{path}?after=9")):
        assert [event_id for event_id, name, _ in events_of(answer.text) if name != "run"] == ["10", "11", "12", "12.1"]
    late = own.get(path, headers={"Last-Event-ID": "12"})
    assert [name for _, name, _ in events_of(late.text)] == ["run", "finished"]


def test_a_pause_is_an_end_until_the_run_is_gone_on_with(own: TestClient) -> None:
    run_id = made(own, {**MOONS, "until": {"epochs": 3}})
    path = f"{RUNS}/{run_id}/events"
    last_id, name, data = events_of(own.get(path).text)[-1]
    assert (last_id, name, data["reason"]) == ("3.1", "stopped", "until")
    assert own.get(path, headers={"Last-Event-ID": last_id}).status_code == 204
    own.post(f"{RUNS}/{run_id}/training", json={})
    events = events_of(own.get(path, headers={"Last-Event-ID": last_id}).text)
    assert [event_id for event_id, _, _ in events[1:]] == [*map(str, range(4, 13)), "12.2"]


@pytest.mark.parametrize("wrong", ["x", "1.x", "--1", "9" * 20, "1.2.3", "é"])
def test_an_id_that_is_none_of_ours_is_refused(own: TestClient, wrong: str) -> None:
    run_id = made(own, {**MOONS, "epochs": 1})
    headers = {"Last-Event-ID": wrong.encode()}
    assert_problem(own.get(f"{RUNS}/{run_id}/events", headers=headers), "validation")
    assert_problem(own.get(f"{RUNS}/{run_id}/events?after=-2"), "validation")


def test_there_is_nothing_to_follow_of_an_unknown_run(own: TestClient) -> None:
    assert_problem(own.get(f"{RUNS}/{'x' * 22}/events"), "run-not-found")


def read_event(response: HTTPResponse) -> Event:
    """The next event; comments are passed over."""
    lines: list[str] = []
    while True:
        line = response.readline().decode()
        assert line, "the stream has ended"
        if line != "\n":
            lines.append(line)
        elif found := events_of("".join(lines)):
            return found[0]
        else:
            lines = []


def test_a_run_is_followed_while_another_process_trains_it_and_leaving_does_not_pause_it(tmp_path: Path) -> None:
    with Server(tmp_path, "--workers", "2") as server:
        wait_for_processes(server, 2)
        with closing(server.connect()) as trainer:
            trainer.request("POST", TRAINING, json.dumps(SLOW), {"Content-Type": "application/json"})
            stream = trainer.getresponse()
            reading = threading.Thread(target=drain, args=[stream], daemon=True)
            stream.readline()
            run_id = json.loads(stream.readline().removeprefix(b"data: "))["run"]
            reading.start()
            followed: set[str] = set()
            for _ in range(20):
                with closing(server.connect()) as follower:
                    who = process(ask(follower, "GET", "/health/live"))
                    if who in followed:
                        continue
                    follower.request("GET", f"{RUNS}/{run_id}/events")
                    response = follower.getresponse()
                    assert read_event(response)[1] == "run"
                    epochs = [read_event(response)[2]["epoch"] for _ in range(3)]
                    assert epochs == [0, 1, 2]
                    newest = server.ask("GET", f"{RUNS}/{run_id}").json()["records"][-1]["epoch"]
                    while read_event(response)[2]["epoch"] <= newest:
                        pass
                    followed.add(who)
                if len(followed) == 2:
                    break
            assert len(followed) == 2
            assert server.ask("GET", f"{RUNS}/{run_id}").json()["state"] == "running"
        assert server.complaints() == ""


def drain(stream: HTTPResponse) -> None:
    """Read until the connection is closed under it."""
    try:
        while stream.read(1024):
            pass
    except (OSError, ValueError, AttributeError):
        return


def test_a_server_that_ends_ends_the_streams_of_who_follows(tmp_path: Path) -> None:
    with Server(tmp_path) as server, closing(server.connect()) as trainer, closing(server.connect()) as follower:
        trainer.request("POST", TRAINING, json.dumps(SLOW), {"Content-Type": "application/json"})
        stream = trainer.getresponse()
        stream.readline()
        run_id = json.loads(stream.readline().removeprefix(b"data: "))["run"]
        follower.request("GET", f"{RUNS}/{run_id}/events")
        response = follower.getresponse()
        assert read_event(response)[1] == "run"
        threading.Thread(target=drain, args=[stream], daemon=True).start()
        server.stop()
        assert b"event: error" not in response.read()


def test_a_stream_without_news_says_that_it_is_alive_and_a_store_that_is_away_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "POLL_SECONDS", 0.001)
    monkeypatch.setattr(following, "AWAY_SECONDS", 0.001)
    asked = 0

    async def look(epoch: int, most: int) -> News:
        nonlocal asked
        asked += 1
        if asked == 2:
            raise StoreError("locked")
        return News("running", 1, [b'{"epoch":0}'] if asked > 4 else [], None)

    async def read() -> list[bytes | None]:
        follower = Follower(look, {}, Position())
        found = [await follower.get(1.0), await follower.get(0.0), await follower.get(1.0)]
        follower.stop("server")
        return [*found, await follower.get(1.0)]

    first, comment, epoch, end = asyncio.run(read())
    assert (first or b"").startswith(b"retry: ")
    assert (comment, end) == (COMMENT, None)
    assert epoch == b'id: 0\nevent: epoch\ndata: {"epoch":0}\n\n'


def test_so_many_follow_and_no_more(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, max_followers=1)
    app = create_app(settings)
    with TestClient(app) as client:
        run_id = made(client, {**MOONS, "epochs": 1})
        app.state.services.followers.add(object())
        body = assert_problem(client.get(f"{RUNS}/{run_id}/events"), "too-busy")
        assert body["limit"] == {"name": "followers", "value": 1}
        app.state.services.followers.clear()
        assert client.get(f"{RUNS}/{run_id}/events").status_code == 200
