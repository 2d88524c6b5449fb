"""Every unit's a over a grid of the input plane: the decision map and the response of each unit.

The grid is run in blocks of rows, and what a block gives is written where the answer is to lie. On a grid the first
layer's z is the sum of what each of the two inputs brings, so it is added up from two short vectors and needs no matrix
product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array, freeze, frozen
from ..engine import Engine, flat_places, laid_out
from ..looking import LookUp, nothing
from ..network import Network
from .two_parameters import run_into

BLOCK_NUMBERS = 120_000
"""Numbers of one layer made at a time."""
BLOCK = 10_000
"""Grid points run at a time: few calls, and still in the processor's second-level cache."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A grid over one or two inputs, the others held.

    Attributes:
        inputs: which inputs vary, one or two places in x.
        x_values: the values of the first, ascending.
        y_values: the values of the second, ascending; a single 0 if only one input varies.
        held: x at which all other inputs stay, shape (input units,).
    """

    inputs: tuple[int, ...]
    x_values: Array
    y_values: Array
    held: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Rows (the second input) and columns (the first)."""
        return len(self.y_values), len(self.x_values)

    def points(self) -> Array:
        """Every point of the grid as an input, shape (rows * columns, input units)."""
        xs = np.tile(self.held, (len(self.y_values) * len(self.x_values), 1))
        rows, columns = np.meshgrid(self.y_values, self.x_values, indexing="ij")
        xs[:, self.inputs[0]] = columns.ravel()
        if len(self.inputs) == 2:
            xs[:, self.inputs[1]] = rows.ravel()
        return xs


def grid_of(
    inputs: Sequence[int], low: Sequence[float], high: Sequence[float], held: Sequence[float], resolution: int
) -> Grid:
    """An even grid of ``resolution`` values of each varying input, both ends included."""
    values = [np.linspace(start, stop, resolution) for start, stop in zip(low, high, strict=True)]
    second = frozen(values[1]) if len(inputs) == 2 else frozen([0.0])
    return Grid(tuple(inputs), frozen(values[0]), second, frozen(held))


@dataclass(frozen=True, eq=False)
class Regions:
    """What every unit does over a grid.

    Attributes:
        grid: where.
        layers: per layer wanted a, shape (units, rows, columns).
        decision: the class chosen at each point, shape (rows, columns): the largest of several outputs, or whether a
            single sigmoid output is over 0.5; None for a single output of another kind.
    """

    grid: Grid
    layers: tuple[Array, ...]
    decision: NDArray[np.intp] | None


def regions(
    network: Network,
    grid: Grid,
    wanted: Sequence[int] | None = None,
    look_up: LookUp = nothing,
    engine: Engine | None = None,
) -> Regions:
    """Run the whole grid through the network.

    Args:
        network: its first layer receives ``len(grid.held)`` inputs.
        grid: the points.
        wanted: of which layers a is kept, ascending; None for all.
        look_up: called every few milliseconds; what it raises ends the computation.
        engine: compiled loops, used where they have what the network needs.
    """
    rows, columns = grid.shape
    last = len(network.layers) - 1
    kept = range(last + 1) if wanted is None else wanted
    layers = {layer: np.empty((network.sizes[layer + 1], rows, columns)) for layer in {*kept, last}}
    step = max(1, min(BLOCK, BLOCK_NUMBERS // max(network.sizes[1:])) // columns)
    laid = None if engine is None else laid_out(network)
    if engine is not None and laid is not None:
        where = grid.inputs, grid.x_values, grid.y_values, grid.held
        respond = engine.respond(laid, network.theta[flat_places(network.sizes)], where, layers)
        for start in range(0, rows, step):
            look_up()
            respond(start, min(start + step, rows))
    else:
        _by_numpy(network, grid, layers, step, look_up)
    for whole in layers.values():
        freeze(whole)
    return Regions(grid, tuple(layers[layer] for layer in kept), decide(layers[last], network.activations[-1]))


def _by_numpy(network: Network, grid: Grid, layers: dict[int, Array], step: int, look_up: LookUp) -> None:
    """The layers wanted, so many rows at a time."""
    rows, columns = grid.shape
    across, down = _first_layer(network, grid)
    with np.errstate(all="ignore"):
        for start in range(0, rows, step):
            here = slice(start, min(start + step, rows))
            a: Array = np.empty(0)
            for place, layer in enumerate(network.layers):
                look_up()
                # z and then a where the answer is to lie: fresh memory would cost as much as the tanh.
                units = len(layer.b)
                block = layers[place][:, here] if place in layers else np.empty((units, len(down[0, here]), columns))
                z = block.reshape(units, -1)
                if place == 0:
                    np.add(down[:, here, None], across[:, None, :], block)
                else:
                    np.matmul(layer.w, a, out=z)
                    np.add(z, layer.b[:, None], z)
                run_into(layer.activation, z, z)
                a = z


def _first_layer(network: Network, grid: Grid) -> tuple[Array, Array]:
    """What z of the first layer is the sum of: what the columns bring, bias and all, and what the rows bring."""
    first = network.layers[0]
    rest = grid.held.copy()
    rest[list(grid.inputs)] = 0.0
    across = first.w[:, grid.inputs[0], None] * grid.x_values + (first.w @ rest + first.b)[:, None]
    if len(grid.inputs) == 2:
        return across, first.w[:, grid.inputs[1], None] * grid.y_values
    return across, np.zeros((len(first.b), 1))


def decide(outputs: Array, activation: str) -> NDArray[np.intp] | None:
    """The class that outputs of shape (units, …) name, shape (…); None where they name none."""
    if len(outputs) > 1:
        chosen: NDArray[np.intp] = np.argmax(outputs, axis=0)
        return chosen
    if activation == "sigmoid":
        over: NDArray[np.intp] = (outputs[0] > 0.5).astype(np.intp)
        return over
    return None
