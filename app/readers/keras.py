"""What Keras writes with ``model.to_json()``: Sequential, or Functional if it is one chain; with its weights beside it.

Source: the formats of Keras 2 and 3; ``Dense.kernel`` has the shape (inputs, units).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .naming import activation
from .numbers import is_number, matrix, turned, vector
from .reading import Found, NotRead, Reading, text

MODELS = ("Sequential", "Functional", "Model")
PASSED_OVER = {"InputLayer", "Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization"}
"""Layers that do nothing to the numbers once a network is trained."""
DEPTH = 8

EXPORT = (
    'import json; json.dump({"model": json.loads(model.to_json()), "weights": [w.tolist() for w in '
    'model.get_weights()]}, open("network.json", "w"))'
)


def model_in(document: Any) -> Mapping[str, Any] | None:
    """The description of a Keras model: the document itself, or its member ``model``, as an object or as a text."""
    for each in (document, document.get("model") if isinstance(document, dict) else None):
        found = each
        if isinstance(each, str):
            try:
                found = json.loads(each)
            except (ValueError, RecursionError):
                continue
        if isinstance(found, dict) and found.get("class_name") in MODELS and "config" in found:
            return found
    return None


def read_keras(document: Any, model: Mapping[str, Any]) -> Reading:
    """The layers of a Keras model, with their weights if they stand beside it as ``weights``. Raises ``NotRead``."""
    reading = Reading("keras", [])
    inputs: int | None = None
    for layer in _chain(model, DEPTH):
        config = _config(layer)
        inputs = _inputs(layer, config) if inputs is None and not reading.layers else inputs
        _take(layer.get("class_name"), config, reading)
    if reading.layers:
        reading.layers[0].inputs = inputs
    for found in reading.layers:
        found.activation = found.activation or "linear"
    weights = document.get("weights") if isinstance(document, dict) else None
    if weights is None:
        reading.lacks(
            "weights",
            "A model written by to_json() holds the shape of a network but no weights. In Python, write both: "
            f"{EXPORT}",
            f"to_json() 写出的只有网络的形状，没有权重。请在 Python 里把两者一起写出：{EXPORT}",
        )
    else:
        _give(weights, reading)
    return reading


def _config(layer: Mapping[str, Any]) -> Mapping[str, Any]:
    config = layer.get("config")
    return config if isinstance(config, dict) else {}


def _chain(model: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """The layers in order, models inside taken apart. Raises ``NotRead`` where they are not one chain."""
    config = model["config"]
    layers = config if isinstance(config, list) else config.get("layers") if isinstance(config, dict) else None
    if not isinstance(layers, list) or not all(isinstance(layer, dict) for layer in layers) or not depth:
        raise NotRead("no_layers", text("There is no list of layers in this model.", "模型中没有层的列表。"), "/config")
    names = {_name(layer) for layer in layers}
    before: str | None = None
    for index, layer in enumerate(layers):
        froms = set(_mentioned(layer.get("inbound_nodes"), names, DEPTH))
        if layer.get("inbound_nodes") and (len(froms) > 1 or (before is not None and froms != {before})):
            raise NotRead(
                "no_chain",
                text(
                    f"The layer {_name(layer)} does not simply follow the one before it. Only a chain of dense layers "
                    "can be read; cut out the part that is one.",
                    f"{_name(layer)} 层不是简单地接在前一层之后。只能读入首尾相接的全连接层；请截取其中的一段。",
                ),
                f"/config/layers/{index}",
            )
        if layer.get("class_name") in MODELS and "config" in layer:
            yield from _chain(layer, depth - 1)
        else:
            yield layer
        before = _name(layer)


def _name(layer: Mapping[str, Any]) -> str:
    name = layer.get("name") or _config(layer).get("name") or layer.get("class_name")
    return str(name)[:60]


def _mentioned(node: Any, names: set[str], depth: int) -> Iterator[str]:
    """The names of layers that an inbound node speaks of."""
    if isinstance(node, str):
        yield from (name for name in [node] if name in names)
    elif depth and isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _mentioned(each, names, depth - 1)


def _inputs(layer: Mapping[str, Any], config: Mapping[str, Any]) -> int | None:
    """How many values a model takes in, if its first layer says so."""
    build = layer.get("build_config")
    shapes = [config.get("batch_shape"), config.get("batch_input_shape")]
    shapes += [build.get("input_shape")] if isinstance(build, dict) else []
    for shape in shapes:
        if isinstance(shape, list) and len(shape) == 2 and isinstance(shape[1], int):
            return shape[1]
    return None


def _take(kind: Any, config: Mapping[str, Any], reading: Reading) -> None:
    """One layer of the model: a dense one, an activation on its own, or one that does nothing."""
    name = str(config.get("name", kind))[:60]
    if kind == "Dense":
        units = config.get("units", config.get("output_dim"))
        if not isinstance(units, int) or isinstance(units, bool) or units < 1:
            raise NotRead("no_units", text(f"The layer {name} does not say its units.", f"{name} 层没有写单元数。"))
        found = Found(name, units, has_bias=config.get("use_bias", True) is not False)
        reading.layers.append(found)
        _activate(found, config.get("activation"), {}, reading)
    elif kind in PASSED_OVER:
        if kind != "InputLayer":
            reading.note(
                "layer_passed_over",
                f"{name} ({kind}) is at work in training only and is passed over.",
                f"{name}（{kind}）只在训练时起作用，已略过。",
            )
    elif kind in ("Activation", "ReLU", "LeakyReLU", "ELU", "Softmax") and reading.layers:
        word = config.get("activation") if kind == "Activation" else kind
        _activate(reading.layers[-1], word, _parameters(str(kind), config), reading)
    else:
        raise NotRead(
            "unknown_layer",
            text(
                f"The layer {name} is of the kind {str(kind)[:60]}; only chains of Dense layers can be read. Cut out "
                "the part that is one.",
                f"{name} 层属于 {str(kind)[:60]}；只能读入由 Dense 层首尾相接而成的网络。请截取其中的一段。",
            ),
        )


def _parameters(kind: str, config: Mapping[str, Any]) -> dict[str, float]:
    """The slope of a ReLU or a leaky one, as Keras has it: 0.3 where nothing is said of a leaky one."""
    slope = config.get("negative_slope", config.get("alpha"))
    if kind == "LeakyReLU":
        return {"slope": float(slope) if is_number(slope) else 0.3}
    unusual = {"ReLU": ("negative_slope", "max_value", "threshold"), "ELU": ("alpha",)}.get(kind, ())
    for name in unusual:
        if config.get(name) not in (None, 0, 0.0, *((1, 1.0) if kind == "ELU" else ())):
            raise NotRead(
                "unknown_activation",
                text(
                    f"This {kind} has {name} of its own; only the usual one can be read.",
                    f"这个 {kind} 的 {name} 不是通常的值；只能读入通常的形式。",
                ),
            )
    return {}


def _activate(found: Found, word: Any, parameters: dict[str, float], reading: Reading) -> None:
    """Note the activation of a layer; a second one after another cannot be."""
    if isinstance(word, dict):
        config = _config(word)
        parameters = _parameters(str(word.get("class_name")), config)
        word = word.get("class_name") if word.get("class_name") != "function" else word.get("config")
    if word is None:
        return
    key = activation(word, "", reading, parameters)
    if found.activation not in (None, "linear"):
        raise NotRead(
            "two_activations",
            text(
                f"Two activations follow the layer {found.name} one after the other; a layer here has one.",
                f"{found.name} 层之后接连有两个激活函数；这里每层只有一个。",
            ),
        )
    found.activation = key


def _give(weights: Any, reading: Reading) -> None:
    """Hand the weights of ``get_weights()`` to the layers in order: kernel, then biases if it has them."""
    wanted = sum(1 + found.has_bias for found in reading.layers)
    if not isinstance(weights, list) or len(weights) != wanted:
        came = len(weights) if isinstance(weights, list) else 0
        raise NotRead(
            "wrong_length",
            text(
                f"Expected {wanted} arrays of weights for these layers, as get_weights() gives them; {came} came.",
                f"这些层应有 {wanted} 个权重数组（即 get_weights() 的结果）；来了 {came} 个。",
            ),
            "/weights",
        )
    at = 0
    for found in reading.layers:
        kernel = matrix(weights[at], f"/weights/{at}")
        if len(kernel[0]) != found.units:
            raise NotRead(
                "wrong_length",
                text(
                    f"The kernel of {found.name} has {len(kernel[0])} columns; the model says {found.units} units.",
                    f"{found.name} 的权重有 {len(kernel[0])} 列；模型中写的是 {found.units} 个单元。",
                ),
                f"/weights/{at}",
            )
        found.w = turned(kernel)
        if found.has_bias:
            found.b = vector(weights[at + 1], f"/weights/{at + 1}")
        at += 1 + found.has_bias
    reading.note(
        "kernels_turned",
        "Keras kernels stand inputs × outputs; they were turned round.",
        "Keras 的权重按“输入 × 输出”存放，已经转置。",
    )
