"""Standardising: what the network has, what the record says in the targets' own units, and constant columns."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.functions.losses import LOSSES
from app.core.network import Network, initialize
from app.core.record.batch import batch
from app.core.training.recipe import Diverged, Examples, Recipe
from app.core.training.scaling import VALUE_LOSSES, Scaling
from app.core.training.trainer import Trainer, train
from app.snippets.cost_code import Question, cost_program
from tests.snippets.running import run

numbers = st.floats(-1e6, 1e6)


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=30))
def test_standardised_columns_have_mean_0_and_deviation_1_or_are_0(rows):
    values = np.array(rows)
    made = Scaling.of(values).standardised(values)
    for column in range(2):
        if np.ptp(values[:, column]) == 0:
            assert (made[:, column] == 0).all()
        elif np.ptp(values[:, column]) > 1e-6:
            assert abs(made[:, column].mean()) < 1e-6
            assert made[:, column].std() == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("constant", [0.1, 1 / 3, 1e300, -7.0, 5e-324])
def test_a_column_that_never_varies_becomes_0_although_its_mean_is_rounded(constant):
    values = np.full((7, 1), constant)
    scaling = Scaling.of(values)
    assert scaling.scale.tolist() == [1.0]
    assert scaling.standardised(values).tolist() == [[0.0]] * 7


def drawn(loss, seed=3, outputs=2):
    """A regression in hundreds of thousands, its standardised twin, and a network for both."""
    rng = np.random.default_rng(seed)
    xs = rng.normal(100, 30, size=(40, 2))
    targets = 1e5 * rng.normal(2, 0.7, size=(40, outputs)) * [1.0, 0.001][:outputs]
    scaling = Scaling.of(targets[:30])
    inputs = Scaling.of(xs[:30])
    made = [
        Examples(inputs.standardised(xs[part]), scaling.standardised(targets[part]), scaling.scale)
        for part in (slice(30), slice(30, None))
    ]
    network = initialize((2, 5, outputs), "tanh", "linear", "xavier_uniform", rng)
    return network, made, (xs, targets), (inputs, scaling)


@pytest.mark.parametrize("loss", sorted(VALUE_LOSSES))
def test_costs_are_in_the_targets_own_units_and_as_the_network_has_them(loss):
    network, (examples, test), (_, targets), (_, scaling) = drawn(loss)
    record = Trainer(network, examples, Recipe(loss), test).record()
    for part, rows, cost, standardised in (
        (examples, slice(30), record.cost, record.standardised_cost),
        (test, slice(30, None), record.test_cost, record.standardised_test_cost),
    ):
        here = batch(network, part.xs, part.targets, loss)
        assert standardised == pytest.approx(here.cost, rel=1e-13)
        answers = here.outputs * scaling.scale + scaling.shift
        exact = Network.from_lists([{"w": np.eye(2), "b": [0, 0], "activation": "linear"}])
        assert cost == pytest.approx(batch(exact, answers, targets[rows], loss).cost, rel=1e-12)
    assert record.total_loss == pytest.approx(30 * record.cost, rel=1e-14)


def test_the_cost_in_own_units_is_exact_where_the_mean_is_a_billion_times_the_deviation():
    targets = np.array([[1e9], [1e9 + 2.0], [1e9 + 1.0]])
    scaling = Scaling.of(targets)
    network = Network.from_lists([{"w": [[0.0]], "b": [0.0], "activation": "linear"}])
    examples = Examples(np.zeros((3, 1)), scaling.standardised(targets), scaling.scale)
    record = Trainer(network, examples, Recipe("squared_error")).record()
    assert record.cost == pytest.approx(float(Fraction(2, 3)), rel=1e-14)
    assert record.standardised_cost == pytest.approx(1.0, rel=1e-14)


@pytest.mark.parametrize("loss", sorted(VALUE_LOSSES))
def test_the_steps_are_those_of_the_standardised_examples(loss):
    network, (examples, _), _, _ = drawn(loss)
    plain = Examples(examples.xs, examples.targets)
    recipe = Recipe(loss, "adam", 0.01, batch_size=7, epochs=4, seed=5)
    scaled, unscaled = (list(train(network, each, recipe)) for each in (examples, plain))
    for one, other in zip(scaled, unscaled, strict=True):
        assert one.theta.tobytes() == other.theta.tobytes()
        assert one.standardised_cost == other.cost
        assert other.standardised_cost is None


@pytest.mark.parametrize("loss", sorted(VALUE_LOSSES))
def test_the_program_standardises_by_itself_and_finds_the_costs_of_the_record(loss):
    network, (examples, test), (xs, targets), (inputs, scaling) = drawn(loss)
    trainer = Trainer(network, examples, Recipe(loss, "adam", 0.02, batch_size=7, epochs=30, seed=5), test)
    for _ in range(30):
        last = trainer.epoch()
    question = Question(
        trainer.network, loss, xs[:30], targets[:30], xs[30:], targets[30:], scaling=inputs, target_scaling=scaling
    )
    names, printed = run(cost_program(question, "numpy"))
    for name in ("total_loss", "cost", "test_total_loss", "test_cost", "standardised_cost", "standardised_test_cost"):
        assert names[name] == pytest.approx(getattr(last, name), rel=1e-12), name
        assert f"{name} = " in printed


def test_going_on_with_standardised_targets_is_bit_for_bit():
    network, (examples, test), _, _ = drawn("huber")
    recipe = Recipe("huber", "rmsprop", 0.01, batch_size=8, epochs=6, seed=5)
    whole, first = (Trainer(network, examples, recipe, test) for _ in range(2))
    records = [whole.epoch() for _ in range(6)]
    first.epoch()
    first.batch()
    second = Trainer(network, examples, recipe, test, state=first.state())
    for record in records[1:]:
        again = second.epoch()
        assert again.theta.tobytes() == record.theta.tobytes()
        assert (again.cost, again.standardised_cost) == (record.cost, record.standardised_cost)
        assert (again.test_cost, again.standardised_test_cost) == (record.test_cost, record.standardised_test_cost)


def test_a_constant_target_is_no_classification():
    targets = np.full((4, 1), 0.3)
    scaling = Scaling.of(targets)
    network = initialize((1, 1), "tanh", "sigmoid", "xavier_uniform", np.random.default_rng(1))
    examples = Examples(np.arange(4.0)[:, None], scaling.standardised(targets), scaling.scale)
    record = Trainer(network, examples, Recipe("huber")).record()
    assert record.train_accuracy is None
    assert record.cost == record.standardised_cost


def test_a_cost_that_is_finite_in_deviations_only_is_no_longer_finite():
    targets = np.array([[1e180], [-1e180]])
    scaling = Scaling(np.zeros(1), np.array([1e180]))
    network = Network.from_lists([{"w": [[1.0]], "b": [0.0], "activation": "linear"}])
    examples = Examples(np.zeros((2, 1)), scaling.standardised(targets), scaling.scale)
    with pytest.raises(Diverged, match="the loss is not finite"):
        Trainer(network, examples, Recipe("squared_error")).record()


def test_losses_that_compare_values_are_those_without_probabilities():
    assert set(LOSSES) - VALUE_LOSSES == {"cross_entropy", "binary_cross_entropy", "output_sum"}
