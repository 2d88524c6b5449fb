"""What every store of training runs has to do: what it keeps, what makes room, and who may write to a run."""

from __future__ import annotations

import json

import pytest
from clock import Clock
from kinds import DAY, Stores

from app.store.contract import (
    ABANDONED_SECONDS,
    MAX_THETA_BYTES,
    MAX_THETAS,
    Records,
    RunIsRunning,
    RunNotFound,
    Runs,
    theta_stride,
)


def test_a_run_gives_back_its_records_in_order_and_its_thetas(runs: Runs) -> None:
    run_id = runs.create(b"{}", b"[]")
    runs.append(run_id, Records(0, b'{"epoch":0},{"epoch":1}', {0: b"zero"}))
    runs.append(run_id, Records(2, b'{"epoch":2}', {2: b"two"}))
    run, records, epochs = runs.get(run_id)
    assert (run.state, run.request, run.network, run.ending) == ("running", b"{}", b"[]", None)
    assert b",".join(records) == b'{"epoch":0},{"epoch":1},{"epoch":2}'
    assert epochs == [0, 2]
    assert runs.theta(run_id, 0)[1] == b"zero"
    assert runs.theta(run_id, None)[1] == b"two"
    with pytest.raises(RunNotFound):
        runs.theta(run_id, 1)


def test_the_end_is_kept_with_the_last_theta(runs: Runs, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    runs.append(run_id, Records(0, b'{"epoch":0}', {0: b"zero"}))
    clock.now += 5
    runs.end(run_id, "diverged", b'{"epoch":1}', Records(-1, b"", {0: b"zero"}))
    run, _, _ = runs.get(run_id)
    assert (run.state, run.ending, run.ended_at) == ("diverged", b'{"epoch":1}', clock.now)


def test_the_oldest_run_makes_room_but_never_one_that_still_runs(runs: Runs, clock: Clock) -> None:
    running = runs.create(b"{}", b"[]")
    ended = []
    for _ in range(3):
        clock.now += 1
        ended.append(runs.create(b"{}", b"[]"))
        runs.end(ended[-1], "finished", b"{}", Records(0, b"{}", {0: b"theta"}))
    assert [run.id for run in runs.all()] == [ended[2], ended[1], running]
    with pytest.raises(RunNotFound):
        runs.get(ended[0])


def test_a_deleted_run_takes_no_more_records(runs: Runs) -> None:
    run_id = runs.create(b"{}", b"[]")
    runs.delete(run_id)
    with pytest.raises(RunNotFound):
        runs.append(run_id, Records(0, b"{}", {}))
    for unknown in (run_id, "", "x" * 5000, "\x00", "é" * 22):
        with pytest.raises(RunNotFound):
            runs.get(unknown)


def test_a_run_whose_process_was_killed_counts_as_stopped_after_a_while(runs: Runs, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    written = clock.now
    clock.now += ABANDONED_SECONDS - 1
    assert runs.get(run_id)[0].state == "running"
    clock.now += 2
    run, _, _ = runs.get(run_id)
    assert (run.state, run.ended_at) == ("stopped", written)


def test_a_clock_set_back_ends_no_run_and_keeps_none_from_ending(runs: Runs, clock: Clock) -> None:
    alive, killed = runs.create(b"{}", b"[]"), runs.create(b"{}", b"[]")
    clock.now -= 10 * DAY
    runs.touch(alive)
    assert runs.get(alive)[0].state == "running"
    assert runs.get(killed)[0].state == "stopped"
    clock.now += 10 * DAY
    assert runs.get(alive)[0].state == "stopped"
    runs.touch(alive)
    assert runs.get(alive)[0].state == "running"


def test_a_run_that_was_touched_is_not_taken_for_abandoned(runs: Runs, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    for _ in range(3):
        clock.now += ABANDONED_SECONDS - 1
        runs.touch(run_id)
    assert runs.get(run_id)[0].state == "running"


def test_a_training_taken_for_abandoned_that_lives_writes_on(runs: Runs, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    clock.now += 2 * ABANDONED_SECONDS
    assert runs.get(run_id)[0].state == "stopped"
    runs.append(run_id, Records(0, b"{}", {}))
    run = runs.get(run_id)[0]
    assert (run.state, run.ended_at) == ("running", None)
    runs.end(run_id, "finished", b"{}", Records(-1, b"", {}))
    runs.touch(run_id)
    assert runs.get(run_id)[0].state == "finished"


def test_a_run_taken_up_refuses_the_earlier_training_and_drops_what_its_state_does_not_know(
    runs: Runs, clock: Clock
) -> None:
    run_id = runs.create(b"{}", b"[]")
    runs.append(run_id, Records(0, b'{"epoch":0},{"epoch":1}', {0: b"0", 1: b"1"}, (1, b"state")))
    runs.append(run_id, Records(2, b'{"epoch":2}', {2: b"2"}))
    run, completed = runs.head(run_id)
    assert (run.state, completed) == ("running", 1)
    with pytest.raises(RunIsRunning):
        runs.resume(run, b"{}", 1, None, bool)
    clock.now += 2 * ABANDONED_SECONDS
    run, _ = runs.head(run_id)
    assert runs.resume(run, b'{"more":1}', 2, -1, bool) == (b"state", [b'{"epoch":0},{"epoch":1}'])
    with pytest.raises(RunIsRunning):
        runs.resume(run, b"{}", 1, None, bool)
    with pytest.raises(RunNotFound):
        runs.append(run_id, Records(2, b'{"epoch":2}', {}))
    runs.append(run_id, Records(2, b'{"epoch":2}', {}), piece=2)
    again, records, epochs = runs.get(run_id)
    assert (again.state, again.request, again.piece) == ("running", b'{"more":1}', 2)
    assert b",".join(records) == b'{"epoch":0},{"epoch":1},{"epoch":2}'
    assert epochs == [0]


@pytest.mark.parametrize("epochs", [1, 2, 199, 200, 201, 5000, 10_000, 1_000_000])
@pytest.mark.parametrize("numbers", [3, 1210, 100_000])
@pytest.mark.parametrize("every", [1, 7, 1000])
def test_a_run_keeps_a_bounded_number_of_thetas_at_epochs_that_have_one(epochs: int, numbers: int, every: int) -> None:
    stride = theta_stride(epochs, numbers, every)
    kept = set(range(0, epochs + 1, stride)) | {epochs}
    assert stride % every == 0
    assert len(kept) <= MAX_THETAS + 1
    assert (len(kept) - 1) * numbers * 8 <= MAX_THETA_BYTES


def test_every_theta_of_a_usual_run_is_kept() -> None:
    assert theta_stride(300, 1210) == 1
    assert theta_stride(10_000, 33) == 1


def test_an_expired_run_is_not_found(runs: Runs, clock: Clock) -> None:
    run_id = runs.create(b"{}", b"[]")
    clock.now += DAY + 1
    assert runs.all() == []
    with pytest.raises(RunNotFound):
        runs.get(run_id)


def test_a_list_tells_of_a_run_what_was_said_of_it_whoever_writes(runs: Runs, clock: Clock) -> None:
    run_id = runs.create(b'{"xs":[1]}', b"[]", b'{"epochs":1}', "one")
    runs.append(run_id, Records(0, b'{"epoch":0}', {0: b"zero"}))
    (told,) = runs.all()
    assert (told.id, told.state, told.request, told.last_epoch, told.owner, told.piece) == (
        run_id,
        "running",
        b'{"epochs":1}',
        0,
        "one",
        1,
    )
    clock.now += ABANDONED_SECONDS + 1
    (told,) = runs.all()
    assert (told.state, told.ended_at) == ("stopped", told.started_at)


def test_what_is_said_twice_stands_there_once(runs: Runs) -> None:
    run_id = runs.create(b"{}", b"[]")
    for document in (b'{"epoch":0}', b'{"epoch":0},{"epoch":1}'):
        runs.append(run_id, Records(0, document, {0: b"zero"}, (0, b"state")))
    assert runs.get(run_id)[1] == [b'{"epoch":0},{"epoch":1}']


def test_records_are_given_from_an_epoch_to_another(runs: Runs) -> None:
    run_id = runs.create(b"{}", b"[]")
    for first in range(0, 100, 10):
        written = ",".join(f'{{"epoch":{epoch}}}' for epoch in range(first, first + 10))
        runs.append(run_id, Records(first, written.encode(), {first: b"theta"}))
    _, records, epochs = runs.get(run_id, 25, 41)
    found = [record["epoch"] for record in json.loads(b"[" + b",".join(records) + b"]")]
    assert set(range(25, 42)) <= set(found) <= set(range(20, 50))
    assert epochs == list(range(0, 100, 10))
    news = runs.news(run_id, 79, 500)
    assert [record["epoch"] for record in json.loads(b"[" + b",".join(news.records) + b"]")][-20:] == list(
        range(80, 100)
    )
    assert (news.state, news.piece, news.ending) == ("running", 1, None)
    assert len(runs.news(run_id, 99, 500).records) <= 1
    assert len(runs.news(run_id, 9, 10).records) <= 3
    assert runs.told(run_id) == runs.all()[0]


def test_who_has_most_runs_makes_room_for_the_others(stores: Stores, clock: Clock) -> None:
    runs = stores.runs(max_runs=10)
    careful = runs.create(b"{}", b"[]", b"{}", "careful")
    runs.end(careful, "finished", b"{}", Records(-1, b"", {}))
    for _ in range(45):
        clock.now += 1
        runs.end(runs.create(b"{}", b"[]", b"{}", "greedy"), "finished", b"{}", Records(-1, b"", {}))
    found = [run.owner for run in runs.all()]
    assert (found.count("careful"), found.count("greedy")) == (1, 9)


def test_looking_at_a_run_keeps_it(stores: Stores, clock: Clock) -> None:
    runs = stores.runs(max_runs=2)
    made = [runs.create(b"{}", b"[]") for _ in range(2)]
    for run_id in made:
        runs.end(run_id, "finished", b"{}", Records(-1, b"", {}))
    clock.now += DAY / 2
    runs.get(made[0])
    runs.create(b"{}", b"[]")
    runs.get(made[0])
    with pytest.raises(RunNotFound):
        runs.get(made[1])
