"""The colours of the figures in both themes, those of ``static/css/base/tokens.css``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, those of ``static/css/base/tokens.css``.

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


THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        "light": Theme(
            "#ffffff",
            "#1c1e26",
            "#5d6272",
            "#e3e1da",
            "#2f6fde",
            "#d86c1e",
            "#0b8a74",
            "#c92a6b",
            (
                "#2f6fde",
                "#d86c1e",
                "#0b8a74",
                "#c92a6b",
                "#7a4fc2",
                "#8a6d00",
                "#3b8fa8",
                "#5d6272",
                "#9c3d2e",
                "#4c7a1e",
            ),
            ("#f3f6fd", "#b9cdf4", "#7aa3ea", "#3f6fc9", "#22407f"),
        ),
        "dark": Theme(
            "#1c1f27",
            "#ecedf2",
            "#9ca1b0",
            "#2e323d",
            "#6ea2ff",
            "#ff9f5a",
            "#35c9ac",
            "#ff6fa5",
            (
                "#6ea2ff",
                "#ff9f5a",
                "#35c9ac",
                "#ff6fa5",
                "#b394f5",
                "#e0c050",
                "#6cc4dd",
                "#9ca1b0",
                "#f08a78",
                "#9fce6a",
            ),
            ("#22304f", "#35558f", "#5480cf", "#8fb3f5", "#dbe7ff"),
        ),
    }
)
