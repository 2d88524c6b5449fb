"""What the frameworks' programs share: how each is written, and from which value it takes the loss.

A framework goes back from the loss through each a to each z. Where a loss and its output activation lose their digits
that way (the logarithm of an a that has rounded to 0 or 1), a program takes the loss from z, as the frameworks' own
losses do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..core.functions.activations import ACTIVATIONS
from ..core.functions.losses import Words
from ..core.record.operations.operation import Operation
from ..core.record.trace import Trace
from .numpy_code import Expressions, inputs, new_names, update_of, updated_output


@dataclass(frozen=True)
class Framework:
    """How one framework is written.

    Attributes:
        name: its name in ``Words``, of an activation and of a loss.
        weighted_sum: z from ``{w}``, ``{inputs}`` and ``{b}``.
        slope: after the backward pass, ∂l/∂v of a variable ``{name}``; empty where each comes from a call of its own.
    """

    name: Literal["pytorch", "tensorflow", "jax"]
    weighted_sum: str
    slope: str = ""

    def activates(self, key: str) -> str:
        """How an activation is written, by its key: a from ``{z}``."""
        written: str = getattr(ACTIVATIONS[key].words, self.name)
        return written

    def loss(self, words: Words) -> str:
        """How a loss is written, from ``{a}``, or a pair, from ``{z}``."""
        written: str = getattr(words, self.name)
        return written


PYTORCH = Framework("pytorch", "{w} @ {inputs} + {b}", "{name}.grad")
TENSORFLOW = Framework("tensorflow", "tf.linalg.matvec({w}, {inputs}) + {b}", 'gradient["{name}"]')
JAX = Framework("jax", "weighted_sum({w}, {b}, {inputs})")


class LossForm:
    """From which value a program takes the loss, and its expression."""

    def __init__(self, record: Trace, framework: Framework) -> None:
        """Look which forms NumPy needs; where it cannot do with the short ones, a framework takes the loss from z."""
        output, forms = record.layers[-1], Expressions(record)
        self.number = len(record.layers)
        self.plain = framework.loss(forms.code)
        self.pair = framework.loss(forms.pair) if forms.pair else ""
        short = forms.loss(output.z, output.a, record.loss) == forms.code.numpy
        if forms.pair and not record.layout.signal:
            short &= forms.slope() == forms.code.slope[0]
            short &= len(forms.pair.slope) == 1 or forms.amplify(self.number - 1) != forms.pair.slope[-1]
        self.from_z = bool(self.pair) and not short
        self.new_from_z = False
        if self.pair and record.learning_rate is not None:
            truth = record.numbers[record.layout.updated_loss]
            self.new_from_z = forms.loss(*updated_output(record), truth) != forms.code.numpy

    def takes(self, prefix: str = "") -> str:
        """What the loss is taken from, ``z`` or ``a`` of the last layer; ``prefix``: the loss after the update."""
        return "z" if (self.new_from_z if prefix else self.from_z) else "a"

    def of(self, name: str, prefix: str = "") -> str:
        """The expression of the loss from a variable of this name."""
        text = self.pair if self.takes(prefix) == "z" else self.plain
        return text.format(z=name, a=name)

    def expression(self, prefix: str = "") -> str:
        """The expression of the loss from the last layer's variables."""
        return self.of(f"{prefix}{self.takes(prefix)}{self.number}", prefix)


def again(record: Trace, form: LossForm, framework: Framework) -> Iterator[str]:
    """The forward pass once more, with the updated parameters."""
    for number, layer in enumerate(record.layers, start=1):
        w, b = new_names(record, number)
        total = framework.weighted_sum.format(w=w, b=b, inputs=inputs(number, "new_"))
        yield f"new_z{number} = {total}"
        yield f"new_a{number} = {framework.activates(layer.activation).format(z=f'new_z{number}')}"
    yield f"new_loss = {form.expression('new_')}"


def recorded_step(
    record: Trace, form: LossForm, framework: Framework, operation: Operation
) -> tuple[str | None, list[str]]:
    """The variable that a step makes, and its lines, in a framework that records the way forward and walks it back.

    None for what happens inside the one call that goes back.
    """
    number = 1 + (operation.layer or 0)

    def one(variable: str, expression: str) -> tuple[str, list[str]]:
        return variable, [f"{variable} = {expression}"]

    def slope(name: str) -> tuple[str, list[str]]:
        return one(f"dl_d{name}", framework.slope.format(name=name))

    match operation.name:
        case "weighted_sum":
            given = {"w": f"w{number}", "b": f"b{number}", "inputs": inputs(number)}
            return one(f"z{number}", framework.weighted_sum.format(**given))
        case "activation":
            written = framework.activates(record.layers[number - 1].activation)
            return one(f"a{number}", written.format(z=f"z{number}"))
        case "loss" if operation.phase == "loss":
            return one("loss", form.expression())
        case "loss":
            return "new_loss", list(again(record, form, framework))
        case "loss_gradient" if form.from_z:
            return None, []
        case "loss_gradient" | "inject" | "backward_sum":
            return slope(f"a{number}")
        case "gain":
            return None, []
        case "amplify":
            return slope(f"z{number}")
        case "weight_gradient" | "bias_gradient":
            return slope(f"{operation.name[0]}{number}")
        case "input_gradient":
            return slope("x")
    return one(*update_of(record, operation))
