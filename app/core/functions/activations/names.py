"""What activations are called elsewhere, and which of ours is meant.

Frameworks, papers and books write one function in many ways: ReLU, relu, torch.nn.ReLU(); swish for SiLU.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from .registry import ACTIVATIONS

ELSEWHERE = re.compile(r"^(?:(?:torch|tf|tensorflow|keras|jax|flax|nn|functional|activations|layers|F)\.)+")
ASIDE = re.compile(r"[\s_-]+|\(\)$")
LONGEST = 60
"""Longer words are no name of an activation, wherever it comes from."""


def plain(word: str) -> str:
    """A name without what does not count in it: case, spaces, hyphens, underscores, the module before it."""
    return ASIDE.sub("", ELSEWHERE.sub("", word.strip())).casefold()


OURS = {plain(word): entry.name for entry in ACTIVATIONS.values() for word in (entry.name, *entry.aliases)}


def named(word: str) -> str | None:
    """The name of the activation that a word from elsewhere means; None if it is none of ours."""
    return OURS.get(plain(word)) if len(word) <= LONGEST else None


def nearest(word: str) -> str | None:
    """The activation whose name looks most like an unknown one; None if none does."""
    close = get_close_matches(plain(word[:LONGEST]), OURS, n=1, cutoff=0.6)
    return OURS[close[0]] if close else None


NOT_HERE = {
    "logsoftmax": "Take softmax with the loss cross_entropy: the two together are computed from z, as log-softmax is",
    "prelu": "Take leaky_relu with the slope that was learnt",
    "hardsigmoid": "Take sigmoid, whose straight-line version it is",
    "hardtanh": "Take tanh, whose straight-line version it is",
    "relu6": "Take relu: it is the same as far as z stays below 6",
}
"""What is asked for elsewhere and is not among ours, and what to take instead."""


def refusal(word: str) -> str:
    """What to take instead of an activation that we know of but do not have; empty for any other word."""
    return NOT_HERE.get(plain(word[:LONGEST]), "")
