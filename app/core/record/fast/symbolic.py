"""Activations and losses written out as Python source, by calling them with names instead of numbers.

Every activation and loss is written once, as ``f(z, xp)``. With ``xp`` = a ``Writer`` and ``z`` = one of its ``Name``s
each operation becomes a line of source, and one that stands there already is not written again: an activation and its
derivative, for instance, share their e^-|z|.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _infix(operator: str, swapped: bool = False) -> Callable[[Name, object], Name]:
    def note(self: Name, other: object) -> Name:
        left, right = (other, self) if swapped else (self, other)
        return self.writer.note(f"{left} {operator} {right}")

    return note


class Name:
    """A number that will be in a local variable; what is computed from it is written down."""

    def __init__(self, writer: Writer, name: str) -> None:
        """The variable ``name`` of the source that ``writer`` writes."""
        self.writer = writer
        self.name = name

    def __str__(self) -> str:
        return self.name

    def __bool__(self) -> bool:
        """A formula must not branch: which way to go is known only later, so it takes ``xp.where``."""
        raise TypeError("a name has no truth value before the source runs")

    def __neg__(self) -> Name:
        negative = self.writer.note(f"-{self}")
        self.writer.negated[negative.name] = self.name
        return negative

    def __abs__(self) -> Name:
        # |-z| is |z|: so that σ(z) and σ(-z) share their exponential.
        return self.writer.note(f"abs({self.writer.negated.get(self.name, self.name)})")

    def __pow__(self, exponent: object) -> Name:
        """A product: ``**`` of a float raises an error where the product overflows to infinity."""
        if not isinstance(exponent, int) or exponent < 1:
            raise TypeError(f"a power is written out for whole exponents from 1, not for {exponent!r}")
        return self if exponent == 1 else self * self ** (exponent - 1)

    __add__, __radd__ = _infix("+"), _infix("+", swapped=True)
    __sub__, __rsub__ = _infix("-"), _infix("-", swapped=True)
    __mul__, __rmul__ = _infix("*"), _infix("*", swapped=True)
    __truediv__, __rtruediv__ = _infix("/"), _infix("/", swapped=True)
    __gt__, __ge__, __lt__, __le__ = _infix(">"), _infix(">="), _infix("<"), _infix("<=")
    __and__ = _infix("&")


class Writer:
    """The source so far, and the namespace ``xp`` whose functions write it."""

    def __init__(self, functions: tuple[str, ...]) -> None:
        """Begin; the source may call ``functions`` by name."""
        self.lines: list[str] = []
        self.negated: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._functions = functions

    def note(self, source: str) -> Name:
        """The variable that holds ``source``, a new one if there is none yet. No variable may change later."""
        if source not in self._known:
            self._known[source] = f"t{len(self._known)}"
            self.lines.append(f"{self._known[source]} = {source}")
        return Name(self, self._known[source])

    def where(self, condition: object, chosen: object, other: object) -> Name:
        """The ternary; both values have been computed, as with arrays."""
        return self.note(f"{chosen} if {condition} else {other}")

    def maximum(self, p: object, q: object) -> Name:
        """The larger of the two; NaN wins, as in NumPy."""
        return self.note(f"{p} if {p} > {q} or {p} != {p} else {q}")

    def minimum(self, p: object, q: object) -> Name:
        """The smaller of the two; NaN wins, as in NumPy."""
        return self.note(f"{p} if {p} < {q} or {p} != {p} else {q}")

    def __getattr__(self, function: str) -> Callable[..., Name]:
        """Any of the functions, as a call in the source."""
        if function not in self._functions:
            raise AttributeError(f"no function {function!r} to call; there are {', '.join(self._functions)}")

        def call(*arguments: Any) -> Name:
            return self.note(f"{function}({', '.join(map(str, arguments))})")

        return call
