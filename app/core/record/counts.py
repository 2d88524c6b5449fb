"""How many multiplications on the wires each way to the gradient needs: the reason for the reversed network."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypedDict


class Counts(TypedDict):
    """Multiplications on the wires: of a value by a weight, or of an input value by ∂l/∂z.

    Keys: forward (one forward pass), backward (one sweep to ∂l/∂z of every unit), products (one for ∂l/∂w of each
    weight), gradient (sweep and products together: every ∂l/∂w, and with ∂l/∂z every ∂l/∂b), naive_recursion (∂l/∂z of
    every unit by recursion for each unit, remembering nothing), finite_differences (the gradient by two forward passes
    for each weight and bias). Compare like with like: backward with naive_recursion, gradient with finite_differences.
    """

    forward: int
    backward: int
    products: int
    gradient: int
    naive_recursion: int
    finite_differences: int


def counts(sizes: Sequence[int]) -> Counts:
    """Count for a fully connected network with these layer sizes, input layer first.

    The recursion's count T of a unit is the sum, over the units it feeds, of 1 + T of each; units of the
    output layer have T = 0 (case 1 of the lecture), all others go on to the next layer (case 2).
    """
    forward = sum(sending * receiving for sending, receiving in pairwise(sizes))
    backward = forward - sizes[0] * sizes[1]
    naive = per_unit = 0
    for units, fed in zip(sizes[-2:0:-1], sizes[:1:-1], strict=True):
        per_unit = fed * (1 + per_unit)
        naive += units * per_unit
    parameters = forward + sum(sizes[1:])
    return Counts(
        forward=forward,
        backward=backward,
        products=forward,
        gradient=backward + forward,
        naive_recursion=naive,
        finite_differences=2 * forward * parameters,
    )
