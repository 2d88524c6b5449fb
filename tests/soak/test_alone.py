"""The heaviest request of each kind, alone: how long it takes, for the table of what one client can ask for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from app.settings import Settings
from tests.server import Server
from tests.soak.client import report
from tests.soak.heaviest import PREPARING, REQUESTS, stand_for

pytestmark = pytest.mark.soak

MOST_SECONDS = 30.0
"""Of one computation: three times ``max_work_seconds``, since the machine may be slower than the one of its figures."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server, and what the paths of requests stand for in it."""
    with Server(tmp_path_factory.mktemp("alone")) as server:
        session, run = (server.ask(each.method, each.path, each.body).content for each in PREPARING)
        yield server, stand_for(session, run)
        assert server.complaints() == ""


@pytest.mark.parametrize("kind", REQUESTS)
def test_the_heaviest_request_of_each_kind_is_done_in_its_time(
    prepared: tuple[Server, dict[str, str]], kind: str
) -> None:
    server, stands_for = prepared
    heavy = REQUESTS[kind]
    trains = "text/event-stream"
    with closing(server.connect(Settings.model_fields["max_training_seconds"].default)) as connection:
        began = time.perf_counter()
        content = heavy.content()
        connection.request(
            heavy.method,
            heavy.path.format(**stands_for),
            content or None,
            {"Content-Type": heavy.media_type} if content else {},
        )
        response = connection.getresponse()
        answer = response.read()
        seconds = time.perf_counter() - began
    report(f"alone, {kind}", seconds=seconds, kilobytes=len(answer) / 1024)
    assert response.status == heavy.done, answer[:500]
    assert seconds < MOST_SECONDS or response.headers["Content-Type"].startswith(trains)
