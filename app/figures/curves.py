"""Figures over time or size: the losses, each in its own panel; loop against matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .look import Figure, Json, Look, Number, in_columns, numbered, verbatim, visible_on_log
from .panels import GAP, log_range, mark_epoch, place

HOVER = "%{y:.17g}"
PANELS: dict[str, tuple[str, ...]] = {
    "loss": ("loss",),
    "total_loss": ("total_loss", "test_total_loss"),
    "cost": ("cost", "test_cost"),
    "accuracy": ("train_accuracy", "test_accuracy"),
}
"""The fields that share a panel: of the training part, then of the part held out."""


@dataclass(frozen=True)
class History:
    """What one run has recorded.

    Attributes:
        epochs: the epochs recorded.
        series: series by the names of ``words``, each as long as ``epochs``; those missing are left out.
        name: what to call the run beside another one.
    """

    epochs: Sequence[int]
    series: Mapping[str, Sequence[Number]]
    name: str = ""


def words(look: Look) -> dict[str, str]:
    """The series of a history by the field that holds them, in the order in which they are drawn."""
    return {
        "loss": look.say("loss of one example", "单个样本的损失"),
        "total_loss": look.say("total loss, training", "总体损失（训练集）"),
        "test_total_loss": look.say("total loss, held out", "总体损失（留出集）"),
        "cost": look.say("cost, training", "代价（训练集）"),
        "test_cost": look.say("cost, held out", "代价（留出集）"),
        "train_accuracy": look.say("accuracy, training", "准确率（训练集）"),
        "test_accuracy": look.say("accuracy, held out", "准确率（留出集）"),
    }


def titles(look: Look) -> dict[str, str]:
    """What stands above each panel: the three losses are never mixed up."""
    return {
        "loss": look.say("Loss of one example", "单个样本的损失"),
        "total_loss": look.say("Total loss (sum over the examples)", "总体损失（对样本求和）"),
        "cost": look.say("Cost (mean over the examples)", "代价（对样本取平均）"),
        "accuracy": look.say("Accuracy", "准确率"),
    }


def present(history: History, name: str) -> bool:
    """Whether a history has anything to show under a name."""
    return any(value is not None for value in history.series.get(name, ()))


def part_line(look: Look, twin: bool, held_out: bool) -> Json:
    """The line of one part of one run: the colour says which run, dots say what was held out."""
    colours = look.colours
    if twin:
        return {"color": colours.positive, "dash": "dot" if held_out else "dash", "width": 1.75}
    return {"color": colours.ink if held_out else colours.forward, "dash": "dot" if held_out else "solid", "width": 2}


def legend_name(look: Look, run: str, held_out: bool) -> str:
    """What the legend calls one part of one run."""
    part = look.say("held out", "留出集") if held_out else look.say("training", "训练集")
    return look.say(f"{run}, {part}", f"{run}，{part}") if run else part


def curves(
    history: History,
    look: Look,
    *,
    log: bool = True,
    twin: History | None = None,
    shown_epoch: int | None = None,
    stacked: bool = False,
) -> Figure:
    """Loss of one example, total loss (sum), cost (mean) and accuracy, each in a panel of its own.

    Args:
        history: the run.
        look: theme and language.
        log: whether the losses stand on logarithmic axes.
        twin: another run, laid over it.
        shown_epoch: an epoch to be marked in every panel.
        stacked: whether the panels stand one above the other.
    """
    runs = [history] if twin is None else [history, twin]
    told = [panel for panel, names in PANELS.items() if any(present(run, name) for run in runs for name in names)]
    # Of a run that has no record yet there is an empty panel.
    panels = told or ["cost"]
    layout = look.page(look.say("Loss over time", "损失随训练的变化"))
    layout["hovermode"] = "x unified"
    places = place(len(panels), columns=1 if stacked else len(panels), gap=GAP)
    said = words(look)
    data: list[Json] = []
    in_legend: set[tuple[int, bool]] = set()
    for index, (panel, (x, y)) in enumerate(zip(panels, places, strict=True), start=1):
        on_log = log and panel != "accuracy"
        bottom = not stacked or index == len(panels)
        across = {
            **look.axis(look.say("epoch", "轮次") if bottom else ""),
            "domain": x,
            "anchor": numbered("y", index),
            "showgrid": False,
        }
        low, high = log_range([run.series.get(name, ()) for run in runs for name in PANELS[panel]])
        up = {**look.axis("", on_log, (low, high)), "domain": y, "anchor": numbered("x", index)}
        if index > 1:
            across["matches"] = "x"
        if panel == "accuracy":
            up |= {"range": [0, 1.02], "tickformat": ".0%"}
        layout |= {numbered("xaxis", index): across, numbered("yaxis", index): up}
        layout.setdefault("annotations", []).append(look.heading(titles(look)[panel], index))
        for which, run in enumerate(runs):
            for held_out, name in enumerate(PANELS[panel]):
                if not present(run, name):
                    continue
                key = (which, bool(held_out))
                shown = verbatim(said[name] if twin is None else f"{said[name]}: {run.name}")
                values = run.series[name]
                data.append(
                    {
                        "type": "scatter",
                        "mode": "lines" if len(run.epochs) > 1 else "markers",
                        "meta": name,
                        "name": verbatim(legend_name(look, run.name if twin else "", bool(held_out))),
                        "legendgroup": f"{which}-{held_out}",
                        "showlegend": key not in in_legend,
                        "x": list(run.epochs),
                        "y": visible_on_log(values) if on_log else list(values),
                        "xaxis": numbered("x", index),
                        "yaxis": numbered("y", index),
                        "line": part_line(look, which == 1, bool(held_out)),
                        "hovertemplate": f"{HOVER}<extra>{shown}</extra>",
                    }
                )
                in_legend.add(key)
    if shown_epoch is not None:
        layout["shapes"] = mark_epoch(shown_epoch, len(panels), look)
    return Figure(data, layout, *history_table(runs, look))


def history_table(runs: Sequence[History], look: Look) -> tuple[list[str], list[list[Number]]]:
    """One row per epoch that any of the runs has; None where one of them has nothing."""
    said = words(look)
    heads = [look.say("epoch", "轮次")]
    columns: list[dict[int, Number]] = []
    for run in runs:
        for name in said:
            if present(run, name):
                heads.append(said[name] if len(runs) == 1 else f"{said[name]}: {run.name}")
                columns.append(dict(zip(run.epochs, run.series[name], strict=True)))
    epochs = sorted({epoch for run in runs for epoch in run.epochs})
    return heads, [[epoch, *(column.get(epoch) for column in columns)] for epoch in epochs]


def loop_or_matrix(
    sizes: Sequence[int], loop_seconds: Sequence[Number], matrix_seconds: Sequence[Number], look: Look
) -> Figure:
    """How many times as long nested loops take as the matrix product, by the size of the layer."""
    ratio = [
        loop / matrix if loop and matrix else None for loop, matrix in zip(loop_seconds, matrix_seconds, strict=True)
    ]
    shown = look.say("loops ÷ matrix product", "循环用时 ÷ 矩阵乘法用时")
    heads = [
        look.say("units", "神经元数"),
        look.say("loops, seconds", "循环（秒）"),
        look.say("matrix product, seconds", "矩阵乘法（秒）"),
        shown,
    ]
    trace = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": shown,
        "x": list(sizes),
        "y": visible_on_log(ratio),
        "text": ["" if value is None else f"{value:.3g}×" for value in ratio],
        "textposition": "top center",
        "cliponaxis": False,
        "line": {"color": look.colours.forward, "width": 2},
        "marker": {"color": look.colours.forward, "size": 8},
        "hovertemplate": "%{x}: %{y:.1f}×<extra></extra>",
    }
    title = look.say("Loop or matrix? Measured just now", "循环还是矩阵？现场实测")
    across = look.axis(heads[0], log=True)
    across |= {"tickvals": list(sizes), "ticktext": [str(size) for size in sizes], "showgrid": False}
    across["tickfont"] |= {"size": 12}
    layout = look.layout(title, across, {**look.axis(shown, log=True), "dtick": 1})
    layout["margin"] |= {"b": 56}
    # Where the two take equally long; the reader's question is on which side of it a size lies.
    layout["shapes"] = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": 1,
            "y1": 1,
            "line": {"color": look.colours.soft, "width": 1, "dash": "dot"},
        }
    ]
    return Figure([trace], layout, heads, in_columns([sizes, loop_seconds, matrix_seconds, ratio]))
