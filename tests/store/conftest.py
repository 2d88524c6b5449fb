"""What the tests of both stores share."""

from __future__ import annotations

import pytest
from clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()
