"""A table and a choice of columns to examples: inputs and targets as numbers, and which rows are left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..looking import watched
from .columns import names
from .columns.coding import Coded, Missing, Way, coded, labelled, width_of
from .columns.column import Column
from .guess import Task, guessed, task_of
from .table import Table
from .words.saying import Refused, TooMuch

REASONS = ("missing", "not_a_number", "too_few_cells", "too_many_cells")


class LeftOut(NamedTuple):
    """A row that is no example: its number in the file, the column it is about, and which of ``REASONS``."""

    row: int
    column: str | None
    reason: str
    cell: str


class Filled(NamedTuple):
    """A column whose missing values were filled: how many, and with what."""

    column: str
    cells: int
    value: float | str


@dataclass(frozen=True)
class Chosen:
    """What is to be learnt from what; None for what is to be guessed.

    Attributes:
        targets: names of columns.
        inputs: names of columns.
        unused: names of columns to leave out of the guessed inputs.
        task: classes or numbers.
        coding: how every column of words becomes inputs.
        codings: how the column of a name does.
        missing: whether a row with a missing input is left out, or the input's mean stands in.
    """

    targets: Sequence[str] | None = None
    inputs: Sequence[str] | None = None
    unused: Sequence[str] = ()
    task: Task | None = None
    coding: Way | None = None
    codings: Mapping[str, Way] = field(default_factory=dict)
    missing: Missing = "drop"


@dataclass(frozen=True)
class Examples:
    """Examples as a training takes them.

    Attributes:
        task: classes or numbers.
        targets_of: names of the target's columns.
        inputs_of: names of the columns of the inputs.
        xs: [example, input].
        targets: [example, output]; of two classes one output of 0 or 1, of more one output each.
        rows: the number of each example's row in the file.
        feature_names: one name an input.
        class_names: the classes in order; empty for numbers.
        class_counts: how many examples each has.
        coded: how each column of the inputs became numbers.
        filled: columns in which a missing value was filled.
        left_out: rows that are no examples, by rising number.
        parts: "train" or "test" for each example, if a column says so; else None.
    """

    task: Task
    targets_of: tuple[str, ...]
    inputs_of: tuple[str, ...]
    xs: NDArray[np.float64] = field(repr=False)
    targets: NDArray[np.float64] = field(repr=False)
    rows: tuple[int, ...] = field(repr=False)
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    class_counts: tuple[int, ...]
    coded: tuple[Coded, ...] = field(repr=False)
    filled: tuple[Filled, ...]
    left_out: tuple[LeftOut, ...] = field(repr=False)
    parts: tuple[str, ...] | None = field(repr=False)


def examples_of(table: Table, chosen: Chosen, most: int) -> Examples:
    """The examples that are asked for.

    Args:
        table: a table as it was read.
        chosen: what of it is wanted.
        most: how many numbers the examples may be.

    Raises:
        Refused: the choice does not hold together, or too little is left to learn from.
        TooMuch: they are more than ``most`` numbers.
    """
    guess = guessed(table)
    targets = _columns(table, guess.targets if chosen.targets is None else chosen.targets, "target")
    aimed = {column.name for column in targets}
    inputs = _columns(table, _inputs(table, chosen, guess.inputs, aimed), "inputs")
    _columns(table, tuple(chosen.codings), "coding")
    task = chosen.task or task_of(targets)
    _check(table, targets, inputs, task)
    width = sum(width_of(column, _way(column, chosen)) for column in inputs)
    _hold(len(table.numbers) * (width + len(targets)), most)
    ways = [coded(column, _way(column, chosen)) for column in inputs]
    wrong, filled = _unusable(targets, inputs, ways, chosen.missing)
    kept = np.flatnonzero(wrong < 0)
    aims, class_names, counts = _targets(targets, task, kept, width, most)
    xs = np.hstack([_filled_in(each, chosen.missing)[kept] for each in ways])
    if not np.isfinite(xs).all():
        raise Refused("too_wide", "inputs", column=inputs[0].name)
    part = guess.part if guess.part not in {*aimed, *(column.name for column in inputs)} else None
    return Examples(
        task,
        tuple(column.name for column in targets),
        tuple(column.name for column in inputs),
        xs,
        aims,
        tuple(table.numbers[place] for place in watched(kept.tolist())),
        tuple(names.distinct([name for each in ways for name in each.features])),
        tuple(names.distinct([names.clipped(name) for name in class_names])),
        counts,
        tuple(ways),
        tuple(_count_filled(each, kept) for each in filled),
        tuple(_left_out(table, [*targets, *inputs], wrong)),
        None if part is None else _parts(table.column(part), kept),
    )


def _hold(numbers: int, most: int) -> None:
    """Raise ``TooMuch`` before numbers are made that are too many."""
    if numbers > most:
        raise TooMuch("batch_numbers", numbers)


def _columns(table: Table, wanted: Sequence[str], about: str) -> list[Column]:
    known = {column.name: column for column in table.columns}
    try:
        return [known[name] for name in dict.fromkeys(wanted)]
    except KeyError:
        raise Refused("unknown_column", about) from None


def _inputs(table: Table, chosen: Chosen, usual: Sequence[str], aimed: set[str]) -> list[str]:
    """The names of the inputs: those given; else those guessed, less what is unused or the target."""
    if chosen.inputs is not None:
        return list(chosen.inputs)
    _columns(table, chosen.unused, "unused")
    return [name for name in usual if name not in aimed and name not in chosen.unused]


def _way(column: Column, chosen: Chosen) -> Way | None:
    own = chosen.codings.get(column.name)
    return own or (chosen.coding if column.values is None else None)


def _check(table: Table, targets: list[Column], inputs: list[Column], task: Task) -> None:
    """What can be said before any number is made. Raises ``Refused``."""
    if not table.numbers:
        raise Refused("no_rows")
    if not targets:
        raise Refused("no_target", "target")
    if not inputs:
        raise Refused("no_inputs", "inputs")
    if {column.name for column in targets} & {column.name for column in inputs}:
        raise Refused("target_is_input", "inputs")
    if task == "classification" and len(targets) > 1:
        raise Refused("several_targets", "target")
    words = next((column for column in targets if column.values is None), None)
    if task == "regression" and words is not None:
        raise Refused("words_as_values", "target", column=words.name)


def _unusable(
    targets: list[Column], inputs: list[Column], ways: list[Coded], missing: Missing
) -> tuple[NDArray[np.int64], list[Coded]]:
    """For each row the place of the first column, targets first, that keeps it from being used, -1 if none does.

    Also the inputs in which something is filled.
    """
    rows = len(targets[0].cells)
    wrong = np.full(rows, -1, np.int64)
    filled = []
    for place, column in enumerate([*targets, *inputs]):
        bad = column.wrong | column.missing
        if place >= len(targets) and missing == "mean":
            bad = column.wrong
            if column.missing.any():
                filled.append(ways[place - len(targets)])
        wrong[bad & (wrong < 0)] = place
    return wrong, filled


def _filled_in(each: Coded, missing: Missing) -> NDArray[np.float64]:
    return np.where(np.isnan(each.xs), each.fill, each.xs) if missing == "mean" else each.xs


def _count_filled(each: Coded, kept: NDArray[np.intp]) -> Filled:
    return Filled(each.column, int(np.isnan(each.xs[kept, 0]).sum()), each.fill_name)


def _targets(
    targets: list[Column], task: Task, kept: NDArray[np.intp], width: int, most: int
) -> tuple[NDArray[np.float64], tuple[str, ...], tuple[int, ...]]:
    """Targets as numbers beside ``width`` inputs, class names, how many rows each class has. Raises like its caller."""
    if len(kept) < 2:
        raise Refused("few_rows", count=len(kept))
    if task == "regression":
        values = [column.values[kept] for column in targets if column.values is not None]
        return np.stack(values, axis=1), (), ()
    (column,) = targets
    words, places = labelled(column)
    counts = np.bincount(places[kept], minlength=len(words))
    present = np.flatnonzero(counts)
    if len(present) < 2:
        raise Refused("one_class", "target", column=column.name)
    if len(present) == len(kept):
        raise Refused("class_a_row", "target", column=column.name)
    if len(present) > 2:
        _hold(len(kept) * (width + len(present)), most)
    again = np.full(len(words), -1, np.int64)
    again[present] = np.arange(len(present))
    labels = again[places[kept]]
    outputs = labels[:, None] if len(present) == 2 else labels[:, None] == np.arange(len(present))
    return outputs.astype(np.float64), tuple(words[place] for place in present), tuple(counts[present].tolist())


def _left_out(table: Table, used: list[Column], wrong: NDArray[np.int64]) -> list[LeftOut]:
    """Every row that is no example, with the first reason."""
    found = []
    for place in np.flatnonzero(wrong >= 0).tolist():
        column = used[wrong[place]]
        reason = "missing" if column.missing[place] else "not_a_number"
        found.append(LeftOut(table.numbers[place], column.name, reason, column.cells[place]))
    for number, cells in table.ragged:
        few = len(cells) < table.body.width
        found.append(LeftOut(number, None, "too_few_cells" if few else "too_many_cells", str(len(cells))))
    return sorted(found, key=lambda each: each.row)


def _parts(column: Column, kept: NDArray[np.intp]) -> tuple[str, ...]:
    meant = names.parts_of(column.name, column.words) or {}
    return tuple(meant.get(column.cells[place], "train") for place in kept)
