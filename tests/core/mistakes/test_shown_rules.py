import pytest

from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.rules.shown import shown_on
from app.library.presets import preset, run

LECTURE = run(preset("lecture-1-1")["request"]).layout.structure


@pytest.mark.parametrize(
    ("name", "activations", "loss"),
    [
        ("sign_flipped", ("sigmoid", "sigmoid", "sigmoid"), "half_squared_error"),
        ("mean_over_examples", ("sigmoid", "sigmoid", "sigmoid"), "half_squared_error"),
        ("leaky_slope_zero", ("leaky_relu", "leaky_relu", "sigmoid"), "half_squared_error"),
        ("sigmoid_slope", ("tanh", "tanh", "sigmoid"), "half_squared_error"),
        ("softmax_in_loss", ("sigmoid", "sigmoid", "softmax"), "cross_entropy"),
        ("elementwise_softmax", ("sigmoid", "sigmoid", "softmax"), "half_squared_error"),
    ],
)
def test_a_rule_is_shown_on_the_lectures_network_or_the_nearest_one_that_shows_it(name, activations, loss):
    shown = shown_on(RULES[name], LECTURE)
    assert (shown.activations, shown.loss) == (activations, loss)


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if not rule.several_examples])
def test_every_rule_shows_on_the_network_it_is_shown_on(name):
    assert RULES[name].applies(shown_on(RULES[name], LECTURE))
