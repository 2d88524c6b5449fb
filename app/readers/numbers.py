"""Matrices and vectors in a document, checked."""

from __future__ import annotations

from math import isfinite
from typing import Any

from .reading import Matrix, NotRead, text


def is_number(value: Any) -> bool:
    """Whether this is a number that float64 holds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e309 and isfinite(value)


def is_vector(value: Any) -> bool:
    """Whether this is a list of numbers, at least one."""
    return isinstance(value, list) and bool(value) and all(map(is_number, value))


def is_matrix(value: Any) -> bool:
    """Whether this is a list of lists of numbers, all of one length."""
    return (
        isinstance(value, list) and bool(value) and all(map(is_vector, value)) and len({len(row) for row in value}) == 1
    )


def matrix(value: Any, pointer: str) -> Matrix:
    """A matrix as floats. Raises ``NotRead``."""
    if not is_matrix(value):
        rows = value if isinstance(value, list) else []
        wrong = (at for at, row in enumerate(rows) if not is_vector(row) or len(row) != len(rows[0]))
        row = next(wrong, None)
        raise NotRead(
            "no_matrix",
            text(
                "Expected a matrix here: a list of rows of finite numbers, all of one length.",
                "这里应当是一个矩阵：若干行，每行都是同样多个有限的数。",
            ),
            pointer if row is None else f"{pointer}/{row}",
        )
    return [[float(each) for each in row] for row in value]


def vector(value: Any, pointer: str) -> list[float]:
    """A vector as floats. Raises ``NotRead``."""
    if not is_vector(value):
        raise NotRead("no_vector", text("Expected a list of finite numbers here.", "这里应当是一列有限的数。"), pointer)
    return [float(each) for each in value]


def turned(rows: Matrix) -> Matrix:
    """The matrix with rows and columns exchanged."""
    return [list(column) for column in zip(*rows, strict=True)]
