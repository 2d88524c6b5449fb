"""A small network's two passes as straight-line Python: one local variable per number, one line per operation.

For a network of a dozen weights every NumPy call costs more than its arithmetic. So for small structures the
unit-level plan is written out as Python source once, compiled, and kept; running it is several times
faster than the matrix form and gives the same numbers up to the order of additions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ...functions.activations import ACTIVATIONS
from ...functions.losses import LOSSES, OutputRule
from ...functions.scalars import SCALARS
from ..layout import Layout, Structure, layout
from ..plan import Operation, is_paired, plan
from .symbolic import Name, Writer

Run = Callable[[list[float], float], tuple[float, ...]]
Names = Callable[[int], str]

FUNCTIONS = tuple(vars(SCALARS))
LARGEST_PARAMETER_COUNT = 160
"""Above this many weights and biases the matrix form is faster."""


@lru_cache(maxsize=256)
def suits(structure: Structure) -> bool:
    """Whether this structure is small and element by element, so that ``compiled`` may be used."""
    parameters = sum(receiving * (sending + 1) for sending, receiving in pairwise(structure.sizes))
    whole = any(ACTIVATIONS[name].reads_whole_layer for name in structure.activations)
    return parameters <= LARGEST_PARAMETER_COUNT and not whole


def _products(reads: tuple[int, ...], names: Names) -> str:
    return " + ".join(f"{names(p)} * {names(q)}" for p, q in zip(reads[::2], reads[1::2], strict=True))


class _Source:
    """The lines of one structure, written from top to bottom."""

    def __init__(self, spans: Layout) -> None:
        self.spans = spans
        self.writer = Writer(FUNCTIONS)
        structure = spans.structure
        self.loss = LOSSES[structure.loss]
        self.output = ACTIVATIONS[structure.output_activation]
        self.pair = self.loss.pairs.get(self.output.name)
        self.scale = self.loss.scale(structure.sizes[-1])

    def assign(self, target: str, value: object) -> None:
        self.writer.lines.append(f"{target} = {value}")

    def forward(self, operation: Operation, names: Names) -> None:
        (target,), reads = operation.writes, operation.reads
        if operation.name == "weighted_sum":
            self.assign(names(target), f"{_products(reads[:-1], names)} + {names(reads[-1])}")
        else:
            assert operation.layer is not None
            function = ACTIVATIONS[self.spans.structure.activations[operation.layer]].function
            self.assign(names(target), function(Name(self.writer, names(reads[0])), self.writer))

    def of_output(self, rule: OutputRule, unit: int, names: Names) -> object:
        """What a rule of the loss gives for one output unit."""
        last = self.spans.layers[-1]
        z, a, target = (Name(self.writer, names(span.at(unit))) for span in (last.z, last.a, self.spans.target))
        return rule(z, a, self.output.residual(z, a, target, self.writer), target, self.writer)

    def total(self, result: str, names: Names) -> None:
        element = self.pair.element if self.pair else self.loss.element
        elements = [str(self.of_output(element, unit, names)) for unit in range(self.spans.target.rows)]
        self.assign(result, f"{self.scale} * ({' + '.join(elements)})")

    def slope(self, result: str, rule: OutputRule, unit: int, names: Names) -> None:
        self.assign(result, f"{self.scale} * {self.of_output(rule, unit, names)}")


def _lines(spans: Layout) -> list[str]:
    structure = spans.structure
    source = _Source(spans)
    operations = plan(structure, "unit").operations
    forward = [operation for operation in operations if operation.phase == "forward"]
    updated = {
        old: new
        for layer in spans.layers
        for old_span, new_span in ((layer.w, layer.new_w), (layer.b, layer.new_b))
        for old, new in zip(old_span.positions, new_span.positions, strict=True)
    }

    def name(position: int) -> str:
        return f"v{position}"

    def name_after(position: int) -> str:
        if position in updated:
            return f"v{updated[position]}"
        return f"v{position}" if position < spans.given_count else f"u{position}"

    for operation in operations:
        reads = [name(position) for position in operation.reads]
        writes = [name(position) for position in operation.writes]
        unit = operation.unit
        match operation.name:
            case "weighted_sum" | "activation":
                source.forward(operation, name)
            case "loss" if operation.phase == "loss":
                source.total(writes[0], name)
            case "loss":
                for again in forward:
                    source.forward(again, name_after)
                source.total(writes[0], name_after)
            case "gain":
                assert operation.layer is not None
                derivative = ACTIVATIONS[structure.activations[operation.layer]].derivative
                source.assign(writes[0], derivative(Name(source.writer, reads[0]), source.writer))
            case "loss_gradient":
                assert unit is not None
                source.slope(writes[0], source.loss.derivative, unit, name)
            case "amplify" if source.pair and operation.layer == len(spans.layers) - 1 and is_paired(structure):
                assert unit is not None
                source.slope(writes[0], source.pair.dl_dz, unit, name)
            case "amplify":
                source.assign(writes[0], f"{reads[0]} * {reads[1]}")
            case "backward_sum" | "input_gradient":
                source.assign(writes[0], _products(operation.reads, name))
            case "weight_gradient":
                for write, sent in zip(writes, reads[1:], strict=True):
                    source.assign(write, f"{reads[0]} * {sent}")
            case "bias_gradient" | "inject":
                source.assign(writes[0], reads[0])
            case "weight_change" | "bias_change":
                mu = name(spans.momentum)
                for write, previous, gradient in zip(writes, reads[::2], reads[1::2], strict=True):
                    source.assign(write, f"{mu} * {previous} - eta * {gradient}")
            case _ if structure.momentum:
                for write, old, change in zip(writes, reads[::2], reads[1::2], strict=True):
                    source.assign(write, f"{old} + {change}")
            case _:
                for write, old, gradient in zip(writes, reads[::2], reads[1::2], strict=True):
                    source.assign(write, f"{old} - eta * {gradient}")
    return source.writer.lines


def source(structure: Structure) -> str:
    """The Python source of ``compiled``: readable, one line per operation."""
    spans = layout(structure)
    given = ", ".join(f"v{position}" for position in spans.given)
    everything = ", ".join(f"v{position}" for position in range(spans.size))
    body = "\n    ".join([f"{given} = given", *_lines(spans), f"return {everything}"])
    return f"def run(given, eta):\n    {body}\n"


@lru_cache(maxsize=256)
def compiled(structure: Structure) -> Run:
    """A function from the given numbers (in layout order) and η to all numbers of the trace (in layout order).

    Every name in the source stems from the layout and the registries, never from a caller's text.
    """
    namespace: dict[str, Any] = {function: getattr(SCALARS, function) for function in FUNCTIONS}
    exec(compile(source(structure), f"<straight line {structure.sizes}>", "exec"), namespace)
    run: Run = namespace["run"]
    return run
