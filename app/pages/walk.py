"""The walk through one trace, as the template shows it: network, steps in phases, comparison, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from ..api.bounds.limits import parameter_count
from ..core.functions.activations import ACTIVATIONS
from ..core.functions.losses import LOSSES
from ..core.record.layout import Structure
from ..core.record.operations.formulas import Symbols
from ..core.record.plan import PHASES
from ..core.record.steps import each_step
from ..core.record.trace import Trace, trace_of
from .i18n import Translate, paired
from .numbers import significant, subscript
from .readable import readable
from .sentences import sentence

Json = dict[str, Any]

SHOWN_DIGITS = 6
COMPARED_DIGITS = 10
UNBROKEN_EQUALS = "\u00a0=\u00a0"
"""So that no line ends between a symbol and its value."""


def titles(language: str) -> dict[str, str]:
    """The names of all activations and losses, by their words in JSON."""
    activations = {name: entry.title[paired(language)] for name, entry in ACTIVATIONS.items()}
    return activations | {name: entry.title[paired(language)] for name, entry in LOSSES.items()}


def indexed(letter: str, *indices: int) -> str:
    """A symbol with subscripts counted from 1, a comma between them once one has two digits."""
    shown = [subscript(index + 1) for index in indices]
    return letter + ("," if any(index > 8 for index in indices) and len(indices) > 1 else "").join(shown)


def formula(latex: str) -> Json:
    """A formula and how it reads until it is typeset."""
    return {"tex": latex, "text": readable(latex)}


def vector(letter: str, values: Sequence[float]) -> list[Json]:
    """Named numbers."""
    return [
        {"name": indexed(letter, index), "value": significant(value, SHOWN_DIGITS)}
        for index, value in enumerate(values)
    ]


def network(request: Json, structure: Structure, names: Mapping[str, str]) -> Json:
    """What is given: the inputs, the target, each layer's parameters."""
    layers = []
    for number, layer in enumerate(request["network"]["layers"]):
        entry = ACTIVATIONS[layer["activation"]]
        layers.append(
            {
                "number": number + 1,
                "function": names[entry.name],
                "formula": formula(entry.formula),
                "parameters": len(layer["b"]) * (len(layer["w"][0]) + 1),
                "columns": [indexed("a" if number else "x", column) for column in range(len(layer["w"][0]))],
                "rows": [
                    {"w": [significant(w, SHOWN_DIGITS) for w in row], "b": significant(b, SHOWN_DIGITS)}
                    for row, b in zip(layer["w"], layer["b"], strict=True)
                ],
            }
        )
    return {
        "x": vector("x", request["x"]),
        "target": vector("ŷ", request["target"]) if LOSSES[structure.loss].uses_target else [],
        "layers": layers,
        "shape": "-".join(map(str, structure.sizes)),
        "parameters": parameter_count(structure.sizes),
        "loss": names[structure.loss],
        "loss_formula": formula(LOSSES[structure.loss].formula),
    }


def phases(trace: Trace, granularity: str, t: Translate, names: Mapping[str, str]) -> list[Json]:
    """All steps, each with its sentence and its formula, by phase and layer."""
    shown = []
    for step in each_step(trace, granularity, details=("words",)):
        shown.append(
            {
                "number": step["index"] + 1,
                "phase": step["phase"],
                "layer": None if step["layer"] is None else step["layer"] + 1,
                "sentence": sentence(step["words"], trace, t, names).replace(" = ", UNBROKEN_EQUALS),
                "symbols": formula(step["formula"]),
                "numbers": formula(step["numbers"]),
            }
        )
    result = []
    for phase, group in groupby(shown, key=lambda step: step["phase"]):
        members = list(group)
        layers = [
            {"layer": layer, "steps": list(of_layer)}
            for layer, of_layer in groupby(members, key=lambda step: step["layer"])
        ]
        result.append({"name": phase, "number": PHASES.index(phase) + 1, "count": len(members), "layers": layers})
    return result


def published(rows: Sequence[Json], trace: Trace, language: str) -> list[Json]:
    """What the source printed beside what we have."""
    symbols = Symbols(trace.layout)
    result = []
    for row in rows:
        position = trace.layout.position[row["pointer"]]
        remark = row.get("remark")
        result.append(
            {
                "symbol": formula(symbols[position]),
                "printed": f"{row['value']:.{row['digits']}f}".replace("-", "−"),
                "ours": significant(trace.numbers[position], COMPARED_DIGITS),
                "agrees": row["agrees"],
                "remark": remark[paired(language)] if remark else "",
            }
        )
    return result


def walk(
    preset: Json, request: Json, structure: Structure, given: list[float], edited: bool, language: str, t: Translate
) -> Json:
    """All that the template needs beside the form and the frame of the page."""
    names = titles(language)
    rate = request.get("learning_rate")
    trace = trace_of(structure, given, rate)
    counted = trace.counts
    return {
        "network": network(request, structure, names),
        "phases": phases(trace, request["steps"], t, names),
        "rate": significant(rate),
        "published": [] if edited else published(preset.get("published", []), trace, language),
        "was_published": bool(preset.get("published")),
        "counts": [{"name": name, "value": f"{value:,}".replace(",", "\u202f")} for name, value in counted.items()],
    }
