"""What may be tuned: defaults, limits, and what is said of a value outside them."""

from __future__ import annotations

import re

import pytest

from app.core.functions.choices import NONE, choices

TWO = choices(alpha=(0.5, 0.0, 1.0), beta=(10.0, 1.0, 100.0))


def test_what_is_not_chosen_is_the_default() -> None:
    assert TWO.settle("it", {}) == {"alpha": 0.5, "beta": 10.0}
    assert TWO.settle("it", {"beta": 20.0}) == {"alpha": 0.5, "beta": 20.0}
    assert NONE.settle("it", {}) == {}


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_the_limits_themselves_may_be_chosen(value: float) -> None:
    assert TWO.settle("it", {"alpha": value})["alpha"] == value


@pytest.mark.parametrize("value", [-0.25, 1.25])
def test_a_value_outside_its_limits_is_refused_with_all_that_matters(value: float) -> None:
    with pytest.raises(ValueError, match=re.escape(f"alpha of it: expected a number from 0 to 1, got {value:g}")):
        TWO.settle("it", {"alpha": value})


def test_an_unknown_parameter_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="it has no parameter 'gamma'; there are: alpha, beta"):
        TWO.settle("it", {"gamma": 1.0})
    with pytest.raises(KeyError, match="there are: none"):
        NONE.settle("it", {"gamma": 1.0})
