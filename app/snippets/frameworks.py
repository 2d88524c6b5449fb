"""How TensorFlow and JAX write each loss, and from which value a framework takes the loss.

A framework goes back from the loss through each a to each z. Where a loss and its output activation lose their digits
that way (the logarithm of an a that has rounded to 0 or 1), a program takes the loss from z, as the frameworks' own
losses do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType

from ..core.functions.activations import ACTIVATIONS, Words
from ..core.record.operations.operation import Operation
from ..core.record.trace import Trace
from .numpy_code import Expressions, inputs, new_names, update_of, updated_output
from .table import LOSS_CODE


@dataclass(frozen=True)
class Framework:
    """One framework's words.

    Attributes:
        activation: of an activation's words, a from ``{z}``.
        losses: by name, l from ``{a}``.
        pairs: by loss and output activation, l from ``{z}``.
        weighted_sum: z from ``{w}``, ``{inputs}`` and ``{b}``.
        slope: after the way back, ∂l/∂v of a variable ``{name}``; empty where a program takes each from its own call.
    """

    activation: Callable[[Words], str]
    losses: Mapping[str, str]
    pairs: Mapping[tuple[str, str], str]
    weighted_sum: str
    slope: str = ""

    def activates(self, key: str) -> str:
        """How an activation is written, by its key."""
        return self.activation(ACTIVATIONS[key].words)


PYTORCH = Framework(
    attrgetter("pytorch"),
    MappingProxyType({name: code.pytorch for name, code in LOSS_CODE.items()}),
    MappingProxyType({(name, o): pair.pytorch for name, code in LOSS_CODE.items() for o, pair in code.pairs.items()}),
    weighted_sum="{w} @ {inputs} + {b}",
    slope="{name}.grad",
)

TENSORFLOW = Framework(
    attrgetter("tensorflow"),
    MappingProxyType(
        {
            "half_squared_error": "0.5 * tf.reduce_sum(({a} - target) ** 2)",
            "squared_error": "tf.reduce_sum(({a} - target) ** 2)",
            "mean_squared_error": "tf.reduce_mean(({a} - target) ** 2)",
            "cross_entropy": "-tf.reduce_sum(target * tf.math.log({a}))",
            "binary_cross_entropy": ("-tf.reduce_sum(target * tf.math.log({a}) + (1 - target) * tf.math.log(1 - {a}))"),
            # c is the error cut off at -1 and 1: inside, c (e - c/2) is half the square of e; outside, |e| - 1/2.
            "huber": (
                "tf.reduce_sum(tf.clip_by_value({a} - target, -1, 1)"
                " * ({a} - target - 0.5 * tf.clip_by_value({a} - target, -1, 1)))"
            ),
            "absolute_error": "tf.reduce_sum(tf.abs({a} - target))",
            "output_sum": "tf.reduce_sum({a})",
        }
    ),
    MappingProxyType(
        {
            ("cross_entropy", "softmax"): "-tf.reduce_sum(target * tf.nn.log_softmax({z}))",
            ("cross_entropy", "sigmoid"): "-tf.reduce_sum(target * tf.math.log_sigmoid({z}))",
            ("binary_cross_entropy", "sigmoid"): (
                "tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=target, logits={z}))"
            ),
        }
    ),
    weighted_sum="tf.linalg.matvec({w}, {inputs}) + {b}",
    slope='gradient["{name}"]',
)

JAX = Framework(
    attrgetter("jax"),
    MappingProxyType(
        {
            "half_squared_error": "0.5 * jnp.sum(({a} - target) ** 2)",
            "squared_error": "jnp.sum(({a} - target) ** 2)",
            "mean_squared_error": "jnp.mean(({a} - target) ** 2)",
            "cross_entropy": "-jnp.sum(target * jnp.log({a}))",
            "binary_cross_entropy": "-jnp.sum(target * jnp.log({a}) + (1 - target) * jnp.log(1 - {a}))",
            "huber": ("jnp.sum(jnp.clip({a} - target, -1, 1) * ({a} - target - 0.5 * jnp.clip({a} - target, -1, 1)))"),
            # Where there is no error JAX's own abs has the slope 1.
            "absolute_error": "jnp.sum(({a} - target) * jnp.sign({a} - target))",
            "output_sum": "jnp.sum({a})",
        }
    ),
    MappingProxyType(
        {
            ("cross_entropy", "softmax"): "-jnp.sum(target * jax.nn.log_softmax({z}))",
            ("cross_entropy", "sigmoid"): "-jnp.sum(target * jax.nn.log_sigmoid({z}))",
            ("binary_cross_entropy", "sigmoid"): (
                "-jnp.sum(target * jax.nn.log_sigmoid({z}) + (1 - target) * jax.nn.log_sigmoid(-{z}))"
            ),
        }
    ),
    weighted_sum="weighted_sum({w}, {b}, {inputs})",
)


class LossForm:
    """From which value a program takes the loss, and its expression."""

    def __init__(self, record: Trace, framework: Framework) -> None:
        """Look which forms NumPy needs; where it cannot do with the short ones, a framework takes the loss from z."""
        structure, output = record.layout.structure, record.layers[-1]
        self.number = len(record.layers)
        self.plain = framework.losses[structure.loss]
        self.pair = framework.pairs.get((structure.loss, structure.output_activation), "")
        forms = Expressions(record)
        short = forms.loss(output.z, output.a, record.loss) == forms.code.numpy
        if forms.pair and not record.layout.signal:
            short &= forms.slope() == forms.code.slope[0]
            short &= len(forms.pair.dl_dz) == 1 or forms.amplify(self.number - 1) != forms.pair.dl_dz[-1]
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
