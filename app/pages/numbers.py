"""Numbers for people and back: the twin of ``static/js/kit/format.js``; page and server show the same."""

from __future__ import annotations

import re
import unicodedata
from math import isfinite

UNKNOWN = "–"
"""What stands for a number that float64 cannot hold."""

SMALLEST_PLAIN = -4
LARGEST_PLAIN = 4
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("-0123456789", "₋₀₁₂₃₄₅₆₇₈₉")
MAX_LENGTH = 60
ALL_DIGITS = 17
"""Digits that tell two float64 numbers apart, however close."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_POWER = re.compile(r"\s*[×·*]\s*10\s*\^?\s*(-?\d+)\s*$")
_MINUS = str.maketrans("−‒–—﹣", "-----")
_SLASH = str.maketrans("⁄∕÷", "///")


def superscript(value: int) -> str:
    """A whole number in superscript digits."""
    return str(value).translate(SUPERSCRIPTS)


def subscript(value: int) -> str:
    """A whole number in subscript digits."""
    return str(value).translate(SUBSCRIPTS)


def significant(value: float | None, digits: int = 4) -> str:
    """So many significant digits without trailing zeros: ``−0.01766``, ``1.2×10⁻⁹``; a dash for what is not finite."""
    if value is None or not isfinite(value):
        return UNKNOWN
    if value == 0:
        return "0"
    sign = "−" if value < 0 else ""
    mantissa, power = f"{abs(value):.{digits - 1}e}".split("e")
    exponent, kept = int(power), mantissa.replace(".", "").rstrip("0")
    if exponent < SMALLEST_PLAIN or exponent >= max(digits, LARGEST_PLAIN):
        short = f"{kept[0]}.{kept[1:]}" if len(kept) > 1 else kept
        return f"{sign}{short}×10{superscript(exponent)}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{kept}"
    whole = kept.ljust(exponent + 1, "0")
    fraction = whole[exponent + 1 :]
    return sign + whole[: exponent + 1] + (f".{fraction}" if fraction else "")


def apart(before: float | None, value: float | None, digits: int = 4) -> str:
    """A number that has changed, with at least so many digits and as many more as it takes to look changed."""
    while before != value and digits < ALL_DIGITS and significant(before, digits) == significant(value, digits):
        digits += 1
    return significant(value, digits)


def _decimal(text: str) -> float | None:
    plain = text.strip().replace(",", ".", 1)
    if not _NUMBER.fullmatch(plain):
        return None
    value = float(plain)
    return value if isfinite(value) else None


def parse_number(text: str) -> float | None:
    """What a person typed as a number: ``1/3``, ``0,5``, ``−2``, ``1e-3``, full-width digits; None if it is none."""
    if len(text) > MAX_LENGTH:
        return None
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS).translate(_SLASH)
    parts = [_decimal(part) for part in _POWER.sub(r"e\1", plain).split("/")]
    if len(parts) > 2 or None in parts:
        return None
    above, below = parts[0], parts[1] if len(parts) == 2 else 1.0
    if above is None or not below:
        return None
    value = above / below
    return value if isfinite(value) else None


def is_too_large(text: str) -> bool:
    """Whether this is a number, but one that float64 cannot hold."""
    plain = text.strip().translate(_MINUS).replace(",", ".", 1)
    return len(text) <= MAX_LENGTH and bool(_NUMBER.fullmatch(plain)) and not isfinite(float(plain))
