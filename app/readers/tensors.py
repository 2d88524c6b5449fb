"""Tensors by name: a PyTorch state_dict as JSON, or the nested parameters of Flax.

Source: ``torch.nn.Linear.weight`` has the shape (outputs, inputs); a Flax ``Dense`` has a ``kernel`` (inputs, outputs).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .numbers import is_matrix, matrix, turned, vector
from .reading import Found, NotRead, Reading, text

PARTS = ("weight", "bias", "kernel")
DEPTH = 8


def tensors_in(document: Any) -> Mapping[str, Any] | None:
    """The tensors of a document by their dotted names; None if it holds none."""
    if not isinstance(document, dict):
        return None
    wrapped = [document[name] for name in ("state_dict", "model_state_dict", "params") if name in document]
    inner = wrapped[0] if wrapped else document
    if not isinstance(inner, dict):
        return None
    flat = dict(_flat(inner, "", DEPTH))
    return flat if any(name.rpartition(".")[2] in ("weight", "kernel") for name in flat) else None


def _flat(node: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, Any]]:
    for name, value in node.items():
        if isinstance(value, dict) and depth:
            yield from _flat(value, f"{prefix}{name}.", depth - 1)
        elif isinstance(value, list | int | float):
            yield f"{prefix}{name}".replace("/", "."), value


def read_tensors(tensors: Mapping[str, Any]) -> Reading:
    """The layers of named tensors, in the order of the document. Raises ``NotRead``."""
    reading = Reading("state_dict", [])
    layers: dict[str, Found] = {}
    has_kernel = False
    for name, value in tensors.items():
        owner, _, part = name.rpartition(".")
        shown = owner or "layer"
        if part not in PARTS or (part != "bias" and not is_matrix(value)):
            raise _no_linear(name[:60])
        layer = layers.setdefault(owner, Found(shown[:60]))
        if part == "bias":
            layer.b = vector(value, f"/{name}")
        else:
            has_kernel |= part == "kernel"
            rows = matrix(value, f"/{name}")
            layer.w = turned(rows) if part == "kernel" else rows
    for layer in layers.values():
        if layer.w is None:
            raise NotRead(
                "no_weights",
                text(f"There is a bias of {layer.name}, but no weight.", f"有 {layer.name} 的偏置，却没有权重。"),
            )
        reading.layers.append(layer)
    if has_kernel:
        reading.note(
            "kernels_turned",
            "Kernels stand inputs × outputs; they were turned round.",
            "kernel 按“输入 × 输出”存放，已经转置。",
        )
    else:
        reading.note(
            "rows_are_units",
            "In a state_dict a row of a weight is a receiving unit, as here.",
            "state_dict 的权重一行对应一个接收单元，与这里相同。",
        )
    return reading


def _no_linear(name: str) -> NotRead:
    return NotRead(
        "unknown_layer",
        text(
            f"{name} is no weight or bias of a linear layer; only a chain of linear layers can be read. Cut out the "
            "part that is one.",
            f"{name} 不是线性层的权重或偏置；只能读入首尾相接的线性层。请截取其中的一段。",
        ),
    )
