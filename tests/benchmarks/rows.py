"""A row of the table, and a group of rows: what one benchmark module puts into the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .timing import Timing


@dataclass(frozen=True)
class Row:
    """One comparison.

    Attributes:
        group: the name of its group.
        name: what was done.
        peer: what it was compared with.
        timing: the outcome; None where the peer is missing.
        goal: the ratio wanted; None where the row is there to be known, not to be reached.
        missing: why there is no outcome.
        remark: what a reader of the table should know about it.
    """

    group: str
    name: str
    peer: str
    timing: Timing | None = None
    goal: float | None = None
    missing: str = ""
    remark: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What a row is found by in another run."""
        return self.group, self.name, self.peer

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without a goal or an outcome."""
        return None if self.goal is None or self.timing is None else self.timing.ratio >= self.goal


@dataclass(frozen=True)
class Group:
    """Rows that belong together.

    Attributes:
        name: a word to choose it by on the command line.
        rows: measures, giving each row as soon as it is known; imports what it needs only when called.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
