"""What all figures have in common: colours of the two themes, fonts, words in both languages, the empty layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Json = dict[str, Any]
Number = float | None

FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "pentagon", "hexagon", "triangle-down")


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, those of ``static/css/tokens.css``.

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


@dataclass(frozen=True)
class Look:
    """How a figure is to look and speak.

    Attributes:
        theme: a name in ``THEMES``.
        language: ``en`` or ``zh``.
    """

    theme: str = "light"
    language: str = "en"

    @property
    def colours(self) -> Theme:
        """The theme's colours."""
        return THEMES[self.theme]

    def say(self, en: str, zh: str) -> str:
        """The words in the figure's language."""
        return zh if self.language == "zh" else en

    def series(self, index: int) -> str:
        """The colour of one series."""
        return self.colours.series[index % len(self.colours.series)]

    def line(self, index: int) -> Json:
        """The line of one series: colour and dash."""
        return {"color": self.series(index), "dash": DASHES[index % len(DASHES)], "width": 2}

    def axis(self, title: str, log: bool = False) -> Json:
        """One axis."""
        return {
            "title": {"text": title},
            "type": "log" if log else "linear",
            "gridcolor": self.colours.line,
            "zerolinecolor": self.colours.line,
            "exponentformat": "power",
            "automargin": True,
        }

    def layout(self, title: str, x: Json, y: Json, note: str = "") -> Json:
        """The layout of a figure with two axes."""
        return {**self.page(title, note), "xaxis": x, "yaxis": y}

    def page(self, title: str, note: str = "") -> Json:
        """A layout without axes; the note stands below the title."""
        return {
            "title": {"text": title, "x": 0, "xanchor": "left", "xref": "paper", "subtitle": {"text": note}},
            "paper_bgcolor": self.colours.card,
            "plot_bgcolor": self.colours.card,
            "font": {"family": FONT, "color": self.colours.ink, "size": 13},
            "margin": {"l": 56, "r": 16, "t": 64, "b": 104},
            "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom"},
            "hoverlabel": {"font": {"family": FONT}},
        }

    def scale(self) -> list[list[Any]]:
        """The colours of a surface as Plotly takes them."""
        colours = self.colours.low_to_high
        return [[index / (len(colours) - 1), colour] for index, colour in enumerate(colours)]


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure and the same numbers as a table.

    Attributes:
        data: Plotly traces.
        layout: Plotly layout.
        columns: the heads of the table.
        rows: its rows; None where there is no number.
    """

    data: list[Json]
    layout: Json
    columns: list[str]
    rows: list[list[Any]]

    def document(self) -> Json:
        """As the API answers it."""
        return {
            "figure": {"data": self.data, "layout": self.layout},
            "table": {"columns": self.columns, "rows": self.rows},
        }


def verbatim(text: str) -> str:
    """Text from outside for a figure: Plotly reads tags, and would make a link of one."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_columns(columns: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows from columns of the same length."""
    return [list(row) for row in zip(*columns, strict=True)]


def visible_on_log(values: Sequence[Number]) -> list[Number]:
    """What a logarithmic axis can show; 0 and less is a gap in the line, and stands in the table all the same."""
    return [value if value is not None and value > 0 else None for value in values]
