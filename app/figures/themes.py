"""The colours of the figures in both themes: the tokens of the pages' design, read from their style sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..resources import STATIC

PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
SERIES = 10
HEIGHTS = 5


@dataclass(frozen=True)
class Theme:
    """The colours of one theme.

    Attributes:
        card: the background.
        ink: text and points.
        soft: lesser text.
        line: grid lines.
        positive: of what is above 0.
        negative: of what is below 0.
        forward: of what runs forward.
        backward: of gradients.
        series: one colour per series; told apart by dash or symbol too.
        low_to_high: the colours of a surface, from low to high: lightness rises or falls all the way.
    """

    card: str
    ink: str
    soft: str
    line: str
    positive: str
    negative: str
    forward: str
    backward: str
    series: tuple[str, ...]
    low_to_high: tuple[str, ...]


def theme(tokens: Mapping[str, str]) -> Theme:
    """The theme in which each token has this colour."""
    named = ("card", "ink", "soft", "line", "positive", "negative", "forward", "backward")
    return Theme(
        **{name: tokens[name] for name in named},
        series=tuple(tokens[f"class-{index}"] for index in range(SERIES)),
        low_to_high=tuple(tokens[f"height-{index}"] for index in range(HEIGHTS)),
    )


def read(css: str) -> Mapping[str, Theme]:
    """The two themes of a style sheet whose tokens are pairs of colours.

    Raises:
        KeyError: a token is missing.
    """
    found = PAIR.findall(css)
    light = theme({name: colour for name, colour, _ in found})
    dark = theme({name: colour for name, _, colour in found})
    return MappingProxyType({"light": light, "dark": dark})


THEMES = read((STATIC / "css" / "base" / "tokens.css").read_text("utf-8"))
