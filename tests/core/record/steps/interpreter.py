"""Executes steps alone: from the given numbers, by each step's ``operation``, reading nothing but its ``reads``."""

import numpy as np

from app.core.functions.activations import ACTIVATIONS, key_in, softmax_jacobian
from app.core.functions.losses import LOSSES


class Reads:
    """The known numbers, of which a step may look only at those it declares."""

    def __init__(self, known, allowed):
        self.known, self.allowed = known, set(allowed)

    def __getitem__(self, pointer):
        assert pointer in self.allowed, f"{pointer} is used but not read"
        return self.known[pointer]

    def vector(self, prefix):
        pairs = [(int(p[len(prefix) + 1 :]), p) for p in self.allowed if p.rpartition("/")[0] == prefix]
        return np.array([self[pointer] for _, pointer in sorted(pairs)])


def execute(steps, document, learning_rate=None):
    """All numbers written, by pointer. ``document`` gives what was given, the activations and the loss's name."""
    activations = [key_in(layer) for layer in document["layers"]]
    known = dict(flatten("/x", document["x"])) | dict(flatten("/target", document["target"]))
    known |= dict(flatten("/signal", document.get("signal", [])))
    for index, layer in enumerate(document["layers"]):
        known |= dict(flatten(f"/layers/{index}/w", layer["w"])) | dict(flatten(f"/layers/{index}/b", layer["b"]))
    for index, change in enumerate(document.get("previous_change", {"layers": []})["layers"]):
        for name in ("w", "b"):
            known |= dict(flatten(f"/previous_change/layers/{index}/{name}", change[name]))
    given = set(known)
    for step in steps:
        assert set(step["reads"]) <= set(known), f"step {step['index']} reads what is not known yet"
        reads = Reads(known, step["reads"])
        for pointer in step["writes"]:
            assert pointer not in known, f"{pointer} is written twice"
        values = [run(step, pointer, reads, activations, document, learning_rate) for pointer in step["writes"]]
        known |= dict(zip(step["writes"], values, strict=True))
    return {pointer: value for pointer, value in known.items() if pointer not in given}


def flatten(pointer, value):
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from flatten(f"{pointer}/{index}", each)
    else:
        yield pointer, value


def run(step, pointer, reads, activations, document, learning_rate):
    parts = pointer.split("/")[1:]
    last = len(activations) - 1
    out = ACTIVATIONS[activations[-1]]
    loss = LOSSES[document["loss"]["name"]]
    pair = None if "signal" in document else loss.pairs.get(activations[-1])
    match step["operation"]:
        case "weighted_sum":
            layer, unit = parts[1], parts[3]
            inputs = f"/layers/{int(layer) - 1}/a" if int(layer) else "/x"
            w = reads.vector(f"/layers/{layer}/w/{unit}")
            return sum(w * reads.vector(inputs)) + reads[f"/layers/{layer}/b/{unit}"]
        case "product":
            p, q = step["reads"]
            return reads[p] * reads[q]
        case "accumulate":
            return sum(reads[address] for address in step["reads"])
        case "activation":
            layer, unit = int(parts[1]), int(parts[3])
            entry = ACTIVATIONS[activations[layer]]
            if entry.reads_whole_layer:
                return entry.function(reads.vector(f"/layers/{layer}/z"), np)[unit]
            return float(entry.function(np.array([reads[f"/layers/{layer}/z/{unit}"]]), np)[0])
        case "loss" if step["phase"] == "update":
            return loss_after(reads, document, activations, loss)
        case "loss":
            return loss_of(
                loss, out, reads.vector(f"/layers/{last}/z"), reads.vector(f"/layers/{last}/a"), reads.vector("/target")
            )
        case "loss_gradient":
            unit = int(parts[3])
            a, target = reads[f"/layers/{last}/a/{unit}"], reads.known[f"/target/{unit}"]
            z = reads.known[f"/layers/{last}/z/{unit}"]
            residual = a - target
            if out.reads_whole_layer and len(step["reads"]) > 2 and target > 0.5:
                others = [reads[p] for p in step["reads"] if "/a/" in p and p != f"/layers/{last}/a/{unit}"]
                residual = (1 - target) - sum(others)
            elif f"/layers/{last}/z/{unit}" in reads.allowed:
                residual = out.residual(np.array(z), a, target, np)
            value = loss.derivative(np.array([z]), np.array([a]), np.array([residual]), np.array([target]), np)
            return float(value[0]) * loss.scale(len(document["target"]))
        case "inject":
            return reads[f"/signal/{parts[3]}"]
        case "gain" if parts[2] == "jacobian":
            layer, row, column = int(parts[1]), int(parts[3]), int(parts[4])
            entry = ACTIVATIONS[activations[layer]]
            return softmax_jacobian(entry.function(reads.vector(f"/layers/{layer}/z"), np))[row, column]
        case "gain":
            layer, unit = int(parts[1]), int(parts[3])
            return float(
                ACTIVATIONS[activations[layer]].derivative(np.array([reads[f"/layers/{layer}/z/{unit}"]]), np)[0]
            )
        case "backward_sum" | "input_gradient":
            layer = int(parts[1]) + 1 if step["operation"] == "backward_sum" else 0
            column = int(parts[-1])
            dl_dz = reads.vector(f"/layers/{layer}/dl_dz")
            return sum(reads[f"/layers/{layer}/w/{row}/{column}"] * d for row, d in enumerate(dl_dz))
        case "amplify":
            layer, unit = int(parts[1]), int(parts[3])
            if layer == last and pair:
                target = document["target"] if out.reads_whole_layer else [reads[f"/target/{unit}"]]
                z = (
                    reads.vector(f"/layers/{last}/z")
                    if out.reads_whole_layer
                    else np.array([reads[f"/layers/{last}/z/{unit}"]])
                )
                target = np.array(target, dtype=float)
                a = out.function(z, np)
                value = pair.dl_dz(z, a, out.residual(z, a, target, np), target, np)
                return float(value[unit if out.reads_whole_layer else 0])
            dl_da = reads.vector(f"/layers/{layer}/dl_da")
            if f"/layers/{layer}/jacobian/{unit}/{unit}" in reads.allowed:
                return sum(
                    -reads[f"/layers/{layer}/jacobian/{row}/{unit}"] * (dl_da[unit] - each)
                    for row, each in enumerate(dl_da)
                    if row != unit
                )
            return reads[f"/layers/{layer}/gain/{unit}"] * reads[f"/layers/{layer}/dl_da/{unit}"]
        case "weight_gradient":
            layer, unit, column = parts[1], parts[3], parts[4]
            sent = f"/layers/{int(layer) - 1}/a/{column}" if int(layer) else f"/x/{column}"
            return reads[f"/layers/{layer}/dl_dz/{unit}"] * reads[sent]
        case "bias_gradient":
            return reads[f"/layers/{parts[1]}/dl_dz/{parts[3]}"]
        case "weight_change" | "bias_change":
            layer, name, at = parts[3], parts[4], "/".join(parts[5:])
            previous = reads[f"/previous_change/layers/{layer}/{name}/{at}"]
            return document["momentum"] * previous - learning_rate * reads[f"/layers/{layer}/dl_d{name}/{at}"]
        case "weight_update" | "bias_update" if "momentum" in document:
            here = "/".join(parts[1:])
            return reads[f"/{here}"] + reads[f"/updated/change/{here}"]
        case "weight_update" | "bias_update":
            here = "/".join(parts[2:])
            return (
                reads[f"/layers/{parts[2]}/" + here.split("/", 1)[1]]
                - learning_rate * reads[f"/layers/{parts[2]}/dl_d" + here.split("/", 1)[1]]
            )
    raise AssertionError(step["operation"])


def loss_of(loss, out, z, a, target):
    z = z if len(z) else np.zeros_like(a)
    target = target if len(target) else np.zeros_like(a)
    pair = loss.pairs.get(out.name)
    residual = out.residual(z, a, target, np)
    return float(sum((pair or loss).element(z, a, residual, target, np)) * loss.scale(len(a)))


def loss_after(reads, document, activations, loss):
    signal = reads.vector("/x")
    z = signal
    for index, name in enumerate(activations):
        prefix = f"/updated/layers/{index}"
        w = [
            reads.vector(f"{prefix}/w/{row}")
            if f"{prefix}/w/{row}/0" in reads.allowed
            else reads.vector(f"/layers/{index}/w/{row}")
            for row in range(len(document["layers"][index]["w"]))
        ]
        b = reads.vector(f"{prefix}/b") if f"{prefix}/b/0" in reads.allowed else reads.vector(f"/layers/{index}/b")
        z = np.array(w) @ signal + b
        signal = ACTIVATIONS[name].function(z, np)
    return loss_of(loss, ACTIVATIONS[activations[-1]], z, signal, reads.vector("/target"))
