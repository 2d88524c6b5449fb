"""``python -m tests.benchmarks``: measure, print the table, store it, compare it with the last run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from . import machine
from .registry import GROUPS
from .report import LAST_RUN, LATEST, Run, cells, compared, previous, table, with_table
from .rows import Group, Row

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[group.name for group in GROUPS], help="measure these groups only")
    parser.add_argument(
        "--write", action="store_true", help="keep this run as docs/benchmarks.json and show it in docs/benchmarks.md"
    )
    parser.add_argument("--stored", action="store_true", help="measure nothing; take docs/benchmarks.json")
    return parser.parse_args()


def measured(groups: Iterable[Group]) -> Run:
    """Run the benchmarks, with a line for each row as soon as it is known."""
    date = datetime.now(UTC).isoformat(timespec="seconds")
    before = machine.load()
    rows: list[Row] = []
    for group in groups:
        for row in group.rows():
            print("  ".join(cell for cell in cells(row) if cell), file=sys.stderr, flush=True)
            rows.append(row)
    return Run(date, machine.machine(), machine.versions(), (before, machine.load()), tuple(rows))


def main() -> None:
    """Do what the command line says."""
    chosen = arguments()
    if chosen.stored:
        run = Run.from_json(LATEST.read_text("utf-8"))
    else:
        last = previous()
        run = measured(group for group in GROUPS if not chosen.only or group.name in chosen.only)
        if last is not None:
            print("\n".join(compared(run, last)), file=sys.stderr)
            if chosen.only:
                run = last.updated_by(run)
        LAST_RUN.write_text(run.to_json(), "utf-8")
    print(table(run))
    if chosen.write:
        LATEST.write_text(run.to_json(), "utf-8")
        PAGE.write_text(with_table(PAGE.read_text("utf-8"), run), "utf-8")


if __name__ == "__main__":
    main()
