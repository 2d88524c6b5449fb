from math import exp, log, log1p

import numpy as np
import pytest

from app.core.network import Layer, Network, ShapeError, initialize
from app.core.record.batch import batch
from app.core.record.counts import counts
from app.core.record.fast import straight_line
from app.core.record.layout import Structure
from app.core.record.trace import trace, trace_of

from .steps.test_steps import LECTURE, lecture


def test_counts_are_those_of_the_two_by_two_example():
    assert counts((2, 2, 2, 2)) == {
        "forward": 12,
        "backward": 8,
        "products": 12,
        "gradient": 20,
        "naive_recursion": 16,
        "finite_differences": 432,
    }


def test_plain_recursion_counts_every_path_again():
    def recursion(sizes, layer):
        if layer == len(sizes) - 1:
            return 0
        return sizes[layer + 1] * (1 + recursion(sizes, layer + 1))

    for sizes in [(2, 2, 2, 2), (3, 5, 4, 2, 6), (1, 1), (4, 3)]:
        units = sum(sizes[layer] * recursion(sizes, layer) for layer in range(1, len(sizes)))
        assert counts(sizes)["naive_recursion"] == units


def test_a_trace_cannot_be_changed():
    record = lecture(learning_rate=0.5)
    for array in (record.values, record.x, record.layers[0].w, record.layers[2].dl_dw, record.updated.layers[0].w):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    assert isinstance(record.numbers, tuple)
    whole = trace(
        initialize((1, 2), "tanh", "softmax", "xavier_normal", np.random.default_rng(0)),
        [1.0],
        [1.0, 0.0],
        "cross_entropy",
    )
    with pytest.raises(ValueError, match="read-only"):
        whole.computed[0] = 0.0


def test_the_update_starts_from_the_old_parameters():
    network = Network.from_lists(
        [
            {"w": [[0.15, 0.2], [0.25, 0.3]], "b": [0.35, 0.35], "activation": "sigmoid"},
            {"w": [[0.4, 0.45], [0.5, 0.55]], "b": [0.6, 0.6], "activation": "sigmoid"},
        ]
    )
    record = trace(network, [0.05, 0.1], [0.01, 0.99], "half_squared_error", learning_rate=0.5, freeze=["b"])
    assert record.updated.loss == pytest.approx(0.29102777369359933, rel=1e-13)
    assert abs(record.updated.loss - 0.291027924) > 1e-7
    assert (record.updated.layers[0].b == network.layers[0].b).all()


def test_loss_total_loss_and_cost_are_three_things():
    xs, targets = np.array([[1.0, -1.0], [0.0, 0.0], [-1.0, 0.0]]), np.array([[1.0, 0.0]] * 3)
    result = batch(LECTURE, xs, targets, "half_squared_error", per_example=True)
    single = [trace(LECTURE, x, target, "half_squared_error") for x, target in zip(xs, targets, strict=True)]
    assert result.losses == pytest.approx([record.loss for record in single], rel=1e-13)
    assert result.total_loss == pytest.approx(sum(record.loss for record in single), rel=1e-13)
    assert result.cost == pytest.approx(result.total_loss / 3, rel=1e-15)
    for index, layer in enumerate(result.layers):
        assert layer.dl_dw == pytest.approx(sum(record.layers[index].dl_dw for record in single), rel=1e-12)
        for n, record in enumerate(single):
            assert result.examples[index].dl_dw[n] == pytest.approx(record.layers[index].dl_dw, rel=1e-12)
            assert result.examples[index].dl_db[n] == pytest.approx(record.layers[index].dl_db, rel=1e-12)


def test_shapes_that_do_not_chain_are_refused_with_a_pointer():
    with pytest.raises(ShapeError) as caught:
        Network((Layer.of([[1, 2]], [0], "tanh"), Layer.of([[1, 2]], [0], "tanh")))
    assert caught.value.pointer == "/layers/1/w/0"
    with pytest.raises(ShapeError, match="expected 2 weights"):
        Layer.of([[1, 2], [3]], [0, 0], "tanh")
    with pytest.raises(ShapeError, match="expected 1 biases"):
        Layer.of([[1, 2]], [0, 0], "tanh")
    with pytest.raises(ShapeError, match="last layer only"):
        Network((Layer.of([[1]], [0], "softmax"), Layer.of([[1]], [0], "tanh")))
    with pytest.raises(ShapeError, match="expected 2 numbers, got 3"):
        trace(LECTURE, [1, 2, 3], [0, 0], "half_squared_error")


def test_a_missing_registry_entry_is_named():
    with pytest.raises(KeyError, match="no activation 'signmoid'; there are sigmoid, tanh"):
        Layer.of([[1]], [0], "signmoid")
    with pytest.raises(KeyError, match="no loss 'mse'"):
        trace(LECTURE, [1, 2], [0, 0], "mse")


def test_the_same_generator_state_draws_the_same_network():
    first, second = (initialize((3, 4, 2), "tanh", "softmax", "he_normal", np.random.default_rng(7)) for _ in range(2))
    assert (first.theta == second.theta).all()
    assert first.sizes == (3, 4, 2)
    assert first.parameter_count == 26


@pytest.mark.parametrize(
    ("given", "pointer", "sentence"),
    [
        ({"x": [1.0]}, "/x", "expected 2 numbers, got 1"),
        ({"target": [1.0, 0.0, 0.0]}, "/target", "expected 2 numbers, got 3"),
        ({"signal": [1.0]}, "/signal", "expected 2 numbers, got 1"),
    ],
)
def test_a_vector_of_another_length_is_refused_by_its_name(given, pointer, sentence):
    network = initialize((2, 2), "tanh", "tanh", "xavier_normal", np.random.default_rng(0))
    arguments = {"x": [1.0, 2.0], "target": [0.0, 1.0], "loss": "huber", **given}
    with pytest.raises(ShapeError) as refused:
        trace(network, **arguments)
    assert refused.value.pointer == pointer
    assert sentence in refused.value.detail


def test_too_few_given_numbers_are_no_trace():
    with pytest.raises(ShapeError) as refused:
        trace_of(Structure((1, 1), ("linear",), "huber"), [1.0, 2.0])
    assert (refused.value.pointer, refused.value.detail) == ("", "expected 4 given numbers, got 2")


@pytest.mark.parametrize("freeze", [(), ("b",), ("w",), ("b", "w")])
@pytest.mark.parametrize(("output", "loss"), [("softmax", "cross_entropy"), ("softmax", "huber"), ("tanh", "huber")])
def test_a_large_network_has_the_numbers_of_a_small_one(output, loss, freeze):
    """Two copies of a small network side by side, which do not feed each other, are too large for a straight line."""
    rng = np.random.default_rng(3)
    small = initialize((2, 3, 3, 2), "silu", output, "xavier_normal", rng)
    copies = 4
    layers = []
    for index, layer in enumerate(small.layers):
        last = index == len(small.layers) - 1
        others = [np.zeros_like(layer.w)] * (copies - 1)
        w = np.hstack([layer.w, *others]) if last else np.kron(np.eye(copies), layer.w)
        layers.append(Layer.of(w, layer.b if last else np.tile(layer.b, copies), layer.activation))
    x, target = np.array([0.5, -1.0]), np.array([1.0, 0.0])
    one = trace(small, x, target, loss, learning_rate=0.1, freeze=freeze)
    many = trace(Network(tuple(layers)), np.tile(x, copies), target, loss, learning_rate=0.1, freeze=freeze)
    assert straight_line.suits(one.layout.structure) == (output != "softmax")
    assert not straight_line.suits(many.layout.structure)
    assert many.loss == pytest.approx(one.loss, rel=1e-12)
    for record, sent in ((one, x), (many, np.tile(x, copies))):
        after = trace(Network(record.updated.layers), sent, target, loss)
        assert record.updated.loss == pytest.approx(after.loss, rel=1e-12)
    assert many.dl_dx[:2] == pytest.approx(one.dl_dx, rel=1e-11)
    for index, (wide, narrow) in enumerate(zip(many.layers, one.layers, strict=True)):
        units, sending = narrow.w.shape
        for part in ("z", "a", "dl_da", "dl_dz", "dl_db"):
            assert getattr(wide, part)[:units] == pytest.approx(getattr(narrow, part), rel=1e-11, abs=1e-15)
        assert wide.dl_dw[:units, :sending] == pytest.approx(narrow.dl_dw, rel=1e-11, abs=1e-15)
        new, right = many.updated.layers[index], one.updated.layers[index]
        assert new.w[:units, :sending] == pytest.approx(right.w, rel=1e-11)
        assert new.b[:units] == pytest.approx(right.b, rel=1e-11, abs=1e-15)


def test_two_softmax_units_by_hand():
    """x = 2, z = (0, 0): both outputs are 1/2, and everything after that is a fraction."""
    network = Network.from_lists([{"w": [[0.5], [-0.5]], "b": [-1.0, 1.0], "activation": "softmax"}])
    record = trace(network, [2.0], [1.0, 0.0], "cross_entropy", learning_rate=0.5)
    (layer,) = record.layers
    assert layer.a.tolist() == [0.5, 0.5]
    assert record.loss == log(2.0)
    assert layer.dl_dz.tolist() == [-0.5, 0.5]
    assert layer.dl_dw.tolist() == [[-1.0], [1.0]]
    assert record.dl_dx.tolist() == [-0.5]
    assert record.updated.layers[0].w.tolist() == [[1.0], [-1.0]]
    assert record.updated.layers[0].b.tolist() == [-0.75, 0.75]
    assert record.updated.loss == pytest.approx(log1p(exp(-2.5)), rel=1e-15)


@pytest.mark.parametrize("rate", [None, 0.25])
def test_from_the_given_numbers_alone_it_is_the_same_trace(rate):
    for activation, loss in (("softmax", "cross_entropy"), ("sigmoid", "huber")):
        network = initialize((2, 3, 2), "tanh", activation, "xavier_normal", np.random.default_rng(1))
        record = trace(network, [0.5, -2.0], [1.0, 0.0], loss, learning_rate=rate)
        given = record.values[: record.layout.given_count]
        again = trace_of(record.layout.structure, given, rate)
        assert again.values.tobytes() == record.values.tobytes()
        assert (again.layout, again.learning_rate) == (record.layout, rate)


@pytest.mark.parametrize("kind", [int, float, np.float64])
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_every_number_is_a_float_whatever_was_given(kind, output):
    structure = Structure((1, 2), (output,), "squared_error")
    record = trace_of(structure, [kind(each) for each in (1, 1, 0, 2, -2, 0, 1)])
    assert {type(number) for number in record.numbers} == {float}
    assert record.values.dtype == np.float64
