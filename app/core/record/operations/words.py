"""Which sentence each operation deserves, and the numbers in it: what a teacher would say of this step of this record.

A sentence is a key of the catalogue of texts and what it is filled with (see ``scene``); it is the same in every
language, and whoever shows it brings the words. One short function for each operation.
"""

from __future__ import annotations

from functools import reduce
from math import isfinite
from operator import add

from ...functions.losses import LOSSES
from .scene import NEARLY_SHUT, Params, Scene, Words, is_zero, largest, magnitude, number, sender, size, ties


def weighted_sum(scene: Scene) -> Words:
    """Σ of a unit, or of a layer."""
    spans, n = scene.spans, scene.inputs.rows
    if scene.unit is None:
        return "step.weighted_sum.layer", {**scene.layer(), "m": n, "values": scene.listed(spans.z)}
    params = {**scene.place(), "n": n, "b": scene.own(spans.b), "z": scene.own(spans.z)}
    if n == 1:
        single = {"w": scene.own(spans.w), "value": scene.at(scene.inputs, 0), "input": scene.sender(0)}
        return "step.weighted_sum.one", {**params, **single}
    shares = [scene.value(spans.w, scene.one, column) * scene.value(scene.inputs, column) for column in range(n)]
    if is_zero(shares):
        return "step.weighted_sum.silent", params
    if tied := ties(shares):
        return "step.weighted_sum.tie", params | tied
    top = largest(shares)
    return "step.weighted_sum", {**params, "share": number(shares[top]), "input": scene.sender(top)}


def activation(scene: Scene) -> Words:
    """σ of a unit, or of a layer."""
    spans, name = scene.spans, scene.activation
    if spans.jacobian:
        a = scene.of(spans.a)
        top, tied = largest(a), ties(a)
        params = {**scene.layer(), "a": scene.at(spans.a, top), "unit": top + 1}
        return ("step.activation.softmax_tie" if tied else "step.activation.softmax"), params | tied
    params = {"function": {"name": name}, **scene.layer()}
    if scene.unit is None:
        return "step.activation.layer", {**params, "values": scene.listed(spans.a)}
    z = scene.value(spans.z, scene.one)
    params |= {"unit": scene.one + 1, "z": scene.own(spans.z), "a": scene.own(spans.a)}
    if name == "linear":
        return "step.activation.linear", params
    if name == "relu" and isfinite(z):
        return ("step.activation.relu_open" if z > 0 else "step.activation.relu_shut"), params
    return ("step.activation.output" if scene.is_last else "step.activation"), params


def loss(scene: Scene) -> Words:
    """The loss, before or after the update."""
    layout, name = scene.layout, scene.layout.structure.loss
    at = layout.addresses[layout.loss]
    if scene.operation.phase == "update":
        before, after = scene.numbers[layout.loss], scene.numbers[layout.updated_loss]
        both = {"before": at, "after": layout.addresses[layout.updated_loss]}
        if before == after or not (isfinite(before) and isfinite(after)):
            return "step.loss.after.same", both
        return ("step.loss.after.lower" if after < before else "step.loss.after.higher"), both
    params: Params = {"function": {"name": name}, "loss": at}
    if not LOSSES[name].uses_target:
        return "step.loss.output_sum", params
    outputs, targets = scene.spans.a, scene.of(layout.target)
    if name == "cross_entropy" and sorted(targets) == [*[0] * (len(targets) - 1), 1]:
        right = targets.index(1)
        return "step.loss.class", {**params, "unit": right + 1, "a": scene.at(outputs, right)}
    gaps = [a - target for a, target in zip(scene.of(outputs), targets, strict=True)]
    top = largest(gaps)
    params |= {"unit": top + 1, "a": scene.at(outputs, top), "target": scene.at(layout.target, top)}
    if len(gaps) == 1:
        return "step.loss.one", params
    if is_zero(gaps):
        return "step.loss.exact", params
    tied = ties(gaps)
    return ("step.loss.tie" if tied else "step.loss"), params | tied


def loss_gradient(scene: Scene) -> Words:
    """∂l/∂a at the output."""
    dl_da = scene.spans.dl_da
    if scene.unit is None:
        return "step.loss_gradient.layer", {"n": scene.units, "values": scene.listed(dl_da)}
    value = scene.value(dl_da, scene.one)
    params = {"unit": scene.one + 1, "dl_da": scene.own(dl_da)}
    if not isfinite(value):
        return "step.loss_gradient.unknown", params
    if value == 0:
        return "step.loss_gradient.zero", params
    return ("step.loss_gradient.up" if value > 0 else "step.loss_gradient.down"), params


def inject(scene: Scene) -> Words:
    """A signal of the learner's own in place of ∂l/∂a."""
    dl_da = scene.spans.dl_da
    if scene.unit is None:
        return "step.inject.layer", {"n": scene.units, "values": scene.listed(dl_da)}
    return "step.inject", {"unit": scene.one + 1, "value": scene.own(dl_da)}


def gain(scene: Scene) -> Words:
    """The amplifier's gain, or softmax's Jacobian."""
    spans = scene.spans
    if spans.jacobian:
        return "step.gain.softmax", scene.layer()
    if scene.unit is None:
        shut = sum(size(value) < NEARLY_SHUT for value in scene.of(spans.gain))
        params = {**scene.layer(), "values": scene.listed(spans.gain), "shut": shut}
        return ("step.gain.layer_shut" if shut else "step.gain.layer"), params
    params = {**scene.place(), "z": scene.own(spans.z), "gain": scene.own(spans.gain)}
    return f"step.gain{openness(scene.value(spans.gain, scene.one))}", params


def openness(value: float) -> str:
    """How far an amplifier of this gain is open, as the end of a key."""
    if value == 0:
        return ".shut"
    if size(value) < NEARLY_SHUT:
        return ".saturated"
    return ".open" if value == 1 else ""


def backward_sum(scene: Scene) -> Words:
    """Σ w ∂l/∂z over the wires that leave a hidden unit."""
    after, dl_da = scene.layout.layers[scene.index + 1], scene.spans.dl_da
    n = after.z.rows
    params: Params = {"layer": scene.index + 1, "next": scene.index + 2, "n": n}
    if scene.unit is None:
        return "step.backward_sum.layer", {**params, "values": scene.listed(dl_da)}
    params |= {"unit": scene.one + 1, "dl_da": scene.own(dl_da)}
    if n == 1:
        single = {"w": scene.at(after.w, 0, scene.one), "dl_dz": scene.at(after.dl_dz, 0)}
        return "step.backward_sum.one", {**params, **single}
    w = [scene.value(after.w, row, scene.one) for row in range(n)]
    shares = [weight * value for weight, value in zip(w, scene.of(after.dl_dz), strict=True)]
    if is_zero(shares):
        return "step.backward_sum.silent", params
    if tied := ties(shares):
        return "step.backward_sum.tie", params | tied
    top = largest(shares)
    params |= {"share": number(shares[top]), "from": top + 1, "w": scene.at(after.w, top, scene.one)}
    return ("step.backward_sum.flipped" if w[top] < 0 else "step.backward_sum"), params


def amplify(scene: Scene) -> Words:
    """∂l/∂z = gain · ∂l/∂a, or what stands for it at the output."""
    spans, target = scene.spans, scene.layout.target
    is_pair = any(position in target.positions for position in scene.operation.reads)
    if scene.unit is None:
        kind = "layer_pair" if is_pair else "layer_jacobian" if spans.jacobian else "layer"
        return f"step.amplify.{kind}", {**scene.layer(), "values": scene.listed(spans.dl_dz)}
    params = {**scene.place(), "n": scene.units, "dl_da": scene.own(spans.dl_da), "dl_dz": scene.own(spans.dl_dz)}
    if is_pair:
        params |= {"a": scene.own(spans.a), "target": scene.own(target)}
        # Added up one by one: sum() would compensate for rounding.
        is_share = bool(spans.jacobian) and reduce(add, scene.of(target)) == 1
        is_plain = is_share or scene.layout.structure.loss == "binary_cross_entropy"
        return ("step.amplify.difference" if is_plain else "step.amplify.pair"), params
    if spans.jacobian:
        return "step.amplify.jacobian", params
    params["gain"] = scene.own(spans.gain)
    kind = openness(scene.value(spans.gain, scene.one))
    if kind == ".saturated" and scene.is_response:
        return "step.amplify.saturated_signal", params
    if kind in (".shut", ".saturated"):
        return f"step.amplify{kind}", params
    return ("step.amplify.output" if scene.is_last else "step.amplify"), params


def weight_gradient(scene: Scene) -> Words:
    """∂l/∂w: of one wire, of a unit's wires, of a layer's."""
    spans, inputs = scene.spans, scene.of(scene.inputs)
    zeros = inputs.count(0)
    if scene.unit is None:
        flat = scene.of(spans.dl_dw)
        params = {"count": len(flat), "layer": scene.index + 1, "size": magnitude(flat)}
        if scene.is_response:
            return "step.weight_gradient.signal_layer", params
        kind = ".layer_zero" if is_zero(flat) else ".layer_some_zero" if zeros else ".layer"
        return f"step.weight_gradient{kind}", {**params, "zeros": zeros}
    dl_dz = scene.value(spans.dl_dz, scene.one)
    params = {**scene.place(), "n": len(inputs), "dl_dz": scene.own(spans.dl_dz)}
    column = scene.column()
    if column is not None:
        kind = ".one_input_zero" if inputs[column] == 0 else ".one_shut" if dl_dz == 0 else ".one"
        kind = ".signal_one" if scene.is_response else kind
        value, arrived = scene.at(spans.dl_dw, scene.one, column), scene.at(scene.inputs, column)
        params |= {"value": value, "input": scene.sender(column), "arrived": arrived}
        return f"step.weight_gradient{kind}", params
    if scene.is_response:
        return "step.weight_gradient.signal", params
    row = [scene.value(spans.dl_dw, scene.one, column) for column in range(len(inputs))]
    top, tied = largest(row), ties(row)
    value = scene.at(spans.dl_dw, scene.one, top)
    params |= {"value": value, "input": scene.sender(top), "zeros": zeros} | tied
    if is_zero(inputs):
        return "step.weight_gradient.inputs_zero", params
    if dl_dz == 0:
        return "step.weight_gradient.shut", params
    if zeros:
        return f"step.weight_gradient.some_zero{'_tie' if tied else ''}", params
    return ("step.weight_gradient.tie" if tied else "step.weight_gradient"), params


def bias_gradient(scene: Scene) -> Words:
    """∂l/∂b."""
    dl_db, signal = scene.spans.dl_db, scene.is_response
    if scene.unit is None:
        key = "step.bias_gradient.signal_layer" if signal else "step.bias_gradient.layer"
        return key, {**scene.layer(), "values": scene.listed(dl_db)}
    return f"step.bias_gradient{'.signal' if signal else ''}", {**scene.place(), "value": scene.own(dl_db)}


def input_gradient(scene: Scene) -> Words:
    """∂l/∂x."""
    dl_dx, signal = scene.layout.dl_dx, scene.is_response
    if scene.unit is None:
        key = "step.input_gradient.signal_layer" if signal else "step.input_gradient.layer"
        return key, {"n": dl_dx.rows, "values": scene.listed(dl_dx)}
    params = {"sub": {"subscript": scene.one + 1}, "value": scene.own(dl_dx)}
    return f"step.input_gradient{'.signal' if signal else ''}", params


def product(scene: Scene) -> Words:
    """One signal over one wire, forward or back."""
    operation, addresses = scene.operation, scene.layout.addresses
    w, carried = (scene.numbers[position] for position in operation.reads)
    other = int(addresses[operation.reads[1]].rpartition("/")[2])
    forward = operation.part_of == "weighted_sum"
    index = scene.index + (operation.part_of == "backward_sum")
    row, column = (scene.one, other) if forward else (other, scene.one)
    params = {
        "unit": row + 1,
        "layer": index + 1,
        "input": sender(index, column),
        "w": addresses[operation.reads[0]],
        "carried": addresses[operation.reads[1]],
        "product": number(w * carried),
    }
    kind = ".zero" if carried == 0 else ".flipped" if w < 0 else ""
    return f"step.product.{'forward' if forward else 'backward'}{kind}", params


def accumulate(scene: Scene) -> Words:
    """The products of a sum come together."""
    part_of, terms = scene.operation.part_of, len(scene.operation.reads)
    if part_of == "weighted_sum":
        params = {**scene.place(), "n": terms - 1, "b": scene.own(scene.spans.b), "z": scene.own(scene.spans.z)}
        return ("step.accumulate.forward_one" if terms == 2 else "step.accumulate.forward"), params
    many = "one" if terms == 1 else "many"
    if part_of == "input_gradient":
        value = scene.own(scene.layout.dl_dx)
        return f"step.accumulate.input_{many}", {"sub": {"subscript": scene.one + 1}, "n": terms, "value": value}
    return f"step.accumulate.backward_{many}", {**scene.place(), "n": terms, "value": scene.own(scene.spans.dl_da)}
