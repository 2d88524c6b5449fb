"""What is no network is refused with a pointer to the number that is to blame and a sentence about it."""

from math import sqrt

import numpy as np
import pytest

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.initializers import INITIALIZERS
from app.core.network import Layer, Network, ShapeError, initialize

ROW, TWO_ROWS = [[1.0, 2.0]], [[1.0, 2.0], [3.0, 4.0]]


def layer(w, b, activation="tanh"):
    return {"w": w, "b": b, "activation": activation}


@pytest.mark.parametrize(
    ("layers", "pointer", "sentence"),
    [
        ([], "/layers", "a network needs at least one layer"),
        ([layer([], [])], "/layers/0/w", "a layer needs at least one unit with at least one weight"),
        ([layer([[]], [0.0])], "/layers/0/w", "a layer needs at least one unit with at least one weight"),
        (
            [layer(ROW, [0.0]), layer([[1.0], [1.0], [1.0, 2.0]], [0.0] * 3)],
            "/layers/1/w/2",
            "expected 1 weights as in the first row, got 2",
        ),
        ([layer(TWO_ROWS, [0.0])], "/layers/0/b", "expected 2 biases, one per row of w, got 1"),
        (
            [layer(TWO_ROWS, [0.0, 0.0]), layer(ROW, [0.0]), layer(ROW, [0.0])],
            "/layers/2/w/0",
            "expected 1 weights per row, one per unit of the layer before, got 2",
        ),
        (
            [layer(TWO_ROWS, [0.0, 0.0]), layer(TWO_ROWS, [0.0, 0.0], "softmax"), layer(ROW, [0.0], "softmax")],
            "/layers/1/activation",
            "softmax may stand in the last layer only",
        ),
    ],
)
def test_what_is_no_network_is_refused_where_it_is_wrong(layers, pointer, sentence):
    with pytest.raises(ShapeError) as refused:
        Network.from_lists(layers)
    assert refused.value.pointer == pointer
    assert refused.value.detail == str(refused.value) == sentence


def test_an_unknown_activation_is_named_beside_those_there_are():
    with pytest.raises(KeyError) as refused:
        Layer.of(ROW, [0.0], "thanh")
    assert refused.value.args == (f"no activation 'thanh'; there are {', '.join(ACTIVATIONS)}",)


@pytest.mark.parametrize("sizes", [(), (3,)])
def test_one_layer_of_units_is_no_network(sizes):
    with pytest.raises(ShapeError) as refused:
        initialize(sizes, "tanh", "sigmoid", "xavier_normal", np.random.default_rng(0))
    assert refused.value.pointer == "/sizes"
    assert str(refused.value) == f"expected at least an input and an output layer, got {len(sizes)} sizes"


def test_the_parameters_of_a_network_lie_in_one_vector_that_cannot_be_written_to():
    network = Network.from_lists([layer(TWO_ROWS, [5.0, 6.0]), layer([[7, 8]], [9], "softmax")])
    assert network.sizes == (2, 2, 1)
    assert network.activations == ("tanh", "softmax")
    assert network.theta.tolist() == network.theta_list == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert network.parameter_count == 9
    for numbers in (network.theta, network.layers[0].w, network.layers[1].b):
        assert numbers.dtype == np.float64
        assert not numbers.flags.writeable


def test_a_layer_keeps_numbers_of_its_own():
    w, b = np.array(TWO_ROWS, dtype=np.float32, order="F"), np.zeros(2)
    made = Layer.of(w, b, "relu")
    w[0, 0] = b[0] = 100.0
    assert made.w.tolist() == TWO_ROWS
    assert made.w.flags.c_contiguous
    assert made.b.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_one_state_of_the_generator_is_one_network(initializer):
    first, again, other = (
        initialize((3, 4, 2), "relu", "softmax", initializer, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert first.sizes == (3, 4, 2)
    assert first.activations == ("relu", "softmax")
    assert first.theta.tobytes() == again.theta.tobytes()
    assert first.theta.tobytes() != other.theta.tobytes() or initializer == "zeros"
    assert not any(each.b.any() for each in first.layers)


VARIANCES = {
    "xavier_uniform": 2 / (300 + 200),
    "xavier_normal": 2 / (300 + 200),
    "he_uniform": 2 / 300,
    "he_normal": 2 / 300,
    "lecun_normal": 1 / 300,
    "standard_normal": 1.0,
    "zeros": 0.0,
}
"""Glorot and Bengio (2010), He et al. (2015), LeCun et al. (1998), for 300 units before a layer of 200."""


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_weights_have_the_variance_that_the_paper_gives(initializer):
    variance = VARIANCES[initializer]
    w = INITIALIZERS[initializer].draw(np.random.default_rng(0), 200, 300)
    assert w.shape == (200, 300)
    assert abs(w.mean()) <= 5 * sqrt(variance / w.size)
    assert w.var() == pytest.approx(variance, rel=0.02)
    if initializer.endswith("uniform"):
        assert np.abs(w).max() == pytest.approx(sqrt(3 * variance), rel=1e-3)
