import json
from dataclasses import replace

import numpy as np
import pytest

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network, initialize
from app.core.record.batch import batch
from app.core.training.trainer import Examples, Recipe, Trainer
from app.snippets.cost_code import DATA_FILE, Question, cost_program

from .running import run
from .test_numpy_program import PAIRS


def drawn(loss, activation, seed=5, sizes=(3, 4, 3), count=12):
    """A network with its data, as a question."""
    rng = np.random.default_rng(seed)
    hidden = "tanh" if ACTIVATIONS[activation].last_layer_only else activation
    network = initialize(sizes, hidden, activation, "xavier_normal", rng)
    targets = rng.random((count, sizes[-1]))
    targets[::2] = np.eye(sizes[-1])[rng.integers(0, sizes[-1], len(targets[::2]))]
    return Question(network, loss, rng.normal(size=(count, sizes[0])), targets)


def found(question, language="numpy"):
    """What the program's variables hold."""
    namespace, _ = run(cost_program(question, language))
    return namespace


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_the_program_of_every_loss_finds_the_servers_losses_their_sum_and_their_mean(activation, loss):
    question = drawn(loss, activation)
    truth = batch(question.network, question.xs, question.targets, loss)
    names = found(question)
    scale = np.abs(truth.losses).sum()
    assert names["losses"] == pytest.approx(truth.losses, rel=1e-12)
    assert abs(names["total_loss"] - truth.total_loss) <= 1e-12 * scale
    assert abs(names["cost"] - truth.cost) <= 1e-12 * scale / len(question.xs)


@pytest.mark.parametrize(("loss", "output"), [(loss, (LOSSES[loss].outputs or ("sigmoid",))[0]) for loss in LOSSES])
def test_the_cost_of_a_trained_network_is_that_of_its_record(loss, output):
    rng = np.random.default_rng(3)
    xs = rng.normal(size=(40, 2))
    targets = np.eye(2)[(xs[:, 0] * xs[:, 1] > 0).astype(int)]
    network = initialize((2, 6, 2), "tanh", output, "xavier_normal", rng)
    recipe = Recipe(loss, "adam", learning_rate=0.05, batch_size=8, epochs=60, seed=1)
    trainer = Trainer(network, Examples(xs[:30], targets[:30]), recipe, Examples(xs[30:], targets[30:]))
    for _ in range(recipe.epochs):
        last = trainer.epoch()
    question = Question(trainer.network, loss, xs[:30], targets[:30], xs[30:], targets[30:])
    names = found(question)
    assert names["cost"] == pytest.approx(last.cost, rel=1e-12)
    assert names["total_loss"] == pytest.approx(last.total_loss, rel=1e-12)
    assert names["test_cost"] == pytest.approx(last.test_cost, rel=1e-12)


@pytest.mark.parametrize("z", [-800.0, -40.0, 20.0, 40.0, 700.0])
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_where_one_examples_loss_would_lose_its_digits_all_are_written_with_care(activation, loss, z):
    network = Network((Layer.of([[z], [0.3]], [0.0, 0.0], activation),))
    for target in ([0.0, 1.0], [1.0, 0.0]):
        question = Question(network, loss, np.array([[1.0], [0.01]]), np.array([target, target]))
        truth = batch(network, question.xs, question.targets, loss)
        assert found(question)["losses"] == pytest.approx(truth.losses, rel=1e-12)


def test_where_nothing_is_lost_the_short_form_is_written():
    assert "return 0.5 * np.sum(error**2)" in cost_program(drawn("half_squared_error", "sigmoid"), "numpy")
    assert "error = a2 - target\n" in cost_program(drawn("half_squared_error", "sigmoid"), "numpy")
    positive = drawn("cross_entropy", "softmax")
    positive.targets[:] = 1 / 3
    assert "return -np.sum(target * np.log(a2))" in cost_program(positive, "numpy")


def test_a_program_prints_what_it_found_of_both_parts_of_the_data():
    question = drawn("huber", "linear")
    held_out = Question(
        question.network, "huber", question.xs[:8], question.targets[:8], question.xs[8:], question.targets[8:]
    )
    names, printed = run(cost_program(held_out, "numpy"))
    said = dict(line.split(" = ") for line in printed.strip().split("\n"))
    assert list(said) == ["total_loss", "cost", "test_total_loss", "test_cost"]
    assert all(float(number) == names[name] for name, number in said.items())


@pytest.mark.parametrize("language", ["numpy", "pytorch"])
def test_long_data_stay_in_a_file_beside_the_program(language, tmp_path, monkeypatch):
    question = drawn("half_squared_error", "tanh")
    apart = Question(question.network, question.loss, question.xs, question.targets, in_file=True)
    code = cost_program(apart, language)
    assert repr(float(question.xs[3, 1])) not in code
    compile(code, "<program>", "exec")
    if language == "numpy":
        data = {"xs": question.xs.tolist(), "targets": question.targets.tolist()}
        (tmp_path / DATA_FILE).write_text(json.dumps(data), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        assert run(code)[0]["cost"] == found(question)["cost"]


@pytest.mark.parametrize("language", ["numpy", "pytorch"])
def test_the_given_numbers_stand_in_it_to_the_last_digit_on_lines_that_can_be_read(language):
    code = cost_program(drawn("huber", "tanh", sizes=(30, 20, 2)), language)
    assert max(map(len, code.split("\n"))) <= 120
    names = found(drawn("huber", "tanh", sizes=(30, 20, 2)))
    assert (names["xs"] == drawn("huber", "tanh", sizes=(30, 20, 2)).xs).all()


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_pytorch_takes_the_loss_from_z_where_numpy_has_to(activation, loss):
    question = drawn(loss, activation)
    numpy, pytorch = (cost_program(question, language) for language in ("numpy", "pytorch"))
    assert ("log_softmax(" in numpy) == ("log_softmax(" in pytorch)
    assert pytorch.count("def loss_of(x, target):") == 1
    assert "np." not in pytorch


@pytest.mark.parametrize("language", ["numpy", "pytorch"])
@pytest.mark.parametrize(
    ("reduction", "said"), [("mean", "gradient of the cost"), ("sum", "gradient of the total loss")]
)
def test_a_program_says_what_the_steps_of_the_training_followed(language, reduction, said):
    question = replace(drawn("huber", "linear"), reduction=reduction)
    comments = [line for line in cost_program(question, language).split("\n") if line.startswith("# Each step")]
    assert len(comments) == 1
    assert said in comments[0]
