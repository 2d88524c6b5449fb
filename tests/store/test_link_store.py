"""Links in the store: kept once, used least recently first to go, and there after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from clock import Clock

from app.store.contract import Link, LinkNotFound
from app.store.links import SQLiteLinks
from app.store.sessions import TOUCH_SECONDS, SQLiteSessions

SMALL = 2**20
LONG = "x" * 100_000


def opened(folder: Path, clock: Clock, max_bytes: int = 2**24) -> SQLiteLinks:
    return SQLiteLinks(folder, max_bytes=max_bytes, clock=clock)


def is_there(links: SQLiteLinks, link_id: str) -> bool:
    try:
        links.get(link_id)
    except LinkNotFound:
        return False
    return True


def test_a_link_is_there_after_a_restart_and_however_much_time_has_passed(tmp_path: Path, clock: Clock) -> None:
    first = opened(tmp_path, clock)
    link_id = first.keep(Link("lab", "v=1&x=1"), "somebody")
    first.close()
    clock.now += 400 * 24 * 3600
    second = opened(tmp_path, clock)
    assert second.get(link_id) == Link("lab", "v=1&x=1")
    second.close()


@pytest.mark.parametrize("link_id", ["", "x", "x" * 23, "é" * 22, "'" * 22])
def test_no_id_is_found_that_is_none(tmp_path: Path, clock: Clock, link_id: str) -> None:
    links = opened(tmp_path, clock)
    with pytest.raises(LinkNotFound):
        links.get(link_id)
    links.close()


def test_the_least_recently_used_makes_room(tmp_path: Path, clock: Clock) -> None:
    links = opened(tmp_path, clock, SMALL)
    first, second, *_ = (links.keep(Link("lab", f"{number}{LONG}"), "a") for number in range(4))
    clock.now += 2 * TOUCH_SECONDS
    links.get(first)
    for number in range(4, 9):
        clock.now += 1
        links.keep(Link("lab", f"{number}{LONG}"), "a")
    assert is_there(links, first)
    assert not is_there(links, second)
    links.close()


def test_who_keeps_many_links_takes_the_room_of_nobody_elses_session(tmp_path: Path, clock: Clock) -> None:
    sessions = SQLiteSessions(tmp_path, lifetime=3600, max_sessions=9, max_bytes=SMALL, clock=clock)
    links = opened(tmp_path, clock, SMALL)
    session = sessions.create(b"{}", "a")
    for number in range(40):
        links.keep(Link("explorer", f"{number}{LONG}"), "b")
    assert sessions.get(session.id) == session
    sessions.close()
    links.close()
