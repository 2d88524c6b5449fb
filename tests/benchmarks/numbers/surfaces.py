"""Surfaces: every unit over the input plane, the total loss over a plane of parameters."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from app.core.arrays import Array
from app.core.network import Network, initialize
from app.core.pictures.landscape import Plane, landscape, parameter_plane, random_plane
from app.core.pictures.regions import grid_of, regions

from ..machine import engine
from ..rows import Row
from ..timing import ROUNDS, SECONDS, alternated, compare, lap_of

GROUP = "surfaces"
SMALL, MEDIUM = (2, 4, 2, 1), (2, 8, 8, 1)
SIDE, SAMPLES, CELLS = 50, 500, 100
LOSS = "half_squared_error"
SCRIPT = Path(__file__).parents[1] / "peers" / "peer_regions.mjs"
ALL_BEHIND = (
    "both weights enter the first layer, so all of the network behind it changes at every point: 3 of 7 units, or 9 of "
    "17. Their tanh and their sums alone would be about 6×, or 4×."
)
STEPS = np.linspace(-1.0, 1.0, SIDE)


def heights(network: Network, plane: Plane, xs: Array, targets: Array) -> Array:
    """Ours, as the server computes it."""
    return landscape(network, plane, STEPS, STEPS, xs, targets, LOSS, engine=engine())


def drawn(sizes: tuple[int, ...]) -> Network:
    """A tanh network, its output too, as TensorFlow Playground has it."""
    return initialize(sizes, "tanh", "tanh", "xavier_uniform", np.random.default_rng(3))


def data() -> tuple[Array, Array]:
    """Points of an XOR pattern."""
    xs = np.random.default_rng(4).uniform(-1.0, 1.0, (SAMPLES, 2))
    return xs, np.sign(xs[:, :1] * xs[:, 1:])


class PerNode:
    """``peer_regions.mjs`` as a process of its own that measures itself."""

    def __init__(self, network: Network) -> None:
        """Start it and hand the network over."""
        self.process = subprocess.Popen(
            ["node", str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        layers = [{"w": layer.w.tolist(), "b": layer.b.tolist()} for layer in network.layers]
        self.ask({"layers": layers, "cells": CELLS})

    def ask(self, message: object) -> dict[str, Any]:
        """One line there, one back."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def region_rows(sizes: tuple[int, ...]) -> Iterator[Row]:
    """All units over 100 × 100 points."""
    network = drawn(sizes)
    grid = grid_of((0, 1), (-1.0, -1.0), (1.0, 1.0), (0.0, 0.0), CELLS)
    peer = PerNode(network)
    try:
        sums = [float(a.sum()) for layer in regions(network, grid, engine=engine()).layers for a in layer]
        np.testing.assert_allclose(peer.ask(1)["sums"], sums, rtol=1e-9, atol=1e-9)
        peer.ask(20)
        timing = alternated(
            lap_of(lambda: regions(network, grid, engine=engine()), SECONDS, time.process_time),
            lambda: float(peer.ask(3)["seconds"]) / 3.0,
            ROUNDS,
        )
    finally:
        peer.close()
    name = f"all units of {'-'.join(map(str, sizes))} over {CELLS} × {CELLS} points"
    yield Row(GROUP, name, "one object per unit, in Node", timing, goal=15.0)
    z = np.concatenate([a.ravel() for layer in regions(network, grid, engine=engine()).layers for a in layer])
    a = np.empty_like(z)
    limit = compare(lambda: regions(network, grid, engine=engine()), lambda: np.tanh(z, a))
    yield Row(GROUP, name, "np.tanh of as many numbers, the limit", limit)


def loop_of_passes(network: Network, places: tuple[int, int], xs: Array, targets: Array) -> Callable[[], Array]:
    """Each grid point as plain matrix passes over all examples: the obvious way, with nothing wasted in it."""
    x, target = np.ascontiguousarray(xs.T), np.ascontiguousarray(targets.T)
    theta = np.array(network.theta)
    layers, start = [], 0
    for layer in network.layers:
        w = theta[start : start + layer.w.size].reshape(layer.w.shape)
        start += layer.w.size
        layers.append((w, theta[start : start + len(layer.b), None]))
        start += len(layer.b)
    origin = theta[list(places)].copy()

    def run() -> Array:
        total = np.empty((SIDE, SIDE))
        for row, v in enumerate(STEPS):
            theta[places[1]] = origin[1] + v
            for column, u in enumerate(STEPS):
                theta[places[0]] = origin[0] + u
                a = x
                for w, b in layers:
                    a = np.tanh(w @ a + b)
                residual = (a - target).ravel()
                total[row, column] = 0.5 * residual.dot(residual)
        return total

    return run


def jax_vmap(network: Network, plane: Plane, xs: Array, targets: Array) -> Callable[[], object]:
    """The whole grid as one jitted vmap, float64, on the processor."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_enable_x64", True)
    shapes = [layer.w.shape for layer in network.layers]
    x, target = jnp.array(xs.T), jnp.array(targets.T)
    origin, directions = jnp.array(plane.origin), jnp.array(plane.directions)
    points = jnp.array(np.stack(np.meshgrid(STEPS, STEPS), axis=-1).reshape(-1, 2))

    def total_loss(point: Any) -> Any:
        theta, start, a = origin + point @ directions, 0, x
        for rows, columns in shapes:
            w = theta[start : start + rows * columns].reshape(rows, columns)
            start += rows * columns
            a = jnp.tanh(w @ a + theta[start : start + rows, None])
            start += rows
        return 0.5 * jnp.sum((a - target) ** 2)

    whole = jax.jit(jax.vmap(total_loss))
    return lambda: np.asarray(jax.block_until_ready(whole(points))).reshape(SIDE, SIDE)


def rows() -> Iterator[Row]:
    """Regions against one object per unit; landscapes against JAX and against a loop of passes."""
    xs, targets = data()
    for sizes in (SMALL, MEDIUM):
        yield from region_rows(sizes)
    for sizes, goal in ((SMALL, 3.0), (MEDIUM, 3.0)):
        network = drawn(sizes)
        plane = random_plane(network, np.random.default_rng(5))
        name = f"landscape of {'-'.join(map(str, sizes))}, {SIDE} × {SIDE} × {SAMPLES}, all of θ"
        if find_spec("jax") is None:
            yield Row(GROUP, name, "JAX, jit of vmap", goal=goal, missing="JAX is not installed")
            continue
        peer = jax_vmap(network, plane, xs, targets)
        np.testing.assert_allclose(peer(), heights(network, plane, xs, targets), rtol=1e-9)
        timing = compare(
            lambda n=network, p=plane: heights(n, p, xs, targets),
            peer,
            rounds=15,
        )
        yield Row(GROUP, name, "JAX, jit of vmap", timing, goal=goal)
    for sizes in (SMALL, MEDIUM):
        network = drawn(sizes)
        last = network.parameter_count - 2
        for where, places in (("first layer", (0, 3)), ("first and last layer", (0, last))):
            plane = parameter_plane(network, *places)
            peer_loop = loop_of_passes(network, places, xs, targets)
            found = heights(network, plane, xs, targets)
            np.testing.assert_allclose(peer_loop(), found, rtol=1e-9)
            timing = compare(
                lambda n=network, p=plane: heights(n, p, xs, targets),
                peer_loop,
                rounds=9,
            )
            name = f"landscape of {'-'.join(map(str, sizes))} over two weights, {where}"
            remark = ALL_BEHIND if where == "first layer" else ""
            yield Row(GROUP, name, "a loop of matrix passes", timing, goal=8.0, remark=remark)
