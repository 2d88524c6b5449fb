"""One application for the tests of the API, with a store of its own."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.trace import examples
from app.main import create_app
from app.settings import Settings

Json = dict[str, Any]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def lecture() -> Json:
    """A trace request that may be changed."""
    return copy.deepcopy(examples.TRACE)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[TestClient]:
    """A server with tight limits."""
    settings = Settings(
        data_dir=tmp_path,
        max_body_bytes=4096,
        max_request_numbers=200,
        max_layers=3,
        max_units=5,
        max_parameters=40,
        max_steps=60,
        max_samples=4,
        max_batch_numbers=60,
        max_checked_parameters=20,
        max_sessions=2,
    )
    with TestClient(create_app(settings)) as client:
        yield client
