"""Formulas: what is left out of a long sum or a large matrix, and where a negative number has parentheses."""

import pytest

from app.core.network import Network
from app.core.record.operations.formulas import ROWS_SHOWN, Texts, _ends, shortened
from app.core.record.steps import steps
from app.core.record.trace import trace

from .test_steps import lecture

DOTS = r"\cdots"


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1, [0]),
        (3, [0, " + ", 1, " + ", 2]),
        (4, [0, " + ", 1, " + ", DOTS, " + ", 3]),
        (9, [0, " + ", 1, " + ", DOTS, " + ", 8]),
    ],
)
def test_a_long_sum_shows_its_first_terms_and_its_last(count, shown):
    assert list(shortened([[number] for number in range(count)], shown=2)) == shown


def test_an_ellipsis_is_where_its_joint_is():
    joint = Texts("", " + ")
    assert list(shortened([[number] for number in range(4)], joint, 1)) == [0, joint, Texts("", DOTS), joint, 3]


def test_a_matrix_isshortened_if_that_saves_a_row():
    assert _ends(range(ROWS_SHOWN)) == list(range(ROWS_SHOWN))
    assert _ends(range(ROWS_SHOWN + 1)) == [0, 1, None, ROWS_SHOWN]


def test_a_layer_is_written_with_whole_vectors():
    assert steps(lecture(), "layer")[0]["formula"] == r"\mathbf{z}^{(1)} = W^{(1)} \mathbf{x} + \mathbf{b}^{(1)}"


def test_negative_targets_have_parentheses():
    network = Network.from_lists([{"w": [[0.5], [-0.5]], "b": [-1.0, 1.0], "activation": "softmax"}])
    record = trace(network, [2.0], [1.5, -0.5], "cross_entropy")
    numbers = [step["numbers"] for step in steps(record, "unit") if step["operation"] == "amplify"]
    assert numbers == [r"-1 = 0.5 \cdot (1.5 + (-0.5)) - 1.5", r"1 = 0.5 \cdot (1.5 + (-0.5)) - (-0.5)"]
