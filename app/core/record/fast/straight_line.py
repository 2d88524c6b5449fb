"""A small network's two passes as straight-line Python: one local variable per number, one line per operation.

For a network of a dozen weights every NumPy call costs more than its arithmetic. So for small structures the
unit-level plan is written out as Python source once, compiled, and kept; running it is several times
faster than the matrix form and gives the same numbers up to the order of additions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ...functions.activations import ACTIVATIONS, Activation
from ...functions.losses import LOSSES, OutputRule
from ...functions.scalars import SCALARS
from ..layout import Layout, Structure, layout
from ..operations.operation import Operation
from ..operations.table import OPERATIONS
from ..plan import plan
from .symbolic import Name, Writer

Run = Callable[[list[float], float], tuple[float, ...]]
Naming = Callable[[int], str]

FUNCTIONS = tuple(vars(SCALARS))
LARGEST_PARAMETER_COUNT = 160
"""Above this many weights and biases the matrix form is faster."""


@lru_cache(maxsize=256)
def suits(structure: Structure) -> bool:
    """Whether this structure is small and element by element, so that ``compiled`` may be used."""
    parameters = sum(receiving * (sending + 1) for sending, receiving in pairwise(structure.sizes))
    whole = any(ACTIVATIONS[name].reads_whole_layer for name in structure.activations)
    return parameters <= LARGEST_PARAMETER_COUNT and not whole


class Terms:
    """A column of numbers as source: each an expression. A sum is never a factor, so that no parentheses are needed."""

    def __init__(self, each: Iterable[str]) -> None:
        """Take the expressions."""
        self._each = list(each)

    def __len__(self) -> int:
        return len(self._each)

    def __iter__(self) -> Iterator[str]:
        return iter(self._each)

    def _with(self, other: Terms, operator: str) -> Terms:
        count = max(len(self), len(other))
        pairs = zip(list(self) * (count // len(self)), list(other) * (count // len(other)), strict=True)
        return Terms(f"{left} {operator} {right}" for left, right in pairs)

    def __getitem__(self, place: slice) -> Terms:
        return Terms(self._each[place])

    def __add__(self, other: Terms) -> Terms:
        return self._with(other, "+")

    def __sub__(self, other: Terms) -> Terms:
        return self._with(other, "-")

    def __mul__(self, other: Terms) -> Terms:
        return self._with(other, "*")


class Names:
    """The numbers of a walk as names of variables: ``Numbers`` for the table of operations."""

    def __init__(self, source: Source, name: Naming) -> None:
        """Numbers called by ``name``."""
        self.source, self.name = source, name
        self.structure = source.spans.structure
        self.eta, self.mu = Terms(["eta"]), Terms([name(source.spans.momentum)])

    def at(self, positions: Iterable[int]) -> Terms:
        """The names at some positions."""
        return Terms(map(self.name, positions))

    def total(self, column: Terms) -> Terms:
        """The sum of a column."""
        return Terms([" + ".join(column)])

    def activated(self, operation: Operation) -> Terms:
        """σ of the z that an operation reads."""
        return self._written(self._activation(operation).function, operation)

    def slope(self, operation: Operation) -> Terms:
        """σ' of the z that an operation reads."""
        return self._written(self._activation(operation).derivative, operation)

    def _activation(self, operation: Operation) -> Activation:
        assert operation.layer is not None
        return ACTIVATIONS[self.structure.activations[operation.layer]]

    def _written(self, function: Callable[..., Any], operation: Operation) -> Terms:
        (z,), writer = operation.reads, self.source.writer
        return Terms([str(function(Name(writer, self.name(z)), writer))])

    def loss(self) -> Terms:
        """The loss."""
        source = self.source
        element = source.pair.element if source.pair else source.entry.element
        elements = [str(source.of_output(element, unit, self.name)) for unit in range(source.spans.target.rows)]
        return Terms([f"{source.scale} * ({' + '.join(elements)})"])

    def loss_after(self) -> Terms:
        """The loss with the updated parameters, after another forward pass."""
        after = Names(self.source, self.source.name_after)
        for operation in self.source.operations:
            if operation.phase == "forward":
                after.do(operation)
        return after.loss()

    def loss_slope(self, operation: Operation) -> Terms:
        """∂l/∂y of one output."""
        return self._of_output(self.source.entry.derivative, operation)

    def paired(self, operation: Operation) -> Terms:
        """∂l/∂z of one output, loss and activation taken together."""
        assert self.source.pair is not None
        return self._of_output(self.source.pair.dl_dz, operation)

    def _of_output(self, rule: OutputRule, operation: Operation) -> Terms:
        assert operation.unit is not None
        return Terms([f"{self.source.scale} * {self.source.of_output(rule, operation.unit, self.name)}"])

    def do(self, operation: Operation) -> None:
        """Write down an operation, a line for each number."""
        made = OPERATIONS[operation.name].compute(self, operation)
        for position, value in zip(operation.writes, made, strict=True):
            self.source.writer.lines.append(f"{self.name(position)} = {value}")


class Source:
    """The lines of one structure, written from top to bottom."""

    def __init__(self, spans: Layout) -> None:
        """Nothing is written yet."""
        self.spans = spans
        self.writer = Writer(FUNCTIONS)
        structure = spans.structure
        self.operations = plan(structure, "unit").operations
        self.entry = LOSSES[structure.loss]
        self.output = ACTIVATIONS[structure.output_activation]
        self.pair = self.entry.pairs.get(self.output.name)
        self.scale = self.entry.scale(structure.sizes[-1])
        self.updated = {
            old: new
            for layer in spans.layers
            for old_span, new_span in ((layer.w, layer.new_w), (layer.b, layer.new_b))
            for old, new in zip(old_span.positions, new_span.positions, strict=True)
        }

    def name(self, position: int) -> str:
        """The variable of a number."""
        return f"v{position}"

    def name_after(self, position: int) -> str:
        """What is called so in the forward pass after the update."""
        if position in self.updated:
            return f"v{self.updated[position]}"
        return f"v{position}" if position < self.spans.given_count else f"u{position}"

    def of_output(self, rule: OutputRule, unit: int, name: Naming) -> object:
        """What a rule of the loss gives for one output unit."""
        last = self.spans.layers[-1]
        z, a, target = (Name(self.writer, name(span.at(unit))) for span in (last.z, last.a, self.spans.target))
        return rule(z, a, self.output.residual(z, a, target, self.writer), target, self.writer)


def _lines(spans: Layout) -> list[str]:
    source = Source(spans)
    names = Names(source, source.name)
    for operation in source.operations:
        names.do(operation)
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
