"""A store that cannot be used: said clearly, not ready, and everything that needs no store works."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from app.api.examples import TRACE
from app.store.sessions import FILE_NAME
from tests.server import Server

SESSIONS = "/api/v1/sessions"
SERVE = shlex.join([sys.executable, "-m", "app"])
# So many blocks of 512 bytes that any file may have: what a full disk is to the store.
FULL = ("sh", "-c", f'ulimit -f 40; exec {SERVE} "$@"', "sh")


@contextmanager
def full(folder: Path) -> Iterator[Server]:
    with Server(folder, command=FULL) as server:
        yield server


@contextmanager
def damaged(folder: Path) -> Iterator[Server]:
    (folder / FILE_NAME).write_bytes(b"SQLite format 3\x00" + os.urandom(4096))
    with Server(folder) as server:
        yield server


@contextmanager
def a_folder_in_its_place(folder: Path) -> Iterator[Server]:
    (folder / FILE_NAME).mkdir()
    with Server(folder) as server:
        yield server


@contextmanager
def made_by_a_newer_version(folder: Path) -> Iterator[Server]:
    with Server(folder) as server:
        assert server.ask("GET", "/health/ready").status == 200
    content = bytearray((folder / FILE_NAME).read_bytes())
    content[60:64] = (1000).to_bytes(4, "big")
    (folder / FILE_NAME).write_bytes(content)
    with Server(folder) as server:
        yield server


@pytest.mark.parametrize("trouble", [full, damaged, a_folder_in_its_place, made_by_a_newer_version])
def test_it_is_said_and_what_needs_no_store_works(
    tmp_path: Path, trouble: Callable[[Path], AbstractContextManager[Server]]
) -> None:
    with trouble(tmp_path) as server:
        ready = server.ask("GET", "/health/ready")
        made = [server.ask("POST", SESSIONS, TRACE) for _ in range(3)]
        for answer in (ready, made[-1]):
            assert answer.status == 503, answer
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["retry-after"]) > 0
            problem = answer.json()
            assert problem["type"] == "/problems/store-unavailable"
            assert problem["request_id"] == answer.headers["x-request-id"]
            assert str(tmp_path) not in json.dumps(problem)
        assert server.ask("POST", "/api/v1/trace", TRACE).status == 200
        assert server.ask("GET", "/health/live").status == 200
        assert server.ask("GET", "/").status == 200
        assert problem["request_id"] in server.complaints()


def test_a_store_that_is_back_is_used_without_a_restart(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with Server(tmp_path) as server:
        assert server.ask("GET", "/health/ready").status == 503
        (tmp_path / FILE_NAME).rmdir()
        assert server.ask("GET", "/health/ready").status == 200
        assert server.ask("POST", SESSIONS, TRACE).status == 201
