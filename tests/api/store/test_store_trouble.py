"""A store that cannot be used: said clearly, not ready, and everything that needs no store works."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from app.api.trace.examples import TRACE
from app.store.sessions import FILE_NAME
from tests.server import Server

SESSIONS = "/api/v1/sessions"
SERVE = shlex.join([sys.executable, "-m", "app"])
# So many blocks of 512 bytes that any file may have: what a full disk is to the store.
FULL = ("sh", "-c", f'ulimit -f 40; exec {SERVE} "$@"', "sh")


# Permissions bind root as everybody else.
BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
# A clock that is as many seconds off as a file says.
CLOCK = """
import runpy, sys, time
from pathlib import Path
true_time, off = time.time, Path(sys.argv.pop(1))
time.time = lambda: true_time() + float(off.read_text())
runpy.run_module("app", run_name="__main__", alter_sys=True)
"""


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
def read_only(folder: Path) -> Iterator[Server]:
    with Server(folder) as server:
        assert server.ask("POST", SESSIONS, TRACE).status == 201
    bound = () if os.geteuid() else BOUND
    if bound and not shutil.which(bound[0]):
        pytest.skip("root may write everywhere, and there is no setpriv")
    kept = [folder, *folder.iterdir()]
    modes = [path.stat().st_mode for path in kept]
    for path, mode in zip(kept, modes, strict=True):
        path.chmod(mode & 0o555)
    try:
        with Server(folder, command=(*bound, sys.executable, "-m", "app")) as server:
            yield server
    finally:
        for path, mode in zip(kept, modes, strict=True):
            path.chmod(mode)


@contextmanager
def made_by_a_newer_version(folder: Path) -> Iterator[Server]:
    with Server(folder) as server:
        assert server.ask("GET", "/health/ready").status == 200
    content = bytearray((folder / FILE_NAME).read_bytes())
    content[60:64] = (1000).to_bytes(4, "big")
    (folder / FILE_NAME).write_bytes(content)
    with Server(folder) as server:
        yield server


@pytest.mark.parametrize("trouble", [full, read_only, damaged, a_folder_in_its_place, made_by_a_newer_version])
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


@pytest.mark.parametrize("days", [-400, 0.9, -0.9])
def test_a_clock_set_back_or_forth_while_it_runs_loses_nothing(tmp_path: Path, days: float) -> None:
    off = tmp_path / "off"
    off.write_text("0")
    command = (sys.executable, "-c", CLOCK, str(off))
    with Server(tmp_path, command=command) as server:
        made = server.ask("POST", SESSIONS, TRACE).json()
        session = f"{SESSIONS}/{made['id']}"
        off.write_text(str(days * 86_400))
        assert server.ask("GET", "/health/ready").status == 200
        assert server.ask("POST", f"{session}/step", {"to": 1}).status == 200
        assert server.ask("POST", SESSIONS, TRACE).status == 201
        assert server.ask("POST", "/api/v1/trace", TRACE).status == 200
        off.write_text("0")
        assert server.ask("GET", session).json()["cursor"] == 1
    off.write_text(str(days * 86_400))
    with Server(tmp_path, command=command) as server:
        assert server.ask("GET", session).json()["cursor"] == 1
