"""What the tests of the stores share. The tests of the contract run against each kind of store in ``KINDS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clock import Clock
from kinds import KINDS, Stores

from app.store.contract import Runs, Sessions


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "folder"


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def stores(request: pytest.FixtureRequest, folder: Path, clock: Clock) -> Iterator[Stores]:
    """Opens handles on one store, as each process has its own."""
    make: Callable[[Path, Clock], Stores] = request.param
    made = make(folder, clock)
    yield made
    made.close()


@pytest.fixture
def sessions(stores: Stores) -> Sessions:
    return stores.sessions()


@pytest.fixture
def runs(stores: Stores) -> Runs:
    return stores.runs()
