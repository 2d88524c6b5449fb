"""A rule that would change nothing in a network is refused, in words."""

import pytest

from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.rules.rule import DoesNotApply
from app.core.record.layout import Structure

REFUSED = {
    "no_output_gain": (("tanh", "linear"), "huber"),
    "no_hidden_gain": (("linear", "tanh"), "huber"),
    "gain_at_a": (("relu", "leaky_relu"), "huber"),
    "one_path": ((("tanh"),), "huber"),
    "leaky_slope_zero": (("relu", "tanh"), "huber"),
    "elementwise_softmax": (("tanh", "sigmoid"), "huber"),
    "untransposed": (("tanh",), "huber"),
    "updated_weights": (("tanh", "tanh"), "huber"),
    "bias_per_weight": (("tanh", "tanh"), "huber"),
    "mean_of_paths": (("tanh",), "huber"),
    "gain_times_z": (("linear", "softmax"), "huber"),
    "sigmoid_slope": (("sigmoid", "softmax"), "cross_entropy"),
    "softmax_in_loss": (("tanh", "softmax"), "half_squared_error"),
    "upstream_left_out": (("softmax",), "huber"),
    "raw_errors": (("tanh", "softmax"), "cross_entropy"),
    "output_for_delta": (("tanh",), "huber"),
    "mean_over_examples": (("tanh", "tanh"), "huber"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_rule_that_would_change_nothing_is_refused_with_what_it_needs(name):
    activations, loss = REFUSED[name]
    structure = Structure((2,) * (len(activations) + 1), activations, loss)
    with pytest.raises(DoesNotApply, match=name) as caught:
        RULES[name].require(structure)
    assert RULES[name].needs["en"] in str(caught.value)


@pytest.mark.parametrize(
    ("name", "structure"),
    [
        ("elementwise_softmax", Structure((3, 1), ("softmax",), "cross_entropy")),
        ("untransposed", Structure((1, 1, 1), ("tanh", "tanh"), "huber")),
        ("updated_weights", Structure((2, 2), ("tanh",), "huber", learning=True)),
    ],
)
def test_a_network_too_small_to_show_a_rule_is_refused(name, structure):
    with pytest.raises(DoesNotApply):
        RULES[name].require(structure)


def test_two_softmax_units_on_one_input_are_enough_to_tell_them_apart():
    assert RULES["elementwise_softmax"].applies(Structure((1, 2), ("softmax",), "cross_entropy"))
    assert RULES["elementwise_softmax"].applies(Structure((1, 4, 2), ("tanh", "softmax"), "cross_entropy"))


def test_a_sign_cannot_be_flipped_where_a_signal_comes_back():
    assert not RULES["sign_flipped"].applies(Structure((1, 1), ("tanh",), "huber", injected=True))


def test_frozen_parameters_take_no_wrong_step():
    for name, freeze in (("updated_weights", "w"), ("bias_per_weight", "b")):
        assert RULES[name].applies(Structure((2, 2, 2), ("tanh", "tanh"), "huber", True))
        assert not RULES[name].applies(Structure((2, 2, 2), ("tanh", "tanh"), "huber", True, (freeze,)))
