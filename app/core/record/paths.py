"""Every path by which one weight or bias reaches the loss, and what each contributes to the derivative.

By the chain rule ∂l/∂w is a sum over all paths from the weight to the loss, of the product of what stands along it:
gains and weights in turn, ∂l/∂y at the end. A network of L layers of n units has n^(L-1) of them; the backward pass
adds them up by taking out common factors, layer by layer, which is all its secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import frexp, fsum, inf, isfinite, ldexp, nan, prod

from ..functions.activations import ACTIVATIONS
from .layout import Structure
from .parameter import Parameter
from .trace import Trace


@dataclass(frozen=True)
class Path:
    """One path.

    Attributes:
        units: the unit it goes through in each layer, from the one that receives the weight to the output layer.
        output: the output whose a it ends at; with softmax, where every a depends on every z, any of them.
        factors: positions of the numbers along it, in order.
        product: their product.
    """

    units: tuple[int, ...]
    output: int
    factors: tuple[int, ...]
    product: float


@dataclass(frozen=True)
class Paths:
    """All paths of one parameter.

    Attributes:
        parameter: a weight or a bias.
        count: how many there are; exact.
        paths: each of them, or none if there are more than the limit asked for.
        analytic: the derivative by backpropagation.
    """

    parameter: Parameter
    count: int
    paths: tuple[Path, ...]
    analytic: float

    @property
    def listed(self) -> bool:
        """Whether the paths are there."""
        return bool(self.paths)

    @cached_property
    def sum(self) -> float | None:
        """The sum of all products, which is the derivative; None if they are not listed."""
        return total([path.product for path in self.paths]) if self.listed else None


def _choices(structure: Structure, parameter: Parameter) -> list[int]:
    """Among how many units a path chooses, layer by layer behind the parameter's own unit."""
    choices = list(structure.sizes[parameter.layer + 2 :])
    if ACTIVATIONS[structure.output_activation].reads_whole_layer:
        choices.append(structure.sizes[-1])
    return choices


def count_paths(structure: Structure, parameter: Parameter) -> int:
    """How many paths ``paths`` would find, without a trace."""
    return prod(_choices(structure, parameter))


def paths(record: Trace, parameter: Parameter, limit: int) -> Paths:
    """Find the paths from a weight or a bias to the loss (or to the injected signal, if the trace has one).

    Args:
        record: the trace.
        parameter: one of its weights or biases.
        limit: how many are listed.
    """
    spans = record.layout
    choices = _choices(spans.structure, parameter)
    count = prod(choices)
    listed = tuple(_walk(record, parameter, choices)) if count <= limit else ()
    return Paths(parameter, count, listed, record.numbers[parameter.gradient_position(spans)])


def _walk(record: Trace, parameter: Parameter, choices: list[int]) -> Iterator[Path]:
    """Each path, in the order of its units."""
    spans, numbers = record.layout, record.numbers
    last, first_unit = len(spans.layers) - 1, parameter.unit or 0
    sent = () if parameter.column is None else (spans.inputs(parameter.layer).at(parameter.column),)
    for chosen in product(*(range(size) for size in choices)):
        units = (first_unit, *chosen)[: last - parameter.layer + 1]
        output = chosen[-1] if spans.layers[-1].jacobian else units[-1]
        factors = [*sent]
        for index, unit in enumerate(units, start=parameter.layer):
            layer = spans.layers[index]
            factors.append(layer.jacobian.at(output, unit) if layer.jacobian else layer.gain.at(unit))
            if index < last:
                factors.append(spans.layers[index + 1].w.at(units[index + 1 - parameter.layer], unit))
        factors.append(spans.layers[-1].dl_da.at(output))
        yield Path(units, output, tuple(factors), multiplied([numbers[position] for position in factors]))


def multiplied(factors: list[float]) -> float:
    """The product, also where a part of it would over- or underflow on the way; NaN for 0 times infinity."""
    mantissa, exponent = 1.0, 0
    for factor in factors:
        part, power = frexp(factor)
        mantissa, exponent = mantissa * part, exponent + power
    try:
        return ldexp(mantissa, exponent)
    except OverflowError:
        return inf if mantissa > 0 else -inf


def total(products: list[float]) -> float:
    """The sum, rounded once; NaN or infinite where float64 cannot hold it."""
    if not all(map(isfinite, products)):
        return nan
    try:
        return fsum(products)
    except OverflowError:
        return nan
