"""A wrong way of calculating that has a name, and a walk done in that way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...record.layout import Layout, Structure
from ...record.operations.operation import Operation
from .run import Run
from .twists import Twist

Order = Callable[[Layout, Sequence[Operation]], Iterable[Operation]]


@dataclass(frozen=True)
class Misconception:
    """A wrong way of calculating that has a name.

    Attributes:
        name: its word in JSON.
        title: its name for people, by language.
        description: what goes wrong, by language.
        twists: the operations that are done wrongly.
        order: the order of the operations, where that is what is wrong.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    twists: tuple[Twist, ...]
    order: Order | None = None

    def twist_of(self, structure: Structure, operation: Operation) -> Twist | None:
        """What becomes of an operation; None if it is done rightly."""
        return next((twist for twist in self.twists if twist.concerns(structure, operation)), None)

    def do(self, run: Run, operations: Sequence[Operation]) -> None:
        """Do all of ``operations``, in an order in which each finds what it reads; some of them wrongly."""
        structure = run.right.layout.structure
        with np.errstate(all="ignore"):
            for operation in operations:
                twist = self.twist_of(structure, operation)
                if twist:
                    made = twist.value(run, operation._replace(reads=twist.reads(run.right.layout, operation)))
                elif run.wrong.isdisjoint(operation.reads):
                    continue
                else:
                    made = run.plain(operation)
                run.write(operation.writes, made)
