"""What an activation is: a registry entry that holds all there is to know of it.

All functions take the pre-activation ``z`` and a namespace ``xp`` (NumPy, or ``scalars.SCALARS`` for one float).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..choices import NONE, Choices

Elementwise = Callable[[Any, Any], Any]
Residual = Callable[[Any, Any, Any, Any], Any]

TINY = 5e-324
"""The smallest positive float64. A distance to a limit that is never reached does not round to 0: its sign counts."""


def title(en: str, zh: str) -> Mapping[str, str]:
    """A name in both languages."""
    return MappingProxyType({"en": en, "zh": zh})


def plain_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target, for activations that do not saturate at a value a target would name."""
    return a - target


@dataclass(frozen=True)
class Words:
    """How programs write an activation: expressions with the placeholders ``{z}`` and ``{a}`` of the layer.

    Where there are several, the shortest comes first and the last keeps its digits everywhere; a program gets the first
    that gives the trace's numbers. A program defines the helpers (``snippets.helpers.HELPERS``) that it calls.

    Attributes:
        numpy: a from ``{z}``.
        gain: σ'(z) from ``{z}`` and ``{a}``; for softmax the Jacobian.
        pytorch: a from ``{z}``.
        tensorflow: a from ``{z}``.
        jax: a from ``{z}``.
        error: a - target where a is near a limit that the target names; empty if the plain difference will do.
    """

    numpy: str
    gain: tuple[str, ...]
    pytorch: str
    tensorflow: str
    jax: str
    error: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activation:
    r"""One activation function.

    Attributes:
        name: its word in JSON.
        title: its name for people, by language.
        formula: a as LaTeX.
        derivative_formula: da/dz as LaTeX.
        symbol: the function's own symbol as LaTeX, such as ``\\sigma``.
        function: a = function(z, xp), element by element (softmax: along axis 0).
        derivative: gain = derivative(z, xp), element by element; for softmax see ``softmax_jacobian``.
        words: how programs write it.
        residual: a - target = residual(z, a, target, xp), exact where a has rounded to its limit.
        kinks: the z at which no derivative exists; there the one of the side below is taken, as PyTorch has it.
        last_layer_only: whether it may stand in the last layer only.
        reads_whole_layer: whether one a depends on every z of its layer.
        shares: whether the a of a layer are shares of a whole: none below 0, adding up to 1.
        saturates: whether ``residual`` needs z (its a rounds to a limit that a target may name).
        aliases: what it is called elsewhere; case, spaces, hyphens and underscores do not count.
        bounds: the least and the largest a, if a cannot leave them.
        reach: the |z| up to which a picture of the curve shows what is characteristic of it.
        choices: its parameters, with their defaults and limits.
        parameters: the values of these parameters that this entry stands for.
        at: the entry with other parameters, given as keywords; None if it has none.
        short: what stands over a layer in a picture, by language, if not the title.
    """

    name: str
    title: Mapping[str, str]
    formula: str
    derivative_formula: str
    symbol: str
    function: Elementwise
    derivative: Elementwise
    words: Words
    residual: Residual = plain_residual
    kinks: tuple[float, ...] = ()
    last_layer_only: bool = False
    reads_whole_layer: bool = False
    shares: bool = False
    saturates: bool = False
    aliases: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    reach: float = 3.0
    choices: Choices = NONE
    parameters: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    at: Callable[..., Activation] | None = None
    short: Mapping[str, str] | None = None

    @property
    def label(self) -> Mapping[str, str]:
        """What stands over a layer in a picture, by language."""
        return self.short or self.title

    @property
    def key(self) -> str:
        """What stands for it in a structure: its name, with its parameters where they are not the defaults."""
        if self.parameters == self.choices.defaults:
            return self.name
        return f"{self.name}({', '.join(repr(value) for value in self.parameters.values())})"
