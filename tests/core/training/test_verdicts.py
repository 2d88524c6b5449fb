"""Whether the scale of the data is what keeps a training from learning: said where it is, and not where it is not."""

import numpy as np
import pytest

from app.core.network import Network, initialize
from app.core.training.recipe import Diverged, Examples, Recipe
from app.core.training.scaling import Scaling
from app.core.training.trainer import Trainer
from app.core.training.verdicts import PATIENCE, Watcher, constant_cost, said

AREA = np.array([61, 74, 82, 95, 103, 118, 126, 140, 151, 167, 180, 203], float)
ROOMS = np.array([2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6], float)
PRICES = 2800 * AREA + 9000 * ROOMS + 1500 * np.sin(AREA)
HOUSES = Examples(np.stack([AREA, ROOMS], axis=1), PRICES[:, None])


def standardised(examples):
    inputs, targets = Scaling.of(examples.xs), Scaling.of(examples.targets)
    return Examples(inputs.standardised(examples.xs), targets.standardised(examples.targets), targets.scale)


def judged(examples, recipe, output="linear", sizes=(2, 4, 1), activation="tanh"):
    """The verdict after each epoch of a training, and the one on its divergence."""
    network = initialize(sizes, activation, output, "xavier_uniform", np.random.default_rng(4))
    watcher, trainer = Watcher(network, examples, recipe.loss), Trainer(network, examples, recipe)
    verdicts = [watcher.see(trainer.record())]
    try:
        verdicts += [watcher.see(trainer.epoch()) for _ in range(recipe.epochs)]
    except Diverged as error:
        return verdicts, watcher.diverged(error.epoch)
    return verdicts, None


@pytest.mark.parametrize("optimizer", ["adam", "gradient_descent"])
@pytest.mark.parametrize("loss", ["half_squared_error", "huber", "absolute_error"])
def test_prices_in_hundreds_of_thousands_are_the_problem_and_standardised_they_are_none(loss, optimizer):
    recipe = Recipe(loss, optimizer, 0.05, epochs=60)
    verdicts, on_end = judged(HOUSES, recipe)
    last = on_end or verdicts[-1]
    assert last is not None
    assert (last.code, last.inputs, last.targets) == ("unscaled_data", False, True)
    assert last.evidence["largest_target"] == PRICES.max()
    assert "largest_input" not in last.evidence
    assert said(PRICES.max(), 6) in last.detail["en"]
    assert said(PRICES.max(), 6) in last.detail["zh"]
    verdicts, on_end = judged(standardised(HOUSES), recipe)
    assert (on_end, [each for each in verdicts if each]) == (None, [])


def test_it_is_said_of_large_inputs_too_at_once_where_units_are_saturated():
    rng = np.random.default_rng(2)
    xs = rng.uniform(2000, 9000, size=(40, 2))
    labels = (xs[:, 0] > xs[:, 1]).astype(int)
    examples = Examples(xs, np.eye(2)[labels])
    verdicts, _ = judged(examples, Recipe("cross_entropy", epochs=3), "softmax", (2, 5, 2))
    first = verdicts[0]
    assert first is not None
    assert (first.inputs, first.targets, first.since_epoch) == (True, False, 0)
    assert first.evidence["first_layer_gain"] < 0.01
    assert "saturated" in first.detail["en"]


@pytest.mark.parametrize(
    ("value", "text"), [(571500.0, "571500"), (6.995e10, "6.995×10¹⁰"), (0.0013, "0.0013"), (1.5e-7, "1.5×10⁻⁷")]
)
def test_numbers_are_said_as_people_write_them(value, text):
    assert said(value, 6) == text


def test_patience_is_had_before_it_is_said():
    verdicts, _ = judged(HOUSES, Recipe("half_squared_error", "adam", 1e-4, epochs=PATIENCE + 2), activation="relu")
    assert [each is None for each in verdicts] == [True] * PATIENCE + [False] * 3


def test_a_divergence_is_put_down_to_the_scale_only_where_that_is_large():
    far = Recipe("squared_error", learning_rate=1e6, epochs=200)
    assert judged(standardised(HOUSES), far, activation="relu")[1] is None
    _, on_end = judged(HOUSES, far, activation="relu")
    assert on_end is not None
    assert "diverged" in on_end.detail["en"]


def test_large_numbers_from_which_something_is_learned_are_no_problem():
    xs = np.linspace(1000, 3000, 30)[:, None]
    network = Network.from_lists([{"w": [[1.0]], "b": [0.0], "activation": "linear"}])
    examples = Examples(xs, xs * 1.01)
    watcher = Watcher(network, examples, "absolute_error")
    trainer = Trainer(network, examples, Recipe("absolute_error", learning_rate=1e-12, epochs=PATIENCE + 1))
    trainer.record()
    assert watcher.is_large
    assert [watcher.see(trainer.epoch()) for _ in range(PATIENCE + 1)] == [None] * (PATIENCE + 1)


@pytest.mark.parametrize("constant", [5000.0, 0.0])
def test_a_target_that_never_varies_is_never_blamed(constant):
    verdicts, _ = judged(Examples(HOUSES.xs * 100, np.full((12, 1), constant)), Recipe("squared_error", epochs=12))
    assert [each for each in verdicts if each] == []


def test_the_target_of_a_loss_that_reads_none_has_no_scale():
    examples = Examples(HOUSES.xs * 1e6, HOUSES.targets)
    assert not Watcher(
        initialize((2, 1), "tanh", "linear", "xavier_uniform", np.random.default_rng(1)), examples, "output_sum"
    ).is_large


def test_the_best_constant_answer_to_classes_is_their_shares():
    targets = np.eye(2)[[0, 0, 0, 1]]
    examples = Examples(np.zeros((4, 1)), targets)
    entropy = -(0.75 * np.log(0.75) + 0.25 * np.log(0.25))
    one = Examples(np.zeros((4, 1)), targets[:, 1:])
    assert constant_cost(examples, "cross_entropy", "softmax") == pytest.approx(entropy)
    assert constant_cost(one, "binary_cross_entropy", "sigmoid") == pytest.approx(entropy)
    same = Examples(np.zeros((4, 1)), np.eye(2)[[0] * 4])
    assert constant_cost(same, "cross_entropy", "softmax") == 0
    scaled = standardised(HOUSES)
    assert constant_cost(scaled, "half_squared_error") == pytest.approx(0.5 * PRICES.var())
