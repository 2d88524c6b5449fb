"""Mistakes that are carried on to a later number, or that lead beyond float64."""

import numpy as np
import pytest

from app.core.network import Layer, Network
from app.core.trace import trace

from .test_diagnosis import DIGITS, asked, names
from .test_steps import LECTURE, lecture


def test_a_right_number_and_one_rounded_on_the_way_come_with_what_was_expected():
    record = lecture()
    expected = record.layers[0].dl_dz[0]
    found = asked(record, "/layers/0/dl_dz/0", round(expected, 4))
    assert (found.finding, found.expected) == ("right", expected)
    found = asked(record, "/layers/0/dl_dz/0", round(expected, 4) + 1e-4)
    assert (found.finding, found.expected) == ("rounding", expected)


def test_a_mistake_that_leads_beyond_float64_explains_nothing():
    """With one sign lost z is infinite, and no answer is near that."""
    network = Network((Layer.of([[1e308, -1e308]], [0.0], "linear"),))
    record = trace(network, [1.0, 1.0], [0.0], "half_squared_error")
    assert asked(record, "/layers/0/z/0", 5.0).finding == "wrong"
    deep = Network((Layer.of([[1.0]], [1.0], "linear"), Layer.of([[0.5e308]], [-1.7e308], "linear")))
    record = trace(deep, [1.0], [0.0], "half_squared_error")
    assert asked(record, "/layers/1/z/0", 5.0).finding == "wrong"


@pytest.mark.parametrize(
    ("loss", "of"),
    [
        ("half_squared_error", lambda y: ((y - [1.0, 0.0]) ** 2).sum() / 2.0),
        ("squared_error", lambda y: ((y - [1.0, 0.0]) ** 2).sum()),
        ("mean_squared_error", lambda y: ((y - [1.0, 0.0]) ** 2).mean()),
        ("absolute_error", lambda y: np.abs(y - [1.0, 0.0]).sum()),
        ("output_sum", lambda y: y.sum()),
    ],
)
def test_a_mistake_in_the_forward_pass_is_carried_to_the_loss(loss, of):
    """Both activations left out: what is left is linear, and the loss is that of its outputs."""
    network = Network((Layer.of([[0.5, -1.0]], [0.25], "tanh"), Layer.of([[2.0], [-1.5]], [0.0, 0.5], "sigmoid")))
    record = trace(network, [1.0, 0.5], [1.0, 0.0], loss)
    y = np.array([2.0, -1.5]) * (0.5 * 1.0 - 1.0 * 0.5 + 0.25) + [0.0, 0.5]
    found = asked(record, "/loss/value", float(of(y)), DIGITS)
    assert "activation_left_out" in names(found)


def test_a_loss_with_a_logarithm_has_no_answer_for_an_output_that_z_does_not_give():
    record = trace(LECTURE, [1, -1], [1, 0], "binary_cross_entropy")
    for answer in (0.0, 1.0, 5.0, float(np.logaddexp(0.0, -record.layers[-1].z[0]))):
        assert "activation_left_out" not in names(asked(record, "/loss/value", answer, DIGITS))


@pytest.mark.parametrize(("output", "loss"), [("sigmoid", "binary_cross_entropy"), ("tanh", "huber")])
def test_a_mean_over_the_outputs_divides_all_that_comes_back_once(output, loss):
    network = Network((*LECTURE.layers[:2], Layer(LECTURE.layers[2].w, LECTURE.layers[2].b, output)))
    record = trace(network, [1, -1], [1, 0], loss)
    for pointer in ("/layers/0/dl_dz/0", "/layers/1/dl_dz/1", "/layers/2/dl_dz/0"):
        right = record.numbers[record.layout.position[pointer]]
        assert "mean_over_outputs" in names(asked(record, pointer, right / 2.0, DIGITS))
        assert "mean_over_outputs" not in names(asked(record, pointer, right / 4.0, DIGITS))
