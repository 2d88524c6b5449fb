"""From the layers that were found to a network; or to what is missing, and how to get it."""

from __future__ import annotations

from typing import Any

from ..core.functions.activations import ACTIVATIONS, written
from .naming import activation
from .reading import Answers, Found, NotRead, Reading, text


def complete(reading: Reading, answers: Answers) -> Reading:
    """Take over the answers, check that the layers are one chain, and make the network if nothing is missing.

    Raises:
        NotRead: the layers do not follow one another, or an answer does not fit.
    """
    layers = reading.layers
    if answers.activations is not None:
        if len(answers.activations) != len(layers):
            raise NotRead(
                "wrong_length",
                text(
                    f"Expected {len(layers)} activations, one for each layer; {len(answers.activations)} came.",
                    f"应有 {len(layers)} 个激活函数，每层一个；来了 {len(answers.activations)} 个。",
                ),
                "/activations",
            )
        for index, (layer, word) in enumerate(zip(layers, answers.activations, strict=True)):
            layer.activation = activation(word, f"/activations/{index}", reading)
    _check_chain(layers)
    unsaid = [layer.name for layer in layers if layer.activation is None]
    if unsaid:
        shown = ", ".join(unsaid[:8])
        reading.lacks(
            "activations",
            f"It does not say which activation follows each layer ({shown}). Choose them here, "
            'or send them along as "activations".',
            f"文件没有写明各层（{shown}）之后是哪种激活函数。请在这里选择，或随文件一同用 activations 给出。",
        )
    _check_places(layers)
    if any(layer.w is None for layer in layers):
        return reading
    if not reading.missing:
        reading.network = {"layers": [_document(layer, reading) for layer in layers]}
    return reading


def _document(layer: Found, reading: Reading) -> dict[str, Any]:
    assert layer.w is not None
    assert layer.activation is not None
    if layer.b is None:
        reading.note(
            "biases_are_zero",
            f"The layer {layer.name} has no biases: they are taken as 0.",
            f"{layer.name} 层没有偏置：按 0 处理。",
        )
    return {"w": layer.w, "b": layer.b or [0.0] * len(layer.w), **written(layer.activation)}


def _check_chain(layers: list[Found]) -> None:
    if not layers:
        raise NotRead("no_layers", text("There is no layer of weights in it.", "其中没有任何带权重的层。"))
    sent, before = None, None
    for layer in layers:
        if layer.w is not None:
            layer.units, layer.inputs = len(layer.w), len(layer.w[0])
        if layer.b is not None and layer.units is not None and len(layer.b) != layer.units:
            raise NotRead(
                "wrong_length",
                text(
                    f"The layer {layer.name} has {layer.units} units, but {len(layer.b)} biases.",
                    f"{layer.name} 层有 {layer.units} 个单元，却有 {len(layer.b)} 个偏置。",
                ),
            )
        if sent is not None and layer.inputs is not None and layer.inputs != sent:
            raise NotRead(
                "no_chain",
                text(
                    f"The layer {layer.name} receives {layer.inputs} values, but {before} before it sends {sent}. Only "
                    "a chain of dense layers can be read; cut out the part that is one.",
                    f"{layer.name} 层接收 {layer.inputs} 个值，而它前面的 {before} 层送出 {sent} 个。"
                    "只能读入首尾相接的全连接层；请截取其中的一段。",
                ),
            )
        if layer.inputs is None:
            layer.inputs = sent
        sent, before = layer.units, layer.name


def _check_places(layers: list[Found]) -> None:
    for layer in layers[:-1]:
        if layer.activation is not None and ACTIVATIONS[layer.activation].last_layer_only:
            name = ACTIVATIONS[layer.activation].name
            raise NotRead(
                "last_layer_only",
                text(
                    f"{name} may stand in the last layer only; after {layer.name} another follows.",
                    f"{name} 只能在最后一层；{layer.name} 之后还有别的层。",
                ),
            )
