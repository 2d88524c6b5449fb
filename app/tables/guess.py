"""What a visitor most likely means to learn: the target by its name, else by its place; the inputs; the task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..looking import watched
from .columns import names
from .columns.coding import labelled
from .columns.column import MOST_WORDS, Column
from .table import Table
from .words.saying import Note, note

Task = Literal["classification", "regression"]
TASKS: tuple[Task, ...] = ("classification", "regression")
MOST_NUMBERED_CLASSES = 12
"""More different whole numbers than this are rather measured than named."""
ENOUGH_ROWS = 10
"""So many rows that a column which tells the target value by value does so by more than chance."""


@dataclass(frozen=True)
class Guess:
    """A choice of columns.

    Attributes:
        task: what is learnt of the target.
        targets: the target's column; several for the numbered targets of a file of the Lab's; empty if none will do.
        inputs: the columns to learn it from.
        part: the column that says what is held out, if there is one.
        notes: why a column is not offered, and why numbers are learnt as classes.
    """

    task: Task
    targets: tuple[str, ...]
    inputs: tuple[str, ...]
    part: str | None
    notes: tuple[Note, ...]


def guessed(table: Table) -> Guess:
    """The most likely choice."""
    part = next((column.name for column in table.columns if _is_part(column)), None)
    usable = [column for column in table.columns if column.name != part and column.kind in ("number", "category")]
    numbered = [column for column in usable if names.is_numbered_target(column.name)]
    others = (
        [column for column in usable if not names.is_numbered_target(column.name)]
        if len(usable) > len(numbered)
        else usable
    )
    target = _target(others, has_numbered=bool(numbered))
    targets = numbered if target is None else [target]
    chosen = {column.name for column in targets}
    inputs = [column for column in others if column.name not in chosen and is_offered(column)]
    notes = [note("part", part)] if part else []
    if len(targets) == 1:
        told = [column for column in (*inputs, *numbered) if tells(column, targets[0])]
        telling = {column.name for column in told}
        if any(column.name not in telling for column in inputs):
            inputs = [column for column in inputs if column.name not in telling]
            notes += [note("tells_target", column.name, target=targets[0].name) for column in told]
    task = task_of(targets)
    if task == "classification" and targets[0].values is not None:
        notes.append(note("numbers_as_classes", targets[0].name, numbers=", ".join(labelled(targets[0])[0])))
    return Guess(
        task, tuple(column.name for column in targets), tuple(column.name for column in inputs), part, tuple(notes)
    )


def is_offered(column: Column) -> bool:
    """Whether a column can be an input without being asked for."""
    return column.kind == "number" or (column.kind == "category" and len(column.words) <= MOST_WORDS)


def task_of(targets: list[Column]) -> Task:
    """What is learnt of these columns: classes if it is one of words or of few whole numbers.

    Few means that each stands in two rows or more on average; of two numbers, such as 0 and 1, one alone may do so.
    """
    if len(targets) != 1:
        return "regression"
    (column,) = targets
    if column.values is None:
        return "classification"
    values = column.values[~np.isnan(column.values)]
    least = 3 if column.unique == 2 else 2 * column.unique
    is_few = column.unique <= MOST_NUMBERED_CLASSES and least <= len(values)
    return "classification" if is_few and not np.any(values % 1) else "regression"


def _target(columns: list[Column], *, has_numbered: bool) -> Column | None:
    """The target by its name; else the only column of few words; else the last one."""
    ranked = [
        (rank, -place, column)
        for place, column in enumerate(columns)
        if (rank := names.target_rank(column.name)) is not None
    ]
    if ranked:
        return min(ranked, key=lambda each: each[:2])[2]
    if has_numbered or not columns:
        return None
    words = [column for column in columns if column.kind == "category"]
    if len(words) == 1 and words[0] in (columns[0], columns[-1]):
        return words[0]
    return columns[-1]


def _is_part(column: Column) -> bool:
    return column.kind in ("category", "constant") and names.parts_of(column.name, column.words) is not None


def tells(column: Column, target: Column) -> bool:
    """Whether each value of a column goes with one value of the target and the other way round."""
    if target.unique < 2 or column.unique != target.unique or len(column.cells) < ENOUGH_ROWS:
        return False
    ours, theirs = labelled(column)[1], labelled(target)[1]
    both = (ours >= 0) & (theirs >= 0)
    if np.count_nonzero(both) < max(ENOUGH_ROWS, 2 * target.unique):
        return False
    return len(set(watched(zip(ours[both].tolist(), theirs[both].tolist(), strict=True)))) == target.unique
