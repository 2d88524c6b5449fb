"""A run that follows a rule: wrong is what differs by more than rounding, and what follows from it is done anew."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.rules.run import SAME, Run
from app.core.network import Layer, Network, initialize
from app.core.record.plan import plan
from app.core.record.trace import trace

from ..record.steps.test_steps import lecture
from ..strategies import examples


@pytest.mark.parametrize(
    ("output", "loss"),
    [
        *[("softmax", "cross_entropy"), ("softmax", "mean_squared_error"), ("sigmoid", "binary_cross_entropy")],
        *[("sigmoid", "cross_entropy"), ("linear", "mean_squared_error"), ("tanh", "huber")],
    ],
)
def test_every_operation_of_a_small_network_done_anew(output, loss):
    network = initialize((2, 3, 3), "silu", output, "xavier_normal", np.random.default_rng(4))
    record = trace(network, [0.5, -2.0], [0.0, 1.0, 0.0], loss, learning_rate=0.3)
    run = Run(record)
    run.wrong = set(range(len(run.truth)))
    for operation in plan(record.layout.structure, "unit").operations:
        assert run.plain(operation) == pytest.approx(run.truth[list(operation.writes)], rel=1e-11, abs=1e-14), operation


def test_a_run_may_overflow_without_a_warning():
    network = Network((Layer.of([[1e200]], [0.0], "linear"), Layer.of([[1e200]], [0.0], "linear")))
    record = trace(network, [1.0], [0.0], "half_squared_error", learning_rate=0.1)
    for name in ("untransposed", "no_bias_gradient", "gradients_not_reset"):
        run = Run(record)
        RULES[name].do(run, plan(record.layout.structure, "unit").operations)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(examples(scales=(0.5, 1.0), most_units=4), st.sampled_from([None, 0.3]))
def test_every_operation_done_anew_gives_what_the_trace_has(example, learning_rate):
    network, x, target, loss = example
    records = [trace(network, each, target, loss, learning_rate=learning_rate) for each in (x, x[::-1], 0.5 * x)]
    run = Run(records[0], np.stack([record.values for record in records], axis=1))
    run.wrong = set(range(len(run.truth)))
    with np.errstate(all="ignore"):
        for operation in plan(records[0].layout.structure, "unit").operations:
            made, right = run.plain(operation), run.truth[list(operation.writes)]
            assert made.shape == right.shape
            assert np.allclose(made, right, rtol=1e-9, atol=1e-13, equal_nan=True), operation


def test_what_reads_nothing_wrong_is_not_done_anew():
    run = Run(lecture())
    for operation in plan(run.right.layout.structure, "unit").operations:
        assert np.array_equal(run.plain(operation), run.truth[list(operation.writes)])


def test_a_run_without_a_learning_rate_moves_nothing():
    assert Run(lecture()).learning_rate == 0.0
    assert Run(lecture(learning_rate=0.25)).learning_rate == 0.25


TOGETHER = [
    *[(2.0, 2.0, False), (2.0, 2.0 * (1 + SAME / 2), False), (2.0, 2.0 * (1 + 4 * SAME), True), (2.0, -2.0, True)],
    *[(1e-200, 1e-200 * (1 + SAME / 2), False), (1e-200, 2e-200, True), (1e200, 1e200 * (1 + SAME / 2), False)],
    *[(0.0, 0.0, False), (0.0, -0.0, False), (0.0, 1e-300, True), (inf, inf, False), (inf, -inf, True)],
    *[(inf, 1.0, True), (1.0, inf, True), (nan, nan, False), (nan, 1.0, True), (1.0, nan, True), (nan, inf, True)],
]


@pytest.mark.parametrize(("right", "made", "differs"), TOGETHER)
def test_a_number_is_wrong_if_it_differs_by_more_than_rounding(right, made, differs):
    """The same whether it is written alone or with others."""
    for several in (False, True):
        run = Run(lecture())
        run.truth[3] = run.numbers[3] = right
        with np.errstate(all="ignore"):
            told = run.write((3, 4) if several else (3,), np.array([[made], run.truth[4]][: 1 + several]))
        assert told is differs
        assert run.wrong == ({3} if differs else set())
        assert np.array_equal(run.numbers[3], [made if differs else right], equal_nan=True)


def test_of_several_examples_one_that_differs_is_enough():
    run = Run(lecture(), np.ones((len(lecture().values), 2)))
    assert run.write((5, 6), np.array([[1.0, 1.0], [1.0, 3.0]])) is True
    assert run.wrong == {6}
    assert run.numbers[6].tolist() == [1.0, 3.0]
