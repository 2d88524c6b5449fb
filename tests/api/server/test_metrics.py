"""/metrics: there only if wanted, counting by route, one set of numbers for all worker processes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from app.api.trace.examples import TRACE
from app.main import create_app
from app.server.observing import Metrics, Observed
from app.settings import Settings
from tests.server import ROOT, Server

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def samples(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def requests(found: Samples, method: str, route: str, status: int) -> float:
    labels = frozenset({("method", method), ("route", route), ("status", str(status))})
    return found.get(("backpropscope_requests_total", labels), 0)


def test_there_are_none_unless_wanted(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_requests_are_counted_by_route_and_timed(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path, metrics=True))) as client:
        for name in ("one", "two"):
            assert client.get(f"/api/v1/presets/{name}").status_code == 404
        assert client.post("/api/v1/trace", json=TRACE).status_code == 200
        client.head("/health/live")
        response = client.get("/metrics")
        assert response.headers["content-type"].startswith("text/plain; version=")
        assert response.headers["x-request-id"]
        found = samples(response.text)
        assert "/metrics" not in client.get("/openapi.json").json()["paths"]
    assert requests(found, "GET", "/api/v1/presets/{name}", 404) == 2
    assert requests(found, "POST", "/api/v1/trace", 200) == 1
    assert requests(found, "GET", "/health/live", 200) == 1
    key = frozenset({("method", "POST"), ("route", "/api/v1/trace")})
    assert found["backpropscope_request_seconds_count", key] == 1
    assert 0 < found["backpropscope_request_seconds_sum", key] < 60
    assert found["backpropscope_requests_in_progress", frozenset()] == 1, "the one that asks"
    assert found["process_resident_memory_bytes", frozenset()] > 0


@pytest.mark.parametrize(("error", "status"), [(ClientDisconnect(), 499), (ZeroDivisionError(), 500)])
def test_a_request_without_an_answer_is_counted_too(error: Exception, status: int) -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise error

    async def never(*_: Any) -> Any:
        raise AssertionError("nothing is sent or received")

    metrics = Metrics()
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    with pytest.raises(type(error)):
        asyncio.run(Observed(fail, metrics)(scope, never, never))
    assert metrics.registry.get_sample_value("backpropscope_requests_in_progress") == 0
    labels = {"method": "GET", "route": "other", "status": str(status)}
    assert metrics.registry.get_sample_value("backpropscope_requests_total", labels) == 1


def test_worker_processes_put_their_numbers_together(tmp_path: Path) -> None:
    with Server(tmp_path, "--workers", "2", variables={"BACKPROPSCOPE_METRICS": "true"}) as server:
        asked, processes = 0, set()
        deadline = time.monotonic() + 30
        while len(processes) < 2 or asked < 20:
            assert time.monotonic() < deadline, f"only {len(processes)} processes answer"
            processes.add(server.ask("GET", "/health/live").headers["x-request-id"].partition("-")[0])
            asked += 1
        counted = 0.0
        # A request is counted once its answer is on its way, so the last one may be seen a little later.
        while counted < asked and time.monotonic() < deadline:
            counted = requests(samples(server.ask("GET", "/metrics").content.decode()), "GET", "/health/live", 200)
        assert counted == asked
        assert server.stop() == 0


def test_the_library_is_not_loaded_unless_wanted() -> None:
    program = "import sys, app.main; app.main.create_app(); sys.exit('prometheus_client' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)
