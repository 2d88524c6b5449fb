import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network, initialize
from app.core.record.layout import Structure, layout
from app.core.record.plan import plan
from app.core.record.trace import trace
from app.snippets import LANGUAGES, program

from ..core.record.steps.test_steps import LECTURE, lecture
from ..core.strategies import examples
from .running import arrays, distance, run

PAIRS = [
    (activation, loss)
    for loss, entry in LOSSES.items()
    for activation in ACTIVATIONS
    if not entry.outputs or activation in entry.outputs
]


def drawn(activation, output, seed=3, sizes=(3, 4, 4, 3)):
    return initialize(sizes, activation, output, "xavier_uniform", np.random.default_rng(seed))


def worst(record):
    """The variable that is farthest from the trace, and how far."""
    namespace, _ = run(program(record, "numpy").code)
    return max((distance(namespace[name], value), name) for name, value in arrays(record))


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_every_activation_with_every_loss_gives_the_numbers_of_the_trace(activation, loss):
    hidden = "tanh" if ACTIVATIONS[activation].last_layer_only else activation
    rng = np.random.default_rng(11)
    for target in (rng.random(3), np.array([0.0, 1.0, 0.0])):
        record = trace(drawn(hidden, activation), rng.normal(size=3), target, loss, learning_rate=0.1)
        assert worst(record) <= (1e-12, "z")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    example=examples(scales=(0.5, 1.0, 3.0)),
    learning_rate=st.sampled_from([None, 0.1]),
    freeze=st.sampled_from([(), ("b",), ("w",), ("b", "w")]),
)
def test_random_networks_give_the_numbers_of_the_trace(example, learning_rate, freeze):
    assert worst(trace(*example, learning_rate=learning_rate, freeze=freeze)) <= (1e-12, "z")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(example=examples(), seed=st.integers(0, 1000))
def test_a_signal_of_ones_own_is_sent_back_instead_of_the_losss(example, seed):
    network, x, target, loss = example
    record = trace(network, x, target, loss, signal=np.random.default_rng(seed).normal(size=len(target)))
    assert f"dl_da{len(network.layers)} = signal" in program(record, "numpy").code
    assert worst(record) <= (1e-12, "z")


@pytest.mark.parametrize("z", [-800.0, -40.0, 20.0, 40.0, 700.0])
@pytest.mark.parametrize("target", [0.0, 1.0])
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_where_the_short_form_loses_its_digits_the_careful_one_is_written(activation, loss, target, z):
    network = Network((Layer.of([[z], [0.3]], [0.0, 0.0], activation),))
    record = trace(network, [1.0], [target, 1.0 - target], loss)
    assert worst(record) <= (1e-12, "z")


def test_where_nothing_is_lost_the_short_form_is_written():
    code = program(lecture(), "numpy").code
    assert "error = a3 - target\n" in code
    saturated = trace(Network((Layer.of([[40.0]], [0.0], "sigmoid"),)), [1], [1], "half_squared_error")
    assert (
        "error = np.where(target > 0.5, (1 - target) - sigmoid(-z1), a1 - target)" in program(saturated, "numpy").code
    )
    classifier = trace(drawn("relu", "softmax"), [0.5, 1, -1], [0, 1, 0], "cross_entropy")
    assert "dl_dz3 = a3 - target\n" in program(classifier, "numpy").code


def test_the_lectures_program_is_short_and_says_what_it_does():
    code = program(lecture(learning_rate=0.5), "numpy").code
    assert len(code.split("\n")) < 100
    assert max(map(len, code.split("\n"))) <= 120
    for phase in ("Forward pass", "Loss", "Backward pass", "Gradient", "Update"):
        assert len(re.findall(rf"^# {phase}", code, re.MULTILINE)) == 1
    assert "dl_da2 = w3.T @ dl_dz3\n" in code
    assert "dl_dz2 = gain2 * dl_da2\n" in code
    assert "dl_dw1 = np.outer(dl_dz1, x)\n" in code


def test_a_program_prints_what_it_found():
    record = lecture(learning_rate=0.5)
    _, printed = run(program(record, "numpy").code)
    found = dict(line.split(" = ") for line in printed.strip().split("\n"))
    assert float(found["loss"]) == pytest.approx(record.loss, rel=1e-14)
    assert float(found["new_loss"]) == pytest.approx(record.updated.loss, rel=1e-14)
    assert set(found) >= {"dl_dw1", "dl_db3", "dl_dx"}


def test_only_the_functions_that_are_called_are_defined():
    code = program(trace(drawn("relu", "linear"), [1, 2, 3], [1, 2, 3], "huber"), "numpy").code
    assert "def " not in code
    assert program(lecture(), "numpy").code.count("def ") == 1


def test_numbers_stand_in_the_program_to_the_last_digit_on_lines_that_can_be_read():
    network = drawn("tanh", "tanh", sizes=(40, 30, 2))
    record = trace(network, np.random.default_rng(1).normal(size=40), [0.1, 1 / 3], "half_squared_error")
    code = program(record, "numpy").code
    assert max(map(len, code.split("\n"))) <= 120
    namespace, _ = run(code)
    for number, layer in enumerate(record.layers, start=1):
        assert (namespace[f"w{number}"] == layer.w).all()
        assert (namespace[f"b{number}"] == layer.b).all()
    assert (namespace["x"] == record.x).all()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(example=examples(most_units=3), freeze=st.sampled_from([(), ("b",), ("w",), ("b", "w")]))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_of_the_trace_has_its_mark_in_the_order_of_the_steps(language, example, freeze):
    record = trace(*example, learning_rate=0.1, freeze=freeze)
    written = program(record, language)
    structure, lines = record.layout.structure, written.code.split("\n")
    operations = plan(structure, "layer").operations
    assert [(m.phase, m.operation, m.layer) for m in written.marks] == [(o.phase, o.name, o.layer) for o in operations]
    addresses = record.layout.addresses
    for mark, operation in zip(written.marks, operations, strict=True):
        shown = lines[mark.first_line - 1 : mark.last_line]
        assert shown
        assert all(line.strip() and not line.lstrip().startswith("#") for line in shown)
        if mark.variable:
            assert re.search(rf"\b{mark.variable}\b.* = ", shown[-1])
        for position in operation.writes:
            assert any(addresses[position] == w or addresses[position].startswith(f"{w}/") for w in mark.writes)


def test_a_marks_variable_holds_what_its_step_writes():
    record = lecture(learning_rate=0.5)
    written = program(record, "numpy")
    namespace, _ = run(written.code)
    for mark in written.marks:
        (pointer,) = mark.writes
        positions = [
            at for at, address in enumerate(record.layout.addresses) if (address + "/").startswith(pointer + "/")
        ]
        held = np.ravel(namespace[mark.variable])
        assert held == pytest.approx([record.numbers[at] for at in positions], rel=1e-12)


def test_a_frozen_parameter_is_not_updated():
    code = program(lecture(learning_rate=0.5, freeze=["b"]), "numpy").code
    assert "new_w1 = " in code
    assert "new_b1" not in code
    assert "new_z1 = new_w1 @ x + b1\n" in code


def test_without_a_target_none_is_written():
    code = program(trace(LECTURE, [1, -1], [0, 0], "output_sum"), "numpy").code
    assert "target" not in code.replace("its target", "")


def test_the_structure_alone_decides_what_a_mark_is_called():
    spans = layout(Structure((2, 2, 2, 2), ("sigmoid",) * 3, "half_squared_error"))
    marks = program(lecture(), "numpy").marks
    assert {mark.writes[0] for mark in marks} <= {address.rsplit("/", 1)[0] for address in spans.addresses} | {
        "/layers/0/dl_dw",
        "/layers/1/dl_dw",
        "/layers/2/dl_dw",
        "/loss/value",
    }
