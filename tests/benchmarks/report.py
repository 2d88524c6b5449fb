"""A run as a record, as JSON, and as the table that people read; two runs compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from .rows import Row
from .timing import Timing

LATEST = Path(__file__).parents[2] / "docs" / "benchmarks.json"
LAST_RUN = Path(__file__).with_name("results") / "last-run.json"
"""Every run is kept here, out of version control; ``LATEST`` is the one that docs/benchmarks.md shows."""

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
HEADINGS = ("what", "against", "ours", "peer", "ratio", "quartiles", "goal")
NOTE = (
    "Ratio: how many times as fast as the peer, the median of the rounds' ratios; both sides are timed in turns, on "
    "one thread each, by processor time but for HTTP."
)
SIGNIFICANT = 0.10


@dataclass(frozen=True)
class Run:
    """One run of the benchmarks.

    Attributes:
        date: when it began, ISO 8601.
        machine: processor, cores, system.
        versions: of Python and of the packages that were timed.
        load: the machine's load average over a minute, before and after.
        rows: the outcome.
    """

    date: str
    machine: dict[str, str | int]
    versions: dict[str, str]
    load: tuple[float, float]
    rows: tuple[Row, ...]

    def to_json(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Run:
        """The inverse of ``to_json``."""
        stored: dict[str, Any] = json.loads(text)
        rows = tuple(
            Row(**{**row, "timing": Timing(**row["timing"]) if row["timing"] else None}) for row in stored.pop("rows")
        )
        return cls(**{**stored, "load": tuple(stored["load"])}, rows=rows)

    def updated_by(self, newer: Run) -> Run:
        """The newer run, with the rows that it did not measure taken from this one."""
        measured = {row.key: row for row in newer.rows}
        kept = {row.key for row in self.rows}
        rows = [measured.get(row.key, row) for row in self.rows]
        return replace(newer, rows=(*rows, *(row for row in newer.rows if row.key not in kept)))


def quantity(seconds: float) -> str:
    """A duration with three digits and a unit."""
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs"), (1e9, "ns")):
        if seconds * factor >= 1:
            return f"{digits(seconds * factor)} {unit}"
    return f"{digits(seconds * 1e9)} ns"


def digits(number: float) -> str:
    """Three significant digits, never with an exponent."""
    decimals = max(0, 2 - len(str(int(number))) + 1) if number >= 1 else 3
    return f"{number:.{decimals}f}"


def cells(row: Row) -> tuple[str, ...]:
    """A row of the table as texts."""
    goal = "" if row.goal is None else f"≥ {row.goal:g}×"
    if row.timing is None:
        return row.name, row.peer, "", "", row.missing, "", goal
    timing = row.timing
    if row.met is not None:
        goal += " ✓" if row.met else " ✗"
    spread = f"{digits(timing.low)}–{digits(timing.high)}"
    return (
        row.name,
        row.peer,
        quantity(timing.ours),
        quantity(timing.peer),
        f"**{digits(timing.ratio)}×**",
        spread,
        goal,
    )


def table(run: Run) -> str:
    """The run in Markdown."""
    machine = run.machine
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    load = "load {:g} to {:g}".format(*run.load)
    where = (
        f"{run.date[:10]} · {machine['processor']}, {machine['cores']} cores, {machine['system']}, {load} · {versions}."
    )
    lines = [HEADINGS, ("---", "---", "--:", "--:", "--:", "--:", "--:"), *map(cells, run.rows)]
    remarks = [f"{row.name} against {row.peer}: {row.remark}" for row in run.rows if row.remark]
    paragraphs = [f"{NOTE}\n{where}", *remarks]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "".join(f"\n\n{text}" for text in paragraphs)


def compared(run: Run, before: Run) -> Iterator[str]:
    """A sentence for each row whose ratio has moved by more than a tenth, or that came or went."""
    yield f"compared with the run of {before.date}:"
    if run.machine != before.machine:
        yield "  that was another machine; only the ratios can be compared"
    old = {row.key: row for row in before.rows}
    for row in run.rows:
        was = old.get(row.key)
        label = f"{row.name} / {row.peer}"
        if was is None or was.timing is None or row.timing is None:
            if (was.timing if was else None) is not row.timing:
                yield f"  {label}: {'new' if row.timing else 'no longer measured'}"
            continue
        change = row.timing.ratio / was.timing.ratio - 1
        if abs(change) > SIGNIFICANT:
            yield f"  {label}: {digits(was.timing.ratio)}× → {digits(row.timing.ratio)}× ({change:+.0%})"


def previous() -> Run | None:
    """The run before this one: the newest that is stored."""
    runs = [Run.from_json(path.read_text("utf-8")) for path in (LATEST, LAST_RUN) if path.exists()]
    return max(runs, key=lambda run: datetime.fromisoformat(run.date), default=None)


def with_table(page: str, run: Run) -> str:
    """The page with the run between its two marks.

    Raises:
        ValueError: the marks are not there, once each and in order.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in after or END in after:
        raise ValueError(f"the page needs {BEGIN} and after it {END}, once each")
    return f"{before}{BEGIN}\n{table(run)}\n{END}{after}"
