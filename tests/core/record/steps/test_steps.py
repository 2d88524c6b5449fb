import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.network import Network, initialize
from app.core.record.steps import GRANULARITIES, count_steps, each_step, known_after, plan, steps
from app.core.record.trace import trace

from ...strategies import examples
from .interpreter import execute, flatten

LECTURE = Network.from_lists(
    [
        {"w": [[1, -2], [-1, 1]], "b": [1, 0], "activation": "sigmoid"},
        {"w": [[2, -1], [-2, -1]], "b": [0, 0], "activation": "sigmoid"},
        {"w": [[3, -1], [-1, 4]], "b": [-2, 2], "activation": "sigmoid"},
    ]
)


def lecture(**options):
    return trace(LECTURE, [1, -1], [1, 0], "half_squared_error", **options)


def computed(document, freeze):
    """Every computed number of the trace by pointer."""
    numbers = {}
    for index, layer in enumerate(document["layers"]):
        for name in ("z", "a", "gain", "jacobian", "dl_da", "dl_dz", "dl_dw", "dl_db"):
            if layer[name] is not None:
                numbers |= dict(flatten(f"/layers/{index}/{name}", layer[name]))
    numbers |= {"/loss/value": document["loss"]["value"]} | dict(flatten("/dl_dx", document["dl_dx"]))
    if "updated" in document:
        for index, layer in enumerate(document["updated"]["layers"]):
            for name in {"w", "b"} - set(freeze):
                numbers |= dict(flatten(f"/updated/layers/{index}/{name}", layer[name]))
                if "momentum" in document:
                    change = document["updated"]["change"]["layers"][index][name]
                    numbers |= dict(flatten(f"/updated/change/layers/{index}/{name}", change))
        numbers["/updated/loss"] = document["updated"]["loss"]
    return numbers


@pytest.mark.parametrize("granularity", ["layer", "unit", "term"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    example=examples(most_units=4),
    learning_rate=st.sampled_from([None, 0.1]),
    freeze=st.sampled_from([(), ("b",), ("w",), ("b", "w")]),
    momentum=st.sampled_from([None, 0.0, 0.9]),
    seed=st.integers(0, 99),
)
def test_executing_the_steps_alone_rebuilds_every_number_exactly_once(
    granularity, example, learning_rate, freeze, momentum, seed
):
    previous = np.random.default_rng(seed).normal(size=example[0].theta.size)
    moving = {"momentum": momentum, "previous_change": previous}
    record = trace(*example, learning_rate=learning_rate, freeze=freeze, **moving)
    assert ("momentum" in record.document()) == (learning_rate is not None and momentum is not None)
    assert len(steps(record, granularity)) == count_steps(record.layout.structure, granularity)
    document = record.document()
    listed = steps(record, granularity)
    with np.errstate(all="ignore"):
        rebuilt = execute(listed, document, learning_rate)
    rebuilt = {pointer: value for pointer, value in rebuilt.items() if not pointer.startswith("/terms/")}
    expected = computed(document, freeze)
    assert rebuilt.keys() == expected.keys()
    by_array = {}
    for pointer, value in expected.items():
        by_array.setdefault(re.sub(r"(/\d+)+$", "", pointer), []).append((rebuilt[pointer], value))
    for pointer, pairs in by_array.items():
        ours, theirs = np.array(pairs, dtype=float).T
        finite = np.isfinite(theirs)
        assert (ours[~finite] == theirs[~finite]).all(), pointer
        ours, theirs = ours[finite], theirs[finite]
        scale = max(1e-290, float(np.max(np.abs(theirs), initial=0.0)))
        assert np.max(np.abs(ours - theirs), initial=0.0) <= 1e-12 * scale, pointer


@pytest.mark.parametrize("granularity", ["layer", "unit", "term"])
def test_the_lecture_example_is_rebuilt_to_twelve_digits(granularity):
    record = lecture(learning_rate=0.5)
    document = record.document()
    rebuilt = execute(steps(record, granularity), document, 0.5)
    for pointer, value in computed(document, ()).items():
        assert rebuilt[pointer] == pytest.approx(value, rel=1e-12)


def test_a_step_has_the_shape_of_the_contract():
    first = steps(lecture(), "unit")[0]
    assert first == {
        "index": 0,
        "phase": "forward",
        "operation": "weighted_sum",
        "layer": 0,
        "unit": 0,
        "reads": ["/layers/0/w/0/0", "/x/0", "/layers/0/w/0/1", "/x/1", "/layers/0/b/0"],
        "writes": ["/layers/0/z/0"],
        "value": [4.0],
        "formula": "z^{(1)}_{1} = w^{(1)}_{11} x_{1} + w^{(1)}_{12} x_{2} + b^{(1)}_{1}",
        "numbers": r"4 = 1 \cdot 1 + (-2) \cdot (-1) + 1",
    }


@settings(max_examples=60, deadline=None, derandomize=True)
@given(example=examples(most_units=4))
def test_formulas_never_show_a_plus_before_a_minus_and_have_balanced_braces(example):
    record = trace(*example, learning_rate=0.1)
    for granularity in GRANULARITIES:
        for step in steps(record, granularity):
            for text in (step["formula"], step["numbers"]):
                assert "+ -" not in text
                assert "- -" not in text
                assert "@" not in text
                assert "^{(1)}^" not in text
                assert text.count("{") == text.count("}")
                assert text.count(r"\left") == text.count(r"\right")


def test_a_formula_of_a_wide_layer_writes_eight_terms_at_most():
    network = initialize((64, 64, 64), "tanh", "tanh", "xavier_uniform", np.random.default_rng(1))
    record = trace(network, np.ones(64), np.ones(64), "half_squared_error")
    for step in steps(record, "unit", 0, 3) + steps(record, "layer"):
        assert step["formula"].count(" + ") <= 8
        assert len(step["numbers"]) < 700


@settings(max_examples=40, deadline=None, derandomize=True)
@given(example=examples(most_units=4), freeze=st.sampled_from([(), ("b",), ("w",), ("b", "w")]))
def test_steps_are_counted_without_being_made(example, freeze):
    for learning_rate in (None, 0.1):
        structure = trace(*example, learning_rate=learning_rate, freeze=freeze).layout.structure
        for granularity in GRANULARITIES:
            assert count_steps(structure, granularity) == len(plan(structure, granularity))


def test_a_slice_of_the_steps_is_a_slice_of_all_steps():
    record = lecture(learning_rate=0.5)
    for granularity in ("unit", "term"):
        assert steps(record, granularity, 5, 9) == steps(record, granularity)[5:9]


def test_one_by_one_they_are_the_same_steps():
    record = lecture(learning_rate=0.5)
    assert list(each_step(record, "unit")) == steps(record, "unit")
    assert list(each_step(record, "unit", 7, 9)) == steps(record, "unit", 7, 9) == steps(record, "unit")[7:9]


def test_phases_come_in_the_order_of_the_lecture():
    structure = lecture(learning_rate=0.5).layout.structure
    starts = plan(structure, "unit").phase_starts
    assert list(starts) == ["forward", "loss", "backward", "gradient", "update"]
    assert sorted(starts.values()) == list(starts.values())


def test_nothing_but_the_given_numbers_is_known_before_the_first_step():
    record = lecture()
    structure = record.layout.structure
    document = record.document(known_after(structure, "unit", 0))
    assert document["x"] == [1, -1]
    assert document["layers"][0]["z"] == [None, None]
    assert document["loss"]["value"] is None
    everything = known_after(structure, "unit", len(plan(structure, "unit")))
    assert record.document(everything) == record.document()
