"""A small, seeded ``tests.benchmarks.numbers.diagnosis``: mistakes are named although every step is rounded."""

import pytest

from .naming import MADE, false_claims, pair_rates, rates

NETWORKS = 4
PAIRS = (
    ("bias_left_out", "no_output_gain"),
    ("weights_left_out", "no_hidden_gain"),
    ("as_squared_error", "raw_errors"),
)


@pytest.mark.parametrize("digits", [3, 6])
@pytest.mark.parametrize("name", MADE)
def test_a_mistake_is_named_although_every_step_is_rounded(name, digits):
    tried, named, _, missed = rates(name, digits, NETWORKS)
    assert tried == NETWORKS
    assert named >= NETWORKS - (digits == 3), missed


@pytest.mark.parametrize("digits", [3, 4, 6])
def test_a_careful_answer_is_never_blamed_and_a_random_one_hardly_ever(digits):
    claims = false_claims(digits, 25)
    careful = claims["careful"]
    assert careful["blamed"] == 0
    assert careful["accepted"] >= 0.99 * careful["tried"] > 100
    random = claims["plausible"]
    assert random["one"] + random["two"] <= 1


def test_two_mistakes_together_are_named_where_six_places_tell_them():
    found = pair_rates(PAIRS, 6, 6)
    assert found["together"] >= found["tried"] / 3 > 0
