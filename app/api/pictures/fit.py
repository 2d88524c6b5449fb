"""What a fit plot is asked of, and what the network answers to the data in their own units."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np
from pydantic import Field

from ...core.arrays import Array
from ...core.network import Network
from ...core.record.forward import each_layer
from ...core.training.scaling import Scaling
from ...figures.fit import Part
from ...looking import look_up
from ..network.shapes import Errors, core_network
from ..training.network_and_data import NetworkAndData, laid_out, scalings
from ..wire.documenting import Example, documented
from ..wire.problems import InputError, invalid
from .figure_schemas import FigureRequest, names_in

CURVE_POINTS = 200
AIR = 0.05
"""Of the span of the inputs, how much further the curve goes on either side."""
Name = Annotated[str, Field(min_length=1, max_length=100)]

FIT: Final[Example] = {
    "network": {"layers": [{"w": [[0.9]], "b": [0.1], "activation": "linear"}]},
    "xs": [[61], [95], [126], [167]],
    "targets": [[178000], [268000], [365000], [478000]],
    "test_xs": [[103]],
    "test_targets": [[301500]],
    "scaling": {"shift": [112.25], "scale": [39.21], "target_shift": [322250], "target_scale": [111652]},
    "input_name": "area",
    "target_name": "price",
}


class FitRequest(NetworkAndData, FigureRequest):
    """A network and its data, of which a fit plot is to be drawn."""

    model_config = documented(FIT)

    output: int = Field(default=0, ge=0, description="Which output is drawn against its target, 0-based.")
    input_name: Name = Field(default="x", description="What the first input is called.")
    target_name: Name | None = Field(default=None, description="What the target is called, if it has a name.")
    stacked: bool = Field(default=False, description="Whether its panels stand one above the other.")

    def name_count(self) -> int:
        """Its own names and those of the objects inside."""
        return names_in(self)


def sizes_of(request: FitRequest) -> tuple[int, ...]:
    """Units per layer of the network of a request.

    Raises:
        Problem: the request does not hold together.
    """
    errors: Errors = []
    sizes = laid_out(request, errors)
    if request.output >= sizes[-1]:
        errors.append(InputError("/output", "too_large", f"Expected less than {sizes[-1]}, the number of outputs."))
    if errors:
        raise invalid(errors)
    return sizes


def answered(network: Network, scaled: tuple[Scaling | None, Scaling | None], xs: Array, output: int) -> Array:
    """What the network answers at one output, in its target's own unit, shape (N,)."""
    of_xs, of_targets = scaled
    with np.errstate(all="ignore"):
        a: Array = each_layer(network, (xs if of_xs is None else of_xs.standardised(xs)).T, look_up)[-1][output]
        return a if of_targets is None else a * of_targets.scale[output] + of_targets.shift[output]


def parts_of(request: FitRequest) -> tuple[list[Part], tuple[Array, Array] | None]:
    """The examples with what the network answers, and for one input the curve. Raises ``Problem``."""
    network, scaled, output = core_network(request.network), scalings(request.scaling), request.output
    parts = []
    for xs, targets, held_out in (
        (request.xs, request.targets, False),
        (request.test_xs, request.test_targets, True),
    ):
        if xs and targets:
            rows = np.array(xs, np.float64)
            answers = answered(network, scaled, rows, output)
            parts.append(Part(rows, np.array(targets, np.float64)[:, output], answers, held_out))
    if not all(np.isfinite(part.outputs).all() for part in parts):
        raise invalid([InputError("/network", "not_finite", "Expected a network whose outputs float64 can hold.")])
    if network.sizes[0] != 1:
        return parts, None
    across = np.concatenate([part.xs[:, 0] for part in parts])
    air = AIR * float(np.ptp(across)) or 1.0
    at = np.linspace(across.min() - air, across.max() + air, CURVE_POINTS)
    return parts, (at, np.nan_to_num(answered(network, scaled, at[:, np.newaxis], output)))
