"""Figures of the input plane and of the planes of features: the decision map, the response of a unit, the bent grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .look import SYMBOLS, Figure, Json, Look, Number, verbatim


def class_name(label: int, names: Sequence[str]) -> str:
    """The name of a class, or its number if it has none."""
    return names[label] if label < len(names) else str(label)


def points(
    coordinates: Sequence[Sequence[Number]], labels: Sequence[int] | None, names: Sequence[str], look: Look
) -> list[Json]:
    """The data, one series per class, told apart by colour and symbol."""
    groups = [0] * len(coordinates) if labels is None else list(labels)
    classes = max(len(names), 1 + max(groups, default=0))
    found = []
    for group in sorted(set(groups)):
        rows = [row for row, label in zip(coordinates, groups, strict=True) if label == group]
        shown = look.say("data", "数据") if labels is None else class_name(group, names)
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": verbatim(shown),
                "x": [row[0] for row in rows],
                "y": [row[1] if len(row) > 1 else 0 for row in rows],
                "marker": {
                    "color": look.colours.soft if labels is None else look.class_colour(group, classes),
                    "symbol": SYMBOLS[group % len(SYMBOLS)],
                    "size": 7,
                    "line": {"color": look.colours.card, "width": 1},
                },
                "hovertemplate": "%{x:.6g}, %{y:.6g}<extra>%{fullData.name}</extra>",
            }
        )
    return found


def data_table(
    heads: Sequence[str],
    coordinates: Sequence[Sequence[Number]],
    labels: Sequence[int] | None,
    names: Sequence[str],
    look: Look,
) -> tuple[list[str], list[list[Any]]]:
    """The data as a table: its coordinates and its class."""
    if labels is None:
        return list(heads), [list(row) for row in coordinates]
    classes = [class_name(label, names) for label in labels]
    rows = [[*row, name] for row, name in zip(coordinates, classes, strict=True)]
    return [*heads, look.say("class", "类别")], rows


def response(regions: Mapping[str, Any], layer: int, unit: int, look: Look) -> Figure:
    """One unit's a over the input plane."""
    values = regions["layers"][layer]["a"][unit]
    x, y = regions["x_values"], regions["y_values"]
    first, *rest = [f"x{place + 1}" for place in regions["inputs"]]
    shown = look.say(f"a of unit {unit + 1}, layer {layer + 1}", f"第 {layer + 1} 层第 {unit + 1} 个神经元的 a")
    if y is None:
        trace: Json = {"type": "scatter", "mode": "lines", "name": shown, "x": x, "y": values[0], "line": look.line(0)}
        rows = [list(row) for row in zip(x, values[0], strict=True)]
        return Figure([trace], look.layout(shown, look.axis(first), look.axis("a")), [first, "a"], rows)
    trace = {
        "type": "heatmap",
        "name": shown,
        "x": x,
        "y": y,
        "z": values,
        "colorscale": [[0, look.colours.negative], [0.5, look.colours.card], [1, look.colours.positive]],
        "zmid": 0,
        "colorbar": {"title": {"text": "a"}},
        "hovertemplate": "%{x:.6g}, %{y:.6g}: %{z:.17g}<extra></extra>",
    }
    rows = [[p, q, a] for q, row in zip(y, values, strict=True) for p, a in zip(x, row, strict=True)]
    layout = look.layout(shown, look.axis(first), look.axis(rest[0]))
    return Figure([trace], layout, [first, rest[0], "a"], rows)


def decision_map(
    regions: Mapping[str, Any],
    xs: Sequence[Sequence[Number]] | None,
    labels: Sequence[int] | None,
    names: Sequence[str],
    look: Look,
) -> Figure:
    """The class chosen at each point of the input plane, under the data."""
    decision, inputs = regions["decision"], regions["inputs"]
    classes = max(len(names), 1 + max(max(row) for row in decision))
    if labels:
        classes = max(classes, 1 + max(labels))
    top = max(classes - 1, 1)
    # Bands of one colour, so that a class is a colour and nothing lies between two.
    bands = [
        [edge / (top + 1), look.class_colour(index, top + 1)] for index in range(top + 1) for edge in (index, index + 1)
    ]
    data: list[Json] = [
        {
            "type": "heatmap",
            "x": regions["x_values"],
            "y": regions["y_values"],
            "z": decision,
            "zmin": -0.5,
            "zmax": top + 0.5,
            "colorscale": bands,
            "opacity": 0.35,
            "showscale": False,
            "hoverinfo": "skip",
        }
    ]
    first, second = (f"x{place + 1}" for place in inputs)
    shown = [[row[place] for place in inputs] for row in xs or ()]
    data += points(shown, labels, names, look)
    layout = look.layout(look.say("Decision map", "决策区域"), look.axis(first), look.axis(second))
    if xs is not None:
        return Figure(data, layout, *data_table([first, second], shown, labels, names, look))
    rows = [
        [x, y, class_name(chosen, names)]
        for y, row in zip(regions["y_values"], decision, strict=True)
        for x, chosen in zip(regions["x_values"], row, strict=True)
    ]
    return Figure(data, layout, [first, second, look.say("class", "类别")], rows)


def feature_plane(
    features: Mapping[str, Any], layer: int, labels: Sequence[int] | None, names: Sequence[str], look: Look
) -> Figure:
    """The data in the plane of one layer, with the input grid bent along; layer 0 is the input."""
    grid = features["grid"]
    lines = [*grid, *(list(column) for column in zip(*grid, strict=True))] if grid else []
    path: list[Sequence[Number]] = []
    for line in lines:
        # A gap after each line, so that all of them are one trace.
        path += [*line, [None, None]]
    bent: Json = {
        "type": "scatter",
        "mode": "lines",
        "name": look.say("input grid", "输入网格"),
        "x": [point[0] for point in path],
        "y": [point[1] if len(point) > 1 else 0 for point in path],
        "line": {"color": look.colours.soft, "width": 1},
        "connectgaps": False,
        "hoverinfo": "skip",
    }
    if features["kind"] == "pca":
        heads = [
            look.say(f"component {place + 1}", f"主成分 {place + 1}")
            + ("" if share is None else f" ({100 * share:.3g} %)")
            for place, share in enumerate(features["shares"])
        ]
    else:
        letter = "a" if layer else "x"
        heads = [f"{letter}{place + 1}" for place in range(len(features["directions"]))]
    title = look.say(f"Features of layer {layer}", f"第 {layer} 层的特征") if layer else look.say("Input", "输入")
    data = [bent, *points(features["coordinates"], labels, names, look)]
    layout = look.layout(title, look.axis(heads[0]), look.axis(heads[1] if len(heads) > 1 else ""))
    return Figure(data, layout, *data_table(heads, features["coordinates"], labels, names, look))
