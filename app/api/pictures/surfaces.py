"""What several fields of a request for a surface must have in common, and its limits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ... import kernel
from ...core.arrays import Array
from ...core.engine import UNKNOWN, pays
from ...core.network import Network
from ...core.pictures.landscape import NoPlane, Plane, parameter_plane, path_plane, project, random_plane
from ...core.record.output_rules import height_of
from ...core.record.parameter import NoParameter, Parameter, parameter_at
from ..bounds.limits import Limits, check_network, check_seconds, parameter_count
from ..network.shapes import FIRST, LAST, Errors, check_loss, lay_out, misfit, ragged
from ..wire.problems import InputError, invalid, over_limit, refuse
from .costs import Surface, landscape_seconds
from .surface_schemas import LandscapeRequest, RegionsRequest

MARGIN = 0.25


def check_range(low: list[float], high: list[float]) -> Errors:
    """Errors where a range is none."""
    return [
        InputError(f"/high/{index}", "out_of_range", "Expected more than the number at the same place in low.")
        for index, (start, stop) in enumerate(zip(low, high, strict=True))
        if start >= stop or not np.isfinite(stop - start)
    ]


def check_grid(points: int, limits: Limits) -> None:
    """Hold a grid against the limit grid_points. Raises ``Problem``."""
    if points > limits["grid_points"]:
        raise over_limit("grid_points", limits["grid_points"], f"this grid has {points} points", "/resolution")


class Chosen(NamedTuple):
    """The two parameters that span a plane, and their places in θ."""

    parameters: tuple[Parameter, Parameter]
    places: tuple[int, int]


def theta_place(sizes: tuple[int, ...], parameter: Parameter) -> int:
    """Where a weight or bias stands in θ."""
    start = parameter_count(sizes[: parameter.layer + 1])
    sending, receiving = sizes[parameter.layer], sizes[parameter.layer + 1]
    unit = parameter.unit or 0
    return start + (sending * receiving + unit if parameter.column is None else unit * sending + parameter.column)


def check_landscape(body: LandscapeRequest, limits: Limits) -> Chosen | None:
    """Hold a request for a landscape together; gives the two parameters if it names two.

    Raises:
        Problem: it does not hold together, or goes over a limit.
    """
    errors: Errors = []
    sizes = lay_out(body.network, [], errors)
    errors += ragged(body.xs, sizes[0], FIRST, "/xs")
    errors += ragged(body.targets, sizes[-1], LAST, "/targets")
    if len(body.targets) != len(body.xs):
        errors.append(misfit("/targets", len(body.xs), "one per row of xs", len(body.targets)))
    check_loss(body.network, body.loss, errors)
    if body.path is not None:
        errors += ragged(body.path, parameter_count(sizes), "one per weight and bias", "/path")
    if (body.pointers is None) == (body.directions is None):
        errors.append(InputError("", "not_exactly_one", "Expected exactly one of pointers and directions."))
    if body.directions == "path" and body.path is None:
        errors.append(InputError("/path", "missing", "Expected a path together with directions path."))
    if (body.low is None) != (body.high is None):
        errors.append(InputError("/high", "missing", "Expected low and high together."))
    if body.low is not None and body.high is not None:
        errors += check_range(body.low, body.high)
    if errors:
        raise invalid(errors)
    parameters = check_network(sizes, limits, "/network/layers")
    if len(body.xs) > limits["samples"]:
        raise over_limit("samples", limits["samples"], f"this request has {len(body.xs)} examples", "/xs")
    points = body.resolution**2
    check_grid(points, limits)
    work = (points + len(body.path or ())) * len(body.xs) * parameters
    if work > limits["surface_products"]:
        came = f"grid points × examples × parameters is {work}"
        raise over_limit("surface_products", limits["surface_products"], came, "/resolution")
    activations = [layer.activation for layer in body.network.layers]
    path = len(body.path or ())
    chosen = None if body.pointers is None else _chosen(sizes, body.pointers)
    moved = None if chosen is None else (chosen.parameters[0].layer, chosen.parameters[1].layer)
    surface = Surface(sizes, activations, len(body.xs), points, path, moved)
    known = height_of(body.loss, activations[-1], sizes[-1]).kind != UNKNOWN
    compiled = kernel.engine() is not None and known and pays(parameters, activations)
    check_seconds(landscape_seconds(surface, compiled), limits)
    return chosen


def _chosen(sizes: tuple[int, ...], pointers: list[str]) -> Chosen:
    found = []
    for index, pointer in enumerate(pointers):
        try:
            parameter = parameter_at(sizes, pointer)
        except NoParameter:
            parameter = None
        if parameter is None or parameter.name == "x":
            detail = "Expected the address of a weight or a bias of this network, such as /layers/0/w/0/0."
            raise refuse(f"/pointers/{index}", "no_such_parameter", detail)
        found.append(parameter)
    if found[0] == found[1]:
        raise refuse("/pointers/1", "no_plane", "Expected another parameter than the first.")
    return Chosen((found[0], found[1]), (theta_place(sizes, found[0]), theta_place(sizes, found[1])))


def plane_of(body: LandscapeRequest, network: Network, chosen: Chosen | None) -> Plane:
    """The plane that a checked request asks for.

    Raises:
        Problem: its directions span none.
    """
    if chosen is not None:
        return parameter_plane(network, *chosen.places)
    try:
        if body.directions == "path":
            return path_plane(network, np.array(body.path))
        return random_plane(network, np.random.default_rng(body.seed))
    except NoPlane as error:
        pointer = "/path" if body.directions == "path" else "/network/layers"
        raise refuse(pointer, "no_plane", f"These directions span no plane: {error}.") from None


def window(body: LandscapeRequest, plane: Plane, origin: Array) -> tuple[Array, Array]:
    """The smallest and the largest u and v that are to be seen, as steps from the plane's origin."""
    if body.low is not None and body.high is not None:
        return np.array(body.low) - origin, np.array(body.high) - origin
    reach = np.maximum(1.0, np.abs(origin))
    corners = np.zeros((1, 2)) if body.directions == "path" else np.array([-reach, reach])
    if body.path is not None:
        corners = np.vstack([corners, project(plane, np.array(body.path)).points, [[0.0, 0.0]]])
    low, high = corners.min(axis=0), corners.max(axis=0)
    if body.directions == "path" or body.path is not None:
        margin = MARGIN * (high - low)
        low, high = low - margin, high + margin
    if body.directions == "path":
        # As far along either direction, so that an angle in the picture is the angle between steps of θ.
        middle, half = (low + high) / 2, (high - low).max() / 2
        low, high = middle - half, middle + half
    return low, high


def check_regions(body: RegionsRequest, limits: Limits) -> None:
    """Hold a request for regions together. Raises ``Problem``."""
    errors: Errors = []
    sizes = lay_out(body.network, [], errors)
    count = len(body.inputs)
    for index, place in enumerate(body.inputs):
        if not 0 <= place < sizes[0]:
            detail = f"Expected a place in x, 0 to {sizes[0] - 1}; got another number."
            errors.append(InputError(f"/inputs/{index}", "out_of_range", detail))
    if count == 2 and body.inputs[0] == body.inputs[1]:
        errors.append(InputError("/inputs/1", "no_plane", "Expected another input than the first."))
    for name in ("low", "high"):
        if len(getattr(body, name)) != count:
            errors.append(misfit(f"/{name}", count, "one per varying input", len(getattr(body, name))))
    if body.held is not None and len(body.held) != sizes[0]:
        errors.append(misfit("/held", sizes[0], FIRST, len(body.held)))
    if body.xs is not None:
        errors += ragged(body.xs, sizes[0], FIRST, "/xs")
    wanted = range(len(sizes) - 1) if body.layers is None else body.layers
    for index, layer in enumerate(wanted):
        if not 0 <= layer < len(sizes) - 1 or (index > 0 and layer <= wanted[index - 1]):
            detail = f"Expected layers of this network, 0 to {len(sizes) - 2}, ascending; got another number."
            errors.append(InputError(f"/layers/{index}", "out_of_range", detail))
    if not errors:
        errors += check_range(body.low, body.high)
    if errors:
        raise invalid(errors)
    check_network(sizes, limits, "/network/layers")
    if body.xs is not None and len(body.xs) > limits["samples"]:
        raise over_limit("samples", limits["samples"], f"this request has {len(body.xs)} examples", "/xs")
    points = body.resolution**count
    check_grid(points, limits)
    for rows, pointer in ((points, "/resolution"), (len(body.xs or ()), "/xs"), (body.lines**count, "/lines")):
        if rows * sum(sizes) > limits["batch_numbers"]:
            came = f"this makes {rows * sum(sizes)} numbers"
            raise over_limit("batch_numbers", limits["batch_numbers"], came, pointer)
