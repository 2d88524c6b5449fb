"""Training as one sees it: it learns, it is exact, it repeats itself, and it says when it has failed."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from app.core.functions.activations import ACTIVATIONS, derivative
from app.core.functions.datasets import MADE_SETS, one_hot, split
from app.core.functions.kernels import KERNELS, kernel
from app.core.functions.losses import LOSSES
from app.core.network import initialize
from app.core.record.batch import batch
from app.core.record.forward import forward
from app.core.training.trainer import Diverged, Examples, Recipe, Trainer, network_at, train
from app.library.datasets import DATASETS

PAIRS = [
    (hidden, output, loss)
    for hidden in ("tanh", "silu")
    for output in ACTIVATIONS
    for loss, entry in LOSSES.items()
    if not entry.outputs or output in entry.outputs
] + [(hidden, "softmax", "cross_entropy") for hidden in ACTIVATIONS if hidden != "softmax"]


def gradient_of(trainer):
    """∂L/∂θ that the last record left, in the order of ``Network.theta``."""
    parameters = trainer._parameters
    return parameters.gradient[parameters.order]


@pytest.mark.parametrize(("hidden", "output", "loss"), PAIRS)
@pytest.mark.parametrize("n", [7, 1500])
def test_a_record_says_what_the_matrix_form_says(hidden, output, loss, n):
    rng = np.random.default_rng(5)
    network = initialize((3, 5, 4, 3), hidden, output, "xavier_normal", rng)
    data = Examples(2.0 * rng.normal(size=(n, 3)), np.eye(3)[rng.integers(0, 3, n)])
    trainer = Trainer(network, data, Recipe(loss, learning_rate=0.01))
    record = trainer.record()
    made = batch(network, data.xs, data.targets, loss)
    expected = np.concatenate([part.ravel() for each in made.layers for part in (each.dl_dw, each.dl_db)])
    size = max(float(np.abs(each).max()) for each in (expected, np.ones(1) * 1e-3))
    assert record.total_loss == pytest.approx(made.total_loss, rel=1e-12)
    assert np.abs(gradient_of(trainer) - expected).max() <= 1e-12 * size * n
    assert record.gradient_norms == pytest.approx(
        [np.linalg.norm(each.dl_dw) for each in made.layers], rel=1e-10, abs=1e-12 * n
    )
    gains = [
        np.abs(derivative(layer.activation, z)).mean()
        for layer, z in zip(network.layers, forward(network, data.xs.T).z, strict=True)
    ]
    assert record.gain_means == pytest.approx(gains, rel=1e-12)
    trainer.epoch()
    assert trainer.theta == pytest.approx(network.theta - 0.01 * expected / n, rel=1e-11, abs=1e-12)


@pytest.mark.parametrize("targets", [[[0.5, 2.0, 0.0]], [[1.0, 1.0, 0.0]]])
def test_cross_entropy_takes_targets_that_do_not_add_up_to_one(targets):
    network = initialize((2, 3), "tanh", "softmax", "standard_normal", np.random.default_rng(0))
    data = Examples([[0.3, -1.0]], targets)
    trainer = Trainer(network, data, Recipe("cross_entropy"))
    record = trainer.record()
    made = batch(network, data.xs, data.targets, "cross_entropy")
    assert gradient_of(trainer)[:6] == pytest.approx(made.layers[0].dl_dw.ravel(), rel=1e-12)
    assert record.train_accuracy is None


@pytest.mark.parametrize("name", [*KERNELS, "not written down"])
def test_a_kernel_is_its_activation_and_derivative(name, monkeypatch):
    if name not in KERNELS:
        monkeypatch.setattr("app.core.functions.kernels.KERNELS", {})
        name = "elu"
    z = np.array([-1e6, -800.0, -40.0, -3.0, -0.5, -1e-9, 0.0, 1e-9, 0.5, 3.0, 40.0, 800.0, 1e6])[:, None]
    z = np.hstack([z, z[::-1]])
    a, kept, gain = np.zeros_like(z), np.zeros_like(z), np.ones_like(z)
    used = kernel(name)
    with np.errstate(all="ignore"):
        for call in used.function(z, kept, a):
            call()
        for call in used.derivative(z, kept, a, gain) if used.derivative else ():
            call()
        expected, slope = ACTIVATIONS[name].function(z, np), derivative(name, z)
    # Below 1e-300 both are as good as 0; sigmoid's kernel ends at exp(-709) instead of 0.
    assert a == pytest.approx(expected, rel=1e-14, abs=1e-300)
    assert gain == pytest.approx(slope, rel=1e-13, abs=1e-300)
    assert used.signed or (slope >= 0).all()


def held_out(name, sizes, activation, initializer, recipe, seed, n=300):
    """Train on four fifths, standardised by them where the data are real; all records."""
    if name in DATASETS:
        xs, labels = DATASETS[name].load()
        classes = len(DATASETS[name].class_names)
    else:
        made = MADE_SETS[name]
        xs, labels = made.make(n, made.parameters["noise"], np.random.default_rng(seed))
        classes = len(made.class_names)
    targets = labels[:, None].astype(float) if sizes[-1] == 1 else one_hot(labels, classes)
    learn, test = split(len(xs), 0.2, np.random.default_rng([seed, 1]), labels)
    if name in DATASETS:
        deviation = xs[learn].std(axis=0)
        xs = (xs - xs[learn].mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    output = "sigmoid" if sizes[-1] == 1 else "softmax"
    network = initialize(sizes, activation, output, initializer, np.random.default_rng(seed))
    return list(train(network, Examples(xs[learn], targets[learn]), recipe, Examples(xs[test], targets[test])))


@pytest.mark.parametrize("seed", range(3))
def test_digits_are_read_by_64_16_10(seed):
    recipe = Recipe("cross_entropy", "adam", 0.01, batch_size=32, epochs=30, seed=seed)
    records = held_out("digits", (64, 16, 10), "relu", "he_uniform", recipe, seed)
    assert records[-1].test_accuracy >= 0.95
    assert records[-1].test_cost < records[0].test_cost


def test_iris_flowers_are_told_apart_by_4_8_3():
    last = [
        held_out(
            "iris",
            (4, 8, 3),
            "tanh",
            "xavier_uniform",
            Recipe("cross_entropy", "adam", 0.01, batch_size=10, epochs=30, seed=seed),
            seed,
        )[-1].test_accuracy
        for seed in range(10)
    ]
    assert np.mean(last) >= 0.95


@pytest.mark.parametrize("seed", range(5))
def test_spirals_are_solved_by_2_16_16_1_of_relu_with_adam(seed):
    recipe = Recipe("binary_cross_entropy", "adam", 0.01, batch_size=10, epochs=300, seed=seed)
    records = held_out("spirals", (2, 16, 16, 1), "relu", "he_uniform", recipe, seed)
    assert records[0].train_accuracy < 0.8
    assert records[-1].train_accuracy >= 0.95


@pytest.mark.parametrize("name", ["xor", "circles", "moons", "blobs"])
def test_the_easier_made_sets_are_learned_too(name):
    classes = len(MADE_SETS[name].class_names)
    recipe = Recipe("cross_entropy", "adam", 0.02, batch_size=10, epochs=60)
    records = held_out(name, (2, 8, classes), "tanh", "xavier_uniform", recipe, 1)
    assert records[-1].train_accuracy >= 0.95


def test_a_plane_is_fitted_by_one_linear_unit_and_has_no_accuracy():
    xs, values = MADE_SETS["plane"].make(100, 0.0, np.random.default_rng(1))
    network = initialize((2, 1), "linear", "linear", "zeros", np.random.default_rng(0))
    *_, last = train(network, Examples(xs, values), Recipe("half_squared_error", learning_rate=0.5, epochs=200))
    assert last.theta == pytest.approx([0.5, -0.8, 0.1], abs=1e-9)
    assert last.test_accuracy is last.train_accuracy is last.test_cost is None


def test_network_at_puts_theta_where_it_came_from():
    network = initialize((3, 4, 2), "tanh", "softmax", "standard_normal", np.random.default_rng(3))
    again = network_at(network, network.theta)
    assert (again.theta == network.theta).all()
    assert again.activations == network.activations
    assert not again.layers[0].w.flags.writeable


def small(seed=1, n=20):
    rng = np.random.default_rng(seed)
    xs = rng.normal(size=(n, 2))
    return Examples(xs, (xs[:, :1] > 0).astype(float))


def test_float32_trains_about_as_float64_does():
    network = initialize((2, 6, 1), "tanh", "sigmoid", "xavier_uniform", np.random.default_rng(2))
    recipe = Recipe("binary_cross_entropy", "momentum", 0.1, batch_size=5, epochs=20, l2=0.01)
    *_, double = train(network, small(), recipe)
    *_, single = train(network, small(), recipe, dtype=np.float32)
    assert single.cost == pytest.approx(double.cost, rel=1e-4)
    assert single.cost != double.cost


@pytest.mark.parametrize(("penalty", "value"), [("l1", 0.03), ("l2", 0.05)])
def test_a_penalty_pulls_on_weights_alone_and_stays_out_of_the_cost(penalty, value):
    network = initialize((2, 3, 1), "tanh", "sigmoid", "standard_normal", np.random.default_rng(4))
    bare = Trainer(network, small(), Recipe("binary_cross_entropy"))
    pulled = Trainer(network, small(), Recipe("binary_cross_entropy", **{penalty: value}))
    assert bare.record().cost == pulled.record().cost
    bare.epoch()
    pulled.epoch()
    for start, free, held in zip(network.layers, bare.network.layers, pulled.network.layers, strict=True):
        assert free.b == pytest.approx(held.b, rel=1e-13)
        pull = value * (np.sign(start.w) if penalty == "l1" else start.w)
        assert free.w - held.w == pytest.approx(0.1 * pull, rel=1e-9)


def test_the_last_batch_may_be_smaller_and_counts_by_its_own_size():
    network = initialize((2, 3, 1), "tanh", "sigmoid", "standard_normal", np.random.default_rng(4))
    trainer = Trainer(network, small(n=7), Recipe("binary_cross_entropy", batch_size=5))
    first, second = trainer.batch(), trainer.batch()
    assert (len(first.examples), len(second.examples), second.epoch) == (5, 2, 1)
    assert sorted(first.examples + second.examples) == list(range(7))
    theta = network.theta
    for step in (first, second):
        rows = list(step.examples)
        made = batch(network_at(network, theta), small(n=7).xs[rows], small(n=7).targets[rows], "binary_cross_entropy")
        parts = [part.ravel() for each in made.layers for part in (each.dl_dw, each.dl_db)]
        theta = theta - 0.1 * np.concatenate(parts) / len(rows)
    assert trainer.theta == pytest.approx(theta, rel=1e-12)


def test_examples_gathered_batch_by_batch_are_those_gathered_at_once(monkeypatch):
    network = initialize((2, 3, 1), "tanh", "sigmoid", "standard_normal", np.random.default_rng(4))
    recipe = Recipe("binary_cross_entropy", "adam", batch_size=6, epochs=3)
    at_once = [record.cost for record in train(network, small(), recipe)]
    monkeypatch.setattr("app.core.training.mini_batches.GATHERED_AT_ONCE", 0)
    assert [record.cost for record in train(network, small(), recipe)] == at_once


def test_twenty_runs_to_infinity_warn_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for seed in range(20):
            rng = np.random.default_rng(seed)
            hidden = rng.choice(["relu", "elu", "silu", "softplus", "linear"])
            network = initialize((2, 5, 1), str(hidden), "linear", "standard_normal", rng)
            data = Examples(100.0 * rng.normal(size=(30, 2)), rng.normal(size=(30, 1)))
            recipe = Recipe("squared_error", learning_rate=1e4, batch_size=[None, 7][seed % 2], epochs=300)
            with pytest.raises(Diverged) as caught:
                list(train(network, data, recipe))
            assert caught.value.last.epoch == caught.value.epoch - 1
            assert np.isfinite(caught.value.last.theta).all()
            assert np.isfinite(caught.value.last.cost)


def test_recipes_are_plain_values():
    one, two = (Recipe("huber", "adam", parameters={"beta1": 0.8}) for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    assert one != Recipe("huber", "adam", parameters={"beta1": 0.7})


@pytest.mark.parametrize(
    "wrong", [([[1.0]], [[1.0], [2.0]]), ([[1.0, 2.0, 3.0]], [[1.0]]), ([[1.0, 2.0]], [[1.0, 2.0]])]
)
def test_examples_that_do_not_fit_are_refused(wrong):
    network = initialize((2, 1), "linear", "linear", "zeros", np.random.default_rng(0))
    with pytest.raises(ValueError, match="expected"):
        Trainer(network, Examples(*wrong), Recipe("huber"))
