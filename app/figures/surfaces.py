"""Figures of the total loss over a plane: in three dimensions and as contours, with the path of descent and ∇L."""

from __future__ import annotations

from collections.abc import Mapping
from math import hypot
from typing import Any

from .look import Figure, Json, Look, Number, verbatim

ARROW = 0.15
"""Length of the arrow against the gradient, as a part of the width of the plane; its direction is what it shows."""


def axes(landscape: Mapping[str, Any], look: Look) -> tuple[str, str]:
    """What u and v are called."""
    if landscape["pointers"]:
        first, second = landscape["pointers"]
        return first, second
    if landscape["kind"] == "path":
        return look.say("1st component of the path", "路径的第一主成分"), look.say(
            "2nd component of the path", "路径的第二主成分"
        )
    return look.say("1st random direction", "随机方向一"), look.say("2nd random direction", "随机方向二")


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


def surface(landscape: Mapping[str, Any], look: Look) -> Figure:
    """The surface in three dimensions; the path at the heights of its own total losses."""
    first, second = axes(landscape, look)
    loss = look.say("total loss", "总体损失")
    data: list[Json] = [
        {
            "type": "surface",
            "name": loss,
            "x": landscape["u_values"],
            "y": landscape["v_values"],
            "z": landscape["total_loss"],
            "colorscale": look.scale(),
            "opacity": 0.9,
            "showscale": False,
            "hovertemplate": "%{x:.6g}, %{y:.6g}: %{z:.17g}<extra></extra>",
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
                "line": {"color": look.colours.negative, "width": 5},
                "marker": {"color": look.colours.negative, "size": 2.5},
                "hovertemplate": look.say(
                    "%{z:.17g}, %{customdata:.3g} from the plane<extra></extra>",
                    "%{z:.17g}，距平面 %{customdata:.3g}<extra></extra>",
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
            "marker": {"color": look.colours.backward, "size": 5, "symbol": "diamond"},
        }
    )
    layout = look.page(title(look), note(landscape, look))
    layout["scene"] = {
        name: {"title": {"text": verbatim(text)}, "color": look.colours.ink, "gridcolor": look.colours.line}
        for name, text in (("xaxis", first), ("yaxis", second), ("zaxis", loss))
    }
    return Figure(data, layout, *table(landscape, look))


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


def contour(landscape: Mapping[str, Any], look: Look) -> Figure:
    """The surface as contours, with the path and the direction of descent."""
    first, second = axes(landscape, look)
    data: list[Json] = [
        {
            "type": "contour",
            "name": look.say("total loss", "总体损失"),
            "x": landscape["u_values"],
            "y": landscape["v_values"],
            "z": landscape["total_loss"],
            "colorscale": look.scale(),
            "contours": {"coloring": "heatmap", "showlabels": True},
            "colorbar": {"title": {"text": look.say("total loss", "总体损失")}},
            "hovertemplate": "%{x:.6g}, %{y:.6g}: %{z:.17g}<extra></extra>",
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
                "line": {"color": look.colours.negative, "width": 2},
                "marker": {"size": 4},
                "hovertemplate": look.say(
                    "%{customdata[0]:.17g}, %{customdata[1]:.3g} from the plane<extra></extra>",
                    "%{customdata[0]:.17g}，距平面 %{customdata[1]:.3g}<extra></extra>",
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
                "marker": {"size": [8, 12], "symbol": ["diamond", "arrow"], "angleref": "previous"},
                "hoverinfo": "name",
            }
        )
    layout = look.layout(title(look), look.axis(verbatim(first)), look.axis(verbatim(second)), note(landscape, look))
    return Figure(data, layout, *table(landscape, look))
