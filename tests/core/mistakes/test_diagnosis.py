from functools import cache
from math import isfinite, log

import numpy as np
import pytest

from app.core.mistakes.diagnosis import diagnose, wrong_numbers
from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.slips import SLIPS
from app.core.mistakes.ways import MISTAKES
from app.core.network import Layer, Network
from app.core.record.plan import plan
from app.core.record.trace import trace

from ..record.steps.test_steps import LECTURE
from .mistakes_by_hand import BY_HAND, ETA
from .wrong import random_example

NETWORKS = 200
DIGITS = 8


def lecture(**options):
    return trace(LECTURE, [1, -1], [1, 0], "half_squared_error", **options)


def asked(record, pointer, answer, digits=4, granularity="unit"):
    return diagnose(record, record.layout.position[pointer], answer, digits, granularity)


def names(found):
    return [match.misconception.name for match in found.matches if len(match.misconceptions) == 1]


def test_every_misconception_that_a_trace_can_show_has_its_numbers_by_hand():
    assert {each.name for each in MISTAKES} - {"mean_over_examples"} == set(BY_HAND)


FIRST_LAYER = {
    "sigmoid_slope_for_linear": "linear",
    "sigmoid_slope_for_relu": "relu",
    "leaky_slope_zero": "leaky_relu",
    "exponent_sign": "sigmoid",
    "factor_left_out": "sigmoid",
    "square_left_out": "tanh",
    "sigmoid_slope_for_tanh": "tanh",
}
"""What the first layer has to be for the misconception to have a chance to apply."""


@cache
def traced(first, seed):
    """A random network, with its first activation as wanted if one is, and its trace; asked about many times."""
    network, x, target, loss = random_example(seed, most_units=3)
    if first and len(network.layers) > 1:
        network = Network((Layer(network.layers[0].w, network.layers[0].b, first), *network.layers[1:]))
    example = network, x, target, loss
    return example, trace(*example, learning_rate=ETA)


@pytest.mark.parametrize("name", BY_HAND)
def test_each_is_recognised_from_its_own_number_and_no_right_answer_is_claimed(name):
    rng = np.random.default_rng(sum(map(ord, name)))
    seen = seed = excused = 0
    while seen < NETWORKS:
        seed += 1
        assert seed < 6000, f"only {seen} networks show it"
        example, record = traced(FIRST_LAYER.get(name), seed)
        rule = RULES.get(name)
        if rule and not rule.applies(record.layout.structure):
            continue
        telling = []
        for pointer, value in BY_HAND[name](example, record):
            right = record.numbers[record.layout.position[pointer]]
            if isfinite(value) and isfinite(right) and abs(value - right) > 2 * 10**-DIGITS * max(1, abs(right)):
                telling.append((pointer, value, right))
        if not telling:
            continue
        pointer, value, right = telling[rng.integers(len(telling))]
        found = asked(record, pointer, round(value, DIGITS), DIGITS)
        # What rounding explains as well is not held against anyone.
        if found.finding == "rounding":
            excused += 1
            assert abs(value - right) < 1e-3
            continue
        if name == "sign_flipped" and "/dl_d" in pointer:
            assert [each.name for each in found.conventions] == ["delta_is_descent"]
            assert names(found)[0] == "minus_lost"
            assert name not in names(found)
            seen += 1
            continue
        assert found.finding in ("misconception", "convention"), (seed, pointer, value, right)
        assert name in names(found), (seed, pointer, value, right, names(found))
        if pointer == "/loss/value":
            for match in found.matches:
                # A mistake in a layer that reaches the loss has its number by hand where it is made.
                hands = dict(BY_HAND[match.misconception.name](example, record))
                assert pointer not in hands or match.value == pytest.approx(hands[pointer], rel=1e-9), match
        for answer in (right, round(right, DIGITS)):
            found = asked(record, pointer, answer, DIGITS)
            assert (found.finding, found.matches) == ("right", ())
        seen += 1
    assert excused <= NETWORKS / 8


def test_a_number_that_nothing_explains_is_wrong_and_nobody_is_blamed():
    found = asked(lecture(), "/layers/0/z/0", 12.3456)
    assert (found.finding, found.expected, found.matches) == ("wrong", 4.0, ())


def test_a_match_names_the_step_at_which_it_parts_from_the_right_way():
    record = lecture()
    listed = plan(record.layout.structure, "unit").operations
    found = asked(record, "/layers/0/dl_dw/0/0", round(0.0, 4))
    assert found.finding == "misconception"
    carried = asked(record, "/layers/2/a/0", 0.2689)
    for match in (*found.matches, *carried.matches):
        assert record.layout.addresses.index(match.pointer) in listed[match.step].writes
    pointer, wrong = "/layers/0/dl_dw/0/0", RULES["no_output_gain"]
    value = next(value for value, _ in wrong_numbers(record, record.layout.position[pointer], wrong))
    for granularity in ("unit", "layer"):
        listed = plan(record.layout.structure, granularity).operations
        found = asked(record, pointer, round(value, 8), 8, granularity)
        (own,) = (match for match in found.matches if match.misconception is wrong)
        assert own.pointer.startswith("/layers/2/dl_dz/")
        assert listed[own.step].name == "amplify"


def test_a_mistake_carried_from_the_start_is_recognised_at_the_end():
    bare = Network(tuple(Layer(each.w, np.zeros_like(each.b), each.activation) for each in LECTURE.layers))
    wrong = trace(bare, [1, -1], [1, 0], "half_squared_error")
    record = lecture()
    found = asked(record, "/layers/2/a/0", round(wrong.layers[2].a[0], 6), 6)
    assert names(found) == ["bias_left_out"]
    assert found.matches[0].pointer == "/layers/0/z/0"
    assert found.matches[0].step == 0
    turned = Network(tuple(Layer(each.w.T, each.b, each.activation) for each in LECTURE.layers))
    wrong = trace(turned, [1, -1], [1, 0], "half_squared_error")
    assert "weights_transposed" in names(asked(record, "/loss/value", round(wrong.loss, 6), 6))


def test_all_that_give_the_number_are_named():
    found = asked(lecture(), "/layers/0/z/0", 3, 0)
    assert {"bias_left_out", "term_left_out"} <= set(names(found))
    assert len(names(found)) == len(set(names(found)))


def test_right_is_right_to_the_digits_given():
    record = lecture()
    for answer, digits in ((0.62, 2), (0.618, 3), (0.6177, 4), (0.6177047777553412, 12), (1, 0)):
        assert asked(record, "/layers/2/a/0", answer, digits).finding == "right"


def test_carrying_few_digits_through_the_steps_is_told_from_a_mistake():
    network = Network((Layer.of([[0.15, 0.2]], [0.35], "sigmoid"), Layer.of([[30.0]], [0.0], "linear")))
    record = trace(network, [0.05, 0.1], [0.0], "half_squared_error")
    carried = round(30 * round(1 / (1 + np.exp(-round(0.15 * 0.05 + 0.2 * 0.1 + 0.35, 2))), 2), 2)
    assert abs(carried - record.layers[1].a[0]) > 0.05
    assert asked(record, "/layers/1/a/0", carried, 2).finding == "rounding"
    assert asked(record, "/layers/0/a/0", round(record.layers[0].a[0], 2) + 0.01, 2).finding == "rounding"
    assert asked(record, "/layers/0/a/0", round(record.layers[0].a[0], 2) + 0.03, 2).finding == "wrong"


def test_three_halves_of_the_last_place_may_be_rounding_and_no_more():
    right = lecture().layers[0].a[0]
    for sign in (-1, 1):
        assert asked(lecture(), "/layers/0/a/0", right + sign * 0.0149, 2).finding == "rounding"
        assert asked(lecture(), "/layers/0/a/0", right + sign * 0.0152, 2).finding != "rounding"


def test_of_a_row_of_weights_the_one_that_was_asked_for_is_named():
    record = lecture()
    for column in (0, 1):
        pointer = f"/layers/1/dl_dw/0/{column}"
        found = asked(record, pointer, record.layers[1].dl_dz[0] * record.layers[1].a[0], 8)
        (own,) = (match for match in found.matches if match.misconception.name == "own_activation")
        assert own.pointer == pointer
        assert own.value == pytest.approx(record.layers[1].dl_dz[0] * record.layers[1].a[0], rel=1e-12)
        assert record.layout.position[pointer] in plan(record.layout.structure, "unit").operations[own.step].writes


def test_a_step_is_counted_unit_by_unit_if_nothing_else_is_said():
    record = lecture()
    position, answer = record.layout.position["/layers/2/dl_dz/1"], -record.layers[2].dl_dz[1]
    told = [diagnose(record, position, answer, 8, *given).matches[0].step for given in ((), ("unit",), ("layer",))]
    assert told[0] == told[1] > told[2]


def test_where_every_number_is_exact_nothing_can_be_put_down_to_rounding():
    assert asked(lecture(), "/layers/0/z/0", 5, 0).finding != "rounding"
    assert asked(lecture(), "/layers/0/z/0", 4.01, 2).finding == "wrong"


def test_a_minus_before_zero_is_told_but_right():
    network = Network((Layer.of([[1.0]], [0.0], "relu"),))
    record = trace(network, [-1.0], [1.0], "half_squared_error")
    zero = "/layers/0/a/0"
    assert asked(record, zero, -0.0).finding == "sign_of_zero"
    assert asked(record, zero, 0.0).finding == "right"
    minus = trace(network, [0.0], [1.0], "half_squared_error")
    assert asked(minus, "/layers/0/dl_dw/0/0", 0.0).finding == "right"


def test_a_number_that_float64_cannot_hold_has_no_right_answer_and_no_blame_by_it():
    network = Network((Layer.of([[1.0]], [0.0], "sigmoid"),))
    record = trace(network, [-800.0], [1.0], "cross_entropy")
    assert not np.isfinite(record.layers[0].dl_da[0])
    assert asked(record, "/layers/0/dl_da/0", 5.0).finding == "wrong"


@pytest.mark.parametrize("slip", SLIPS.values(), ids=list(SLIPS))
def test_every_slip_says_what_it_is_in_both_languages(slip):
    for part in (slip.title, slip.description):
        assert set(part) == {"en", "zh"}
        assert all(part.values())
    assert slip.name not in RULES


def test_a_loss_of_several_conventions_is_never_claimed_where_they_agree():
    network = Network((Layer.of([[1.0]], [0.5], "linear"),))
    record = trace(network, [1.0], [0.0], "squared_error")
    position = record.layout.position["/loss/value"]
    assert list(wrong_numbers(record, position, SLIPS["as_mean_squared_error"])) == []


CONVENTIONS = ("half_squared_error", "squared_error", "mean_squared_error")


@pytest.mark.parametrize("taken", CONVENTIONS)
@pytest.mark.parametrize("meant", CONVENTIONS)
def test_another_convention_for_the_loss_is_recognised_in_every_gradient(meant, taken):
    record = trace(LECTURE, [1, -1], [1, 0], meant, learning_rate=ETA)
    other = trace(LECTURE, [1, -1], [1, 0], taken, learning_rate=ETA)
    for pointer in ("/loss/value", "/layers/2/dl_da/1", "/layers/0/dl_dw/1/0", "/dl_dx/0", "/updated/layers/1/w/0/1"):
        found = asked(record, pointer, other.numbers[other.layout.position[pointer]], 10)
        same = record.numbers[record.layout.position[pointer]] == other.numbers[other.layout.position[pointer]]
        assert same == (found.finding == "right")
        assert same or f"as_{taken}" in names(found)


def test_an_activation_left_out_everywhere_is_recognised_behind():
    straight = Network(tuple(Layer(each.w, each.b, "linear") for each in LECTURE.layers))
    wrong = trace(straight, [1, -1], [1, 0], "half_squared_error")
    found = asked(lecture(), "/loss/value", wrong.loss, 10)
    assert "activation_left_out" in names(found)
    assert found.matches[0].pointer == "/layers/0/a/0"


def test_a_loss_of_an_output_without_a_logarithm_is_not_claimed():
    """z is handed on as a: 1.5, which has a logarithm; 1 - 1.5 has none."""
    network = Network((Layer.of([[1.0]], [0.5], "sigmoid"),))
    position = trace(network, [1.0], [1.0], "binary_cross_entropy").layout.position["/loss/value"]

    def handed_on(target):
        record = trace(network, [1.0], [target], "binary_cross_entropy")
        return [value for value, _ in wrong_numbers(record, position, SLIPS["activation_left_out"]) if isfinite(value)]

    assert handed_on(1.0) == pytest.approx([-log(1.5)])
    assert handed_on(0.5) == []
