"""What all figures have in common: colours of the two themes, fonts, words in both languages, the empty layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from .themes import THEMES, Theme

Json = dict[str, Any]
Number = float | None

FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "pentagon", "hexagon", "triangle-down")


ENOUGH_POWERS = 2.2
MOST_POWERS = 6
FEW_POWERS = 0.5
SPARSE = (1, 2, 5)
DENSE = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
"""Leading digits of the ticks between two powers of ten: over few powers, over less than one."""
VIOLET = 4
"""Its place among the series: what lies between crimson and blue without turning grey."""


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

    def class_colour(self, label: int, classes: int) -> str:
        """The colour of one class: two have those of the two sides of 0, as on the map of one output."""
        if classes <= 2:
            return (self.colours.negative, self.colours.positive)[label % 2]
        return self.series(label)

    def line(self, index: int) -> Json:
        """The line of one series: colour and dash."""
        return {"color": self.series(index), "dash": DASHES[index % len(DASHES)], "width": 2}

    def depth(self, layer: int, layers: int) -> str:
        """The colour of a layer among ``layers``: crimson at the input, over violet, to blue at the output."""
        stops = [_channels(colour) for colour in (self.colours.backward, self.series(VIOLET), self.colours.positive)]
        at = 0.0 if layers < 2 else (len(stops) - 1) * layer / (layers - 1)
        below = min(int(at), len(stops) - 2)
        mixed = (
            round(low + (at - below) * (high - low)) for low, high in zip(stops[below], stops[below + 1], strict=True)
        )
        return "#" + "".join(f"{channel:02x}" for channel in mixed)

    def axis(self, title: str, log: bool = False, reach: tuple[float, float] | None = None) -> Json:
        """One axis: the numbers are what is read, so lines and ticks stay quiet.

        Args:
            title: its name.
            log: whether it is logarithmic.
            reach: the powers of ten of a logarithmic axis' ends, if they are known.
        """
        return {
            "title": {"text": title, "font": {"color": self.colours.soft, "size": 13}, "standoff": 8},
            "type": "log" if log else "linear",
            "gridcolor": self.colours.line,
            "zeroline": False,
            # Plotly writes powers of ten a quarter larger than other numbers.
            "tickfont": {"color": self.colours.soft, "size": 11 if log else 13},
            "exponentformat": "power",
            "minexponent": 4,
            "automargin": True,
            **(self._log_ticks(reach) if log else {"nticks": 6}),
        }

    def _log_ticks(self, reach: tuple[float, float] | None) -> Json:
        """Numbers on a logarithmic axis: Plotly's small figures between two powers of ten can hardly be read."""
        if reach is None:
            return {}
        low, high = reach
        if high - low >= ENOUGH_POWERS:
            return {"dtick": max(1, ceil((high - low) / MOST_POWERS))}
        between = DENSE if high - low < FEW_POWERS else SPARSE
        # One power more on either side is there when the visitor zooms out.
        values = [float(f"{digit}e{power}") for power in range(floor(low) - 1, ceil(high) + 2) for digit in between]
        return {
            "tickvals": values,
            "ticktext": [f"{value:.0e}" if not 1e-4 <= value < 1e6 else f"{value:.12g}" for value in values],
            "tickfont": {"color": self.colours.soft, "size": 12},
        }

    def heading(self, text: str, panel: int) -> Json:
        """What stands above one panel of several, the first being 1."""
        return {
            "text": f"<b>{text}</b>",
            "xref": numbered("x", panel) + " domain",
            "yref": numbered("y", panel) + " domain",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 8,
            "showarrow": False,
            "font": {"size": 13},
        }

    def layout(self, title: str, x: Json, y: Json, note: str = "") -> Json:
        """The layout of a figure with two axes."""
        return {**self.page(title, note), "xaxis": x, "yaxis": y}

    def page(self, title: str, note: str = "") -> Json:
        """A layout without axes; the note stands below the title."""
        return {
            "title": {
                "text": title,
                "font": {"size": 16},
                "x": 0,
                "xanchor": "left",
                "xref": "paper",
                "y": 1,
                "yanchor": "top",
                "pad": {"t": 14},
                "subtitle": {"text": note, "font": {"color": self.colours.soft, "size": 13}},
            },
            "paper_bgcolor": self.colours.card,
            "plot_bgcolor": self.colours.card,
            "font": {"family": FONT, "color": self.colours.ink, "size": 13},
            "margin": {"l": 56, "r": 16, "t": 76, "b": 84},
            "legend": {"orientation": "h", "x": 0, "yref": "container", "y": 0.01, "yanchor": "bottom"},
            "hoverlabel": {
                "font": {"family": FONT, "color": self.colours.ink},
                "bgcolor": self.colours.card,
                "bordercolor": self.colours.line,
            },
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


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def numbered(axis: str, panel: int) -> str:
    """The name of an axis of one panel of several: Plotly leaves the number 1 out."""
    return axis if panel == 1 else f"{axis}{panel}"


def verbatim(text: str) -> str:
    """Text from outside for a figure: Plotly reads tags, and would make a link of one."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_columns(columns: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows from columns of the same length."""
    return [list(row) for row in zip(*columns, strict=True)]


def visible_on_log(values: Sequence[Number]) -> list[Number]:
    """What a logarithmic axis can show; 0 and less is a gap in the line, and stands in the table all the same."""
    return [value if value is not None and value > 0 else None for value in values]
