"""A small network's two passes as straight-line Python: one local variable per number, one line per operation.

For a network of a dozen weights every NumPy call costs more than its arithmetic. So for small structures the
unit-level plan is written out as Python source once, compiled, and kept; running it is several times
faster than the matrix form and gives the same numbers up to the order of additions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from .activations import ACTIVATIONS
from .layout import Layout, Structure, layout
from .losses import LOSSES
from .plan import Operation, is_paired, plan
from .scalars import SCALARS

Run = Callable[[list[float], float], list[float]]
Names = Callable[[int], str]

LARGEST_PARAMETER_COUNT = 160
"""Above this many weights and biases the matrix form is faster."""


@lru_cache(maxsize=256)
def suits(structure: Structure) -> bool:
    """Whether this structure is small and element by element, so that ``compiled`` may be used."""
    spans = layout(structure)
    parameters = spans.given_count - spans.x.rows - spans.target.rows - (spans.signal.rows if spans.signal else 0)
    whole = any(ACTIVATIONS[name].reads_whole_layer for name in structure.activations)
    return parameters <= LARGEST_PARAMETER_COUNT and not whole


def _products(reads: tuple[int, ...], names: Names) -> str:
    return " + ".join(f"{names(p)} * {names(q)}" for p, q in zip(reads[::2], reads[1::2], strict=True))


def _forward_line(operation: Operation, structure: Structure, names: Names) -> str:
    (target,), reads = operation.writes, operation.reads
    if operation.name == "weighted_sum":
        return f"{names(target)} = {_products(reads[:-1], names)} + {names(reads[-1])}"
    assert operation.layer is not None
    return f"{names(target)} = f_{structure.activations[operation.layer]}({names(reads[0])}, xp)"


def _loss_lines(spans: Layout, names: Names, result: str, prefix: str) -> Iterator[str]:
    output = spans.layers[-1]
    for unit in range(output.a.rows):
        z, a, target = names(output.z.at(unit)), names(output.a.at(unit)), names(spans.target.at(unit))
        yield f"{prefix}{unit} = residual({z}, {a}, {target}, xp)"
    total = " + ".join(
        f"element({names(output.z.at(unit))}, {names(output.a.at(unit))}, {prefix}{unit}, "
        f"{names(spans.target.at(unit))}, xp)"
        for unit in range(output.a.rows)
    )
    yield f"{result} = scale * ({total})"


def _lines(spans: Layout) -> Iterator[str]:
    structure = spans.structure
    output = spans.layers[-1]
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
                yield _forward_line(operation, structure, name)
            case "loss" if operation.phase == "loss":
                yield from _loss_lines(spans, name, writes[0], "r")
            case "loss":
                yield from (_forward_line(again, structure, name_after) for again in forward)
                yield from _loss_lines(spans, name_after, writes[0], "s")
            case "gain":
                assert operation.layer is not None
                yield f"{writes[0]} = d_{structure.activations[operation.layer]}({reads[0]}, xp)"
            case "loss_gradient":
                assert unit is not None
                z, a, target = output.z.at(unit), output.a.at(unit), spans.target.at(unit)
                yield f"{writes[0]} = scale * derivative(v{z}, v{a}, r{unit}, v{target}, xp)"
            case "amplify" if operation.layer == len(spans.layers) - 1 and is_paired(structure):
                assert unit is not None
                z, a, target = output.z.at(unit), output.a.at(unit), spans.target.at(unit)
                yield f"{writes[0]} = scale * pair(v{z}, v{a}, r{unit}, v{target}, xp)"
            case "amplify":
                yield f"{writes[0]} = {reads[0]} * {reads[1]}"
            case "backward_sum" | "input_gradient":
                yield f"{writes[0]} = {_products(operation.reads, name)}"
            case "weight_gradient":
                yield from (f"{write} = {reads[0]} * {sent}" for write, sent in zip(writes, reads[1:], strict=True))
            case "bias_gradient" | "inject":
                yield f"{writes[0]} = {reads[0]}"
            case _:
                yield from (
                    f"{write} = {old} - eta * {gradient}"
                    for write, old, gradient in zip(writes, reads[::2], reads[1::2], strict=True)
                )


def source(structure: Structure) -> str:
    """The Python source of ``compiled``: readable, one line per operation."""
    spans = layout(structure)
    given = ", ".join(f"v{position}" for position in spans.given)
    everything = ", ".join(f"v{position}" for position in range(spans.size))
    body = "\n    ".join([f"{given} = given", *_lines(spans), f"return [{everything}]"])
    return f"def run(given, eta):\n    {body}\n"


@lru_cache(maxsize=256)
def compiled(structure: Structure) -> Run:
    """A function from the given numbers (in layout order) and η to all numbers of the trace (in layout order).

    Every name in the source stems from the layout and the registries, never from a caller's text.
    """
    loss = LOSSES[structure.loss]
    output = ACTIVATIONS[structure.output_activation]
    pair = loss.pairs.get(output.name)
    namespace: dict[str, Any] = {
        "xp": SCALARS,
        "scale": loss.scale(structure.sizes[-1]),
        "element": pair.element if pair else loss.element,
        "derivative": loss.derivative,
        "pair": pair.dl_dz if pair else None,
        "residual": output.residual,
    }
    for name in structure.activations:
        namespace[f"f_{name}"] = ACTIVATIONS[name].function
        namespace[f"d_{name}"] = ACTIVATIONS[name].derivative
    exec(compile(source(structure), f"<straight line {structure.sizes}>", "exec"), namespace)
    run: Run = namespace["run"]
    return run
