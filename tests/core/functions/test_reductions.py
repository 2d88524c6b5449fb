"""Sum or mean: what a step of a training follows, and that everything that says it means the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import kernel
from app.core.functions.optimizers import OPTIMIZERS
from app.core.functions.reductions import REDUCTIONS
from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.rules.training import histories
from app.core.network import Network, initialize
from app.core.training.recipe import Examples, Recipe
from app.core.training.trainer import Trainer

LINEAR = Network.from_lists([{"w": [[0.0]], "b": [0.0], "activation": "linear"}])
ALIKE = Examples([[1.0], [1.0]], [[1.0], [1.0]])


def drawn(seed, count):
    rng = np.random.default_rng(seed)
    network = initialize((2, 3, 2), "tanh", "linear", "xavier_uniform", rng)
    return network, Examples(rng.normal(size=(count, 2)), rng.normal(size=(count, 2)))


def moved(network, examples, reduction, batch_size=None, **more):
    """θ after the first batch, less θ before it."""
    recipe = Recipe("half_squared_error", batch_size=batch_size, reduction=reduction, seed=3, **more)
    trainer = Trainer(network, examples, recipe)
    trainer.batch()
    return trainer.theta - network.theta


@given(seed=st.integers(0, 2**31), count=st.integers(1, 40), rate=st.floats(1e-3, 1.0))
def test_a_step_along_the_sum_is_as_many_times_as_long_as_its_batch_has_examples(seed, count, rate):
    network, examples = drawn(seed, count)
    by_sum, by_mean = (moved(network, examples, name, learning_rate=rate) for name in ("sum", "mean"))
    assert by_sum == pytest.approx(count * by_mean, rel=1e-12, abs=1e-14)  # θ itself is about 1


@given(seed=st.integers(0, 2**31), size=st.sampled_from([1, 2, 4, 8, 16]))
def test_with_a_batch_that_divides_without_rounding_it_is_so_to_the_last_bit(seed, size):
    network, examples = drawn(seed, 16)
    start = Network.from_lists(
        [{"w": layer.w * 0, "b": layer.b * 0, "activation": "linear"} for layer in network.layers]
    )
    by_sum, by_mean = (moved(start, examples, name, batch_size=size) for name in ("sum", "mean"))
    assert by_sum.any()
    assert by_sum.tolist() == (size * by_mean).tolist()


@pytest.mark.parametrize("optimizer", [name for name, entry in OPTIMIZERS.items() if entry.scales])
@pytest.mark.parametrize("engine", [None, *kernel.engines()], ids=lambda each: "numpy" if each is None else each.name)
def test_the_sum_is_the_mean_with_a_learning_rate_so_many_times_as_large(optimizer, engine):
    network, examples = drawn(5, 24)
    common = {"loss": "half_squared_error", "optimizer": optimizer, "batch_size": 6, "epochs": 5, "seed": 2}
    recipes = (Recipe(**common, learning_rate=0.01, reduction="sum"), Recipe(**common, learning_rate=0.06))
    by_sum, by_mean = (Trainer(network, examples, recipe, engine=engine) for recipe in recipes)
    for _ in range(5):
        assert by_sum.epoch().cost == pytest.approx(by_mean.epoch().cost, rel=1e-12)


def test_a_last_batch_of_fewer_examples_is_followed_by_its_own_sum():
    network, examples = drawn(7, 5)
    common = {"loss": "half_squared_error", "batch_size": 2, "learning_rate": 0.05, "epochs": 3, "reduction": "sum"}
    numpy, loops = (Trainer(network, examples, Recipe(**common), engine=each) for each in (None, kernel.engine()))
    for _ in range(3):
        assert loops.epoch().cost == pytest.approx(numpy.epoch().cost, rel=1e-12)


def test_penalties_count_once_whatever_the_reduction():
    network, examples = drawn(4, 8)
    data_only, with_penalty = (moved(network, examples, "sum", learning_rate=0.1, l2=l2) for l2 in (0.0, 0.5))
    mean_only, mean_penalty = (moved(network, examples, "mean", learning_rate=0.1, l2=l2) for l2 in (0.0, 0.5))
    assert with_penalty - data_only == pytest.approx(mean_penalty - mean_only, abs=1e-14)


@pytest.mark.parametrize("reduction", list(REDUCTIONS))
def test_a_training_that_is_taken_up_again_goes_on_bit_for_bit(reduction):
    network, examples = drawn(11, 20)
    recipe = Recipe("huber", "momentum", 0.02, batch_size=6, epochs=6, seed=9, reduction=reduction)
    whole, first = Trainer(network, examples, recipe), Trainer(network, examples, recipe)
    first.epoch()
    first.batch()
    second = Trainer(network, examples, recipe, state=first.state())
    for _ in range(6):
        whole.epoch()
    while second.completed < 6:
        last = second.epoch()
    assert second.theta.tobytes() == whole.theta.tobytes()
    assert last.cost == whole.look().cost


@pytest.mark.parametrize(("reduction", "theta", "cost"), [("mean", 0.1, 0.32), ("sum", 0.2, 0.18)])
def test_the_lab_and_the_bug_lab_call_the_same_step_right(reduction, theta, cost):
    trainer = Trainer(LINEAR, ALIKE, Recipe("half_squared_error", learning_rate=0.1, epochs=1, reduction=reduction))
    assert trainer.epoch().cost == pytest.approx(cost, rel=1e-14)
    assert trainer.theta == pytest.approx([theta, theta], rel=1e-14)
    both = histories(RULES["mean_over_examples"], LINEAR, ALIKE, "half_squared_error", 0.1, reduction, 1)
    assert both.right == pytest.approx((0.5, cost), rel=1e-14)
    assert both.wrong == pytest.approx((0.5, {"mean": 0.18, "sum": 0.32}[reduction]), rel=1e-14)


def test_an_unknown_reduction_is_refused_by_name():
    with pytest.raises(KeyError, match="no reduction 'median'; there are mean, sum"):
        Recipe("huber", reduction="median")
