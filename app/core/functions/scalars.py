"""The few functions that activations and losses need, for one Python float instead of an array.

Every activation and loss is written once, as ``f(z, xp)``. With ``xp`` = NumPy it works on arrays of any
shape; with ``xp`` = this namespace it works on one float, about ten times faster per call than NumPy on
an array of length one. Small networks are traced with it (see ``straight_line``).
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any


def divide(p: float, q: float) -> float:
    """p / q with IEEE 754 results instead of an exception when q is 0."""
    if q:
        return p / q
    if p == 0.0 or math.isnan(p):
        return math.nan
    return math.copysign(math.inf, p) * math.copysign(1.0, q)


def where(condition: bool, chosen: float, other: float) -> float:
    """The ternary under NumPy's name; both values are computed, as with arrays."""
    return chosen if condition else other


def sign(value: float) -> float:
    """-1, 0 or 1; NaN stays NaN."""
    return float(value > 0) - float(value < 0) if not math.isnan(value) else value


def maximum(p: float, q: float) -> float:
    """The larger of the two; NaN wins, as in NumPy."""
    return p if p > q or math.isnan(p) else q


def minimum(p: float, q: float) -> float:
    """The smaller of the two; NaN wins, as in NumPy."""
    return p if p < q or math.isnan(p) else q


SCALARS: Any = SimpleNamespace(
    erfc=math.erfc,
    exp=math.exp,
    expm1=math.expm1,
    log1p=math.log1p,
    sign=sign,
    where=where,
    divide=divide,
    maximum=maximum,
    minimum=minimum,
)
