"""Mistakes that are carried on to a later number, or that lead beyond float64."""

import numpy as np
import pytest

from app.core.mistakes.diagnosis import diagnose
from app.core.network import Layer, Network
from app.core.record.trace import trace

from ..record.steps.test_steps import LECTURE, lecture
from .test_diagnosis import DIGITS, asked, names


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


def test_a_number_that_follows_from_a_wrong_one_is_told_from_a_wrong_one():
    record = lecture()
    at = record.layout.position
    wrong_z = {at["/layers/0/z/0"]: 3.0}
    sigmoid = 1.0 / (1.0 + np.exp(-3.0))
    found = diagnose(record, at["/layers/0/a/0"], round(sigmoid, 4), 4, given=wrong_z)
    assert (found.finding, found.matches) == ("follows", ())
    assert found.first_wrong.position == at["/layers/0/z/0"]
    assert found.first_wrong.diagnosis.matches[0].misconception.name == "bias_left_out"
    both = {**wrong_z, at["/layers/0/a/0"]: round(sigmoid, 4)}
    weights = record.layers[1].w[0]
    z = weights[0] * round(sigmoid, 4) + weights[1] * record.layers[0].a[1] + record.layers[1].b[0]
    found = diagnose(record, at["/layers/1/z/0"], round(z, 4), 4, given=both)
    assert found.finding == "follows"
    assert found.first_wrong.position == at["/layers/0/z/0"]


def test_a_mistake_made_with_a_wrong_number_is_named_all_the_same():
    record = lecture()
    at = record.layout.position
    wrong_a = {at["/layers/0/a/0"]: 0.5}
    weights, a = record.layers[1].w[0], record.layers[0].a
    z = weights[0] * 0.5 + weights[1] * a[1] + record.layers[1].b[0]
    found = diagnose(record, at["/layers/1/z/0"], round(float(-z), 6), 6, given=wrong_a)
    assert names(found) == ["minus_lost"]
    assert found.first_wrong.position == at["/layers/0/a/0"]


def test_given_numbers_that_are_only_rounded_are_no_mistake():
    record = lecture()
    at = record.layout.position
    rounded = {at[f"/layers/0/a/{unit}"]: round(value, 1) for unit, value in enumerate(record.layers[0].a)}
    weights, b = record.layers[1].w[0], record.layers[1].b[0]
    z = sum(w * round(a, 1) for w, a in zip(weights, record.layers[0].a, strict=True)) + b
    found = diagnose(record, at["/layers/1/z/0"], round(float(z), 1), 1, given=rounded)
    assert (found.finding, found.first_wrong) in (("rounding", None), ("right", None))


def test_a_whole_number_that_is_off_by_one_is_not_put_down_to_rounding():
    record = lecture()
    at = record.layout.position
    found = diagnose(record, at["/layers/2/a/0"], 9.0, 0, given={at["/layers/0/z/0"]: 3.0})
    assert found.first_wrong.position == at["/layers/0/z/0"]


def test_the_learners_own_convention_holds_for_given_numbers_as_well():
    record = lecture()
    at = record.layout.position
    delta = -2.0 * record.layers[2].dl_dz[0]
    answer = delta * record.layers[1].a[0]
    own = {at["/layers/2/dl_dz/0"]: delta}
    found = diagnose(record, at["/layers/2/dl_dw/0/0"], round(answer, 8), 8, given=own, accepted=True)
    assert found.finding == "follows"
    right = -record.layers[2].dl_dw[0, 0]
    for value in (right, -right):
        assert diagnose(record, at["/layers/2/dl_dw/0/0"], round(value, 8), 8, accepted=True).finding == "right"
    assert diagnose(record, at["/layers/0/z/0"], 4.0, 4, accepted=True).finding == "right"
    assert diagnose(record, at["/layers/0/z/0"], -4.0, 4, accepted=True).finding == "misconception"


def test_a_turned_sign_is_a_mistake_where_no_convention_gives_it():
    """The new weights are the same by either convention."""
    record = trace(LECTURE, [1, -1], [1, 0], "half_squared_error", learning_rate=0.5)
    pointer = "/updated/layers/1/w/0/0"
    turned = record.layers[1].w[0, 0] + 0.5 * record.layers[1].dl_dw[0, 0]
    found = asked(record, pointer, round(turned, 8), 8)
    assert found.conventions == ()
    assert names(found)[:2] == ["uphill", "sign_flipped"]


def test_two_for_minus_two_gets_the_simple_sentence():
    network = Network((Layer.of([[1.0, -1.0]], [-1.0], "linear"),))
    record = trace(network, [1.0, 2.0], [0.0], "half_squared_error")
    assert names(asked(record, "/layers/0/z/0", 2.0, 2))[0] == "minus_lost"
