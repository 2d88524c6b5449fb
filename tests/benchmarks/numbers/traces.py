"""The trace of one example, all gradients and no steps, against others that keep every intermediate gradient."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec

from ..rows import Row
from ..timing import ROUNDS, Timing, compare
from .problems import Problem, lecture, require_agreement, wide

GROUP = "trace"


@dataclass(frozen=True)
class Rival:
    """A peer that may be missing.

    Attributes:
        title: its name in the table.
        module: where its ``Peer`` is.
        needs: the package or program that has to be installed for it.
        is_there: whether it is.
        activation: what it can do.
        goals: for the small and the wide network.
        remarks: for the small and the wide network.
        rounds: fewer for a slow one.
    """

    title: str
    module: str
    needs: str
    is_there: Callable[[str], object] = find_spec
    activation: str = "sigmoid"
    goals: tuple[float | None, float | None] = (None, None)
    remarks: tuple[str, str] = ("", "")
    rounds: int = ROUNDS


BOUND = (
    "a fifth of our time goes into the 24 matrix products and a fifth into the exact sigmoid; most of the rest is what "
    "NumPy's calls cost by themselves."
)
RIVALS = (
    Rival("PyTorch eager", "peer_torch", "torch", goals=(8, 3), remarks=("", BOUND)),
    Rival("JAX jit", "peer_jax", "jax"),
    Rival("micrograd", "peer_micrograd", "micrograd", activation="relu", rounds=7),
    Rival("C loops, the limit", "peer_c", "cc", is_there=shutil.which),
)


def timed(problem: Problem, rival: Rival) -> Timing:
    """Hold the peer's numbers against ours, then time the two."""
    peer = import_module(f".{rival.module}", __package__).Peer(problem)
    require_agreement(problem, peer.numbers())
    timing = compare(problem.trace, peer.run, rounds=rival.rounds)
    calls = peer.calls_in_one
    return replace(
        timing, peer=timing.peer / calls, ratio=timing.ratio / calls, low=timing.low / calls, high=timing.high / calls
    )


def rows() -> Iterator[Row]:
    """Each rival on each network."""
    for rival in RIVALS:
        for make, goal, remark in zip((lecture, wide), rival.goals, rival.remarks, strict=True):
            problem = make(rival.activation)
            row = Row(GROUP, f"trace of {problem.name}, {rival.activation}", rival.title, goal=goal, remark=remark)
            if rival.is_there(rival.needs):
                yield replace(row, timing=timed(problem, rival))
            else:
                yield replace(row, missing=f"{rival.needs} is not installed")
