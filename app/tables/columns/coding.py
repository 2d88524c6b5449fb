"""Columns to columns of numbers: as they are, two words as 0 and 1, up to twelve as one column each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ...looking import watched
from ..words.saying import Refused
from . import names
from .column import MOST_WORDS, Column

Way = Literal["number", "zero_one", "one_hot"]
WAYS: tuple[Way, ...] = ("number", "zero_one", "one_hot")
Missing = Literal["drop", "mean"]
MISSINGS: tuple[Missing, ...] = ("drop", "mean")

_WHAT = {
    "date": ("a date", "日期"),
    "text": ("text", "文本"),
    "identifier": ("a name of the row", "行的名称"),
    "empty": ("empty", "空列"),
    "constant": ("the same word in every row", "每行都相同的词"),
}


@dataclass(frozen=True)
class Coded:
    """A column as inputs.

    Attributes:
        column: its name.
        way: how it became numbers.
        features: the names of the inputs.
        xs: [row, input]; NaN where the cell is missing or no number.
        fill: what stands in for a missing value, one number an input.
        fill_name: what that is in the column's own terms: the mean, or the commonest word.
    """

    column: str
    way: Way
    features: tuple[str, ...]
    xs: NDArray[np.float64] = field(repr=False)
    fill: NDArray[np.float64] = field(repr=False)
    fill_name: float | str


def written(value: float) -> str:
    """The name of a number as a class: 3, not 3.0."""
    return str(int(value)) if value % 1 == 0 and abs(value) < 1e15 else repr(value)


def labelled(column: Column) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The different values of a column (numbers by size), and which one stands in each row; -1 where none does."""
    places = np.full(len(column.cells), -1, np.int64)
    if column.values is not None:
        there = ~np.isnan(column.values)
        different, found = np.unique(column.values[there], return_inverse=True)
        places[there] = found
        return tuple(map(written, watched(different.tolist()))), places
    known = {word: place for place, word in enumerate(column.words)}
    places[:] = [known.get(cell, -1) for cell in watched(column.cells)]
    return column.words, places


def usual_way(column: Column) -> Way:
    """How a column becomes inputs unless it was said otherwise."""
    if column.values is not None:
        return "number"
    return "zero_one" if len(column.words) == 2 else "one_hot"


def ways_of(column: Column) -> tuple[Way, ...]:
    """The ways in which a column can become inputs, the usual one first."""
    counted = 2 <= column.unique <= MOST_WORDS
    if column.values is None and (column.kind != "category" or not counted):
        return ()
    usual = usual_way(column)
    # Measured numbers are no names of classes.
    counted = counted and (column.values is None or not np.any(column.values[~np.isnan(column.values)] % 1))
    fits = {
        "number": column.values is not None,
        "zero_one": counted and column.unique == 2,
        "one_hot": counted,
    }
    return (usual, *(way for way in WAYS if fits[way] and way != usual))


def width_of(column: Column, way: Way | None) -> int:
    """How many inputs a column becomes, without making them."""
    return min(column.unique, MOST_WORDS) if (way or usual_way(column)) == "one_hot" else 1


def coded(column: Column, way: Way | None) -> Coded:
    """A column as inputs.

    Raises:
        Refused: it cannot be one, or not in this way.
    """
    if column.values is None and column.kind != "category":
        what, what_zh = _WHAT[column.kind]
        raise Refused("not_an_input", "inputs", column=column.name, kind=what, kind_zh=what_zh)
    chosen = way or usual_way(column)
    if chosen == "number":
        if column.values is None:
            raise Refused("unknown_coding", "coding", way=chosen, column=column.name, count=len(column.words))
        there = column.values[~np.isnan(column.values)]
        with np.errstate(over="ignore"):
            mean = float(there.mean()) if len(there) else 0.0
        return Coded(column.name, chosen, (names.clipped(column.name),), column.values[:, None], np.array([mean]), mean)
    words, places = labelled(column)
    if len(words) > MOST_WORDS:
        raise Refused("too_many_words", "inputs", column=column.name, count=len(words), most=MOST_WORDS)
    if chosen == "zero_one" and len(words) != 2:
        raise Refused("unknown_coding", "coding", way=chosen, column=column.name, count=len(words))
    table = np.array([[0.0], [1.0]]) if chosen == "zero_one" else np.eye(len(words))
    xs = np.where((places < 0)[:, None], np.nan, table[places])
    commonest = int(np.bincount(places[places >= 0], minlength=len(words)).argmax())
    shown = words[1:] if chosen == "zero_one" else words
    features = tuple(names.clipped(f"{column.name}={word}") for word in shown)
    return Coded(column.name, chosen, features, xs, table[commonest], words[commonest])
