"""What starting costs: nothing is loaded that is not needed yet, and one BLAS thread a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import __main__ as command_line
from tests.server import ROOT

HEAVY = (
    "plotly",
    "prometheus_client",
    "pandas",
    "scipy",
    "matplotlib",
    "opentelemetry.sdk",
    "uvicorn.protocols.websockets",
)


def loaded_after(program: str) -> set[str]:
    """The modules in memory at the end of a program."""
    ending = "\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program + ending], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_no_figure_library_is_loaded_for_a_first_page_and_a_first_trace(tmp_path: Path) -> None:
    program = f"""
from starlette.testclient import TestClient
from app.api.trace.examples import TRACE
from app.main import create_app
from app.settings import Settings
with TestClient(create_app(Settings(data_dir={str(tmp_path)!r}))) as client:
    assert client.get("/").status_code == 200
    assert client.post("/api/v1/trace", json=TRACE).status_code == 200
    assert client.get("/health/ready").status_code == 200
"""
    assert not loaded_after(program) & set(HEAVY)


def test_the_command_line_loads_no_mathematics_before_its_threads_are_bounded() -> None:
    loaded = loaded_after("import app.__main__")
    assert not loaded & {"numpy", "app.main", "fastapi"}


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "1"),
        ({"BACKPROPSCOPE_BLAS_THREADS": "3"}, "3"),
        ({"BACKPROPSCOPE_BLAS_THREADS": "3", "OPENBLAS_NUM_THREADS": "2"}, "2"),
    ],
)
def test_a_matrix_product_has_one_thread_unless_it_is_given_more(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in command_line.BLAS_VARIABLES:
        # Set first, so that what the call sets is undone after the test.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found: list[str] = []

    def serve(*_: object) -> bool:
        found.append(os.environ["OPENBLAS_NUM_THREADS"])
        return True

    monkeypatch.setattr(command_line, "serve", serve)
    assert command_line.main(["--port", "0", "--no-browser"]) == 0
    assert found == [expected]
