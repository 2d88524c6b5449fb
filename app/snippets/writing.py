"""A program as it is being written: its lines, and the marks that say which of them do which step of the trace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..core.record.layout import Layout
from ..core.record.operations.operation import Operation
from ..looking import look_up

WIDTH = 100
INDICES = re.compile(r"(/[0-9]+)+$")

COMMENTS = {
    "given": "The example and the network; in w, a row is the unit that receives, a column the one that sends.",
    "forward": "Forward pass: each layer weighs what it receives, adds its biases, and activates.",
    "loss": "Loss: one number that says how far the output is from its target.",
    "gradient": "Gradient: what came in along each wire times what came back to the unit behind it.",
    "update": "Update: a small step against the gradient, every parameter from its old value.",
    "again": "The same example once more, through the new parameters.",
    "print": "The result.",
}


class Mark(NamedTuple):
    """Which lines do one step of the trace, at granularity ``layer``.

    Attributes:
        first_line: the first of them, from 1.
        last_line: the last of them.
        phase: the step's phase.
        operation: its operation.
        layer: the computing layer, 0-based; None for a loss.
        variable: what holds the result; None where the program has no name for it.
        writes: JSON Pointers of the arrays (or the number) that the step makes.
    """

    first_line: int
    last_line: int
    phase: str
    operation: str
    layer: int | None
    variable: str | None
    writes: tuple[str, ...]


class Program(NamedTuple):
    """A whole program and its marks."""

    code: str
    marks: tuple[Mark, ...]


class Writer:
    """Lines and marks, in order."""

    def __init__(self, spans: Layout) -> None:
        """Start empty; ``spans`` gives the steps' addresses."""
        self.spans = spans
        self.lines: list[str] = []
        self.marks: list[Mark] = []

    def add(self, *lines: str) -> None:
        """Append lines that belong to no step."""
        self.lines += lines

    def paragraph(self, comment: str) -> None:
        """Begin a new paragraph with a comment."""
        self.add("", f"# {comment}")

    def step(self, operation: Operation, variable: str | None, lines: Sequence[str], indent: str = "") -> None:
        """Append the lines of one step; none if the last line so far does it too."""
        look_up()
        first = len(self.lines) + (1 if lines else 0)
        self.add(*(indent + line for line in lines))
        addresses = self.spans.addresses
        writes = dict.fromkeys(INDICES.sub("", addresses[position]) for position in operation.writes)
        self.marks.append(
            Mark(first, len(self.lines), operation.phase, operation.name, operation.layer, variable, tuple(writes))
        )

    def program(self, head: Sequence[str]) -> Program:
        """What was written, below ``head``."""
        down = len(head)
        marks = tuple(
            mark._replace(first_line=mark.first_line + down, last_line=mark.last_line + down) for mark in self.marks
        )
        return Program("\n".join([*head, *self.lines]) + "\n", marks)


def numbers(values: Iterable[float], indent: int) -> str:
    """Numbers to the last digit, separated by commas, continued on new lines where one would get too long."""
    lines, line = [], ""
    look_up()
    for value in values:
        text = repr(value)
        if line and indent + len(line) + len(text) + 2 > WIDTH:
            lines.append(line + ",")
            line = text
        else:
            line = f"{line}, {text}" if line else text
    return f"\n{' ' * indent}".join([*lines, line])


def vector(name: str, call: str, values: Sequence[float], options: str = "") -> list[str]:
    """The lines that assign a vector."""
    start = f"{name} = {call}(["
    return f"{start}{numbers(values, len(start))}]{options})".split("\n")


def matrix(name: str, call: str, rows: Sequence[Sequence[float]], options: str = "") -> list[str]:
    """The lines that assign a matrix, one row below the other."""
    if len(rows) == 1:
        start = f"{name} = {call}([["
        return f"{start}{numbers(rows[0], len(start))}]]{options})".split("\n")
    body = [f"    [{numbers(row, 5)}]," for row in rows]
    return "\n".join([f"{name} = {call}([", *body, f"]{options})"]).split("\n")
