"""What stands for NumPy where one float is computed with gives what NumPy gives."""

from itertools import product
from math import copysign, inf, isnan, nan

import numpy as np
import pytest

from app.core.functions.scalars import SCALARS

VALUES = [-inf, -1e308, -2.0, -1.0, -5e-324, -0.0, 0.0, 5e-324, 1.0, 1.5, 2.0, 1e308, inf, nan]


def same(ours, numpys):
    """Equal, or both NaN; the sign of a zero and of an infinity counts."""
    if isnan(ours) or isnan(numpys):
        return isnan(ours) and isnan(numpys)
    return ours == numpys and copysign(1.0, ours) == copysign(1.0, numpys)


@pytest.mark.parametrize("name", ["maximum", "minimum", "divide"])
def test_two_numbers(name):
    for p, q in product(VALUES, VALUES):
        with np.errstate(all="ignore"):
            expected = float(getattr(np, name)(p, q))
        found = getattr(SCALARS, name)(p, q)
        if name == "divide" or p != q:
            assert same(found, expected), (p, q)
        else:
            assert found == expected, "of two equal numbers either will do, of 0 and -0 too"


@pytest.mark.parametrize("value", VALUES)
def test_the_sign(value):
    found = SCALARS.sign(value)
    assert found == np.sign(value) or (isnan(found) and isnan(value))
    assert isinstance(found, float)


def test_one_of_two():
    assert SCALARS.where(True, 1.0, 2.0) == np.where(True, 1.0, 2.0) == 1.0
    assert SCALARS.where(False, 1.0, 2.0) == np.where(False, 1.0, 2.0) == 2.0


@pytest.mark.parametrize("name", ["exp", "expm1", "log1p"])
@pytest.mark.parametrize("value", [-0.5, 0.0, 1e-9, 3.0, 700.0])
def test_one_number(name, value):
    assert getattr(SCALARS, name)(value) == pytest.approx(float(getattr(np, name)(value)), rel=1e-15, abs=0)
