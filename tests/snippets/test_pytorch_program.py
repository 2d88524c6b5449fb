import ast

import numpy as np
import pytest
from hypothesis import given, settings

from app.core.network import Layer, Network
from app.core.record.trace import trace
from app.snippets import program

from ..core.record.steps.test_steps import lecture
from ..core.strategies import examples
from .test_numpy_program import PAIRS, drawn


def assigned(code):
    """The names that a program assigns."""
    return {
        target.id
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_a_program_has_all_quantities_and_uses_no_name_that_it_has_not_made(activation, loss):
    hidden = "tanh" if activation == "softmax" else activation
    record = trace(drawn(hidden, activation), [0.3, -1, 2], [0, 1, 0], loss, learning_rate=0.1)
    code = program(record, "pytorch").code
    made = assigned(code)
    used = {
        node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    assert used <= made | {"torch", "print", "value"}
    for number in (1, 2, 3):
        quantities = {f"{name}{number}" for name in ("z", "a", "dl_da", "dl_dz", "dl_dw", "dl_db", "new_w", "new_b")}
        assert quantities <= made
    assert {"loss", "dl_dx", "new_loss"} <= made
    assert code.count(".backward(") == 1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(examples())
def test_the_given_numbers_stand_in_it_to_the_last_digit(example):
    record = trace(*example)
    code = program(record, "pytorch").code
    given_numbers = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.Assign) and "torch.tensor(" in ast.unparse(node.value):
            given_numbers[node.targets[0].id] = ast.literal_eval(node.value.args[0])
    assert given_numbers["x"] == record.x.tolist()
    for number, layer in enumerate(record.layers, start=1):
        assert given_numbers[f"w{number}"] == layer.w.tolist()
        assert given_numbers[f"b{number}"] == layer.b.tolist()


def test_where_the_outputs_have_rounded_to_their_limit_the_loss_is_taken_from_z():
    saturated = trace(Network((Layer.of([[40.0]], [0.0], "sigmoid"),)), [1], [0], "binary_cross_entropy")
    written = program(saturated, "pytorch")
    assert "binary_cross_entropy_with_logits(z1, target" in written.code
    assert "dl_da1" not in written.code
    (mark,) = [mark for mark in written.marks if mark.operation == "loss_gradient"]
    assert written.code.split("\n")[mark.first_line - 1] == "loss.backward()"
    assert mark.variable is None
    ordinary = trace(Network((Layer.of([[0.5]], [0.0], "sigmoid"),)), [1], [0], "binary_cross_entropy")
    assert "torch.log(a1)" in program(ordinary, "pytorch").code


def test_a_signal_is_what_backward_starts_from():
    code = program(trace(drawn("tanh", "softmax"), [1, 2, 3], [1, 0, 0], "cross_entropy", signal=[1, 0, -1]), "pytorch")
    assert "a3.backward(signal)\n" in code.code
    assert "loss.backward()" not in code.code


def test_the_lectures_program_is_short():
    code = program(lecture(learning_rate=0.5), "pytorch").code
    assert len(code.split("\n")) < 90
    assert np.max([len(line) for line in code.split("\n")]) <= 120
