"""A trace as a JAX program: each piece of the forward pass comes with its pull-back, and these are called in reverse.

``jax.grad`` does the same in one call, but keeps what lies in between to itself.
"""

from __future__ import annotations

from ..core.record.operations.operation import Operation
from ..core.record.plan import plan
from ..core.record.trace import Trace
from .frameworks import JAX, LossForm, again
from .numpy_code import given_lines, inputs, results, update_of
from .writing import COMMENTS, Program, Writer

FORWARD = "Forward pass: jax.vjp gives a function's value and its pull-back, which takes a slope from end to start."
BACKWARD = "Backward pass: the pull-backs in reverse. jax.grad would call them all at once, and show only the last."
INJECTED = "Backward pass, of a signal of our own instead of the loss: the pull-backs in reverse."
GRADIENT = "Gradient: the pull-backs of the sums have given it along with the slopes that go on."


def function_of(expression: str) -> str:
    """An activation as a function: its name, where it has one."""
    call = expression.removesuffix("({z})")
    return call if call != expression and "{z}" not in call else f"lambda z: {expression.format(z='z')}"


def _step(record: Trace, form: LossForm, operation: Operation) -> tuple[str | None, list[str]]:
    """The variable that a step makes, and its lines; none for what another step's line has done already."""
    number, last = 1 + (operation.layer or 0), len(record.layers)
    match operation.name:
        case "weighted_sum":
            call = f"jax.vjp(weighted_sum, w{number}, b{number}, {inputs(number)})"
            return f"z{number}", [f"z{number}, pull_z{number} = {call}"]
        case "activation":
            function = function_of(JAX.activates(record.layers[number - 1].activation))
            return f"a{number}", [f"a{number}, pull_a{number} = jax.vjp({function}, z{number})"]
        case "loss" if operation.phase == "loss":
            return "loss", [f"loss, pull_loss = jax.vjp(loss_of, {form.takes()}{last})"]
        case "loss":
            return "new_loss", list(again(record, form, JAX))
        case "loss_gradient" if form.from_z:
            return None, []
        case "loss_gradient":
            return f"dl_da{number}", [f"(dl_da{number},) = pull_loss(1.0)"]
        case "inject":
            return f"dl_da{number}", [f"dl_da{number} = signal"]
        case "gain":
            return None, []
        case "amplify":
            call = "pull_loss(1.0)" if form.from_z and number == last else f"pull_a{number}(dl_da{number})"
            return f"dl_dz{number}", [f"(dl_dz{number},) = {call}"]
        case "backward_sum":
            after = number + 1
            return f"dl_da{number}", [f"dl_dw{after}, dl_db{after}, dl_da{number} = pull_z{after}(dl_dz{after})"]
        case "weight_gradient" if number == 1:
            return "dl_dw1", ["dl_dw1, dl_db1, dl_dx = pull_z1(dl_dz1)"]
        case "weight_gradient" | "bias_gradient":
            return f"dl_d{operation.name[0]}{number}", []
        case "input_gradient":
            return "dl_dx", []
    variable, expression = update_of(record, operation)
    return variable, [f"{variable} = {expression}"]


def _made_by(writer: Writer, operation: Operation) -> int:
    """The line that has done what a step without a line of its own says."""
    number = 1 + (operation.layer or 0)
    # The gain is fixed where the activation is computed: there its pull-back is made.
    wanted = {"gain": f"a{number}, pull_a{number} = ", "loss_gradient": "loss, pull_loss = "}
    start = wanted.get(operation.name, f"dl_dw{number}, dl_db{number}, ")
    return 1 + next(index for index, line in enumerate(writer.lines) if line.startswith(start))


def jax_program(record: Trace) -> Program:
    """Write the trace as a JAX program."""
    writer, form = Writer(record.layout), LossForm(record, JAX)
    backward = INJECTED if record.layout.signal else BACKWARD
    comments = {**COMMENTS, "forward": FORWARD, "backward": backward, "gradient": GRADIENT}
    phase = ""
    # The first layer's pull-back is called in the phase of the gradient, and has to come before what reads from it.
    for operation in plan(record.layout.structure, "layer").operations:
        again = operation.phase == "update" and operation.name == "loss"
        if operation.phase != phase or again:
            phase = operation.phase
            writer.paragraph(comments["again" if again else phase])
        variable, lines = _step(record, form, operation)
        writer.step(operation, variable, lines)
        if not lines:
            line = _made_by(writer, operation)
            writer.marks[-1] = writer.marks[-1]._replace(first_line=line, last_line=line)
    writer.paragraph(COMMENTS["print"])
    writer.add(*(f'print("{name} =", {name}.tolist())' for name in results(record)))
    if record.learning_rate is not None:
        writer.add('print("new_loss =", new_loss.tolist())')
    variable = form.takes()
    return writer.program(
        [
            "import jax",
            "import jax.numpy as jnp",
            "",
            'jax.config.update("jax_enable_x64", True)',
            "",
            f"# {COMMENTS['given']}",
            *given_lines(record, "jnp.array"),
            "",
            "",
            "def weighted_sum(w, b, a):",
            "    return w @ a + b",
            "",
            "",
            f"def loss_of({variable}):",
            f"    return {form.of(variable)}",
            "",
        ]
    )
