"""Losses, accuracy and gains over all examples, measured in pieces, against the forward pass of each by itself."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.functions.activations import ACTIVATIONS
from app.core.network import Layer, Network, initialize
from app.core.record.batch import batch
from app.core.record.forward import forward
from app.core.training.evaluation import PIECE, is_classification
from app.core.training.recipe import Examples, Recipe
from app.core.training.trainer import Trainer

ONES = np.array([[0.0], [1.0], [1.0]])


def drawn(*sizes: int, output: str) -> Network:
    made = initialize(sizes, "tanh", output, "xavier_uniform", np.random.default_rng(3))
    biases = np.random.default_rng(4)
    return Network(
        tuple(Layer.of(layer.w, biases.normal(size=len(layer.b)), layer.activation) for layer in made.layers)
    )


@pytest.mark.parametrize(
    ("output", "loss", "targets", "expected"),
    [
        ("sigmoid", "binary_cross_entropy", ONES, True),
        ("sigmoid", "half_squared_error", ONES, True),
        ("sigmoid", "half_squared_error", ONES / 2.0, False),
        ("sigmoid", "output_sum", ONES, False),
        ("linear", "half_squared_error", ONES, False),
        ("softmax", "cross_entropy", np.eye(3), True),
    ],
)
def test_what_names_a_class(output: str, loss: str, targets: np.ndarray, expected: bool) -> None:
    assert is_classification(drawn(2, 3, targets.shape[1], output=output), targets, loss) == expected


@pytest.mark.parametrize(("output", "loss"), [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")])
def test_more_examples_than_one_piece_are_all_counted_once(output: str, loss: str) -> None:
    count, test_count = 2 * PIECE + 5, PIECE + 3
    rng = np.random.default_rng(1)
    outputs = 1 if output == "sigmoid" else 3
    network = drawn(2, 5, outputs, output=output)
    xs = rng.normal(size=(count + test_count, 2))
    labels = rng.integers(0, max(2, outputs), len(xs))
    targets = labels[:, None].astype(float) if outputs == 1 else np.eye(outputs)[labels]
    parts = slice(None, count), slice(count, None)
    train, test = (Examples(xs[part], targets[part]) for part in parts)
    record = Trainer(network, train, Recipe(loss), test).record()

    y = forward(network, xs.T).a[-1]
    right = (y.argmax(axis=0) if outputs > 1 else y[0] > 0.5) == labels
    assert record.train_accuracy == right[:count].mean()
    assert record.test_accuracy == right[count:].mean()
    made, made_test = (batch(network, part.xs, part.targets, loss) for part in (train, test))
    assert record.total_loss == pytest.approx(made.total_loss, rel=1e-12)
    assert record.test_total_loss == pytest.approx(made_test.total_loss, rel=1e-12)
    assert record.test_cost == pytest.approx(made_test.cost, rel=1e-12)
    norms = [np.sqrt((layer.dl_dw**2).sum()) for layer in made.layers]
    assert record.gradient_norms == pytest.approx(norms, rel=1e-10)
    ran = forward(network, train.xs.T)
    gains = np.abs(ACTIVATIONS["tanh"].derivative(ran.z[0], np)).mean()
    assert record.gain_means[0] == pytest.approx(gains, rel=1e-12)


def test_just_one_half_is_not_the_second_class() -> None:
    network = Network((Layer.of([[0.0]], [0.0], "sigmoid"),))
    examples = Examples(np.ones((4, 1)), np.array([[0.0], [0.0], [0.0], [1.0]]))
    assert Trainer(network, examples, Recipe("binary_cross_entropy")).record().train_accuracy == 0.75


def test_a_regression_has_no_accuracy_and_without_examples_held_out_there_is_nothing_of_them() -> None:
    record = Trainer(
        drawn(1, 2, 1, output="linear"), Examples(ONES, ONES), Recipe("squared_error"), Examples(ONES, ONES)
    ).record()
    assert record.test_accuracy is record.train_accuracy is None
    assert record.test_cost == pytest.approx(record.cost)
    summed = Trainer(drawn(1, 2, 1, output="sigmoid"), Examples(ONES, ONES), Recipe("output_sum")).record()
    assert summed.train_accuracy is None
    alone = Trainer(drawn(1, 2, 1, output="sigmoid"), Examples(ONES, ONES), Recipe("squared_error")).record()
    assert alone.test_total_loss is alone.test_cost is alone.test_accuracy is None
