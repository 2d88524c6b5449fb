"""A trace as a TensorFlow program: a tape records the forward pass, and is then walked back."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.record.plan import plan
from ..core.record.trace import Trace
from .frameworks import TENSORFLOW, LossForm, recorded_step
from .numpy_code import given_lines, results
from .writing import COMMENTS, Program, Writer

TAPE = "The tape records what comes of the variables w and b, and of x, which it is asked to watch."
BACKWARD = "Backward pass: the tape is walked back once, from the loss to every value asked for."
INJECTED = "Backward pass, of a signal of our own instead of the loss: the tape is walked back once."


def _walk_back(record: Trace, form: LossForm) -> Iterator[str]:
    """The call that goes back, a line for each layer."""
    last = len(record.layers)
    yield f"gradient = tape.gradient({f'a{last}' if record.layout.signal else 'loss'}, {{"
    yield '    "x": x,'
    for number in range(1, last + 1):
        names = ("w", "b", "z") if form.from_z and number == last else ("w", "b", "z", "a")
        yield f"    {', '.join(f'{chr(34)}{name}{number}{chr(34)}: {name}{number}' for name in names)},"
    yield "}, output_gradients=signal)" if record.layout.signal else "})"


def tensorflow_program(record: Trace) -> Program:
    """Write the trace as a TensorFlow program."""
    writer, form = Writer(record.layout), LossForm(record, TENSORFLOW)
    comments = {**COMMENTS, "backward": INJECTED if record.layout.signal else BACKWARD}
    writer.add("", f"# {TAPE}", "with tf.GradientTape() as tape:", "    tape.watch(x)")
    phase, walked = "", (0, 0)
    for operation in plan(record.layout.structure, "layer").operations:
        indent = "    " if operation.phase in ("forward", "loss") else ""
        if operation.phase != phase:
            phase = operation.phase
            writer.add("", f"{indent}# {comments[phase]}")
            if phase == "backward":
                first = len(writer.lines) + 1
                writer.add(*_walk_back(record, form))
                walked = (first, len(writer.lines))
        if phase == "update" and operation.name == "loss":
            writer.paragraph(COMMENTS["again"])
        variable, lines = recorded_step(record, form, TENSORFLOW, operation)
        writer.step(operation, variable, lines, indent)
        if not lines:
            writer.marks[-1] = writer.marks[-1]._replace(first_line=walked[0], last_line=walked[1])
    writer.paragraph(COMMENTS["print"])
    writer.add(*(f'print("{name} =", {name}.numpy().tolist())' for name in results(record)))
    if record.learning_rate is not None:
        writer.add('print("new_loss =", new_loss.numpy().tolist())')
    return writer.program(
        [
            "import tensorflow as tf",
            "",
            f"# {COMMENTS['given']}",
            *given_lines(record, "tf.constant", options=", dtype=tf.float64", learned="tf.Variable"),
        ]
    )
