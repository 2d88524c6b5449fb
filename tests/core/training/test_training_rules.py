"""Training against plain transcriptions of the update rules, one parameter vector at a time."""

from itertools import pairwise

import numpy as np
import pytest

from app.core.functions.datasets import MADE_SETS
from app.core.functions.optimizers import OPTIMIZERS
from app.core.network import Network, initialize
from app.core.record.batch import batch
from app.core.training.recipe import Examples, Recipe
from app.core.training.trainer import Diverged, Trainer, train

RATE = 0.05
STEPS = 50


def network(seed=3):
    return initialize((2, 4, 1), "tanh", "sigmoid", "xavier_uniform", np.random.default_rng(seed))


def examples(n=24):
    rng = np.random.default_rng(8)
    xs = rng.normal(size=(n, 2))
    return Examples(xs, (xs[:, :1] * xs[:, 1:] > 0).astype(float))


def recipe(**changed):
    return Recipe(**({"loss": "binary_cross_entropy", "learning_rate": RATE, "epochs": STEPS} | changed))


def gradient(theta, start, data):
    """∇ of the cost by the matrix form of ``batch``, in the order of ``Network.theta``."""
    layers, at = [], 0
    for layer in start.layers:
        middle, end = at + layer.w.size, at + layer.w.size + layer.b.size
        w, b = theta[at:middle].reshape(layer.w.shape), theta[middle:end]
        layers.append({"w": w, "b": b, "activation": layer.activation})
        at = end
    made = batch(Network.from_lists(layers), data.xs, data.targets, "binary_cross_entropy")
    parts = [part.ravel() for layer in made.layers for part in (layer.dl_dw, layer.dl_db)]
    return np.concatenate(parts) / len(data.xs)


def plain(name, theta, start, data):
    """θ after STEPS full-batch updates, as torch.optim documents them."""
    v, s = np.zeros_like(theta), np.zeros_like(theta)
    for t in range(1, STEPS + 1):
        g = gradient(theta, start, data)
        if name == "gradient_descent":
            theta = theta - RATE * g
        elif name in ("momentum", "nesterov"):
            v = 0.9 * v + g
            theta = theta - RATE * (g + 0.9 * v if name == "nesterov" else v)
        elif name == "rmsprop":
            s = 0.99 * s + 0.01 * g * g
            theta = theta - RATE * g / (np.sqrt(s) + 1e-8)
        else:
            if name == "adamw":
                theta = theta * (1 - RATE * 0.01)
            v, s = 0.9 * v + 0.1 * g, 0.999 * s + 0.001 * g * g
            theta = theta - RATE * (v / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
    return theta


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_fifty_full_batch_steps_are_those_of_the_plain_rule(name):
    start, data = network(), examples()
    *_, last = train(start, data, recipe(optimizer=name))
    assert last.theta == pytest.approx(plain(name, start.theta, start, data), rel=1e-10, abs=1e-12)


def test_a_training_starts_with_the_state_before_it_and_reports_every_epoch():
    start = network()
    records = list(train(start, examples(), recipe(epochs=5, record_every=2)))
    assert [record.epoch for record in records] == [0, 1, 2, 3, 4, 5]
    assert [record.theta is not None for record in records] == [True, False, True, False, True, True]
    assert (records[0].theta == start.theta).all()
    made = batch(start, examples().xs, examples().targets, "binary_cross_entropy")
    assert records[0].total_loss == pytest.approx(made.total_loss, rel=1e-12)
    assert records[0].cost == pytest.approx(made.cost, rel=1e-12)


def test_the_same_recipe_gives_the_same_curve_and_another_seed_another_one():
    def curve(seed):
        return [record.cost for record in train(network(), examples(), recipe(epochs=4, batch_size=5, seed=seed))]

    assert curve(1) == curve(1)
    assert curve(1) != curve(2)


@pytest.mark.parametrize("frozen", ["w", "b"])
def test_what_is_frozen_stays(frozen):
    trainer = Trainer(network(), examples(), recipe(freeze=(frozen,), optimizer="adamw"))
    trainer.epoch()
    for before, after in zip(network().layers, trainer.network.layers, strict=True):
        assert (getattr(before, frozen) == getattr(after, frozen)).all()
        other = {"w": "b", "b": "w"}[frozen]
        assert (getattr(before, other) != getattr(after, other)).any()


def test_examples_are_told_in_the_order_in_which_they_are_used():
    trainer = Trainer(network(), examples(10), recipe(batch_size=4))
    told = [trainer.one_example().examples for _ in range(4)]
    assert [len(each) for each in told] == [1, 2, 3, 4]
    assert all(later[:-1] == sooner for sooner, later in pairwise(told))


def test_both_may_be_frozen_and_then_nothing_moves():
    trainer = Trainer(network(), examples(), recipe(freeze=("b", "w"), optimizer="adam"))
    trainer.epoch()
    assert (trainer.theta == network().theta).all()


def test_batches_and_single_examples_end_where_the_epoch_does():
    by_epoch, by_batch, by_example = (Trainer(network(), examples(10), recipe(batch_size=4)) for _ in range(3))
    by_epoch.epoch()
    by_epoch.epoch()
    while by_batch.completed < 2:
        by_batch.batch()
    seen = 0
    while by_example.completed < 2:
        by_example.one_example()
        seen += 1
    assert seen == 20
    assert (by_batch.theta == by_epoch.theta).all()
    assert (by_example.theta == by_epoch.theta).all()


def test_progress_says_which_examples_have_been_used_and_whether_theta_has_moved():
    trainer = Trainer(network(), examples(10), recipe(batch_size=4))
    order, told = [], []
    while trainer.completed < 1:
        before = trainer.theta
        progress = trainer.one_example() if len(told) not in (0, 3) else trainer.batch()
        told.append((progress.epoch, progress.batch, progress.batches, len(progress.examples), progress.updated))
        assert progress.updated is bool((trainer.theta != before).any())
        if progress.updated:
            order += progress.examples
    assert sorted(order) == list(range(10))
    assert order != list(range(10))
    assert told == [
        (0, 0, 3, 4, True),
        (0, 1, 3, 1, False),
        (0, 1, 3, 2, False),
        (0, 1, 3, 4, True),
        (0, 2, 3, 1, False),
        (1, 2, 3, 2, True),
    ]


def test_a_run_that_leaves_the_finite_numbers_says_so_and_keeps_the_last_state():
    start = initialize((1, 1), "linear", "linear", "standard_normal", np.random.default_rng(0))
    data = Examples(np.array([[1.0], [2.0]]), np.array([[1.0], [2.0]]))
    records = train(start, data, Recipe("squared_error", learning_rate=1e3, epochs=500))
    with pytest.raises(Diverged) as caught:
        list(records)
    assert caught.value.epoch == caught.value.last.epoch + 1 > 1
    assert np.isfinite(caught.value.last.theta).all()


def test_the_last_finite_state_is_told_with_its_theta_though_it_was_not_recorded():
    start = initialize((1, 1), "linear", "linear", "standard_normal", np.random.default_rng(0))
    data = Examples(np.array([[1.0], [2.0]]), np.array([[1.0], [2.0]]))
    trainer = Trainer(start, data, Recipe("squared_error", learning_rate=1e3, epochs=500, record_every=400))
    trainer.record()
    thetas = [trainer.theta]

    def go_on():
        while True:
            assert trainer.epoch().theta is None
            thetas.append(trainer.theta)

    with pytest.raises(Diverged) as caught:
        go_on()
    assert caught.value.last.epoch == len(thetas) - 1 > 1
    assert caught.value.last.theta.tobytes() == thetas[-1].tobytes()


@pytest.mark.parametrize(
    ("w", "x", "target", "freeze", "learning_rate", "reason"),
    [
        ([1.0, 1.0], 1.0, 1e200, (), 0.1, "the loss is not finite"),
        ([1.0, 0.0], 1e200, 1.0, (), 0.1, "the gradient is not finite"),
        # The first weight falls to -inf and its ReLU to 0, so that loss and gradient stay finite.
        ([1.0, 100.0], 0.05, 4.0, ("b",), 1e308, "the parameters are not finite"),
    ],
)
def test_what_is_no_longer_finite_is_named(w, x, target, freeze, learning_rate, reason):
    layers = [{"w": [[each]], "b": [0.0], "activation": name} for each, name in zip(w, ("relu", "linear"), strict=True)]
    chosen = Recipe("half_squared_error", learning_rate=learning_rate, freeze=freeze)
    with pytest.raises(Diverged, match=rf"^epoch \d+: {reason}$"):
        list(train(Network.from_lists(layers), Examples([[x]], [[target]]), chosen))


def test_a_loss_that_is_not_finite_where_it_is_held_out_ends_it_too():
    layers = [{"w": [[1.0]], "b": [0.0], "activation": "linear"}]
    data, far = Examples([[1.0]], [[1.0]]), Examples([[1e200]], [[1.0]])
    with pytest.raises(Diverged, match="the loss is not finite"):
        Trainer(Network.from_lists(layers), data, Recipe("squared_error"), far).record()


def test_parameters_whose_squares_overflow_are_finite():
    layers = [{"w": [[1e160]], "b": [0.0], "activation": "linear"}]
    record = Trainer(Network.from_lists(layers), Examples([[0.0]], [[1.0]]), Recipe("squared_error")).record()
    assert record.theta.tolist() == [1e160, 0.0]


@pytest.mark.parametrize("wrong", [{"loss": "mse"}, {"optimizer": "sgd"}, {"learning_rate": 0.0}, {"batch_size": 0}])
def test_a_recipe_that_cannot_be_followed_is_refused(wrong):
    with pytest.raises((KeyError, ValueError)):
        recipe(**wrong)


@pytest.mark.parametrize("name", list(MADE_SETS))
def test_a_made_set_has_the_size_asked_for_and_is_the_same_for_the_same_seed(name):
    entry = MADE_SETS[name]
    first, again, other = (entry.make(60, 0.1, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert len(first[0]) == len(first[1]) == 60
    assert (first[0] == again[0]).all()
    assert (first[0] != other[0]).any()
    assert np.isfinite(first[0]).all()
