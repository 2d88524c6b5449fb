"""The cost of a network over many examples as a program, in NumPy or in PyTorch.

The program takes the loss of one example after the other, in the words of a trace, and only then their sum
and their mean: loss, total loss and cost are three things, and here one sees which is which. Like a trace's program it
is written in the shortest form that keeps its digits with these numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ..core.arrays import Array
from ..core.functions.activations import ACTIVATIONS
from ..core.functions.losses import LOSSES
from ..core.network import Network
from ..core.record.forward import forward, losses, residual_of
from ..core.training.scaling import Scaling
from ..looking import watched
from .numpy_code import AGREEMENT, PLAIN_ERROR, evaluated, helpers_of, inputs, needed_imports, words_of
from .writing import matrix, vector

DATA_FILE = "backpropscope-data.json"
"""What a program reads if its data do not stand in it: what the Lab's page saves under this name."""

NETWORK = "The network; in w, a row is the unit that receives, a column the one that sends."
DATA = "The data, an example to a row."
IN_FILE = "The data, an example to a row, from the file that stands beside this one."
SUMS = "Total loss: the sum of the examples' losses. Cost: their mean."
FOLLOWED = {
    "mean": "Each step of the training followed the gradient of the cost of its batch",
    "sum": "Each step of the training followed the gradient of the total loss of its batch",
}
HELD_OUT = "The same of the examples held out."
SCALING = {
    "": "The network is given x standardised: its distance from the mean, in standard deviations of the training part.",
    "target_": "So it is with the targets; 1 of the network's output is so much in the target's own unit.",
}
OWN_UNITS = "Output and target in the target's own unit, both counted from the mean."
DRIVEN_DOWN = "What training drove down: the mean where output and target are in standard deviations."
DOC = '"""Loss: one number that says how far the output for one example is from its target."""'


@dataclass(frozen=True, eq=False)
class Question:
    """Of what the cost is asked for.

    Attributes:
        network: the network.
        loss: a name in ``LOSSES``.
        xs: inputs, an example to a row.
        targets: their targets, row by row.
        test_xs: inputs held out, or None.
        test_targets: their targets, or None.
        in_file: whether the program reads xs and targets from ``DATA_FILE`` instead of holding them.
        reduction: a name in ``REDUCTIONS``: what the steps of the training followed.
        scaling: how x is standardised before the network has it, or None.
        target_scaling: how targets are; then losses are in the targets' own units. Or None.
    """

    network: Network
    loss: str
    xs: Array
    targets: Array
    test_xs: Array | None = None
    test_targets: Array | None = None
    in_file: bool = False
    reduction: str = "mean"
    scaling: Scaling | None = None
    target_scaling: Scaling | None = None

    @property
    def output(self) -> str:
        """The activation that the loss is taken of: none where the output is brought into another unit first."""
        return self.network.layers[-1].activation if self.target_scaling is None else "linear"

    def parts(self) -> Iterator[tuple[str, Array, Array]]:
        """The prefix of its names, xs and targets of each part of the data."""
        yield "", self.xs, self.targets
        if self.test_xs is not None and self.test_targets is not None:
            yield "test_", self.test_xs, self.test_targets


@dataclass(frozen=True, eq=False)
class _Outputs:
    """What the output layer makes of all examples, an example to a row; and what its losses should be."""

    z: Array
    a: Array
    target: Array
    error: Array
    losses: Array

    @classmethod
    def of(cls, question: Question) -> _Outputs:
        xs, targets = (np.concatenate(arrays) for arrays in zip(*(part[1:] for part in question.parts()), strict=True))
        output = ACTIVATIONS[question.output]
        ran = forward(question.network, (question.scaling.standardised(xs) if question.scaling else xs).T)
        z, a, target = ran.z[-1], ran.a[-1], targets.T
        if question.target_scaling is not None:
            unit = question.target_scaling.scale[:, np.newaxis]
            z = a = unit * a
            target = unit * question.target_scaling.standardised(targets).T
        error = residual_of(output, z, a, target)
        return cls(z.T, a.T, target.T, error.T, losses(LOSSES[question.loss], output, z, a, target))

    def known(self, row: int) -> Mapping[str, Array]:
        """The numbers of one example by the names that expressions have for them."""
        return {"z": self.z[row], "a": self.a[row], "target": self.target[row], "error": self.error[row]}


def _agree(ours: Array, truth: Array) -> bool:
    """Whether losses are the same one by one, by the largest of them, and in their sum."""
    if not np.isfinite(truth).all():
        return bool(np.array_equal(ours, truth, equal_nan=True))
    if not np.array_equal(np.sign(ours), np.sign(truth)):
        return False
    apart = np.abs(ours - truth)
    return bool(apart.max() <= AGREEMENT * np.abs(truth).max() and abs(apart.sum()) <= AGREEMENT * np.abs(truth).sum())


class _Forms:
    """How the loss is written: from the error or from a, or from z; with care or without."""

    def __init__(self, question: Question) -> None:
        """Try the shortest forms on all examples."""
        activation = question.output
        self.code, self.pair = words_of(question.loss, activation)
        self.error = ""
        with np.errstate(all="ignore"):
            outputs = _Outputs.of(question)
            if "{error}" in self.code.numpy:
                candidates = (PLAIN_ERROR, *ACTIVATIONS[activation].words.error)
                self.error = self._first(candidates, outputs, through=self.code.numpy)
            self.loss = self._first((self.code.numpy, *([self.pair.numpy] if self.pair else [])), outputs)

    @staticmethod
    def _first(candidates: Sequence[str], outputs: _Outputs, through: str = "") -> str:
        """The first candidate with which the losses come out right; ``through``: it is the error in this expression."""
        for candidate in candidates[:-1]:
            made = []
            for row in watched(range(len(outputs.losses))):
                known = outputs.known(row)
                value = evaluated(candidate, known)
                made.append(evaluated(through, {**known, "error": np.asarray(value)}) if through else value)
            if _agree(np.array(made, dtype=np.float64), outputs.losses):
                return candidate
        return candidates[-1]


def _loss_function(question: Question, language: str, loss: Sequence[str]) -> Iterator[str]:
    """``loss_of(x, target)``: the forward pass of one example, and its loss."""
    of_targets = question.target_scaling is not None
    yield f"def loss_of(x, target{', unit=target_scale' if of_targets else ''}):"
    yield f"    {DOC}"
    if question.scaling is not None:
        yield "    x = (x - shift) / scale"
    for number, layer in enumerate(question.network.layers, start=1):
        code = ACTIVATIONS[layer.activation].words
        expression = code.numpy if language == "numpy" else code.pytorch
        yield f"    z{number} = w{number} @ {inputs(number)} + b{number}"
        yield f"    a{number} = {expression.format(z=f'z{number}')}"
    if of_targets:
        yield f"    # {OWN_UNITS}"
        yield f"    y = unit * a{len(question.network.layers)}"
        yield "    target = unit * ((target - target_shift) / target_scale)"
    yield from (f"    {line}" for line in loss)


def _given(question: Question, call: str) -> Iterator[str]:
    yield f"# {NETWORK}"
    for number, layer in enumerate(question.network.layers, start=1):
        yield from matrix(f"w{number}", call, layer.w.tolist())
        yield from vector(f"b{number}", call, layer.b.tolist())
    yield ""
    for prefix, each in (("", question.scaling), ("target_", question.target_scaling)):
        if each is not None:
            yield f"# {SCALING[prefix]}"
            yield from vector(f"{prefix}shift", call, each.shift.tolist())
            yield from vector(f"{prefix}scale", call, each.scale.tolist())
            yield ""
    if question.in_file:
        yield f"# {IN_FILE}"
        yield f'with open("{DATA_FILE}", encoding="utf-8") as file:'
        yield "    data = json.load(file)"
        for prefix, _, _ in question.parts():
            yield from (f'{prefix}{name} = {call}(data["{prefix}{name}"])' for name in ("xs", "targets"))
        return
    yield f"# {DATA}"
    for prefix, xs, targets in question.parts():
        yield from matrix(f"{prefix}xs", call, xs.tolist())
        yield from matrix(f"{prefix}targets", call, targets.tolist())


def _sums(question: Question, call: str, module: str) -> Iterator[str]:
    where = "" if question.target_scaling is None else ", in standard deviations"
    comments = iter((f"{SUMS}\n# {FOLLOWED[question.reduction]}{where}.", HELD_OUT))
    for prefix, _, _ in question.parts():
        yield f"# {next(comments)}"
        examples = f"zip({prefix}xs, {prefix}targets)"
        yield f"{prefix}losses = {call}([loss_of(x, target) for x, target in {examples}])"
        yield f"{prefix}total_loss = {module}.sum({prefix}losses)"
        yield f"{prefix}cost = {module}.mean({prefix}losses)"
        if question.target_scaling is not None:
            yield f"# {DRIVEN_DOWN}"
            yield f"{prefix}standardised = {call}([loss_of(x, target, 1.0) for x, target in {examples}])"
            yield f"standardised_{prefix}cost = {module}.mean({prefix}standardised)"
        yield from (f'print("{prefix}{name} =", {prefix}{name}.tolist())' for name in ("total_loss", "cost"))
        if question.target_scaling is not None:
            yield f'print("standardised_{prefix}cost =", standardised_{prefix}cost.tolist())'
        yield ""


def _answer(question: Question) -> str:
    """What the output is called where it meets its target."""
    return f"a{len(question.network.layers)}" if question.target_scaling is None else "y"


def _numpy(question: Question) -> list[str]:
    forms, number = _Forms(question), len(question.network.layers)
    names = {"z": f"z{number}", "a": _answer(question), "error": "error"}
    error = [f"error = {forms.error.format_map(names)}"] if forms.error else []
    function = list(_loss_function(question, "numpy", [*error, f"return {forms.loss.format_map(names)}"]))
    helpers = helpers_of(function)
    needed = needed_imports(helpers)
    return [
        *(["import json", *([] if needed else [""])] if question.in_file else []),
        *needed,
        "import numpy as np",
        "",
        *_given(question, "np.array"),
        *(line for source in helpers for line in ("", "", *source.rstrip("\n").split("\n"))),
        "",
        "",
        *function,
        "",
        "",
        *_sums(question, "np.array", "np"),
    ]


def _pytorch(question: Question) -> list[str]:
    forms, number = _Forms(question), len(question.network.layers)
    # Where NumPy has to take the loss from z, so has PyTorch.
    loss = forms.pair.pytorch if forms.pair and forms.loss == forms.pair.numpy else forms.code.pytorch
    expression = loss.format(z=f"z{number}", a=_answer(question))
    return [
        *(["import json", ""] if question.in_file else []),
        "import torch",
        "",
        "torch.set_default_dtype(torch.float64)",
        "",
        *_given(question, "torch.tensor"),
        "",
        "",
        *_loss_function(question, "pytorch", [f"return {expression}"]),
        "",
        "",
        *_sums(question, "torch.stack", "torch"),
    ]


COST_LANGUAGES = MappingProxyType({"numpy": _numpy, "pytorch": _pytorch})


def cost_program(question: Question, language: str) -> str:
    """Write a whole program that prints total loss and cost of a network over its data.

    Args:
        question: the network, its loss and the data.
        language: a name in ``COST_LANGUAGES``.
    """
    return "\n".join(COST_LANGUAGES[language](question)).rstrip("\n") + "\n"
