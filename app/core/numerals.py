"""Numbers as LaTeX, four significant digits: bare, as a factor, as an addend.

``Shown`` formats a trace's numbers on demand and remembers them, so that a step of a large network costs no
more than a step of a small one.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from math import isfinite

UNKNOWN = r"\text{–}"
"""What stands for a number that float64 cannot hold."""


class Place(IntEnum):
    """Where in a formula a number stands."""

    BARE = 0
    FACTOR = 1
    ADDEND = 2


def latex(value: float) -> str:
    r"""Four significant digits, e.g. ``-0.01766``, ``1.2 \times 10^{-9}``; a dash if it is not finite."""
    if not isfinite(value):
        return UNKNOWN
    text = f"{value:.4g}"
    if "e" not in text:
        return text if text != "-0" else "0"
    mantissa, exponent = text.split("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}"


def latex_at(value: float, place: Place) -> str:
    """``latex``, in parentheses as a negative factor, with its sign as an addend."""
    text = latex(value)
    if place is Place.ADDEND:
        return f"- {text[1:]}" if text.startswith("-") else f"+ {text}"
    if place is Place.FACTOR and text.startswith("-"):
        return f"({text})"
    return text


class Shown(dict[int, str]):
    """From ``place * count + position`` to LaTeX, filled on demand."""

    def __init__(self, numbers: Sequence[float]) -> None:
        """Keep a reference to the numbers; they must not change any more."""
        super().__init__()
        self.numbers = numbers

    def __missing__(self, key: int) -> str:
        place, position = divmod(key, len(self.numbers))
        text = self[key] = latex_at(self.numbers[position], Place(place))
        return text
