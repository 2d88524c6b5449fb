"""Figures over time or size: the three losses, the flow of gradients, loop against matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .look import Figure, Json, Look, Number, in_columns, visible_on_log

HOVER = "%{y:.17g}"


def words(look: Look) -> dict[str, str]:
    """The series of a history by the field that holds them, in the order in which they are drawn."""
    return {
        "loss": look.say("loss of one example", "单个样本的损失"),
        "total_loss": look.say("total loss, training", "总体损失（训练集）"),
        "test_total_loss": look.say("total loss, held out", "总体损失（测试集）"),
        "cost": look.say("cost, training", "代价（训练集）"),
        "test_cost": look.say("cost, held out", "代价（测试集）"),
        "train_accuracy": look.say("accuracy, training", "正确率（训练集）"),
        "accuracy": look.say("accuracy, held out", "正确率（测试集）"),
    }


def curves(epochs: Sequence[int], history: Mapping[str, Sequence[Number]], look: Look, log: bool = True) -> Figure:
    """Loss of one example, total loss (sum) and cost (mean), each under its own name; accuracy on an axis of its own.

    Args:
        epochs: the epochs recorded.
        history: series by the names of ``words``, each as long as ``epochs``; those missing are left out.
        look: theme and language.
        log: whether the losses stand on a logarithmic axis.
    """
    names = words(look)
    data: list[Json] = []
    columns: list[Sequence[Number]] = [epochs]
    heads = [look.say("epoch", "轮次")]
    for index, (name, shown) in enumerate(names.items()):
        values = history.get(name)
        if values is None or all(value is None for value in values):
            continue
        accuracy = name.endswith("accuracy")
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": shown,
                "x": list(epochs),
                "y": visible_on_log(values) if log and not accuracy else list(values),
                "line": look.line(index),
                "hovertemplate": f"{HOVER}<extra>{shown}</extra>",
                **({"yaxis": "y2"} if accuracy else {}),
            }
        )
        columns.append(values)
        heads.append(shown)
    layout = look.layout(
        look.say("Loss over time", "损失随训练的变化"),
        look.axis(heads[0]),
        look.axis(look.say("loss", "损失"), log),
    )
    layout["hovermode"] = "x unified"
    if any("yaxis" in trace for trace in data):
        layout["yaxis2"] = {
            **look.axis(look.say("accuracy", "正确率")),
            "overlaying": "y",
            "side": "right",
            "range": [0, 1.02],
            "tickmode": "auto",
            "showgrid": False,
        }
    return Figure(data, layout, heads, in_columns(columns))


def gradient_flow(
    epochs: Sequence[int], norms: Sequence[Sequence[Number]], gains: Sequence[Sequence[Number]], look: Look
) -> Figure:
    """The size of ∂L/∂w and the mean gain of each layer over time, both logarithmic.

    Args:
        epochs: the epochs recorded.
        norms: per epoch ‖∂L/∂w‖ of each layer.
        gains: per epoch the mean |σ'(z)| of each layer; may be empty.
        look: theme and language.
    """
    data: list[Json] = []
    columns: list[Sequence[Number]] = [epochs]
    heads = [look.say("epoch", "轮次")]
    for kind, table, axis in (("‖∂L/∂w‖", norms, "y"), ("σ′(z)", gains, "y2")):
        for layer, values in enumerate(zip(*table, strict=True)):
            shown = look.say(f"{kind}, layer {layer + 1}", f"{kind}（第 {layer + 1} 层）")
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": shown,
                    "x": list(epochs),
                    "y": visible_on_log(values),
                    "yaxis": axis,
                    "line": look.line(layer),
                    "hovertemplate": f"{HOVER}<extra>{shown}</extra>",
                }
            )
            columns.append(values)
            heads.append(shown)
    title = look.say("Gradient flow through the layers", "梯度在各层间的流动")
    layout = look.layout(title, look.axis(heads[0]), look.axis("‖∂L/∂w‖", log=True))
    layout["hovermode"] = "x unified"
    if gains:
        # Two plots one above the other: the sizes of gradients and gains have nothing in common but the time.
        layout["yaxis"]["domain"] = [0.55, 1.0]
        layout["yaxis2"] = {**look.axis(look.say("mean gain σ′(z)", "平均增益 σ′(z)"), log=True), "domain": [0.0, 0.45]}
        layout["xaxis"]["anchor"] = "y2"
    return Figure(data, layout, heads, in_columns(columns))


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
        "mode": "lines+markers",
        "name": shown,
        "x": list(sizes),
        "y": visible_on_log(ratio),
        "line": look.line(0),
        "hovertemplate": "%{x}: %{y:.1f}×<extra></extra>",
    }
    title = look.say("Loop or matrix? Measured just now", "循环还是矩阵？现场实测")
    layout = look.layout(title, look.axis(heads[0], log=True), look.axis(shown, log=True))
    return Figure([trace], layout, heads, in_columns([sizes, loop_seconds, matrix_seconds, ratio]))
