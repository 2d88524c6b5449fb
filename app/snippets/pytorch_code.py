"""A trace as a PyTorch program: the forward pass is written, autograd runs the backward pass."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.plan import Operation, plan
from ..core.trace import Trace
from .frameworks import PYTORCH, LossForm
from .numpy_code import given_lines, inputs, new_names, results
from .writing import COMMENTS, Program, Writer

BACKWARD = "Backward pass: autograd walks the same operations back, from the loss to every weight."
INJECTED = "Backward pass, of a signal of our own instead of the loss: autograd walks the same operations back."
KEEP = "Only x, w and b keep their gradient by themselves; the values in between are asked to."


def _again(record: Trace, form: LossForm) -> Iterator[str]:
    for number, layer in enumerate(record.layers, start=1):
        w, b = new_names(record, number)
        yield f"new_z{number} = {w} @ {inputs(number, 'new_')} + {b}"
        yield f"new_a{number} = {PYTORCH.activations[layer.activation].format(z=f'new_z{number}')}"
    yield f"new_loss = {form.expression('new_')}"


def _step(record: Trace, form: LossForm, operation: Operation) -> tuple[str | None, list[str]]:
    """The variable that a step makes, and its lines; none for what autograd does inside ``backward``."""
    number = 1 + (operation.layer or 0)

    def one(variable: str, expression: str) -> tuple[str, list[str]]:
        return variable, [f"{variable} = {expression}"]

    match operation.name:
        case "weighted_sum":
            return one(f"z{number}", f"w{number} @ {inputs(number)} + b{number}")
        case "activation":
            name = record.layers[number - 1].activation
            return one(f"a{number}", PYTORCH.activations[name].format(z=f"z{number}"))
        case "loss" if operation.phase == "loss":
            return one("loss", form.expression())
        case "loss":
            return "new_loss", list(_again(record, form))
        case "loss_gradient" if form.from_z:
            return None, []
        case "loss_gradient" | "inject" | "backward_sum":
            return one(f"dl_da{number}", f"a{number}.grad")
        case "gain":
            return None, []
        case "amplify":
            return one(f"dl_dz{number}", f"z{number}.grad")
        case "weight_gradient" | "bias_gradient":
            name = operation.name[0]
            return one(f"dl_d{name}{number}", f"{name}{number}.grad")
        case "input_gradient":
            return one("dl_dx", "x.grad")
    name = operation.name[0]
    return one(f"new_{name}{number}", f"{name}{number} - learning_rate * dl_d{name}{number}")


def pytorch_program(record: Trace) -> Program:
    """Write the trace as a PyTorch program."""
    writer, form = Writer(record.layout), LossForm(record, PYTORCH)
    last = len(record.layers)
    phase, indent = "", ""
    backward_line = 0
    for operation in plan(record.layout.structure, "layer").operations:
        if operation.phase != phase:
            phase = operation.phase
            if phase == "loss":
                kept = [f"{name}{number}" for number in range(1, last + 1) for name in ("z", "a")]
                if form.from_z:
                    kept.remove(f"a{last}")
                writer.paragraph(KEEP)
                writer.add(f"for value in [{', '.join(kept)}]:", "    value.retain_grad()")
            comments = {**COMMENTS, "backward": INJECTED if record.layout.signal else BACKWARD}
            writer.paragraph(comments[phase])
            if phase == "backward":
                writer.add(f"a{last}.backward(signal)" if record.layout.signal else "loss.backward()")
                backward_line = len(writer.lines)
            if phase == "update":
                writer.add("with torch.no_grad():")
                indent = "    "
        if phase == "update" and operation.name == "loss":
            writer.add(f"    # {COMMENTS['again']}")
        variable, lines = _step(record, form, operation)
        writer.step(operation, variable, lines, indent)
        if not lines:
            writer.marks[-1] = writer.marks[-1]._replace(first_line=backward_line, last_line=backward_line)
    writer.paragraph(COMMENTS["print"])
    writer.add(*(f'print("{name} =", {name}.tolist())' for name in results(record)))
    if record.learning_rate is not None:
        writer.add('print("new_loss =", new_loss.tolist())')
    return writer.program(
        [
            "import torch",
            "",
            "torch.set_default_dtype(torch.float64)",
            "",
            f"# {COMMENTS['given']}",
            *given_lines(record, "torch.tensor", ", requires_grad=True"),
        ]
    )
