"""What an activation is called, its parameters, its key, and the samples of its curve."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.functions.activations import ACTIVATIONS, key_in, key_of, named, nearest, refusal, samples, written
from app.core.functions.activations.registry import MOST_KEPT
from app.core.network import Layer, initialize
from app.core.record.trace import trace
from app.core.training.recipe import Examples, Recipe
from app.core.training.trainer import Trainer


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("swish", "silu"),
        ("Swish", "silu"),
        ("SiLU", "silu"),
        ("ReLU", "relu"),
        ("Sigmoid", "sigmoid"),
        ("logistic", "sigmoid"),
        ("identity", "linear"),
        ("LeakyReLU", "leaky_relu"),
        ("leaky-relu", "leaky_relu"),
        ("Leaky ReLU", "leaky_relu"),
        ("Tanh", "tanh"),
        ("Softmax", "softmax"),
        ("torch.nn.ReLU()", "relu"),
        ("nn.Tanh", "tanh"),
        ("F.gelu", "gelu"),
        ("tf.keras.activations.mish", "mish"),
        ("soft_sign", "softsign"),
    ],
)
def test_a_name_from_elsewhere_means_one_of_ours(word: str, ours: str) -> None:
    assert named(word) == ours


def test_every_name_and_alias_means_one_activation_only() -> None:
    for entry in ACTIVATIONS.values():
        assert {named(word) for word in (entry.name, *entry.aliases)} == {entry.name}


@pytest.mark.parametrize("word", ["", " ", "()", "cosine", "logsoftmax", "relu" * 100, "σ"])
def test_what_is_no_name_of_ours_means_none(word: str) -> None:
    assert named(word) is None


def test_what_comes_near_a_name_is_suggested_and_what_we_know_of_is_explained() -> None:
    assert nearest("leky relu") == "leaky_relu"
    assert nearest("sofmax") == "softmax"
    assert nearest("qqqq") is None
    assert "cross_entropy" in refusal("LogSoftmax")
    assert refusal("qqqq") == ""


def test_a_key_holds_the_parameters_that_are_not_the_usual_ones() -> None:
    assert key_of("leaky_relu", {}) == key_of("leaky_relu", {"slope": 0.01}) == "leaky_relu"
    assert key_of("leaky_relu", {"slope": 0.2}) == "leaky_relu(0.2)"
    assert ACTIVATIONS["leaky_relu(0.2)"].parameters == {"slope": 0.2}
    assert key_in({"activation": "leaky_relu", "slope": 0.2}) == "leaky_relu(0.2)"
    assert key_in({"activation": "leaky_relu", "slope": None}) == "leaky_relu"
    assert written("leaky_relu(0.2)") == {"activation": "leaky_relu", "slope": 0.2}
    assert written("leaky_relu(1.0)") == {"activation": "leaky_relu", "slope": 1}
    assert written("tanh") == {"activation": "tanh"}
    with pytest.raises(KeyError, match="slope"):
        key_of("tanh", {"slope": 0.2})
    with pytest.raises(ValueError, match="from 0 to 1"):
        key_of("leaky_relu", {"slope": 1.5})


@pytest.mark.parametrize("key", ["nothing", "tanh(0.2)", "leaky_relu(", "leaky_relu(0.2", "(0.2)"])
def test_what_is_no_key_names_no_activation(key: str) -> None:
    with pytest.raises(KeyError, match="leaky_relu"):
        ACTIVATIONS[key]


def test_keys_are_not_listed_and_not_kept_without_end() -> None:
    names = list(ACTIVATIONS)
    for number in range(2 * MOST_KEPT):
        slope = number / (4 * MOST_KEPT)
        assert ACTIVATIONS[key_of("leaky_relu", {"slope": slope})].parameters["slope"] == slope
    assert list(ACTIVATIONS) == names
    assert len(vars(ACTIVATIONS)["_made"]) <= MOST_KEPT


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_samples_of_a_curve_lie_on_it(name: str) -> None:
    entry, curve = ACTIVATIONS[name], samples(ACTIVATIONS[name])
    if entry.reads_whole_layer:
        assert curve is None
        return
    assert curve is not None
    z = np.array(curve["z"])
    assert (np.diff(z) > 0).all()
    assert 0.0 in curve["z"]
    assert np.count_nonzero(abs(z) <= entry.reach) >= 25
    assert np.allclose(curve["a"], entry.function(z, np), rtol=1e-4, atol=1e-12)
    if entry.bounds:
        assert min(curve["a"]) >= entry.bounds[0]
        assert max(curve["a"]) <= entry.bounds[1]


def test_the_samples_follow_a_slope() -> None:
    curve = samples(ACTIVATIONS["leaky_relu"])
    assert curve is not None
    moved = np.array(curve["a"]) + (0.2 - 0.01) * np.array(curve["by"]["slope"])
    assert moved == pytest.approx(ACTIVATIONS["leaky_relu(0.2)"].function(np.array(curve["z"]), np), rel=1e-4)


def test_a_slope_goes_through_trace_steps_and_training() -> None:
    network = initialize((2, 3, 1), "leaky_relu(0.2)", "leaky_relu(0.05)", "xavier_uniform", np.random.default_rng(4))
    record = trace(network, [1.0, -2.0], [0.5], "half_squared_error", learning_rate=0.1)
    document = record.document()
    assert [layer["slope"] for layer in document["layers"]] == [0.2, 0.05]
    for layer, slope in zip(record.layers, (0.2, 0.05), strict=True):
        assert np.array_equal(layer.gain, np.where(layer.z > 0, 1.0, slope))
    data = Examples(np.array([[1.0, -2.0], [0.5, 0.25]]), np.array([[0.5], [-1.0]]))
    trainer = Trainer(network, data, Recipe("half_squared_error", learning_rate=0.1, batch_size=1, epochs=2))
    trainer.epoch()
    other = Trainer(
        type(network)(tuple(Layer(layer.w, layer.b, "leaky_relu") for layer in network.layers)),
        data,
        Recipe("half_squared_error", learning_rate=0.1, batch_size=1, epochs=2),
    )
    other.epoch()
    assert not np.array_equal(trainer.theta, other.theta)
