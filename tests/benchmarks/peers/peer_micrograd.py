"""micrograd, one object per number. It has ReLU and no sigmoid, so it is compared on ReLU networks."""

from __future__ import annotations

import sys

import numpy as np
from micrograd.engine import Value

from ..numbers.problems import Numbers, Problem

DEEPEST = 20_000
"""micrograd walks its graph by recursion, as deep as the longest sum of a path from input to loss."""


class Peer:
    """One problem; its parameters are made once."""

    calls_in_one = 1

    def __init__(self, problem: Problem) -> None:
        """Take over the parameters."""
        sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST))
        self.layers = [
            ([[Value(w) for w in row] for row in layer.w.tolist()], [Value(b) for b in layer.b.tolist()])
            for layer in problem.network.layers
        ]
        self.x = [Value(value) for value in problem.x]
        self.target = problem.target
        leaves = [value for w, b in self.layers for row in (*w, b) for value in row]
        self.leaves = [*leaves, *self.x]

    def run(self) -> tuple[list[list[Value]], list[list[Value]], Value]:
        """One example forward and backward; the gradients stay on the values."""
        for leaf in self.leaves:
            leaf.grad = 0
        zs, activations = [], []
        a = self.x
        for w, b in self.layers:
            z = [sum((wi * ai for wi, ai in zip(row, a, strict=True)), bias) for row, bias in zip(w, b, strict=True)]
            a = [unit.relu() for unit in z]
            zs.append(z)
            activations.append(a)
        loss = sum((unit - aim) ** 2 for unit, aim in zip(a, self.target, strict=True)) * 0.5
        loss.backward()
        return zs, activations, loss

    def numbers(self) -> Numbers:
        """All it computed."""
        zs, activations, loss = self.run()

        def data(values):
            return np.array([value.data for value in values], dtype=np.float64)

        def grad(values):
            return np.array([value.grad for value in values], dtype=np.float64)

        return {
            "z": [data(z) for z in zs],
            "a": [data(a) for a in activations],
            "dl_da": [grad(a) for a in activations],
            "dl_dz": [grad(z) for z in zs],
            "dl_dw": [np.array([grad(row) for row in w]) for w, _ in self.layers],
            "dl_db": [grad(b) for _, b in self.layers],
            "dl_dx": [grad(self.x)],
            "loss": [np.array(float(loss.data))],
        }
