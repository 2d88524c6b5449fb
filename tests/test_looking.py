"""What computes ends at its next look once nobody waits for it: the loops of rooms that are given nothing to call."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.figures.panels import log_range
from app.looking import AT_ONCE, LOOKING, look_up, watched
from app.snippets.writing import matrix
from app.tables.reading import read_table
from app.tables.table import Bounds, Choices
from app.templating import render


class LeftError(Exception):
    """Nobody waits."""


@pytest.fixture
def left() -> Iterator[None]:
    """Whoever asked has left."""

    def leave() -> None:
        raise LeftError

    token = LOOKING.set(leave)
    yield
    LOOKING.reset(token)


def test_what_nobody_has_asked_for_goes_on() -> None:
    look_up()
    assert list(watched(range(3 * AT_ONCE))) == list(range(3 * AT_ONCE))


def test_items_are_watched_a_few_at_a_time() -> None:
    looks = 0

    def count() -> None:
        nonlocal looks
        looks += 1

    token = LOOKING.set(count)
    try:
        assert sum(1 for _ in watched(iter(range(2 * AT_ONCE + 1)))) == 2 * AT_ONCE + 1
    finally:
        LOOKING.reset(token)
    assert looks == 4


@pytest.mark.usefixtures("left")
@pytest.mark.parametrize(
    "computing",
    [
        pytest.param(lambda: read_table(b"a,b\n1,2\n", Choices(), Bounds(9, 9)), id="table"),
        pytest.param(lambda: render("missing.html"), id="page"),
        pytest.param(lambda: matrix("w", "np.array", [[1.0], [2.0]]), id="program"),
        pytest.param(lambda: log_range([[1.0]]), id="figure"),
    ],
)
def test_a_computation_ends_where_it_looks(computing: Callable[[], object]) -> None:
    with pytest.raises(LeftError):
        computing()
