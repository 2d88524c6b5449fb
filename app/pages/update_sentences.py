"""The sentences of an update: of gradient descent, and of the same with momentum."""

from __future__ import annotations

from typing import Any

from .scene import Chosen, Scene, Value, column_of, is_zero, largest, listed, magnitude, number, ties


def wires_of(scene: Scene) -> list[tuple[int, int]]:
    """The wires whose weights a step moves: one, a unit's, a layer's; each by its row and column of w."""
    columns = range(len(scene.layer["w"][0]))
    if scene.unit is None:
        return [(row, column) for row in range(scene.units) for column in columns]
    if len(scene.step["writes"]) == 1:
        return [(scene.one, column_of(scene.step["writes"][0]))]
    return [(scene.one, column) for column in columns]


def changes(scene: Scene, name: str) -> tuple[Any, Any]:
    """The previous change of a layer's w or b, and the one of this update."""
    before, now = scene.trace["previous_change"], scene.trace["updated"]["change"]
    return before["layers"][scene.index][name], now["layers"][scene.index][name]


def weight_change(scene: Scene) -> Chosen:
    """With momentum: the change of one weight, a unit's, a layer's."""
    wires, trace = wires_of(scene), scene.trace
    previous, change = changes(scene, "w")
    row, column = wires[0]
    params = {
        "unit": row + 1,
        "layer": scene.index + 1,
        "count": len(wires),
        "input": scene.sender(column),
        "momentum": number(trace["momentum"]),
        "previous": number(previous[row][column]),
        "change": number(change[row][column]),
        "size": magnitude([change[row][column] for row, column in wires]),
    }
    return f"step.weight_change{'.layer' if scene.unit is None else '.one' if len(wires) == 1 else ''}", params


def bias_change(scene: Scene) -> Chosen:
    """With momentum: the change of a bias, or a layer's."""
    trace = scene.trace
    previous, change = changes(scene, "b")
    mu = number(trace["momentum"])
    if scene.unit is None:
        params = {"n": scene.units, "layer": scene.index + 1, "momentum": mu, "values": listed(change)}
        return "step.bias_change.layer", params
    both = {"previous": number(previous[scene.one]), "change": number(change[scene.one])}
    return "step.bias_change", {**scene.place(), "momentum": mu, **both}


def weight_update(scene: Scene) -> Chosen:
    """The step of gradient descent for one weight, a unit's, a layer's."""
    before, after = scene.layer["w"], scene.trace["updated"]["layers"][scene.index]["w"]
    wires = wires_of(scene)
    moves = [difference(after[row][column], before[row][column]) for row, column in wires]
    top = largest(moves)
    row, column = wires[top]
    kind = ".layer" if scene.unit is None else ".one" if len(wires) == 1 else ""
    tied = {} if is_zero(moves) else ties(moves)
    if is_zero(moves):
        kind += "_still"
    elif tied:
        kind = ".layer_tie" if scene.unit is None else ".tie"
    params = {
        "unit": row + 1,
        "layer": scene.index + 1,
        "count": len(wires),
        "input": scene.sender(column),
        "before": number(before[row][column]),
        "after": number(after[row][column]),
    }
    if "momentum" in scene.trace:
        kind = ".moved_layer" if scene.unit is None else ".moved_one" if len(wires) == 1 else ".moved"
        return f"step.weight_update{kind}", {**params, "size": magnitude(moves)}
    return f"step.weight_update{kind}", params | tied


def difference(after: Value, before: Value) -> Value:
    """How far a parameter moved, where it still is a number."""
    return None if after is None or before is None else after - before


def bias_update(scene: Scene) -> Chosen:
    """The step of gradient descent for a bias, or a layer's."""
    before, after = scene.layer["b"], scene.trace["updated"]["layers"][scene.index]["b"]
    if scene.unit is None:
        params = {"n": scene.units, "layer": scene.index + 1, "values": listed(after)}
        if "momentum" in scene.trace:
            return "step.bias_update.moved_layer", params
        return ("step.bias_update.layer_still" if before == after else "step.bias_update.layer"), params
    params = {**scene.place(), "before": number(before[scene.one]), "after": number(after[scene.one])}
    if "momentum" in scene.trace:
        return "step.bias_update.moved", params
    return ("step.bias_update.still" if before[scene.one] == after[scene.one] else "step.bias_update"), params
