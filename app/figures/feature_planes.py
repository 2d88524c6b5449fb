"""The data in the planes of all layers side by side, with the input grid bent along from plane to plane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .look import SYMBOLS, Figure, Json, Look, Number, numbered, verbatim
from .panels import place
from .planes import class_name

GAP = 0.07
Point = Sequence[Number]


@dataclass(frozen=True)
class Examples:
    """What is known of the examples drawn.

    Attributes:
        labels: the class of each; None if there are none.
        names: the names of the classes.
        held_out: which of them were held out; None if nothing was.
        highlighted: the place of one to be ringed.
    """

    labels: Sequence[int] | None
    names: Sequence[str]
    held_out: Sequence[bool] | None = None
    highlighted: int | None = None


def layer_name(layer: int, layers: int, look: Look) -> str:
    """What a plane is called: the input, a hidden layer, the output."""
    if layer == 0:
        return look.say("Input", "输入")
    if layer == layers - 1:
        return look.say(f"Output (layer {layer})", f"输出（第 {layer} 层）")
    return look.say(f"Layer {layer}", f"第 {layer} 层")


def heads(record: Mapping[str, Any], layer: int, look: Look) -> list[str]:
    """What the coordinates of a plane are called."""
    if record["kind"] == "pca":
        return [
            look.say(f"PC {index + 1}", f"主成分 {index + 1}") + ("" if share is None else f" ({100 * share:.3g} %)")
            for index, share in enumerate(record["shares"])
        ]
    letter = "a" if layer else "x"
    return [f"<i>{letter}</i><sub>{index + 1}</sub>" for index in range(len(record["directions"]))]


def bent(grid: Sequence[Sequence[Point]], look: Look) -> Json:
    """Both families of grid lines as one line with gaps."""
    lines = [*grid, *(list(column) for column in zip(*grid, strict=True))]
    path: list[Point] = []
    for line in lines:
        path += [*line, [None, None]]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": look.say("input grid", "输入网格"),
        "x": [point[0] for point in path],
        "y": [point[1] for point in path],
        "line": {"color": look.colours.soft, "width": 1},
        "opacity": 0.55,
        "connectgaps": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def heights(points: Sequence[Point], label: int) -> list[Number]:
    """The second coordinate; in a plane of one unit the class."""
    return [point[1] if len(point) > 1 else label for point in points]


def groups(record: Mapping[str, Any], examples: Examples, look: Look) -> list[Json]:
    """The data by class, what was held out hollow."""
    coordinates: Sequence[Point] = record["coordinates"]
    labels = examples.labels or [0] * len(coordinates)
    held = examples.held_out or [False] * len(coordinates)
    classes = max(len(examples.names), 1 + max(labels)) if examples.labels is not None else 0
    found = []
    for label, is_held in sorted(set(zip(labels, held, strict=True))):
        rows = [index for index, key in enumerate(zip(labels, held, strict=True)) if key == (label, is_held)]
        name = look.say("data", "数据") if examples.labels is None else verbatim(class_name(label, examples.names))
        if is_held:
            name = look.say(f"{name}, held out", f"{name}（留出集）")
        symbol = SYMBOLS[label % len(SYMBOLS)]
        colour = look.class_colour(label, classes) if classes else look.colours.soft
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "legendgroup": str(label),
                "showlegend": not is_held,
                "x": [coordinates[row][0] for row in rows],
                "y": heights([coordinates[row] for row in rows], label),
                "customdata": rows,
                "marker": {
                    "color": look.colours.card if is_held else colour,
                    "symbol": symbol,
                    "size": 6,
                    "line": {"color": colour if is_held else look.colours.card, "width": 1},
                },
                "hovertemplate": "%{x:.6g}, %{y:.6g}<extra>%{fullData.name}</extra>",
            }
        )
    return found


def apart(examples: Examples) -> Json:
    """The height of a plane of one unit, which is none: the classes lie one above the other, so that both are seen."""
    if examples.labels is None:
        return {"range": [-1, 1], "showticklabels": False}
    classes = sorted(set(examples.labels))
    names = [verbatim(class_name(label, examples.names)) for label in classes]
    return {"range": [classes[0] - 0.75, classes[-1] + 0.75], "tickvals": classes, "ticktext": names}


def ring(point: Point, label: int, look: Look) -> Json:
    """The example that the page speaks of."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": look.say("chosen example", "所选样本"),
        "x": [point[0]],
        "y": heights([point], label),
        "marker": {"color": look.colours.ink, "symbol": "circle-open", "size": 15, "line": {"width": 2}},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def feature_planes(features: Sequence[Mapping[str, Any]], examples: Examples, look: Look, columns: int = 3) -> Figure:
    """The data as each layer sees it.

    Args:
        features: entries of ``features`` of an answer of /regions, the input first.
        examples: what is known of the data.
        look: theme and language.
        columns: how many planes stand side by side.
    """
    columns = min(columns, len(features))
    data: list[Json] = []
    layout = look.page(look.say("What each layer makes of the data", "每一层眼中的数据"))
    layout["annotations"] = []
    table_heads = [look.say("example", "样本")]
    table_columns: list[list[Any]] = [[index + 1 for index in range(len(features[0]["coordinates"]))]]
    for index, ((x, y), record) in enumerate(
        zip(place(len(features), columns, GAP, between=0.34), features, strict=True), start=1
    ):
        layer, names = index - 1, heads(record, index - 1, look)
        axis = {"showline": True, "linecolor": look.colours.line, "mirror": True, "nticks": 5, "showgrid": False}
        layout[numbered("xaxis", index)] = {**look.axis(names[0]), **axis, "domain": x, "anchor": numbered("y", index)}
        layout[numbered("yaxis", index)] = {
            **look.axis(names[1] if len(names) > 1 else ""),
            **axis,
            "domain": y,
            "anchor": numbered("x", index),
        }
        is_line = len(names) == 1
        if is_line:
            layout[numbered("yaxis", index)] |= apart(examples)
        called = layer_name(layer, len(features), look)
        layout["annotations"].append(look.heading(called, index))
        traces = [bent(record["grid"], look)] if record["grid"] and not is_line else []
        traces += groups(record, examples, look)
        if examples.highlighted is not None:
            label = examples.labels[examples.highlighted] if examples.labels is not None else 0
            traces.append(ring(record["coordinates"][examples.highlighted], label, look))
        for trace in traces:
            trace |= {"xaxis": numbered("x", index), "yaxis": numbered("y", index)}
            if index > 1:
                trace["showlegend"] = False
        data += traces
        for position in range(len(record["directions"])):
            table_heads.append(f"{called}, {plain(names[position])}")
            table_columns.append([row[position] for row in record["coordinates"]])
    if examples.labels is not None:
        table_heads.append(look.say("class", "类别"))
        table_columns.append([class_name(label, examples.names) for label in examples.labels])
    return Figure(data, layout, table_heads, [list(row) for row in zip(*table_columns, strict=True)])


def plain(text: str) -> str:
    """A head without the tags that Plotly reads."""
    for tag in ("<i>", "</i>", "<sub>", "</sub>"):
        text = text.replace(tag, "")
    return text
