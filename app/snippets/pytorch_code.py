"""A trace as a PyTorch program: the forward pass is written, autograd runs the backward pass."""

from __future__ import annotations

from ..core.record.plan import plan
from ..core.record.trace import Trace
from .frameworks import PYTORCH, LossForm, recorded_step
from .numpy_code import given_lines, results
from .writing import COMMENTS, Program, Writer

BACKWARD = "Backward pass: autograd walks the same operations back, from the loss to every weight."
INJECTED = "Backward pass, of a signal of our own instead of the loss: autograd walks the same operations back."
KEEP = "Only x, w and b keep their gradient by themselves; the values in between are asked to."


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
        variable, lines = recorded_step(record, form, PYTORCH, operation)
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
