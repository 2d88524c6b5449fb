"""Figures of the total loss over a plane: in three dimensions and as contours, with the path of descent and ∇L."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import floor, hypot, log10
from typing import Any

from .look import Figure, Json, Look, Number, verbatim

ARROW = 0.15
"""Length of the arrow against the gradient, as a part of the width of the plane; its direction is what it shows."""
MANY_DECADES = 3
SQUARE_UP_TO = 4
"""How many times as long as wide a plane of contours may be for equal scales on both axes."""
# No more digits than an address of the core has: Python refuses to read thousands of them.
WEIGHT = re.compile(r"/layers/([0-9]{1,9})/w/([0-9]{1,9})/([0-9]{1,9})")
BIAS = re.compile(r"/layers/([0-9]{1,9})/b/([0-9]{1,9})")
RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def symbol(pointer: str) -> str:
    """A weight or bias as formulas write it, counted from 1: /layers/0/w/1/0 is w⁽¹⁾₂₁."""
    if found := WEIGHT.fullmatch(pointer):
        layer, *places = (int(number) + 1 for number in found.groups())
        letter = "w"
    elif found := BIAS.fullmatch(pointer):
        layer, *places = (int(number) + 1 for number in found.groups())
        letter = "b"
    else:
        return pointer
    between = "," if max(places) > 9 else ""
    return letter + f"({layer})".translate(RAISED) + between.join(map(str, places)).translate(LOWERED)


def axes(landscape: Mapping[str, Any], look: Look) -> tuple[str, str]:
    """What u and v are called."""
    if landscape["pointers"]:
        first, second = map(symbol, landscape["pointers"])
        return first, second
    if landscape["kind"] == "path":
        return look.say("path PC 1", "路径主成分 1"), look.say("path PC 2", "路径主成分 2")
    return look.say("direction 1", "方向 1"), look.say("direction 2", "方向 2")


def title(look: Look) -> str:
    """The name of both figures."""
    return look.say("Total loss over a plane of parameters", "参数平面上的总体损失")


def table(landscape: Mapping[str, Any], look: Look) -> tuple[list[str], list[list[Any]]]:
    """One row per grid point."""
    first, second = axes(landscape, look)
    rows = [
        [u, v, loss]
        for v, losses in zip(landscape["v_values"], landscape["total_loss"], strict=True)
        for u, loss in zip(landscape["u_values"], losses, strict=True)
    ]
    return [first, second, look.say("total loss", "总体损失")], rows


def note(landscape: Mapping[str, Any], look: Look) -> str:
    """What the plane does not show of the path."""
    path = landscape["path"]
    if not path or path["share"] is None:
        return ""
    share = f"{100 * path['share']:.3g} %"
    return look.say(f"the plane keeps {share} of the path", f"平面保留了路径的 {share}")


def powers(rows: Sequence[Sequence[Number]]) -> list[list[Number]]:
    """Each number as a power of ten; a gap where it has none."""
    return [[log10(value) if value is not None and value > 0 else None for value in row] for row in rows]


def power_ticks(rows: Sequence[Sequence[Number]]) -> Json:
    """The ticks of a colour bar over powers of ten, with the numbers themselves beside them."""
    known = [value for row in rows for value in row if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    factors = (1, 2, 5) if high - low < MANY_DECADES else (1,)
    ticks = [factor * 10.0**power for power in range(floor(low), floor(high) + 1) for factor in factors]
    inside = [tick for tick in ticks if low <= log10(tick) <= high]
    return {"tickvals": [log10(tick) for tick in inside], "ticktext": [f"{tick:g}" for tick in inside]}


def surface(landscape: Mapping[str, Any], look: Look, log: bool = False) -> Figure:
    """The surface in three dimensions; the path at the heights of its own total losses.

    Args:
        landscape: an answer of /landscape.
        look: theme and language.
        log: whether heights and colours stand on a logarithmic scale.
    """
    first, second = axes(landscape, look)
    loss = look.say("total loss", "总体损失")
    data: list[Json] = [
        {
            "type": "surface",
            "name": loss,
            "x": landscape["u_values"],
            "y": landscape["v_values"],
            "z": landscape["total_loss"],
            **({"surfacecolor": powers(landscape["total_loss"])} if log else {}),
            "colorscale": look.scale(),
            "opacity": 0.95,
            "showscale": False,
            "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.05, "roughness": 0.9},
            "hovertemplate": "%{x:.6g}, %{y:.6g}: %{z:.6g}<extra></extra>",
        }
    ]
    path = landscape["path"]
    if path:
        data.append(
            {
                "type": "scatter3d",
                "mode": "lines+markers",
                "name": look.say("path of descent", "下降路径"),
                "x": path["u"],
                "y": path["v"],
                "z": path["total_loss"],
                "customdata": path["distance"],
                "line": {"color": look.colours.negative, "width": 6},
                "marker": {"color": look.colours.negative, "size": 2.5},
                "hovertemplate": look.say(
                    "%{z:.6g}, %{customdata:.3g} from the plane<extra></extra>",
                    "%{z:.6g}，距平面 %{customdata:.3g}<extra></extra>",
                ),
            }
        )
    origin = landscape["origin"]
    data.append(
        {
            "type": "scatter3d",
            "mode": "markers",
            "name": look.say("here", "当前位置"),
            "x": [origin["u"]],
            "y": [origin["v"]],
            "z": [origin["total_loss"]],
            "marker": {"color": look.colours.backward, "size": 6, "symbol": "diamond"},
        }
    )
    layout = look.page(title(look), note(landscape, look))
    layout["margin"] |= {"l": 0, "r": 0, "b": 48}
    layout["scene"] = {
        **{
            name: {
                "title": {"text": verbatim(text), "font": {"color": look.colours.ink, "size": 13}},
                **({"dtick": 1} if log and name == "zaxis" else {"nticks": 6}),
                "type": "log" if log and name == "zaxis" else "linear",
                "color": look.colours.soft,
                "gridcolor": look.colours.line,
                "showbackground": False,
                "zeroline": False,
            }
            for name, text in (("xaxis", first), ("yaxis", second), ("zaxis", loss))
        },
        "aspectmode": "manual",
        "aspectratio": {"x": 1, "y": 1, "z": 0.7},
        "camera": {"eye": eye(landscape), "center": {"x": 0, "y": 0, "z": -0.1}},
    }
    return Figure(data, layout, *table(landscape, look))


def eye(landscape: Mapping[str, Any]) -> Json:
    """Where the surface is first seen from: above its lowest corner, so that no wall hides the valley."""
    rows = landscape["total_loss"]
    corners = {(x, y): rows[y][x] for x in (0, -1) for y in (0, -1)}
    known = {corner: loss for corner, loss in corners.items() if loss is not None}
    x, y = min(known, key=lambda corner: known[corner]) if known else (-1, 0)
    return {"x": 1.2 if x else -1.2, "y": 1.2 if y else -1.2, "z": 1.1}


def arrow(landscape: Mapping[str, Any]) -> tuple[list[float], list[float]] | None:
    """From where the network stands against the projected gradient; None where there is none to show."""
    u, v = (landscape["gradient"][name] for name in ("u", "v"))
    wide, high = (landscape[name][-1] - landscape[name][0] for name in ("u_values", "v_values"))
    if u is None or v is None or not wide or not high:
        return None
    length = hypot(u / wide, v / high)
    if length == 0.0:
        return None
    origin, scale = landscape["origin"], ARROW / length
    return [origin["u"], origin["u"] - scale * u], [origin["v"], origin["v"] - scale * v]


def angles_are_true(landscape: Mapping[str, Any]) -> bool:
    """Whether equal scales on both axes would show the angle at which the path crosses a contour as it is.

    Random directions are neither of length 1 nor at right angles; and a window far longer than wide is better filled.
    """
    wide, high = (float(landscape[name][-1] - landscape[name][0]) for name in ("u_values", "v_values"))
    return bool(landscape["kind"] != "random") and 0 < wide <= SQUARE_UP_TO * high and high <= SQUARE_UP_TO * wide


def contour(landscape: Mapping[str, Any], look: Look, log: bool = False) -> Figure:
    """The surface as contours, with the path and the direction of descent.

    Args:
        landscape: an answer of /landscape.
        look: theme and language.
        log: whether the contours lie at equal ratios in place of equal distances.
    """
    first, second = axes(landscape, look)
    heights = powers(landscape["total_loss"]) if log else landscape["total_loss"]
    data: list[Json] = [
        {
            "type": "contour",
            "name": look.say("total loss", "总体损失"),
            "x": landscape["u_values"],
            "y": landscape["v_values"],
            "z": heights,
            "customdata": landscape["total_loss"],
            "colorscale": look.scale(),
            "ncontours": 24,
            "line": {"width": 0.75, "color": look.colours.soft},
            "contours": {"coloring": "heatmap"},
            "colorbar": {
                "title": {"text": look.say("total loss", "总体损失"), "font": {"color": look.colours.soft, "size": 12}},
                "tickfont": {"color": look.colours.soft, "size": 12},
                "thickness": 12,
                "outlinewidth": 0,
                **(power_ticks(heights) if log else {}),
            },
            "hovertemplate": "%{x:.6g}, %{y:.6g}: %{customdata:.6g}<extra></extra>",
        }
    ]
    path = landscape["path"]
    if path:
        losses: list[Number] = path["total_loss"]
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": look.say("path of descent", "下降路径"),
                "x": path["u"],
                "y": path["v"],
                "customdata": [list(pair) for pair in zip(losses, path["distance"], strict=True)],
                "line": {"color": look.colours.negative, "width": 2.5},
                "marker": {"size": 4},
                "hovertemplate": look.say(
                    "%{customdata[0]:.6g}, %{customdata[1]:.3g} from the plane<extra></extra>",
                    "%{customdata[0]:.6g}，距平面 %{customdata[1]:.3g}<extra></extra>",
                ),
            }
        )
    pointed = arrow(landscape)
    if pointed:
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": look.say("direction of −∇L in this plane", "−∇L 在平面内的方向"),
                "x": pointed[0],
                "y": pointed[1],
                "line": {"color": look.colours.backward, "width": 3},
                "marker": {"size": [9, 13], "symbol": ["diamond", "arrow"], "angleref": "previous"},
                "hoverinfo": "name",
            }
        )
    layout = look.layout(title(look), look.axis(verbatim(first)), look.axis(verbatim(second)), note(landscape, look))
    for axis in ("xaxis", "yaxis"):
        # Lines of a grid over a coloured field would only look like contours.
        layout[axis]["showgrid"] = False
    if angles_are_true(landscape):
        layout["xaxis"]["constrain"] = "domain"
        layout["yaxis"] |= {"constrain": "domain", "scaleanchor": "x", "scaleratio": 1}
    return Figure(data, layout, *table(landscape, look))
