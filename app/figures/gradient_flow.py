"""How large gradients and gains are in each layer over time: where gradients vanish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from ..looking import watched
from .look import Figure, Json, Look, Number, numbered, verbatim, visible_on_log
from .panels import log_range, mark_epoch, place

HOVER = "%{y:.17g}"
GAP = 0.14
APART = 0.075
"""The least distance between two labels, as a part of the height of a panel."""


@dataclass(frozen=True)
class Flow:
    """What one run has recorded.

    Attributes:
        epochs: the epochs recorded.
        norms: per epoch ‖∂L/∂w‖ of each layer.
        gains: per epoch the mean |σ'(z)| of each layer; may be empty.
        name: what to call the run beside another one.
    """

    epochs: Sequence[int]
    norms: Sequence[Sequence[Number]]
    gains: Sequence[Sequence[Number]]
    name: str = ""


def gradient_flow(
    flow: Flow, look: Look, *, twin: Flow | None = None, shown_epoch: int | None = None, stacked: bool = False
) -> Figure:
    """The size of ∂L/∂w and the mean gain of each layer over time, both logarithmic.

    A twin stands beside it (below it if ``stacked``) on axes of the same range, so that heights can be compared.

    Args:
        flow: the run.
        look: theme and language.
        twin: another run.
        shown_epoch: an epoch to be marked.
        stacked: whether the panels stand one above the other.
    """
    runs = [flow] if twin is None else [flow, twin]
    # The sizes of gradients and gains have nothing in common but the time.
    kinds = ["norms", *(["gains"] if any(run.gains for run in runs) else [])]
    titles = {
        "norms": look.say("Size of the gradient ‖∂L/∂w‖", "梯度的大小 ‖∂L/∂w‖"),
        "gains": look.say("Mean gain σ′(z)", "平均增益 σ′(z)"),
    }
    panels = [(kind, run) for kind in kinds for run in runs]
    columns = 1 if stacked else len(runs)
    layout = look.page(look.say("Gradient flow through the layers", "梯度在各层间的流动"))
    layout |= {"hovermode": "x unified", "showlegend": False, "annotations": []}
    layout["margin"] |= {"r": 72, "b": 48}
    data: list[Json] = []
    ranges = {kind: log_range([row for run in runs for row in getattr(run, kind)]) for kind in kinds}
    for index, ((kind, run), (x, y)) in enumerate(
        zip(panels, place(len(panels), columns, GAP, between=0.25), strict=True), start=1
    ):
        low, high = ranges[kind]
        last = index > len(panels) - columns
        across = {
            **look.axis(look.say("epoch", "轮次") if last else ""),
            "domain": x,
            "anchor": numbered("y", index),
            "showgrid": False,
        }
        up = {
            **look.axis("", log=True, reach=(low, high)),
            "domain": y,
            "anchor": numbered("x", index),
            "range": [low, high],
        }
        if index > 1:
            across["matches"] = "x"
        layout |= {numbered("xaxis", index): across, numbered("yaxis", index): up}
        title = titles[kind] if twin is None else f"{titles[kind]}: {verbatim(run.name)}"
        layout["annotations"].append(look.heading(title, index))
        table = getattr(run, kind)
        series = [list(values) for values in zip(*table, strict=True)]
        for layer, values in enumerate(series):
            shown = look.say(f"layer {layer + 1}", f"第 {layer + 1} 层")
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines" if len(run.epochs) > 1 else "markers",
                    "meta": kind,
                    "name": shown,
                    "x": list(run.epochs),
                    "y": visible_on_log(values),
                    "xaxis": numbered("x", index),
                    "yaxis": numbered("y", index),
                    "line": {"color": look.depth(layer, len(series)), "width": 2},
                    "hovertemplate": f"{HOVER}<extra>{shown}</extra>",
                }
            )
        layout["annotations"] += labels(series, low, high, index, look)
    if shown_epoch is not None:
        layout["shapes"] = mark_epoch(shown_epoch, len(panels), look)
    return Figure(data, layout, *flow_table(runs, kinds, look))


def labels(series: Sequence[Sequence[Number]], low: float, high: float, index: int, look: Look) -> list[Json]:
    """The name of each layer at the end of its line, pushed apart where lines end close together."""
    ends = []
    for layer, values in enumerate(series):
        last = next((value for value in reversed(values) if value is not None and value > 0), None)
        if last is not None:
            ends.append(((log10(last) - low) / (high - low), layer))
    return [
        {
            "text": look.say(f"layer {layer + 1}", f"第 {layer + 1} 层"),
            "xref": numbered("x", index) + " domain",
            "yref": numbered("y", index) + " domain",
            "x": 1,
            "y": height,
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 6,
            "showarrow": False,
            "font": {"color": look.depth(layer, len(series)), "size": 12},
        }
        for height, layer in spread(sorted(ends), APART)
    ]


def spread(ends: Sequence[tuple[float, int]], apart: float) -> list[tuple[float, int]]:
    """Places that rise by at least ``apart`` each, near the wanted ones; closer together if there are too many."""
    places = [place for place, _ in ends]
    apart = min(apart, 1 / max(1, len(places) - 1))
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + apart)
    if places and places[-1] > 1:
        places[-1] = 1.0
        for index in range(len(places) - 2, -1, -1):
            places[index] = min(places[index], places[index + 1] - apart)
    return [(place, layer) for place, (_, layer) in zip(places, ends, strict=True)]


def flow_table(runs: Sequence[Flow], kinds: Sequence[str], look: Look) -> tuple[list[str], list[list[Number]]]:
    """One row per epoch that any of the runs has."""
    heads = [look.say("epoch", "轮次")]
    columns: list[dict[int, Number]] = []
    for run in runs:
        for kind in kinds:
            symbol = "‖∂L/∂w‖" if kind == "norms" else "σ′(z)"
            for layer, values in enumerate(zip(*getattr(run, kind), strict=True)):
                head = look.say(f"{symbol}, layer {layer + 1}", f"{symbol}（第 {layer + 1} 层）")
                heads.append(head if len(runs) == 1 else f"{head}: {run.name}")
                columns.append(dict(zip(run.epochs, values, strict=True)))
    epochs = sorted({epoch for run in runs for epoch in run.epochs})
    return heads, [[epoch, *(column.get(epoch) for column in columns)] for epoch in watched(epochs)]
