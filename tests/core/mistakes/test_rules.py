from itertools import pairwise

import numpy as np
import pytest

from app.core.functions.activations import activate, derivative
from app.core.functions.reductions import REDUCTIONS
from app.core.mistakes.rules.descent import Descent, flat
from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.rules.rule import DoesNotApply
from app.core.mistakes.rules.training import histories
from app.core.mistakes.rules.walk import follow, ruled_steps
from app.core.network import Layer, Network, initialize, network_at
from app.core.proofs.gradient_check import gradient_check
from app.core.record.batch import batch
from app.core.record.layout import Structure
from app.core.record.plan import GRANULARITIES
from app.core.record.steps import steps
from app.core.record.trace import trace
from app.core.training.recipe import Examples, Recipe
from app.core.training.trainer import train
from app.library.presets import preset

from ..record.steps.test_steps import LECTURE
from .wrong import by_hand, random_example

SHOWN = [name for name, rule in RULES.items() if not rule.several_examples]
SEEDS = range(800)


def lecture(**options):
    return trace(LECTURE, [1, -1], [1, 0], "half_squared_error", **options)


def applying(name, most, learning_rate=0.3):
    """Traces of random networks in which a rule applies."""
    found = 0
    for seed in SEEDS:
        example = random_example(seed)
        record = trace(*example, learning_rate=learning_rate)
        if RULES[name].applies(record.layout.structure):
            yield example, record
            found += 1
        if found == most:
            return


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_says_what_it_is_in_both_languages(rule):
    for part in (rule.title, rule.description, rule.notice, rule.check):
        assert set(part) == {"en", "zh"}
        assert all(part.values())
    assert rule.formula != rule.right_formula
    for formula in (rule.formula, rule.right_formula):
        assert formula.count("{") == formula.count("}") > 0
    assert rule.needs["en"] or rule.applies(Structure((1, 1), ("linear",), "huber"))


@pytest.mark.parametrize("name", SHOWN)
def test_a_rule_gives_what_the_same_bug_gives_in_a_backward_pass_written_by_hand(name):
    seen = spoilt = 0
    for (network, x, target, loss), record in applying(name, 80):
        with np.errstate(all="ignore"):
            expected = by_hand(name, network, x, target, loss, 0.3)
        ruled = follow(record, RULES[name])
        found = ruled.trace
        pairs = [(found.dl_dx, expected["dl_dx"]), (found.updated.loss, expected["loss"])]
        for layer, wanted in zip(found.layers, expected["layers"], strict=True):
            names = ("dl_da", "dl_dz", "dl_dw", "dl_db", *(("gain",) if layer.gain is not None else ()))
            pairs += [(getattr(layer, part), wanted[part]) for part in names]
        for new, wanted in zip(found.updated.layers, expected["updated"], strict=True):
            pairs += [(new.w, wanted[0]), (new.b, wanted[1])]
        for ours, theirs in pairs:
            assert np.allclose(ours, theirs, rtol=1e-9, atol=1e-12, equal_nan=True)
        seen += 1
        spoilt += bool(ruled.differs)
    assert seen >= 20
    assert spoilt >= seen / 3


@pytest.mark.parametrize("name", SHOWN)
def test_numbers_that_are_not_listed_are_the_right_ones_to_the_last_digit(name):
    for _, record in applying(name, 15):
        ruled = follow(record, RULES[name])
        wrong, right = ruled.trace.values, record.values
        untouched = np.setdiff1d(np.arange(len(right)), ruled.differs)
        assert np.array_equal(wrong[untouched], right[untouched], equal_nan=True)
        for at in ruled.differs:
            assert wrong[at] != right[at]
        assert not set(ruled.differs) & set(record.layout.given)
        assert np.array_equal(wrong[record.layout.across("z")], right[record.layout.across("z")])


@pytest.mark.parametrize("granularity", ["layer", "unit", "term"])
@pytest.mark.parametrize("name", SHOWN)
def test_the_steps_keep_the_laws_of_steps(name, granularity):
    for _, record in applying(name, 6):
        ruled = follow(record, RULES[name])
        layout = record.layout
        known = {layout.addresses[at] for at in layout.given}
        told = 0
        for index, step in enumerate(ruled_steps(ruled, granularity)):
            assert step["index"] == index
            assert set(step["reads"]) <= known, "a step reads what is not known yet"
            assert not set(step["writes"]) & known, "a number is written twice"
            known |= set(step["writes"])
            for pointer, value in zip(step["writes"], step["value"], strict=True):
                if not pointer.startswith("/terms/"):
                    assert np.array_equal(value, ruled.trace.values[layout.position[pointer]], equal_nan=True)
            told += "right_formula" in step
            for text in (step["formula"], step["numbers"], step.get("right_formula", "")):
                assert "+ -" not in text
                assert "@" not in text
                assert text.count("{") == text.count("}")
                assert text.count(r"\left") == text.count(r"\right")
        assert told
        assert {pointer for pointer in known if not pointer.startswith("/terms/")} == set(layout.addresses)


@pytest.mark.parametrize("name", SHOWN)
def test_a_step_that_follows_the_rule_says_so_and_every_other_is_as_it_was(name):
    for _, record in applying(name, 6):
        ruled = follow(record, RULES[name])
        right = {tuple(step["writes"]): step for step in steps(record, "unit")}
        for step in ruled_steps(ruled, "unit"):
            plain = right[tuple(step["writes"])]
            if "right_formula" in step:
                assert step["right_formula"] == plain["formula"]
            else:
                assert (step["formula"], step["reads"]) == (plain["formula"], plain["reads"])


def test_the_numbers_of_a_wrong_step_are_those_of_its_wrong_formula():
    (step,) = [
        each
        for each in ruled_steps(follow(lecture(), RULES["one_path"]), "unit")
        if "dl_da/0" in str(each["writes"]) and each["layer"] == 1
    ]
    assert step["formula"].endswith(r"= w^{(3)}_{21} \frac{\partial l}{\partial z^{(3)}_{2}}")
    assert step["numbers"] == r"-0.1175 = (-1) \cdot 0.1175"
    ruled = follow(lecture(learning_rate=0.5), RULES["bias_per_weight"])
    step = next(each for each in ruled_steps(ruled, "unit") if each["operation"] == "bias_update")
    assert step["numbers"] == r"1.004 = 1 - 2 \cdot 0.5 \cdot (-0.003565)"
    step = next(
        each for each in ruled_steps(follow(lecture(), RULES["mean_of_paths"]), "layer") if "right_formula" in each
    )
    assert step["formula"].startswith(r"\frac{\partial l}{\partial \mathbf{a}^{(2)}} = \frac{1}{2} \left( {W^{(3)}}")


def test_the_famous_error_is_what_already_updated_weights_give():
    request = preset("mazur")["request"]
    network = Network.from_lists(request["network"]["layers"])
    options = {"learning_rate": 0.5, "freeze": request.get("freeze", [])}
    record = trace(network, request["x"], request["target"], request["loss"], **options)
    assert record.updated.loss == pytest.approx(0.291027774, abs=5e-10)
    assert follow(record, RULES["updated_weights"]).trace.updated.loss == pytest.approx(0.291027924, abs=5e-10)


def test_the_numbers_in_the_texts_are_right():
    slopes = derivative("sigmoid", np.linspace(-40, 40, 2001))
    assert slopes.max() == 0.25
    doubled = derivative("sigmoid", activate("sigmoid", np.linspace(-40, 40, 2001)))
    assert (round(doubled.min(), 3), round(doubled.max(), 3)) == (0.197, 0.25)
    assert all("0.197" in text and "0.25" in text for text in RULES["gain_at_a"].notice.values())
    assert -np.log(activate("softmax", np.array([[1.0], [0.0]]))[0, 0]) == pytest.approx(0.3133, abs=5e-5)
    assert all("0.31" in text for text in RULES["softmax_in_loss"].notice.values())
    soft = Network((Layer.of([[1.0, 2.0], [0.5, -1.0], [0.0, 1.0]], [0.0] * 3, "softmax"),))
    record = trace(soft, [0.3, -0.2], [1.0, 0.0, 0.0], "squared_error")
    assert abs(record.layers[0].dl_dz.sum()) < 1e-15
    assert abs(follow(record, RULES["elementwise_softmax"]).trace.layers[0].dl_dz.sum()) > 0.01


@pytest.mark.parametrize("name", SHOWN)
def test_the_gradient_check_catches_each_rule_or_the_rule_says_why_it_cannot(name):
    caught = differing = 0
    for (network, x, target, loss), record in applying(name, 40):
        ruled = follow(record, RULES[name])
        parts = [(layer.dl_dw, layer.dl_db) for layer in ruled.trace.layers]
        right = [(layer.dl_dw, layer.dl_db) for layer in record.layers]
        size = max(float(np.abs(each).max()) for pair in right for each in pair)
        apart = max(
            float(np.abs(a - b).max()) for p, q in zip(parts, right, strict=True) for a, b in zip(p, q, strict=True)
        )
        result = gradient_check(network, x, target, loss, ruled.trace)
        judged = any(not row["kink"] for row in result.parameters)
        if apart > 1e-3 * (size + abs(record.loss)) and judged and np.isfinite(apart):
            differing += 1
            caught += not result.passed
        elif apart == 0.0:
            assert result.passed
    if RULES[name].caught:
        assert differing >= 10
        assert caught == differing
    else:
        assert differing == 0


def test_why_the_check_cannot_see_a_bias_that_steps_too_often():
    record = lecture(learning_rate=0.5)
    wrong = follow(record, RULES["bias_per_weight"])
    assert {record.layout.addresses[at].split("/")[1] for at in wrong.differs} == {"updated"}
    for ours, theirs in zip(wrong.trace.layers, record.layers, strict=True):
        assert np.array_equal(ours.dl_db, theirs.dl_db)


def test_why_the_check_cannot_see_a_mean_over_examples():
    one = batch(LECTURE, np.array([[1.0, -1.0]]), np.array([[1.0, 0.0]]), "half_squared_error")
    assert one.cost == one.total_loss
    assert not RULES["mean_over_examples"].caught


def test_a_leaky_layer_without_a_negative_z_hides_its_wrong_slope():
    network = Network((Layer.of([[1.0]], [1.0], "leaky_relu"), Layer.of([[1.0]], [0.0], "linear")))
    record = trace(network, [1.0], [0.0], "half_squared_error")
    assert follow(record, RULES["leaky_slope_zero"]).differs == ()


XS = np.array([[1.0, -1], [0, 0], [-1, 0]])
TARGETS = np.array([[1.0, 0], [1, 0], [0, 1]])


def plain_descent(network, learning_rate, count):
    costs = []
    for _ in range(count + 1):
        made = batch(network, XS, TARGETS, "half_squared_error")
        costs.append(made.cost)
        network = Network(
            tuple(
                Layer(layer.w - learning_rate * each.dl_dw, layer.b - learning_rate * each.dl_db, layer.activation)
                for layer, each in zip(network.layers, made.layers, strict=True)
            )
        )
    return costs


def trained(name, learning_rate=0.5, count=12, network=LECTURE, reduction="sum", examples=None):
    data = Examples(XS[:examples], TARGETS[:examples])
    return histories(RULES[name], network, data, "half_squared_error", learning_rate, reduction, count)


NOT_IN_SIGMOIDS = ("leaky_slope_zero", "elementwise_softmax", "sigmoid_slope", "softmax_in_loss")
"""The rules that a network of sigmoids does not show."""


@pytest.mark.parametrize("name", [name for name in RULES if name not in NOT_IN_SIGMOIDS])
def test_training_by_a_rule_starts_where_the_right_one_does_and_goes_elsewhere(name):
    both = trained(name)
    assert np.allclose(both.right, plain_descent(LECTURE, 0.5, 12), rtol=1e-12)
    assert len(both.wrong) == 13
    assert both.wrong[0] == both.right[0]
    assert both.wrong[-1] != pytest.approx(both.right[-1], rel=1e-6)


@pytest.mark.parametrize(("reduction", "right", "wrong"), [("sum", 0.5, 0.5 / 3), ("mean", 0.5 / 3, 0.5)])
def test_sum_and_mean_are_taken_for_each_other(reduction, right, wrong):
    both = trained("mean_over_examples", reduction=reduction)
    assert np.allclose(both.right, plain_descent(LECTURE, right, 12), rtol=1e-12)
    assert np.allclose(both.wrong, plain_descent(LECTURE, wrong, 12), rtol=1e-12)


@pytest.mark.parametrize("reduction", list(REDUCTIONS))
def test_the_right_descent_is_that_of_a_training(reduction):
    recipe = Recipe("half_squared_error", learning_rate=0.5, epochs=12, reduction=reduction)
    records = train(LECTURE, Examples(XS, TARGETS), recipe)
    right = trained("sign_flipped", reduction=reduction).right
    assert right == pytest.approx([record.cost for record in records], rel=1e-12)


@pytest.mark.parametrize("name", ["no_hidden_gain", "updated_weights", "bias_per_weight", "gradients_not_reset"])
def test_with_the_mean_a_rule_goes_as_with_the_sum_and_a_smaller_learning_rate(name):
    assert trained(name, reduction="mean").wrong == pytest.approx(trained(name, 0.5 / len(XS)).wrong, rel=1e-10)


def test_training_with_the_sign_flipped_climbs():
    costs = trained("sign_flipped").wrong
    assert all(later > earlier for earlier, later in pairwise(costs))


def test_gradients_that_are_not_reset_add_up_from_step_to_step():
    both = trained("gradients_not_reset")
    assert both.wrong[1] == pytest.approx(both.right[1], rel=1e-12)
    assert both.wrong[2] != pytest.approx(both.right[2], rel=1e-6)


def test_a_step_without_a_reset_follows_the_sum_of_all_gradients_so_far():
    network, so_far, costs = LECTURE, 0.0, []
    for _ in range(13):
        made = batch(network, XS, TARGETS, "half_squared_error")
        costs.append(made.cost)
        so_far = so_far + flat([(layer.dl_dw, layer.dl_db) for layer in made.layers])
        network = network_at(network, network.theta - 0.5 * so_far)
    assert trained("gradients_not_reset").wrong == pytest.approx(costs, rel=1e-10)


def test_two_examples_are_several():
    both = trained("mean_over_examples", 0.5, 3, examples=2)
    half = trained("sign_flipped", 0.25, 3, examples=2)
    assert both.wrong == pytest.approx(half.right, rel=1e-12)


def test_a_descent_may_overflow_without_a_warning():
    linear = Network((Layer.of([[3.0, 1.0], [1.0, 2.0]], [0.0, 0.0], "linear"),))
    both = trained("sign_flipped", 1e308, 5, linear)
    assert 1 <= len(both.right) < 6
    assert np.isfinite(both.right).all()


@pytest.mark.parametrize("name", ["updated_weights", "bias_per_weight", "no_hidden_gain"])
def test_one_step_of_training_with_one_example_is_the_update_of_the_trace(name):
    both = trained(name, 0.5, 1, examples=1)
    ruled = follow(lecture(learning_rate=0.5), RULES[name]).trace
    assert both.wrong[1] == pytest.approx(ruled.updated.loss, rel=1e-12)


def test_a_descent_that_leaves_the_finite_numbers_ends_there():
    network = initialize((2, 3, 2), "relu", "linear", "he_uniform", np.random.default_rng(1))
    both = trained("gradients_not_reset", 1e3, 200, network)
    assert len(both.wrong) < 201
    assert np.isfinite(both.wrong).all()


def test_training_refuses_a_rule_that_shows_nowhere():
    with pytest.raises(DoesNotApply):
        trained("leaky_slope_zero")
    with pytest.raises(DoesNotApply):
        trained("mean_over_examples", 0.5, 1, examples=1)


@pytest.mark.parametrize("name", ["one_path", "mean_of_paths"])
def test_of_one_path_there_is_none_to_forget(name):
    def applies(*sizes):
        return RULES[name].applies(Structure(sizes, ("tanh",) * (len(sizes) - 1), "huber"))

    assert [applies(1, 1), applies(3, 1), applies(3, 1, 1), applies(2, 3, 1)] == [False] * 4
    assert [applies(1, 1, 2), applies(2, 2, 2), applies(3, 1, 2, 1)] == [True] * 3


def test_a_bias_steps_too_often_wherever_a_layer_has_two_wires_or_more_to_a_unit():
    def applies(sizes, **changes):
        given = {"learning": True, **changes}
        return RULES["bias_per_weight"].applies(Structure(sizes, ("tanh",) * (len(sizes) - 1), "huber", **given))

    assert applies((1, 2, 1))
    assert applies((2, 1))
    assert not applies((1, 1, 3))
    assert not applies((2, 1), learning=False)
    assert not applies((2, 1), freeze=("b",))
    assert applies((2, 1), freeze=("w",))


def test_a_ruled_trace_knows_its_rule_and_what_is_right():
    record = lecture(learning_rate=0.5)
    ruled = follow(record, RULES["sign_flipped"])
    assert ruled.right is record
    assert ruled.rule is RULES["sign_flipped"]
    assert ruled.trace.learning_rate == 0.5
    assert list(ruled.differs) == sorted(ruled.differs)


def test_granularities_of_ruled_steps_are_those_of_steps():
    ruled = follow(lecture(), RULES["no_hidden_gain"])
    assert [bool(ruled_steps(ruled, each)) for each in GRANULARITIES] == [False, True, True, True]


@pytest.mark.parametrize("name", [name for name in SHOWN if name != "updated_weights"])
def test_the_gradient_of_several_examples_is_the_sum_of_their_traces(name):
    for (network, x, target, loss), _ in applying(name, 6):
        rng = np.random.default_rng(1)
        xs, targets = x + rng.normal(size=(3, len(x))), target * rng.random((3, 1))
        memory = np.zeros(network.parameter_count)
        descent = Descent(RULES[name], network, xs, targets, loss, 0.3, REDUCTIONS["sum"], memory)
        records = [
            follow(trace(network, *pair, loss, learning_rate=0.3), RULES[name])
            for pair in zip(xs, targets, strict=True)
        ]
        expected = flat(
            [
                tuple(
                    sum(getattr(record.trace.layers[index], part) for record in records) for part in ("dl_dw", "dl_db")
                )
                for index in range(len(network.layers))
            ]
        )
        assert np.allclose(descent.gradient(), expected, rtol=1e-10, atol=1e-13, equal_nan=True)
