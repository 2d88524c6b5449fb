"""The sentences of an update: of gradient descent, and of the same with momentum."""

from __future__ import annotations

from ..layout import Span
from .scene import Scene, Words, is_zero, largest, magnitude, ties


def _there(span: Span | None) -> Span:
    """A change that a step of an update with momentum has written or read."""
    assert span is not None
    return span


def _mu(scene: Scene) -> str:
    return scene.layout.addresses[scene.layout.momentum]


def weight_change(scene: Scene) -> Words:
    """With momentum: the change of one weight, a unit's, a layer's."""
    wires = scene.wires()
    previous, change = _there(scene.spans.previous_w), _there(scene.spans.change_w)
    row, column = wires[0]
    params = {
        "unit": row + 1,
        "layer": scene.index + 1,
        "count": len(wires),
        "input": scene.sender(column),
        "momentum": _mu(scene),
        "previous": scene.at(previous, row, column),
        "change": scene.at(change, row, column),
        "size": magnitude([scene.value(change, *wire) for wire in wires]),
    }
    return f"step.weight_change{'.layer' if scene.unit is None else '.one' if len(wires) == 1 else ''}", params


def bias_change(scene: Scene) -> Words:
    """With momentum: the change of a bias, or a layer's."""
    previous, change = _there(scene.spans.previous_b), _there(scene.spans.change_b)
    if scene.unit is None:
        return "step.bias_change.layer", {**scene.layer(), "momentum": _mu(scene), "values": scene.listed(change)}
    both = {"previous": scene.own(previous), "change": scene.own(change)}
    return "step.bias_change", {**scene.place(), "momentum": _mu(scene), **both}


def weight_update(scene: Scene) -> Words:
    """The step of gradient descent for one weight, a unit's, a layer's."""
    before, after = scene.spans.w, scene.spans.new_w
    wires = scene.wires()
    moves = [scene.value(after, *wire) - scene.value(before, *wire) for wire in wires]
    row, column = wires[largest(moves)]
    of = ".layer" if scene.unit is None else ".one" if len(wires) == 1 else ""
    params = {
        "unit": row + 1,
        "layer": scene.index + 1,
        "count": len(wires),
        "input": scene.sender(column),
        "before": scene.at(before, row, column),
        "after": scene.at(after, row, column),
    }
    if scene.layout.structure.momentum:
        moved = of.replace(".", ".moved_") or ".moved"
        return f"step.weight_update{moved}", {**params, "size": magnitude(moves)}
    if is_zero(moves):
        return f"step.weight_update{of}_still", params
    if tied := ties(moves):
        return ("step.weight_update.layer_tie" if scene.unit is None else "step.weight_update.tie"), params | tied
    return f"step.weight_update{of}", params


def bias_update(scene: Scene) -> Words:
    """The step of gradient descent for a bias, or a layer's."""
    before, after = scene.spans.b, scene.spans.new_b
    moved = scene.layout.structure.momentum
    if scene.unit is None:
        kind = "moved_layer" if moved else "layer_still" if scene.of(before) == scene.of(after) else "layer"
        return f"step.bias_update.{kind}", {**scene.layer(), "values": scene.listed(after)}
    still = scene.value(before, scene.one) == scene.value(after, scene.one)
    kind = ".moved" if moved else ".still" if still else ""
    return f"step.bias_update{kind}", {**scene.place(), "before": scene.own(before), "after": scene.own(after)}
