"""What every session store has to do: remember, for how long, and whom it lets go when there is no more room."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from clock import Clock
from kinds import DAY, Stores

from app.store.contract import Records, SessionNotFound, Sessions, StoreError
from app.store.sessions import TOUCH_SECONDS

DOCUMENT = b'{"x":[1.0]}'


def forward(sessions: Sessions, session_id: str) -> int:
    _, after = sessions.move(session_id, lambda session: session.cursor + 1)
    return after.cursor


def is_there(sessions: Sessions, session_id: str) -> bool:
    try:
        sessions.get(session_id)
    except SessionNotFound:
        return False
    return True


def test_a_new_session_stands_at_the_start_with_its_document(sessions: Sessions) -> None:
    created = sessions.create(DOCUMENT)
    assert sessions.get(created.id) == created
    assert (created.document, created.cursor) == (DOCUMENT, 0)


def test_ids_are_long_random_and_fit_a_path(sessions: Sessions) -> None:
    ids = {sessions.create(DOCUMENT).id for _ in range(50)}
    assert len(ids) == 50
    assert all(len(each) == 22 and each.replace("-", "").replace("_", "").isalnum() for each in ids)


def test_a_move_is_given_before_and_after_and_is_remembered(sessions: Sessions) -> None:
    created = sessions.create(DOCUMENT)
    before, after = sessions.move(created.id, lambda session: session.cursor + 5)
    assert (before.cursor, after.cursor) == (0, 5)
    assert sessions.get(created.id).cursor == 5


def test_a_move_whose_destination_fails_leaves_everything_as_it_was(sessions: Sessions) -> None:
    created = sessions.create(DOCUMENT)
    forward(sessions, created.id)

    def refuse(session: object) -> int:
        raise LookupError("no such phase")

    with pytest.raises(LookupError):
        sessions.move(created.id, refuse)
    assert sessions.get(created.id).cursor == 1
    assert forward(sessions, created.id) == 2


def test_a_deleted_session_is_gone(sessions: Sessions) -> None:
    created = sessions.create(DOCUMENT)
    sessions.delete(created.id)
    with pytest.raises(SessionNotFound):
        sessions.get(created.id)
    with pytest.raises(SessionNotFound):
        sessions.delete(created.id)


@pytest.mark.parametrize(
    "session_id", ["", "x", "a" * 22, "a" * 10_000, "'; DROP TABLE sessions; --", "\0" * 22, "ä" * 22]
)
def test_an_unknown_id_is_not_found(sessions: Sessions, session_id: str) -> None:
    for call in (sessions.get, sessions.delete, lambda each: sessions.move(each, lambda session: 0)):
        with pytest.raises(SessionNotFound):
            call(session_id)


def test_a_session_unused_for_a_day_is_not_found(sessions: Sessions, clock: Clock) -> None:
    created = sessions.create(DOCUMENT)
    clock.now += DAY + 1
    with pytest.raises(SessionNotFound):
        sessions.get(created.id)


def test_using_a_session_keeps_it(sessions: Sessions, clock: Clock) -> None:
    read, moved = sessions.create(DOCUMENT), sessions.create(DOCUMENT)
    for _ in range(3):
        clock.now += DAY - TOUCH_SECONDS - 1
        assert sessions.get(read.id) == read
        forward(sessions, moved.id)


def test_expired_sessions_are_removed_when_asked_and_when_another_is_made(sessions: Sessions, clock: Clock) -> None:
    sessions.create(DOCUMENT)
    sessions.create(DOCUMENT)
    clock.now += DAY + 1
    assert sessions.expire() == 2
    sessions.create(DOCUMENT)
    clock.now += DAY + 1
    sessions.create(DOCUMENT)
    assert sessions.expire() == 0


def test_a_clock_set_back_loses_nothing(sessions: Sessions, clock: Clock) -> None:
    created = sessions.create(DOCUMENT)
    clock.now -= 10 * DAY
    assert forward(sessions, created.id) == 1
    sessions.create(DOCUMENT)
    assert sessions.get(created.id).cursor == 1
    clock.now += 10 * DAY
    assert sessions.get(created.id).cursor == 1


def test_sessions_survive_a_restart(stores: Stores) -> None:
    before = stores.sessions()
    created = before.create(DOCUMENT)
    forward(before, created.id)
    before.close()
    after = stores.sessions()
    assert after.get(created.id).cursor == 1


def test_two_stores_on_one_file_see_each_other_at_once(stores: Stores) -> None:
    one, other = stores.sessions(), stores.sessions()
    created = one.create(DOCUMENT)
    for expected in range(1, 20, 2):
        assert forward(one, created.id) == expected
        assert forward(other, created.id) == expected + 1


def test_moves_at_once_from_threads_and_stores_are_each_counted_once(stores: Stores) -> None:
    handles = [stores.sessions() for _ in range(3)]
    created = handles[0].create(DOCUMENT)
    with ThreadPoolExecutor(6) as pool:
        reached = list(pool.map(lambda turn: forward(handles[turn % 3], created.id), range(60)))
    assert sorted(reached) == list(range(1, 61))


def test_a_session_may_be_given_an_id_in_place_of_what_had_it(sessions: Sessions) -> None:
    wanted = "s" * 22
    sessions.create(DOCUMENT, session_id=wanted)
    forward(sessions, wanted)
    assert sessions.create(b"{}", session_id=wanted).id == wanted
    assert (sessions.get(wanted).cursor, sessions.get(wanted).document) == (0, b"{}")


def test_the_least_recently_used_session_makes_room_and_nobody_is_refused(stores: Stores, clock: Clock) -> None:
    sessions = stores.sessions(max_sessions=3)
    made = []
    for _ in range(3):
        clock.now += 1
        made.append(sessions.create(DOCUMENT, "one").id)
    clock.now += 1
    forward(sessions, made[0])
    sessions.create(DOCUMENT, "one")
    assert [is_there(sessions, each) for each in made] == [True, False, True]


def test_who_has_most_sessions_makes_room_for_the_others(stores: Stores, clock: Clock) -> None:
    sessions = stores.sessions(max_sessions=20)
    careful = sessions.create(DOCUMENT, "careful").id
    for _ in range(100):
        clock.now += 1
        sessions.create(DOCUMENT, "greedy")
    assert is_there(sessions, careful)
    others = [sessions.create(DOCUMENT, "other").id for _ in range(9)]
    assert all(is_there(sessions, each) for each in [careful, *others])


def test_a_store_full_of_bytes_lets_go_of_whose_they_are(stores: Stores, clock: Clock) -> None:
    sessions = stores.sessions(max_bytes=2**20)
    careful = sessions.create(DOCUMENT, "careful").id
    made = []
    for _ in range(40):
        clock.now += 1
        made.append(sessions.create(b"x" * 100_000, "greedy").id)
        sessions.check()
    assert is_there(sessions, careful)
    kept = [is_there(sessions, each) for each in made]
    assert kept == sorted(kept)
    assert 5 <= sum(kept) <= 10
    assert sessions.get(made[-1]).document == b"x" * 100_000


def test_sessions_and_runs_share_the_bytes_but_a_run_that_runs_goes_on(stores: Stores, clock: Clock) -> None:
    sessions, runs = stores.sessions(max_bytes=2**20), stores.runs(max_runs=10, max_bytes=2**20)
    running = runs.create(b"x" * 300_000, b"[]", b"{}", "one")
    ended = runs.create(b"x" * 300_000, b"[]", b"{}", "one")
    runs.end(ended, "finished", b"{}", Records(-1, b"", {}))
    clock.now += 1
    runs.touch(running)
    session = sessions.create(b"x" * 500_000, "other").id
    assert is_there(sessions, session)
    assert [run.id for run in runs.all()] == [running]


def test_a_store_with_nothing_but_what_runs_is_not_ready(stores: Stores) -> None:
    sessions, runs = stores.sessions(max_bytes=2**20), stores.runs(max_bytes=2**20)
    sessions.check()
    run_id = runs.create(b"x" * 850_000, b"[]")
    for call in (sessions.check, lambda: sessions.create(b"x" * 200_000)):
        with pytest.raises(StoreError):
            call()
    runs.end(run_id, "finished", b"{}", Records(-1, b"", {}))
    sessions.check()
    sessions.create(b"x" * 200_000)
