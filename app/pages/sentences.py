"""A step as a sentence a teacher would say: which one, and the numbers in it. See ``static/js/record/sentence.js``.

Both read the trace as the API sends it and choose from the same catalogues, so that the page that works without
JavaScript and the live one say the same; a test holds them against each other. Longer than other modules because it
holds one short function for each operation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import add

from .numbers import subscript
from .scene import (
    NEARLY_SHUT,
    Chosen,
    Json,
    Scene,
    Titles,
    Value,
    column_of,
    is_zero,
    largest,
    listed,
    magnitude,
    number,
    sender,
    size,
    ties,
    times,
)
from .update_sentences import bias_change, bias_update, weight_change, weight_update


def weighted_sum(scene: Scene) -> Chosen:
    """Σ of a unit, or of a layer."""
    layer, n = scene.layer, len(scene.inputs)
    if scene.unit is None:
        params = {"n": scene.units, "m": n, "layer": scene.index + 1, "values": listed(layer["z"])}
        return "step.weighted_sum.layer", params
    w = layer["w"][scene.one]
    params = {**scene.place(), "n": n, "b": number(layer["b"][scene.one]), "z": number(layer["z"][scene.one])}
    if n == 1:
        single = {"w": number(w[0]), "value": number(scene.inputs[0]), "input": scene.sender(0)}
        return "step.weighted_sum.one", {**params, **single}
    shares = [times(weight, value) for weight, value in zip(w, scene.inputs, strict=True)]
    if is_zero(shares):
        return "step.weighted_sum.silent", params
    if tied := ties(shares):
        return "step.weighted_sum.tie", params | tied
    top = largest(shares)
    return "step.weighted_sum", {**params, "share": number(shares[top]), "input": scene.sender(top)}


def activation(scene: Scene) -> Chosen:
    """σ of a unit, or of a layer."""
    layer, name = scene.layer, scene.layer["activation"]
    if name == "softmax":
        top = largest(layer["a"])
        params = {"n": scene.units, "layer": scene.index + 1, "a": number(layer["a"][top]), "unit": top + 1}
        tied = ties(layer["a"])
        return ("step.activation.softmax_tie" if tied else "step.activation.softmax"), params | tied
    params = {"function": scene.title(name), "n": scene.units, "layer": scene.index + 1}
    if scene.unit is None:
        return "step.activation.layer", {**params, "values": listed(layer["a"])}
    z, a = layer["z"][scene.one], layer["a"][scene.one]
    params |= {"unit": scene.one + 1, "z": number(z), "a": number(a)}
    if name == "linear":
        return "step.activation.linear", params
    if name == "relu" and z is not None:
        return ("step.activation.relu_open" if z > 0 else "step.activation.relu_shut"), params
    return ("step.activation.output" if scene.is_last else "step.activation"), params


def loss(scene: Scene) -> Chosen:
    """The loss, before or after the update."""
    trace, name = scene.trace, scene.trace["loss"]["name"]
    before = trace["loss"]["value"]
    if scene.step["phase"] == "update":
        after = trace["updated"]["loss"]
        both = {"before": number(before), "after": number(after)}
        if before is None or after is None or before == after:
            return "step.loss.after.same", both
        return ("step.loss.after.lower" if after < before else "step.loss.after.higher"), both
    outputs, targets = scene.layer["a"], trace["target"]
    params: Json = {"function": scene.title(name), "loss": number(before)}
    if name == "output_sum":
        return "step.loss.output_sum", params
    if name == "cross_entropy" and sorted(targets) == [*[0] * (len(targets) - 1), 1]:
        right = targets.index(1)
        return "step.loss.class", {**params, "unit": right + 1, "a": number(outputs[right])}
    gaps = [None if a is None else a - target for a, target in zip(outputs, targets, strict=True)]
    top = largest(gaps)
    params |= {"unit": top + 1, "a": number(outputs[top]), "target": number(targets[top])}
    if len(outputs) == 1:
        return "step.loss.one", params
    if is_zero(gaps):
        return "step.loss.exact", params
    tied = ties(gaps)
    return ("step.loss.tie" if tied else "step.loss"), params | tied


def loss_gradient(scene: Scene) -> Chosen:
    """∂l/∂a at the output."""
    values = scene.layer["dl_da"]
    if scene.unit is None:
        return "step.loss_gradient.layer", {"n": scene.units, "values": listed(values)}
    value = values[scene.one]
    params = {"unit": scene.one + 1, "dl_da": number(value)}
    if value is None:
        return "step.loss_gradient.unknown", params
    if value == 0:
        return "step.loss_gradient.zero", params
    return ("step.loss_gradient.up" if value > 0 else "step.loss_gradient.down"), params


def inject(scene: Scene) -> Chosen:
    """A signal of the learner's own in place of ∂l/∂a."""
    values = scene.layer["dl_da"]
    if scene.unit is None:
        return "step.inject.layer", {"n": scene.units, "values": listed(values)}
    return "step.inject", {"unit": scene.one + 1, "value": number(values[scene.one])}


def gain(scene: Scene) -> Chosen:
    """The amplifier's gain, or softmax's Jacobian."""
    layer = scene.layer
    if layer["gain"] is None:
        return "step.gain.softmax", {"n": scene.units, "layer": scene.index + 1}
    if scene.unit is None:
        shut = sum(size(value) < NEARLY_SHUT for value in layer["gain"])
        params = {"n": scene.units, "layer": scene.index + 1, "values": listed(layer["gain"]), "shut": shut}
        return ("step.gain.layer_shut" if shut else "step.gain.layer"), params
    value = layer["gain"][scene.one]
    params = {**scene.place(), "z": number(layer["z"][scene.one]), "gain": number(value)}
    return f"step.gain{openness(value)}", params


def openness(value: Value) -> str:
    """How far an amplifier of this gain is open, as the end of a key."""
    if value == 0:
        return ".shut"
    if size(value) < NEARLY_SHUT:
        return ".saturated"
    return ".open" if value == 1 else ""


def backward_sum(scene: Scene) -> Chosen:
    """Σ w ∂l/∂z over the wires that leave a hidden unit."""
    after = scene.trace["layers"][scene.index + 1]
    dl_da = scene.layer["dl_da"]
    params: Json = {"layer": scene.index + 1, "next": scene.index + 2, "n": len(after["b"])}
    if scene.unit is None:
        return "step.backward_sum.layer", {**params, "values": listed(dl_da)}
    w = [row[scene.one] for row in after["w"]]
    params |= {"unit": scene.one + 1, "dl_da": number(dl_da[scene.one])}
    if len(w) == 1:
        return "step.backward_sum.one", {**params, "w": number(w[0]), "dl_dz": number(after["dl_dz"][0])}
    shares = [times(weight, value) for weight, value in zip(w, after["dl_dz"], strict=True)]
    if is_zero(shares):
        return "step.backward_sum.silent", params
    if tied := ties(shares):
        return "step.backward_sum.tie", params | tied
    top = largest(shares)
    params |= {"share": number(shares[top]), "from": top + 1, "w": number(w[top])}
    return ("step.backward_sum.flipped" if w[top] < 0 else "step.backward_sum"), params


def amplify(scene: Scene) -> Chosen:
    """∂l/∂z = gain · ∂l/∂a, or what stands for it at the output."""
    layer, targets = scene.layer, scene.trace["target"]
    is_pair = any(pointer.startswith("/target/") for pointer in scene.step["reads"])
    if scene.unit is None:
        kind = "layer_pair" if is_pair else "layer_jacobian" if layer["gain"] is None else "layer"
        params = {"n": scene.units, "layer": scene.index + 1, "values": listed(layer["dl_dz"])}
        return f"step.amplify.{kind}", params
    params = {
        **scene.place(),
        "n": scene.units,
        "dl_da": number(layer["dl_da"][scene.one]),
        "dl_dz": number(layer["dl_dz"][scene.one]),
    }
    if is_pair:
        params |= {"a": number(layer["a"][scene.one]), "target": number(targets[scene.one])}
        is_plain = scene.trace["loss"]["name"] == "binary_cross_entropy" or (
            layer["gain"] is None and reduce(add, targets) == 1
        )
        return ("step.amplify.difference" if is_plain else "step.amplify.pair"), params
    if layer["gain"] is None:
        return "step.amplify.jacobian", params
    value = layer["gain"][scene.one]
    params["gain"] = number(value)
    kind = openness(value)
    if kind == ".saturated" and scene.is_response:
        return "step.amplify.saturated_signal", params
    if kind in (".shut", ".saturated"):
        return f"step.amplify{kind}", params
    return ("step.amplify.output" if scene.is_last else "step.amplify"), params


def weight_gradient(scene: Scene) -> Chosen:
    """∂l/∂w: of one wire, of a unit's wires, of a layer's."""
    layer, inputs = scene.layer, scene.inputs
    if scene.unit is None:
        flat = [value for row in layer["dl_dw"] for value in row]
        params = {"count": len(flat), "layer": scene.index + 1, "size": magnitude(flat)}
        if scene.is_response:
            return "step.weight_gradient.signal_layer", params
        kind = ".layer_zero" if is_zero(flat) else ".layer_some_zero" if 0 in inputs else ".layer"
        return f"step.weight_gradient{kind}", {**params, "zeros": inputs.count(0)}
    row, dl_dz = layer["dl_dw"][scene.one], layer["dl_dz"][scene.one]
    params = {**scene.place(), "n": len(row), "dl_dz": number(dl_dz)}
    if len(scene.step["writes"]) == 1:
        column = column_of(scene.step["writes"][0])
        kind = ".one_input_zero" if inputs[column] == 0 else ".one_shut" if dl_dz == 0 else ".one"
        kind = ".signal_one" if scene.is_response else kind
        single = {"value": number(row[column]), "input": scene.sender(column), "arrived": number(inputs[column])}
        return f"step.weight_gradient{kind}", {**params, **single}
    if scene.is_response:
        return "step.weight_gradient.signal", params
    top, tied = largest(row), ties(row)
    params |= {"value": number(row[top]), "input": scene.sender(top), "zeros": inputs.count(0)} | tied
    if is_zero(inputs):
        return "step.weight_gradient.inputs_zero", params
    if dl_dz == 0:
        return "step.weight_gradient.shut", params
    if 0 in inputs:
        return f"step.weight_gradient.some_zero{'_tie' if tied else ''}", params
    return ("step.weight_gradient.tie" if tied else "step.weight_gradient"), params


def bias_gradient(scene: Scene) -> Chosen:
    """∂l/∂b."""
    values = scene.layer["dl_db"]
    if scene.unit is None:
        params: Json = {"n": scene.units, "layer": scene.index + 1, "values": listed(values)}
        return f"step.bias_gradient.{'signal_layer' if scene.is_response else 'layer'}", params
    params = {**scene.place(), "value": number(values[scene.one])}
    return f"step.bias_gradient{'.signal' if scene.is_response else ''}", params


def input_gradient(scene: Scene) -> Chosen:
    """∂l/∂x."""
    values = scene.trace["dl_dx"]
    if scene.unit is None:
        params: Json = {"n": len(values), "values": listed(values)}
        return f"step.input_gradient.{'signal_layer' if scene.is_response else 'layer'}", params
    params = {"sub": subscript(scene.one + 1), "value": number(values[scene.one])}
    return f"step.input_gradient{'.signal' if scene.is_response else ''}", params


def product(scene: Scene) -> Chosen:
    """One signal over one wire, forward or back."""
    step = scene.step
    row, column = (int(part) for part in step["reads"][0].split("/")[-2:])
    forward = step["part_of"] == "weighted_sum"
    index = scene.index if forward or step["part_of"] == "input_gradient" else scene.index + 1
    fed = scene.trace["layers"][index]
    w = fed["w"][row][column]
    carried = scene.inputs[column] if forward else fed["dl_dz"][row]
    way = "forward" if forward else "backward"
    params = {
        "unit": row + 1,
        "layer": index + 1,
        "input": sender(index, column),
        "w": number(w),
        "carried": number(carried),
        "product": number(step["value"][0]),
    }
    kind = ".zero" if carried == 0 else ".flipped" if w is not None and w < 0 else ""
    return f"step.product.{way}{kind}", params


def accumulate(scene: Scene) -> Chosen:
    """The products of a sum come together."""
    part_of, terms = scene.step["part_of"], scene.step["reads"]
    if part_of == "weighted_sum":
        b, z = scene.layer["b"][scene.one], scene.layer["z"][scene.one]
        params = {**scene.place(), "n": len(terms) - 1, "b": number(b), "z": number(z)}
        return ("step.accumulate.forward_one" if len(terms) == 2 else "step.accumulate.forward"), params
    many = "one" if len(terms) == 1 else "many"
    if part_of == "input_gradient":
        value = scene.trace["dl_dx"][scene.one]
        params = {"sub": subscript(scene.one + 1), "n": len(terms), "value": number(value)}
        return f"step.accumulate.input_{many}", params
    value = scene.layer["dl_da"][scene.one]
    return f"step.accumulate.backward_{many}", {**scene.place(), "n": len(terms), "value": number(value)}


CHOOSERS: Mapping[str, Callable[[Scene], Chosen]] = {
    chooser.__name__: chooser
    for chooser in (
        weighted_sum,
        activation,
        loss,
        loss_gradient,
        inject,
        gain,
        backward_sum,
        amplify,
        weight_gradient,
        bias_gradient,
        input_gradient,
        weight_change,
        bias_change,
        weight_update,
        bias_update,
        product,
        accumulate,
    )
}


def choose(step: Json, trace: Json, titles: Titles) -> Chosen:
    """The catalogue's key for a step and the values to fill in.

    Args:
        step: as the API sends it.
        trace: the trace it belongs to, as the API sends it.
        titles: names of activations and losses in the language wanted, by their words in JSON.
    """
    return CHOOSERS[step["operation"]](Scene(step, trace, titles))
