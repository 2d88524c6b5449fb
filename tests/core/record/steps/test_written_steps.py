"""Every kind of step, symbol for symbol and number for number, as ``fixtures/steps.txt`` has them.

Where a text is to change, ``python -m tests.core.record.steps.test_written_steps`` writes the file anew; read what
``git diff`` then shows of it as a reader of the page would.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.rules.walk import follow, ruled_steps
from app.core.network import Layer, Network
from app.core.record.steps import steps
from app.core.record.trace import Trace, trace

from .test_steps import LECTURE

FILE = Path(__file__).parent / "fixtures" / "steps.txt"
WIDE = [0.5, -1.5, 2.0, 0.25, -0.75, 1.0, -2.0, 0.125, 3.0, -0.5]


def small(hidden: str, output: str) -> Network:
    layers = [
        {"w": [[1.5, -0.5], [-1.0, 2.0]], "b": [-0.25, 0.75], "activation": hidden},
        {"w": [[1.0, -2.0], [0.5, 1.25]], "b": [0.0, 0.5], "activation": output},
    ]
    return Network.from_lists(layers)


def output_of(loss: str) -> str:
    allowed = LOSSES[loss].outputs
    return allowed[0] if allowed else "linear"


def outputs() -> Iterator[tuple[str, str]]:
    """Every loss with every output that has a formula of its own for it."""
    for loss, entry in LOSSES.items():
        for output in entry.outputs or ("linear", "softmax"):
            yield loss, output


def shown(record: Trace, *granularities: str, first: bool = False, of: tuple[str, ...] = ()) -> Iterator[str]:
    """The steps, or the first of each operation and layer, or those of some operations."""
    for granularity in granularities:
        seen = set()
        for step in steps(record, granularity):
            kind = step["phase"], step["operation"], step["layer"]
            if (not first or kind not in seen) and (not of or step["operation"] in of):
                seen.add(kind)
                yield f"{step['phase']} {step['operation']} {step['layer']} {step['unit']}: {step['formula']}"
                yield f"    {step['numbers']}"


def cases() -> Iterator[tuple[str, Iterator[str]]]:
    """A heading, and the lines below it."""
    lecture = trace(LECTURE, [1, -1], [1, 0], "half_squared_error", learning_rate=0.5)
    for granularity in ("layer", "unit", "term"):
        yield f"lecture {granularity}", shown(lecture, granularity, first=granularity == "term")
    for hidden, entry in ACTIVATIONS.items():
        if not entry.reads_whole_layer:
            record = trace(small(hidden, "linear"), [1.0, -2.0], [0.5, -1.0], "output_sum")
            yield f"hidden {hidden}", shown(record, "layer", "unit", first=True, of=("activation", "gain", "amplify"))
    for loss, output in outputs():
        record = trace(small("tanh", output), [1.0, -2.0], [1.0, 0.0], loss, learning_rate=0.1, freeze=("b",))
        of = ("loss", "loss_gradient", "gain", "amplify")
        yield f"{output}, {loss}", shown(record, "layer", "unit", first=True, of=of)
    signal = trace(small("relu", "sigmoid"), [1.0, -2.0], [1.0, 0.0], "huber", signal=[1.0, 0.0], freeze=("w",))
    yield "a signal", shown(signal, "layer", "unit", "term", first=True)
    weights = np.linspace(-0.5, 0.6, 110).reshape(11, 10)
    wide = Network((Layer.of(weights[:10], weights[0], "tanh"), Layer.of(weights[10:], [0.5], "linear")))
    record = trace(wide, WIDE, [1.0], "mean_squared_error", learning_rate=0.1)
    yield "wide", shown(record, "layer", "unit", first=True)
    for rule in RULES.values():
        yield f"rule {rule.name}", wrong(rule.name)


def wrong(name: str) -> Iterator[str]:
    """What a rule does otherwise, in the first of a few networks that it applies to."""
    for hidden, output, loss in (
        ("tanh", "sigmoid", "half_squared_error"),
        ("leaky_relu", "softmax", "squared_error"),
        ("tanh", "softmax", "cross_entropy"),
    ):
        record = trace(small(hidden, output), [1.0, -2.0], [1.0, 0.0], loss, learning_rate=0.1)
        if RULES[name].applies(record.layout.structure):
            break
    else:
        return
    seen = set()
    for granularity in ("layer", "unit", "term"):
        for step in ruled_steps(follow(record, RULES[name]), granularity):
            kind = step["operation"], step["formula"]
            if "right_formula" in step and step["unit"] != 1 and kind not in seen:
                seen.add(kind)
                yield f"{step['operation']} {step['layer']} {step['unit']}: {step['formula']}"
                yield f"    right {step['right_formula']}"
                yield f"    {step['numbers']}"


def written() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("# "):
            found[line[2:]] = kept = []
        else:
            kept.append(line)
    return found


@pytest.mark.parametrize(("heading", "lines"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_a_step_is_written_as_it_is_to_be_read(heading, lines):
    assert list(lines) == written()[heading]


def test_nothing_is_written_that_no_step_says():
    assert set(written()) == {heading for heading, _ in cases()}


if __name__ == "__main__":
    text = "\n".join(line for heading, lines in cases() for line in (f"# {heading}", *lines))
    FILE.write_text(f"{text}\n", "utf-8")
