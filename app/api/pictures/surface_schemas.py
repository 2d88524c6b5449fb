"""What clients send to see a network's surfaces: the loss landscape, the response of its units over the input plane."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import FailFast, Field

from ..network.schemas import LossName, Network
from ..wire.documenting import documented
from ..wire.incoming.validation import Body
from ..wire.incoming.values import MAX_SEED, Matrix, StopAtFirst, Vector
from . import surface_examples

# Part of a union, so hashable.
Rows = Annotated[list[Vector], StopAtFirst(), Field(min_length=1)]
Pair = Annotated[list[float], StopAtFirst(), Field(min_length=2, max_length=2)]
OneOrTwo = Annotated[list[float], StopAtFirst(), Field(min_length=1, max_length=2)]
Pointers = Annotated[list[str], StopAtFirst(), Field(min_length=2, max_length=2)]


class LandscapeRequest(Body):
    """A plane through all parameters over which the total loss is wanted."""

    model_config = documented(surface_examples.LANDSCAPE)

    network: Network = Field(description="The network; its parameters are where the plane is laid through.")
    xs: Matrix = Field(description="Inputs, one row per example.")
    targets: Matrix = Field(description="Targets, one row per example.")
    loss: LossName = Field(description="Loss function of one example.")
    pointers: Pointers | None = Field(
        default=None,
        description="Addresses of two weights or biases, such as /layers/0/w/0/1: the plane of these two. Either this "
        "or directions.",
    )
    directions: Literal["path", "random"] | None = Field(
        default=None,
        description="path: the two principal components of the path about this network; random: two random "
        "directions, each unit's part as long as the unit's own parameters.",
    )
    path: Rows | None = Field(
        default=None,
        description="A path of descent to be projected: one θ per row, of each layer w row by row, then b.",
    )
    seed: int = Field(default=0, ge=0, le=MAX_SEED, description="Seed of the random directions.")
    low: Pair | None = Field(
        default=None,
        description="The smallest u and v: values of the two parameters, or steps along the two directions. By "
        "default what shows the path and the network.",
    )
    high: Pair | None = Field(default=None, description="The largest u and v, likewise.")
    resolution: int = Field(default=41, ge=2, le=200, description="Values of u, and as many of v.")

    def name_count(self) -> int:
        """Its own names and those of the network."""
        return len(self.model_fields_set) + self.network.name_count()


class RegionsRequest(Body):
    """A grid over one or two inputs at which every unit's a is wanted."""

    model_config = documented(surface_examples.REGIONS)

    network: Network = Field(description="The network.")
    inputs: Annotated[list[int], FailFast(), Field(min_length=1, max_length=2)] = Field(
        description="Which inputs vary, 0-based: two different ones, or one."
    )
    low: OneOrTwo = Field(description="The smallest value of each of them.")
    high: OneOrTwo = Field(description="The largest value of each of them.")
    held: Vector | None = Field(default=None, description="x at which the other inputs are held; zeros by default.")
    resolution: int = Field(default=50, ge=2, le=500, description="Values of each varying input.")
    layers: Annotated[list[int], StopAtFirst(), Field(min_length=1)] | None = Field(
        default=None,
        description="Of which layers the units are wanted, 0-based and ascending; all by default. The decision comes "
        "in any case.",
    )
    xs: Rows | None = Field(
        default=None, description="Data whose coordinates in every layer are wanted too, one row per example."
    )
    lines: int = Field(
        default=15, ge=2, le=50, description="Values of each varying input in the grid that is bent along with xs."
    )

    def name_count(self) -> int:
        """Its own names and those of the network."""
        return len(self.model_fields_set) + self.network.name_count()


class LoopOrMatrixRequest(Body):
    """Which sizes of a layer to measure."""

    model_config = documented(surface_examples.LOOP_OR_MATRIX)

    sizes: Annotated[list[Annotated[int, Field(ge=1, le=512)]], FailFast(), Field(min_length=1, max_length=16)] = Field(
        description="Units that send, and as many that receive; up to 512.",
    )
