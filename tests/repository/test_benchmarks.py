"""The benchmarks' own arithmetic and paperwork; the measuring itself is ``make bench``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks import report, timing
from tests.benchmarks.numbers import problems
from tests.benchmarks.report import LATEST, Run, cells, compared, digits, quantity, table, with_table
from tests.benchmarks.rows import Row

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"

FAST = timing.summed_up([(1e-6, 9e-6), (2e-6, 16e-6), (1e-6, 10e-6)])


def run(*rows: Row, date: str = "2026-01-02T03:04:05+00:00") -> Run:
    machine: dict[str, str | int] = {"processor": "Abacus", "cores": 2, "system": "Linux x86_64"}
    return Run(date, machine, {"Python": "3.11"}, (0.1, 0.2), rows)


ROWS = (
    Row("trace", "small", "PyTorch", FAST, goal=8),
    Row("trace", "small", "JAX", FAST, goal=10),
    Row("trace", "small", "micrograd", missing="micrograd is not installed"),
)


def test_the_ratio_is_the_median_of_the_rounds_not_the_ratio_of_the_medians() -> None:
    assert FAST.ratio == pytest.approx(9)
    assert (FAST.ours, FAST.peer) == (1e-6, 10e-6)
    assert FAST.low <= FAST.ratio <= FAST.high


def test_the_two_sides_take_turns_and_take_turns_in_beginning() -> None:
    order: list[str] = []

    def lap(name: str, seconds: float) -> timing.Lap:
        def measured() -> float:
            order.append(name)
            return seconds

        return measured

    outcome = timing.alternated(lap("ours", 2.0), lap("peer", 3.0), rounds=4)
    assert "".join(name[0] for name in order) == "oppooppo"
    assert (outcome.ours, outcome.peer, outcome.ratio, outcome.rounds) == (2.0, 3.0, 1.5, 4)


def test_the_slower_of_two_calls_is_seen_to_be_slower() -> None:
    outcome = timing.compare(lambda: sum(range(10)), lambda: sum(range(10_000)), rounds=3, seconds=0.001)
    assert outcome.ratio > 2


def test_a_run_survives_being_stored() -> None:
    stored = run(*ROWS)
    assert Run.from_json(stored.to_json()) == stored


def test_a_row_says_whether_its_goal_is_met_or_what_is_missing() -> None:
    met, missed, missing = map(cells, ROWS)
    assert met[-1] == "≥ 8× ✓"
    assert missed[-1] == "≥ 10× ✗"
    assert "micrograd is not installed" in missing
    assert [row.met for row in ROWS] == [True, False, None]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0123, "0.012"), (0.7, "0.700"), (1.0, "1.00"), (9.876, "9.88"), (61.25, "61.2"), (1339.4, "1339")],
)
def test_numbers_have_three_digits(number: float, text: str) -> None:
    assert digits(number) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1.5, "1.50 s"), (0.0021, "2.10 ms"), (7.6e-6, "7.60 µs"), (1.2e-7, "120 ns"), (5e-10, "0.500 ns")],
)
def test_durations_have_a_unit_that_fits(seconds: float, text: str) -> None:
    assert quantity(seconds) == text


def test_two_runs_are_compared_row_by_row() -> None:
    slower = timing.summed_up([(2e-6, 9e-6), (4e-6, 18e-6)])
    before = run(ROWS[0], Row("http", "gone", "hello", FAST))
    after = run(Row("trace", "small", "PyTorch", slower, goal=8), ROWS[1], date="2026-01-03T03:04:05+00:00")
    _, change, new = compared(after, before)
    assert "9.00× → 4.50× (-50%)" in change
    assert new.endswith("new")
    assert list(compared(before, before))[1:] == []


def test_a_partial_run_keeps_the_rows_it_did_not_measure() -> None:
    newer = Row("trace", "small", "JAX", timing.summed_up([(1.0, 1.0), (1.0, 1.0)]))
    merged = run(*ROWS).updated_by(run(newer))
    assert merged.rows == (ROWS[0], newer, ROWS[2])


def test_the_table_replaces_what_stands_between_the_marks_and_nothing_else() -> None:
    readme = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    written = with_table(readme, run(*ROWS))
    assert written.startswith(f"before\n{report.BEGIN}\n| what |")
    assert written.endswith(f"{report.END}\nafter\n")
    assert "old" not in written
    assert with_table(written, run(*ROWS)) == written
    for broken in ("", report.BEGIN, f"{report.END} {report.BEGIN}", readme * 2):
        with pytest.raises(ValueError, match="page needs"):
            with_table(broken, run(*ROWS))


def test_the_page_of_benchmarks_shows_the_run_that_is_stored() -> None:
    page = PAGE.read_text("utf-8")
    stored = Run.from_json(LATEST.read_text("utf-8"))
    assert with_table(page, stored) == page
    assert table(stored) in page


def test_a_peer_with_other_numbers_is_not_timed() -> None:
    problem = problems.lecture("sigmoid")
    right = problems.numbers_of(problem.trace())
    problems.require_agreement(problem, right)
    for name, arrays in right.items():
        wrong = {**right, name: [np.array(array) * (1 + 1e-8) for array in arrays]}
        with pytest.raises(ValueError, match=f"{name} of layer 0"):
            problems.require_agreement(problem, wrong)
    with pytest.raises(ValueError, match="expected the numbers"):
        problems.require_agreement(problem, {"z": right["z"]})
