"""TensorFlow and JAX programs, as far as they can be held without the frameworks; check_frameworks.py runs them."""

import ast
import builtins

import pytest
from hypothesis import given, settings

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network
from app.core.record.trace import trace
from app.snippets import program
from app.snippets.frameworks import JAX, PYTORCH, TENSORFLOW
from app.snippets.jax_code import function_of

from ..core.record.steps.test_steps import lecture
from ..core.strategies import examples
from .test_numpy_program import PAIRS, drawn

LANGUAGES = ("tensorflow", "jax")
each_language = pytest.mark.parametrize("language", LANGUAGES)


def names(code, context):
    """The names that a program makes, or those it uses."""
    return {
        node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name) and isinstance(node.ctx, context)
    }


def made(code):
    """What a program assigns, imports, defines and takes as arguments."""
    tree = ast.parse(code)
    bound = names(code, ast.Store)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            bound |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    return bound


@pytest.mark.parametrize("framework", [PYTORCH, TENSORFLOW, JAX])
def test_a_framework_has_words_for_every_activation_and_loss_and_what_goes_together(framework):
    assert all(framework.activates(name) for name in ACTIVATIONS)
    assert all(framework.loss(each.words) for loss in LOSSES.values() for each in (loss, *loss.pairs.values()))


@each_language
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_a_program_has_all_quantities_and_uses_no_name_that_it_has_not_made(language, activation, loss):
    hidden = "tanh" if activation == "softmax" else activation
    record = trace(drawn(hidden, activation), [0.3, -1, 2], [0, 1, 0], loss, learning_rate=0.1)
    code = program(record, language).code
    bound = made(code)
    assert names(code, ast.Load) <= bound | set(vars(builtins))
    for number in (1, 2, 3):
        quantities = {f"{name}{number}" for name in ("z", "a", "dl_da", "dl_dz", "dl_dw", "dl_db", "new_w", "new_b")}
        assert quantities <= bound
    assert {"loss", "dl_dx", "new_loss"} <= bound


@each_language
@settings(max_examples=40, deadline=None, derandomize=True)
@given(example=examples())
def test_the_given_numbers_stand_in_it_to_the_last_digit(language, example):
    record = trace(*example)
    given_numbers = {}
    for node in ast.parse(program(record, language).code).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and node.value.args:
            call = ast.unparse(node.value.func)
            if call in {"tf.constant", "tf.Variable", "jnp.array"} and isinstance(node.value.args[0], ast.List):
                given_numbers[node.targets[0].id] = ast.literal_eval(node.value.args[0])
    assert given_numbers["x"] == record.x.tolist()
    for number, layer in enumerate(record.layers, start=1):
        assert given_numbers[f"w{number}"] == layer.w.tolist()
        assert given_numbers[f"b{number}"] == layer.b.tolist()


@pytest.mark.parametrize(
    ("language", "from_z", "from_a"),
    [
        ("tensorflow", "sigmoid_cross_entropy_with_logits(labels=target, logits=z1)", "tf.math.log(a1)"),
        ("jax", "def loss_of(z):", "def loss_of(a):"),
    ],
)
def test_where_the_outputs_have_rounded_to_their_limit_the_loss_is_taken_from_z(language, from_z, from_a):
    saturated = trace(Network((Layer.of([[40.0]], [0.0], "sigmoid"),)), [1], [0], "binary_cross_entropy")
    written = program(saturated, language)
    assert from_z in written.code
    assert "dl_da1" not in written.code
    (mark,) = [mark for mark in written.marks if mark.operation == "loss_gradient"]
    assert mark.variable is None
    ordinary = trace(Network((Layer.of([[0.5]], [0.0], "sigmoid"),)), [1], [0], "binary_cross_entropy")
    assert from_a in program(ordinary, language).code


@pytest.mark.parametrize(("language", "sent"), [("tensorflow", "output_gradients=signal"), ("jax", "dl_da3 = signal")])
def test_a_signal_is_what_is_sent_back(language, sent):
    record = trace(drawn("tanh", "softmax"), [1, 2, 3], [1, 0, 0], "cross_entropy", signal=[1, 0, -1])
    code = program(record, language).code
    assert sent in code
    assert "tape.gradient(loss" not in code
    assert "pull_loss(1.0)" not in code


@each_language
def test_the_lectures_program_is_short_and_walks_back_once(language):
    code = program(lecture(learning_rate=0.5), language).code
    assert len(code.split("\n")) < 100
    assert max(map(len, code.split("\n"))) <= 120
    assert code.count("tape.gradient(") == (language == "tensorflow")
    assert [code.count(f"= pull_{name}(") for name in ("loss", "a1", "z1", "z3")] == [int(language == "jax")] * 4


def test_in_jax_the_gain_is_the_line_of_the_forward_pass_that_makes_the_pull_back():
    written = program(lecture(), "jax")
    (mark,) = [mark for mark in written.marks if mark.operation == "gain" and mark.layer == 1]
    assert written.code.split("\n")[mark.first_line - 1] == "a2, pull_a2 = jax.vjp(jax.nn.sigmoid, z2)"


def test_an_activation_goes_by_its_name_where_it_has_one():
    assert function_of("jax.nn.relu({z})") == "jax.nn.relu"
    assert function_of("jnp.where({z} > 0, {z}, 0.01 * {z})") == "lambda z: jnp.where(z > 0, z, 0.01 * z)"
