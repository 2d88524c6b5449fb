"""Gradient descent led by a wrong rule, beside the same descent done rightly: small networks, every step in full.

A step goes through all examples: θ ← θ − η g, and the right g is ∇C of the cost, or with the reduction ``sum`` ∇L of
the total loss, just as a ``Trainer`` has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ...arrays import Array
from ...functions.reductions import REDUCTIONS
from ...looking import LookUp, nothing
from ...network import Network, network_at
from ...record.layout import Structure
from ...training.recipe import Examples
from .descent import Descent
from .rule import Rule


@dataclass(frozen=True, eq=False)
class Histories:
    """The cost before the first step and after each.

    Attributes:
        right: of the descent that follows the right g.
        wrong: of the one that follows the rule.
    """

    right: tuple[float, ...]
    wrong: tuple[float, ...]


def histories(
    rule: Rule,
    network: Network,
    examples: Examples,
    loss: str,
    learning_rate: float,
    reduction: str,
    steps: int,
    look_up: LookUp = nothing,
) -> Histories:
    """Descend twice from the same start.

    A descent that has left the finite numbers ends there: its later costs are missing from the history.

    Args:
        rule: the wrong rule.
        network: the start.
        examples: what to train on.
        loss: a name in ``LOSSES``.
        learning_rate: η.
        reduction: a name in ``REDUCTIONS``: what the right descent follows.
        steps: how many times all examples are gone through.
        look_up: called every few milliseconds; what it raises ends the computation.

    Raises:
        DoesNotApply: the rule changes nothing here; the message names why.
    """
    if rule.several_examples:
        if len(examples.xs) < 2:
            rule.require(Structure(network.sizes, network.activations, loss))
    else:
        rule.require(Structure(network.sizes, network.activations, loss, learning=True))

    data = examples.xs, examples.targets

    def descend(way: Callable[[Descent], Array]) -> tuple[float, ...]:
        theta, memory, costs = network.theta.copy(), np.zeros(network.parameter_count), []
        for step in range(steps + 1):
            look_up()
            here = Descent(rule, network_at(network, theta), *data, loss, learning_rate, REDUCTIONS[reduction], memory)
            with np.errstate(all="ignore"):
                cost = here.cost()
                if not np.isfinite(cost):
                    break
                costs.append(cost)
                if step == steps:
                    break
                followed = way(here)
                memory = memory + here.true_gradient()
                theta = theta - learning_rate * followed
        return tuple(costs)

    return Histories(descend(Descent.true_gradient), descend(rule.way))
