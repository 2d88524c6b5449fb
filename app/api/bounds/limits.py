"""The limits on what one request may ask for, checked once the shapes are known and before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil

from ..wire.problems import over_limit

Limits = Mapping[str, int]


def parameter_count(sizes: Sequence[int]) -> int:
    """Weights and biases of a network with ``sizes`` units per layer, the input layer first."""
    return sum(receiving * (sending + 1) for sending, receiving in pairwise(sizes))


def check_network(sizes: Sequence[int], limits: Limits, pointer: str) -> int:
    """Hold a network against the limits layers, units and parameters.

    Args:
        sizes: units per layer, the input layer first.
        limits: the limits by name.
        pointer: where the request describes the layers.

    Returns:
        the number of its parameters.

    Raises:
        Problem: one of them is exceeded.
    """
    layers = len(sizes) - 1
    if layers > limits["layers"]:
        raise over_limit("layers", limits["layers"], f"this network has {layers} layers", pointer)
    if max(sizes) > limits["units"]:
        raise over_limit("units", limits["units"], "a layer of this network has more units", pointer)
    parameters = parameter_count(sizes)
    if parameters > limits["parameters"]:
        raise over_limit("parameters", limits["parameters"], f"this network has {parameters} parameters", pointer)
    return parameters


def check_steps(count: int, limits: Limits) -> None:
    """Hold a number of steps against the limit steps. Raises ``Problem``."""
    if count > limits["steps"]:
        raise over_limit("steps", limits["steps"], f"at this granularity the trace has {count} steps", "/steps")


def check_batch(sizes: Sequence[int], samples: int, per_example: bool, limits: Limits) -> None:
    """Hold a batch against the limits samples and batch_numbers. Raises ``Problem``."""
    if samples > limits["samples"]:
        raise over_limit("samples", limits["samples"], f"this batch has {samples} examples", "/xs")
    numbers = samples * (parameter_count(sizes) if per_example else sum(sizes))
    if numbers > limits["batch_numbers"]:
        came = f"this batch makes {numbers} numbers"
        raise over_limit("batch_numbers", limits["batch_numbers"], came, "/per_example" if per_example else "/xs")


def check_gradient_check(sizes: Sequence[int], limits: Limits) -> None:
    """Hold a gradient check against the limit checked_parameters. Raises ``Problem``."""
    parameters = parameter_count(sizes)
    if parameters > limits["checked_parameters"]:
        came = f"this network has {parameters} parameters"
        raise over_limit("checked_parameters", limits["checked_parameters"], came, "/network/layers")


def check_seconds(seconds: float, limits: Limits) -> None:
    """Hold how long a computation will take against the limit work_seconds. Raises ``Problem``."""
    if seconds > limits["work_seconds"]:
        came = f"this would take about {ceil(seconds)} s: ask for fewer points, or give fewer examples"
        raise over_limit("work_seconds", limits["work_seconds"], came, "/resolution")
