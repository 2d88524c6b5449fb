"""A trace as a NumPy program: both passes by hand, in matrix form, a line for each step.

Many expressions have a short form, as in a textbook, and a careful one that keeps its digits where the short one
cancels (1 - a² once tanh has rounded to 1) or divides by 0. Each is written in the first form that gives, with this
trace's numbers, what the trace says; so a program is as short as its example allows and right to the last digits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import CodeType
from typing import Any

import numpy as np

from ..core.arrays import Array
from ..core.functions.activations import ACTIVATIONS
from ..core.functions.losses import LOSSES, Words
from ..core.network import Network
from ..core.record.forward import forward, residual_of
from ..core.record.operations.operation import Operation, is_paired
from ..core.record.plan import plan
from ..core.record.trace import Trace
from .helpers import HELPERS
from .writing import COMMENTS, Program, Writer, matrix, vector

PLAIN_ERROR = "{a} - target"

AGREEMENT = 1e-13
"""How far apart, by their size, two forms may be that count as giving the same numbers."""

BACKWARD = (
    "Backward pass: the same weights the other way; each unit amplifies by its gain, the slope of its activation."
)
INJECTED = (
    "Backward pass, of a signal of our own instead of the loss: the same weights the other way, amplified by the gains."
)


@cache
def _helpers() -> dict[str, Any]:
    """The helper functions, to try expressions with."""
    namespace: dict[str, Any] = {"np": np, "math": math}
    exec("\n".join(HELPERS.values()), namespace)
    return namespace


def agree(ours: Array, truth: Array) -> bool:
    """Whether two arrays hold the same numbers: the same signs, equal where not finite, else close by the largest."""
    finite = np.isfinite(truth)
    if ours.shape != truth.shape or not np.array_equal(ours[~finite], truth[~finite], equal_nan=True):
        return False
    if not np.array_equal(np.sign(ours[finite]), np.sign(truth[finite])):
        return False
    distance, size = (np.max(np.abs(each[finite]), initial=0.0) for each in (ours - truth, truth))
    return bool(distance <= AGREEMENT * size)


@cache
def _compiled(expression: str, names: tuple[str, ...]) -> CodeType:
    return compile(expression.format_map({name: name for name in names}), "<expression>", "eval")


def evaluated(expression: str, known: Mapping[str, Array]) -> Any:
    """The value of an expression with the ``known`` numbers in its placeholders."""
    return eval(_compiled(expression, tuple(known)), {**_helpers(), **known})


def chosen(candidates: Sequence[str], known: Mapping[str, Array], truth: Array | float) -> str:
    """The first candidate that gives ``truth`` with the ``known`` numbers in its placeholders, else the last."""
    with np.errstate(all="ignore"):
        for candidate in candidates[:-1]:
            if agree(np.atleast_1d(evaluated(candidate, known)), np.atleast_1d(truth)):
                return candidate
    return candidates[-1]


def words_of(loss: str, activation: str) -> tuple[Words, Words | None]:
    """How programs write a loss, and how they write it together with an output activation where the two are a pair."""
    entry = LOSSES[loss]
    pair = entry.pairs.get(activation)
    return entry.words, pair.words if pair else None


class Expressions:
    """The forms that suit one trace."""

    def __init__(self, record: Trace) -> None:
        """Keep the trace; forms are chosen when asked for."""
        self.record = record
        self.structure = record.layout.structure
        self.code, self.pair = words_of(self.structure.loss, self.structure.output_activation)

    def gain(self, index: int) -> str:
        """The gain (or Jacobian) of a layer."""
        layer = self.record.layers[index]
        truth = layer.jacobian if layer.gain is None else layer.gain
        assert truth is not None
        return chosen(ACTIVATIONS[layer.activation].words.gain, {"z": layer.z, "a": layer.a}, truth)

    def error(self, z: Array, a: Array) -> tuple[str, Array]:
        """a - target of the output, and its value."""
        name = self.structure.output_activation
        truth = residual_of(ACTIVATIONS[name], z[:, None], a[:, None], self.record.target[:, None])[:, 0]
        known = {"z": z, "a": a, "target": self.record.target}
        return chosen((PLAIN_ERROR, *ACTIVATIONS[name].words.error), known, truth), truth

    def loss(self, z: Array, a: Array, truth: float) -> str:
        """The loss from the output."""
        candidates = (self.code.numpy, *([self.pair.numpy] if self.pair else []))
        return chosen(candidates, {"z": z, "a": a, "target": self.record.target}, truth)

    def slope(self) -> str:
        """∂l/∂a of the output."""
        output = self.record.layers[-1]
        known = {"z": output.z, "a": output.a, "target": self.record.target}
        return chosen(self.code.slope, known, output.dl_da)

    def amplify(self, index: int) -> str:
        """∂l/∂z of a layer."""
        layer = self.record.layers[index]
        if self.pair and index == len(self.record.layers) - 1 and is_paired(self.structure):
            return chosen(self.pair.slope, {"z": layer.z, "a": layer.a, "target": self.record.target}, layer.dl_dz)
        if layer.jacobian is None:
            return "{gain} * {dl_da}"
        candidates = (
            "{jacobian}.T @ {dl_da}",
            "np.sum({jacobian} * ({dl_da}[:, None] - {dl_da}), axis=0)",
        )
        return chosen(candidates, {"jacobian": layer.jacobian, "dl_da": layer.dl_da}, layer.dl_dz)


def given_lines(record: Trace, call: str, tracked: str = "", options: str = "", learned: str = "") -> Iterator[str]:
    """The lines that assign what was given: x, target, signal, w and b of each layer, the learning rate.

    Args:
        record: the trace.
        call: what makes an array.
        tracked: further arguments for those by which the loss is differentiated.
        options: further arguments for all.
        learned: what makes w and b, if not ``call``.
    """
    structure = record.layout.structure
    yield from vector("x", call, record.x.tolist(), options + tracked)
    if LOSSES[structure.loss].uses_target:
        yield from vector("target", call, record.target.tolist(), options)
    if record.layout.signal:
        yield from vector("signal", call, record.view(record.layout.signal).tolist(), options)
    for number, layer in enumerate(record.layers, start=1):
        yield from matrix(f"w{number}", learned or call, layer.w.tolist(), options + tracked)
        yield from vector(f"b{number}", learned or call, layer.b.tolist(), options + tracked)
    if record.learning_rate is not None:
        yield f"learning_rate = {record.learning_rate!r}"
    yield from _momentum_lines(record, call, options)


def _momentum_lines(record: Trace, call: str, options: str) -> Iterator[str]:
    """μ and the previous change of what is not frozen; nothing without momentum."""
    layout = record.layout
    if not layout.structure.momentum:
        return
    yield f"momentum = {record.numbers[layout.momentum]!r}"
    for number, spans in enumerate(layout.layers, start=1):
        if spans.previous_w and spans.change_w:
            yield from matrix(f"previous_w{number}", call, record.view(spans.previous_w).tolist(), options)
        if spans.previous_b and spans.change_b:
            yield from vector(f"previous_b{number}", call, record.view(spans.previous_b).tolist(), options)


def update_of(record: Trace, operation: Operation) -> tuple[str, str]:
    """The variable that a step of the update makes, and its expression; the same in every language."""
    name = f"{operation.name[0]}{1 + (operation.layer or 0)}"
    if operation.name.endswith("_change"):
        return f"change_{name}", f"momentum * previous_{name} - learning_rate * dl_d{name}"
    if record.layout.structure.momentum:
        return f"new_{name}", f"{name} + change_{name}"
    return f"new_{name}", f"{name} - learning_rate * dl_d{name}"


def inputs(number: int, prefix: str = "") -> str:
    """What layer ``number`` (from 1) receives."""
    return f"{prefix}a{number - 1}" if number > 1 else "x"


def new_names(record: Trace, number: int) -> tuple[str, str]:
    """The names of w and b of a layer after the update."""
    freeze = record.layout.structure.freeze
    return (f"{'' if 'w' in freeze else 'new_'}w{number}", f"{'' if 'b' in freeze else 'new_'}b{number}")


def updated_output(record: Trace) -> tuple[Array, Array]:
    """z and a of the output after the update."""
    updated = record.updated
    assert updated is not None
    with np.errstate(all="ignore"):
        ran = forward(Network(updated.layers), record.x[:, None])
    return ran.z[-1][:, 0], ran.a[-1][:, 0]


def _loss_lines(forms: Expressions, output: tuple[Array, Array], truth: float, prefix: str) -> list[str]:
    number = len(forms.record.layers)
    names = {"z": f"{prefix}z{number}", "a": f"{prefix}a{number}", "error": f"{prefix}error"}
    if "{error}" not in forms.code.numpy:
        return [f"{prefix}loss = {forms.loss(*output, truth).format_map(names)}"]
    error, _ = forms.error(*output)
    return [
        f"{prefix}error = {error.format_map(names)}",
        f"{prefix}loss = {forms.code.numpy.format_map(names)}",
    ]


def _again(record: Trace) -> Iterator[str]:
    """The forward pass through the updated parameters."""
    for number, layer in enumerate(record.layers, start=1):
        w, b = new_names(record, number)
        yield f"new_z{number} = {w} @ {inputs(number, 'new_')} + {b}"
        yield f"new_a{number} = {ACTIVATIONS[layer.activation].words.numpy.format(z=f'new_z{number}')}"


def _step(record: Trace, forms: Expressions, operation: Operation) -> tuple[str, list[str]]:
    """The variable that a step makes, and its lines."""
    number = 1 + (operation.layer or 0)
    layer = record.layers[number - 1]
    names = {name: f"{name}{number}" for name in ("z", "a", "gain", "jacobian", "dl_da")} | {"error": "error"}

    def one(variable: str, expression: str) -> tuple[str, list[str]]:
        return variable, [f"{variable} = {expression}"]

    match operation.name:
        case "weighted_sum":
            return one(f"z{number}", f"w{number} @ {inputs(number)} + b{number}")
        case "activation":
            return one(f"a{number}", ACTIVATIONS[layer.activation].words.numpy.format_map(names))
        case "loss" if operation.phase == "loss":
            output = record.layers[-1]
            return "loss", _loss_lines(forms, (output.z, output.a), record.loss, "")
        case "loss":
            truth = record.numbers[record.layout.updated_loss]
            return "new_loss", [*_again(record), *_loss_lines(forms, updated_output(record), truth, "new_")]
        case "loss_gradient":
            return one(f"dl_da{number}", forms.slope().format_map(names))
        case "inject":
            return one(f"dl_da{number}", "signal")
        case "gain":
            return one(
                f"{'gain' if layer.jacobian is None else 'jacobian'}{number}",
                forms.gain(number - 1).format_map(names),
            )
        case "amplify":
            return one(f"dl_dz{number}", forms.amplify(number - 1).format_map(names))
        case "backward_sum":
            return one(f"dl_da{number}", f"w{number + 1}.T @ dl_dz{number + 1}")
        case "weight_gradient":
            return one(f"dl_dw{number}", f"np.outer(dl_dz{number}, {inputs(number)})")
        case "bias_gradient":
            return one(f"dl_db{number}", f"dl_dz{number}")
        case "input_gradient":
            return one("dl_dx", "w1.T @ dl_dz1")
    return one(*update_of(record, operation))


def results(record: Trace) -> Iterator[str]:
    """The names of what a program prints at its end."""
    yield "loss"
    for number in range(1, len(record.layers) + 1):
        yield from (f"dl_dw{number}", f"dl_db{number}")
    yield "dl_dx"


def numpy_program(record: Trace) -> Program:
    """Write the trace as a NumPy program."""
    writer, forms = Writer(record.layout), Expressions(record)
    comments = {**COMMENTS, "backward": INJECTED if record.layout.signal else BACKWARD}
    phase = ""
    for operation in plan(record.layout.structure, "layer").operations:
        again = operation.phase == "update" and operation.name == "loss"
        if operation.phase != phase and not again:
            writer.paragraph(comments[operation.phase])
        if again:
            writer.paragraph(comments["again"])
        phase = operation.phase
        writer.step(operation, *_step(record, forms, operation))
    writer.paragraph(comments["print"])
    writer.add(*(f'print("{name} =", {name}.tolist())' for name in results(record)))
    if record.learning_rate is not None:
        writer.add('print("new_loss =", new_loss.tolist())')
    return writer.program(_head(record, writer.lines))


def helpers_of(body: Sequence[str]) -> list[str]:
    """The sources of the helpers that some lines call."""
    called = "\n".join(body)
    return [source for name, source in HELPERS.items() if re.search(rf"\b(?<!\.){name}\(", called)]


def needed_imports(helpers: Sequence[str]) -> list[str]:
    """The lines above ``import numpy as np`` that helpers ask for, with an empty line below."""
    return ["import math", ""] if any("math." in source for source in helpers) else []


def _head(record: Trace, body: Sequence[str]) -> list[str]:
    """The lines above the first step: the import, what was given, and the functions that the body calls."""
    helpers = helpers_of(body)
    return [
        *needed_imports(helpers),
        "import numpy as np",
        "",
        f"# {COMMENTS['given']}",
        *given_lines(record, "np.array"),
        *(line for source in helpers for line in ("", "", *source.rstrip("\n").split("\n"))),
        *([""] if helpers else []),
    ]
