"""How well values are fitted: target against output, and for one input the curve through the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..core.arrays import Array
from .look import Figure, Json, Look, numbered, verbatim
from .panels import GAP, place

HOVER = "%{x:.8g}, %{y:.8g}<extra>%{fullData.name}</extra>"


@dataclass(frozen=True, eq=False)
class Part:
    """Some examples, each number in its own unit.

    Attributes:
        xs: inputs, shape (N, n_0).
        targets: one target each, shape (N,).
        outputs: what the network answers, shape (N,).
        held_out: whether they were held out.
    """

    xs: Array
    targets: Array
    outputs: Array
    held_out: bool

    @property
    def explained(self) -> float | None:
        """R²: 1 - Σ(output - target)² / Σ(target - mean)²; None where the targets do not vary."""
        around = self.targets - self.targets.mean()
        spread = float(around @ around)
        missed = self.outputs - self.targets
        return 1.0 - float(missed @ missed) / spread if spread > 0.0 else None


def _named(part: Part, look: Look) -> str:
    name = look.say("held out", "留出集") if part.held_out else look.say("training", "训练集")
    return name if part.explained is None else f"{name}, R² = {part.explained:.4f}"


def _points(part: Part, x: Array, y: Array, panel: int, look: Look) -> Json:
    colours = look.colours
    filled = colours.card if part.held_out else colours.forward
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _named(part, look),
        "legendgroup": str(part.held_out),
        "showlegend": panel == 1,
        "x": x.tolist(),
        "y": y.tolist(),
        "xaxis": numbered("x", panel),
        "yaxis": numbered("y", panel),
        "marker": {
            "color": filled,
            "size": 7,
            "line": {"color": colours.ink if part.held_out else colours.card, "width": 1.5 if part.held_out else 1},
        },
        "hovertemplate": HOVER,
    }


def fit(
    parts: Sequence[Part],
    curve: tuple[Array, Array] | None,
    names: tuple[str, str | None],
    look: Look,
    stacked: bool = False,
) -> Figure:
    """Target against output, with the line on which both are the same.

    Args:
        parts: those trained on first.
        curve: for data of one input, values of it and what the network answers there; a second panel shows it.
        names: what the input is called, and the target if it has a name.
        look: theme and language.
        stacked: whether two panels stand one above the other.
    """
    target, output = look.say("target", "目标"), look.say("output", "输出")
    if names[1] is not None:
        named = verbatim(names[1])
        target, output = f"{target}: {named}", f"{output}: {named}"
    count = 1 if curve is None else 2
    layout = look.page(look.say("How well the values are fitted", "数值拟合得怎样"))
    places = place(count, columns=1 if stacked else count, gap=GAP)
    titles = [(target, output), (verbatim(names[0]), target)]
    for panel, ((x, y), (across, up)) in enumerate(zip(places, titles, strict=False), start=1):
        layout |= {
            numbered("xaxis", panel): {**look.axis(across), "domain": x, "anchor": numbered("y", panel)},
            numbered("yaxis", panel): {**look.axis(up), "domain": y, "anchor": numbered("x", panel)},
        }
    every = np.concatenate([values for part in parts for values in (part.targets, part.outputs)])
    ends = [float(every.min()), float(every.max())]
    quiet = {"color": look.colours.soft, "width": 1.25, "dash": "dot"}
    same = look.say("output = target", "输出 = 目标")
    data: list[Json] = [
        {"type": "scatter", "mode": "lines", "name": same, "x": ends, "y": ends, "line": quiet, "hoverinfo": "skip"}
    ]
    data += [_points(part, part.targets, part.outputs, 1, look) for part in reversed(parts)]
    if curve is not None:
        data += [_points(part, part.xs[:, 0], part.targets, 2, look) for part in reversed(parts)]
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": look.say("network", "网络"),
                "x": curve[0].tolist(),
                "y": curve[1].tolist(),
                "xaxis": "x2",
                "yaxis": "y2",
                "line": {"color": look.colours.backward, "width": 2},
                "hovertemplate": HOVER,
            }
        )
    return Figure(data, layout, *_table(parts, names, look))


def _table(parts: Sequence[Part], names: tuple[str, str | None], look: Look) -> tuple[list[str], list[list[Any]]]:
    """One row per example: its part, its place in it, its input if there is but one, target, output and residual."""
    has_one = parts[0].xs.shape[1] == 1
    heads = [
        look.say("part", "部分"),
        look.say("example", "样本"),
        *([names[0]] if has_one else []),
        look.say("target", "目标"),
        look.say("output", "输出"),
        look.say("residual (output − target)", "残差（输出 − 目标）"),
    ]
    rows = []
    for part in parts:
        name = look.say("held out", "留出集") if part.held_out else look.say("training", "训练集")
        columns = [*([part.xs[:, 0]] if has_one else []), part.targets, part.outputs, part.outputs - part.targets]
        rows += [[name, index, *each] for index, each in enumerate(np.stack(columns, axis=1).tolist(), start=1)]
    return heads, rows
