"""The total loss over a plane through θ: over two parameters, or two directions, on a grid.

θ + u·d₁ + v·d₂ is run at many grid points at once, a chunk of points that stays in the processor's cache: weights of a
chunk are stacked, and the first layer, which every point gives the same x, is one product. Over two single parameters
only what they touch is computed again (module ``two_parameters``).

Source: Li, Xu, Taylor, Studer, Goldstein, Visualizing the Loss Landscape of Neural Nets (2018): filter-normalised
directions (sect. 4), principal components of the path about its end (sect. 7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..arrays import Array, freeze
from ..engine import UNKNOWN, Engine, Height, Laid, flat_places, laid_out
from ..looking import LookUp, nothing, pieces
from ..network import Layer, Network
from ..record.batch import batch
from ..record.forward import loss_values
from ..record.output_rules import height_of
from .features import oriented
from .two_parameters import CHUNK_NUMBERS, MOST_POINTS, over_two, place_of, run, run_into, total_losses

CHUNK_WEIGHTS = 400_000
"""Parameters in one chunk of grid points of which each has its own."""
PIECE = 1024
"""Examples at a time."""
AT_ONCE = 5_000_000
"""Examples × parameters × grid points between two looks in compiled loops: a few milliseconds."""


class NoPlane(ValueError):
    """Two directions that do not span a plane; the message says why."""


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through θ.

    Attributes:
        origin: θ at (0, 0), shape (P,).
        directions: what one step along u and along v adds to θ, shape (2, P), linearly independent.
    """

    origin: Array
    directions: Array

    def coordinates(self, steps: Array) -> tuple[Array, Array]:
        """Orthogonal projection of differences of θ.

        Args:
            steps: shape (T, P), each measured from the origin.

        Returns:
            u and v of the nearest point of the plane, shape (T, 2); and the distance from the plane, shape (T,).
        """
        basis, triangle = np.linalg.qr(self.directions.T)
        along = steps @ basis
        away = np.linalg.norm(steps - along @ basis.T, axis=1)
        return np.linalg.solve(triangle, along.T).T, away


@dataclass(frozen=True, eq=False)
class Path:
    """A descent path seen in a plane.

    Attributes:
        points: u and v of each θ's projection, shape (T, 2).
        distances: how far each θ is from the plane, shape (T,).
        share: which part of Σ‖θ - origin‖² lies in the plane, 0 to 1; NaN if the path never leaves the origin.
    """

    points: Array
    distances: Array
    share: float


@dataclass(frozen=True, eq=False)
class Descent:
    """∇L at the origin, seen in the plane.

    Attributes:
        slopes: the derivative of the total loss along u and along v, shape (2,).
        projection: u and v of the nearest vector in the plane, shape (2,).
        share: ‖that vector‖ / ‖∇L‖; NaN where ∇L is 0.
    """

    slopes: Array
    projection: Array
    share: float


def parameter_plane(network: Network, first: int, second: int) -> Plane:
    """The plane of two parameters, given as places in θ; u and v are what is added to them.

    Raises:
        NoPlane: both are the same.
    """
    if first == second:
        raise NoPlane("the two parameters are the same one")
    directions = np.zeros((2, network.parameter_count))
    directions[[0, 1], [first, second]] = 1.0
    return Plane(network.theta, freeze(directions))


def random_plane(network: Network, rng: np.random.Generator) -> Plane:
    """Two random directions, each unit's weights and bias made as long as the unit's own (filter-normalised).

    Raises:
        NoPlane: all parameters are 0, and so are both directions.
    """
    rows = []
    for _ in range(2):
        parts = []
        for layer in network.layers:
            own = np.column_stack([layer.w, layer.b])
            drawn = rng.standard_normal(own.shape)
            drawn *= np.linalg.norm(own, axis=1, keepdims=True) / np.linalg.norm(drawn, axis=1, keepdims=True)
            parts += [drawn[:, :-1].ravel(), drawn[:, -1]]
        rows.append(np.concatenate(parts))
    directions = np.array(rows)
    if np.linalg.matrix_rank(directions) < 2:
        raise NoPlane("all parameters are 0, or there is one only")
    return Plane(network.theta, freeze(directions))


def path_plane(network: Network, thetas: Array) -> Plane:
    """The plane of the two largest principal components of a path about where the network is now; unit directions.

    Args:
        network: the origin.
        thetas: shape (T, P).

    Raises:
        NoPlane: the path moves along one direction only, or not at all, or beyond what float64 holds.
    """
    with np.errstate(over="ignore"):
        steps = thetas - network.theta
    if not np.isfinite(steps).all():
        raise NoPlane("a step of the path is too long for float64")
    _, sizes, components = np.linalg.svd(steps, full_matrices=False)
    if len(sizes) < 2 or sizes[1] <= sizes[0] * (max(steps.shape) * np.finfo(np.float64).eps):
        raise NoPlane("the path does not leave one straight line")
    return Plane(network.theta, freeze(oriented(components[:2])))


def project(plane: Plane, thetas: Array) -> Path:
    """See a path of θ, shape (T, P), in the plane."""
    steps = thetas - plane.origin
    points, away = plane.coordinates(steps)
    length = float(np.einsum("ij,ij->", steps, steps))
    share = 1.0 - float(away @ away) / length if length > 0.0 else float("nan")
    return Path(freeze(points), freeze(away), share)


def descent(plane: Plane, network: Network, xs: Array, targets: Array, loss: str, look_up: LookUp = nothing) -> Descent:
    """∇L of the network at the plane's origin; arguments as for ``landscape``."""
    made = batch(network, xs, targets, loss, look_up=look_up)
    gradient = np.concatenate([part.ravel() for layer in made.layers for part in (layer.dl_dw, layer.dl_db)])
    points, _ = plane.coordinates(gradient[None, :])
    length = float(np.linalg.norm(gradient))
    # Not from the distance: of a small share the difference of two squares would keep no digit.
    share = float(np.linalg.norm(points[0] @ plane.directions)) / length if length > 0.0 else float("nan")
    return Descent(freeze(plane.directions @ gradient), freeze(points[0]), share)


def blocks(network: Network) -> Iterator[tuple[slice, slice]]:
    """Per layer where w and b stand in θ."""
    start = 0
    for sending, receiving in pairwise(network.sizes):
        middle = start + sending * receiving
        yield slice(start, middle), slice(middle, middle + receiving)
        start = middle + receiving


def landscape(
    network: Network,
    plane: Plane,
    us: Array,
    vs: Array,
    xs: Array,
    targets: Array,
    loss: str,
    look_up: LookUp = nothing,
    engine: Engine | None = None,
) -> Array:
    """The total loss at every grid point.

    Args:
        network: with its parameters at the plane's origin.
        plane: through them.
        us: values of u, the columns.
        vs: values of v, the rows.
        xs: shape (N, input units).
        targets: shape (N, output units).
        loss: a name in ``LOSSES``.
        look_up: called every few milliseconds; what it raises ends the computation.
        engine: compiled loops, used where they have what the network and its loss need.

    Returns:
        shape (rows, columns), read-only; NaN or infinity where float64 does not reach.
    """
    total = np.zeros((len(vs), len(us)))
    height = height_of(loss, network.activations[-1], targets.shape[1])
    laid = None if engine is None else laid_out(network)
    with np.errstate(all="ignore"):
        for start in range(0, len(xs), PIECE):
            x = np.ascontiguousarray(xs[start : start + PIECE].T)
            target = np.ascontiguousarray(targets[start : start + PIECE].T)
            places = [np.flatnonzero(direction) for direction in plane.directions]
            if engine is not None and laid is not None and height.kind != UNKNOWN:
                total += _compiled(engine, laid, height, plane, us, vs, x, target, look_up)
            elif all(len(place) == 1 for place in places):
                first, second = (int(place[0]) for place in places)
                scale = plane.directions[0, first], plane.directions[1, second]
                moved = place_of(network, first), place_of(network, second)
                total += over_two(network, moved, us * scale[0], vs * scale[1], x, target, loss, look_up)
            else:
                total += _everywhere(network, plane, us, vs, x, target, loss, look_up)
    return freeze(total)


def _compiled(
    engine: Engine,
    laid: Laid,
    height: Height,
    plane: Plane,
    us: Array,
    vs: Array,
    x: Array,
    target: Array,
    look_up: LookUp,
) -> Array:
    """All of θ changes, in compiled loops, so many grid points at a time."""
    places = flat_places(laid.sizes.tolist())
    moved = np.ascontiguousarray(plane.origin[places]), np.ascontiguousarray(plane.directions[:, places])
    call = engine.landscape(laid, height, moved, (np.vstack([x, np.ones(x.shape[1])]), target))
    grid = np.stack(np.meshgrid(us, vs), axis=-1).reshape(-1, 2)
    total = np.empty(len(grid))
    step = max(1, AT_ONCE // (x.shape[1] * len(places)))
    for start in range(0, len(grid), step):
        look_up()
        call(grid[start : start + step], total[start : start + step])
    return total.reshape(len(vs), len(us))


def _everywhere(
    network: Network, plane: Plane, us: Array, vs: Array, x: Array, target: Array, loss: str, look_up: LookUp
) -> Array:
    """All of θ changes: weights stacked, a chunk of grid points at a time, in buffers that are made once."""
    examples = x.shape[1]
    # What is computed for a chunk stays in the cache, and so do its weights, which are stacked for each point.
    fits = min(CHUNK_NUMBERS // (examples * max(network.sizes[1:])), CHUNK_WEIGHTS // network.parameter_count)
    chunk = int(np.clip(fits, 1, MOST_POINTS))
    grid = np.stack(np.meshgrid(us, vs), axis=-1).reshape(-1, 2)
    total = np.empty(len(grid))
    with_ones = np.vstack([x, np.ones(examples)])
    # Where (w | b) of each unit lies in θ: the bias is the weight of an input that is always 1.
    places = np.arange(network.parameter_count)
    matrices = [
        np.column_stack([places[w].reshape(len(layer.b), -1), places[b]])
        for layer, (w, b) in zip(network.layers, blocks(network), strict=True)
    ]
    # Space for a row of ones behind each hidden layer's a.
    buffers = [np.ones((chunk, units + 1, examples)) for units in network.sizes[1:-1]]
    outputs = np.empty((chunk, network.sizes[-1], examples))
    first = np.empty((chunk * len(matrices[0]), examples))
    for start in range(0, len(grid), chunk):
        look_up()
        theta = plane.origin + grid[start : start + chunk] @ plane.directions
        points = len(theta)
        # One product for all points of the grid.
        z = first[: points * len(matrices[0])]
        np.dot(theta[:, matrices[0]].reshape(-1, len(with_ones)), with_ones, out=z)
        z = z.reshape(points, -1, examples)
        for layer, (activation, matrix) in enumerate(zip(network.activations[:-1], matrices[1:], strict=True)):
            a = buffers[layer][:points]
            run_into(activation, z, a[:, :-1])
            z = (outputs if layer == len(buffers) - 1 else buffers[layer + 1][:, :-1])[:points]
            np.matmul(theta[:, matrix], a, out=z)
        z = np.ascontiguousarray(z.transpose(1, 0, 2)).reshape(z.shape[1], -1)
        a = run(network.activations[-1], z)
        total[start : start + chunk] = total_losses(network, z, a, target, loss)
    return total.reshape(len(vs), len(us))


def along(network: Network, thetas: Array, xs: Array, targets: Array, loss: str, look_up: LookUp = nothing) -> Array:
    """The true total loss at each θ of a path, shape (T,): the path's height, on or off the plane.

    Args:
        network: gives the shape and the activations.
        thetas: shape (T, P).
        xs: shape (N, input units).
        targets: shape (N, output units).
        loss: a name in ``LOSSES``.
        look_up: called every few milliseconds; what it raises ends the computation.
    """
    x, target = xs.T, targets.T
    heights = np.empty(len(thetas))
    with np.errstate(all="ignore"):
        for index, theta in enumerate(thetas):
            layers = tuple(
                Layer(theta[weights].reshape(layer.w.shape), theta[biases], layer.activation)
                for layer, (weights, biases) in zip(network.layers, blocks(network), strict=True)
            )
            there, each = Network(layers), np.empty(x.shape[1])
            for part in pieces(x.shape[1], network.parameter_count, sum(network.sizes[1:])):
                look_up()
                each[part] = loss_values(there, x[:, part], target[:, part], loss)
            heights[index] = each.sum()
    return freeze(heights)
