"""One application for the tests of the pages, and for each test a browser without cookies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[TestClient]:
    """A server with tight limits."""
    with TestClient(create_app(Settings(data_dir=tmp_path, max_parameters=10))) as client:
        yield client
