"""What a visitor changed in the address: the fields of the form, read, checked at the API's door, shown again.

The name of a field is a JSON Pointer into the trace request, so that a changed page is a link and an error of the API
finds the field that it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from ..api.bounds.limits import check_network, check_steps, parameter_count
from ..api.trace.schemas import TraceRequest
from ..api.trace.shapes import structure_of
from ..api.wire.incoming.validation import parse
from ..api.wire.problems import InputError, Problem
from ..core.functions.activations import ACTIVATIONS
from ..core.functions.losses import LOSSES
from ..core.record.layout import Structure
from ..core.record.plan import count_steps
from .numbers import is_too_large, parse_number

Json = dict[str, Any]

FORM_PARAMETERS = 120
"""A form of more weights and biases than this is no help, and its address too long for some servers."""

WHOLE_LAYERS = 200
"""Above so many parameters the walk goes layer by layer unless another is asked for."""

PAGE_STEPS = 1500
"""Steps that a page can hold and still be read, searched and printed."""

MAX_TYPED = 200
CHOICES = ("/loss", "/steps")


@dataclass(frozen=True)
class Message:
    """What is wrong with one field: a key of the catalogue and its parameters."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Draft:
    """A trace request with the visitor's changes.

    Attributes:
        request: the request as changed so far.
        typed: by pointer, what came in the address, as it came.
        messages: by pointer, what is wrong; "" for what belongs to no field.
        unknown: how many values belong to no field.
    """

    request: Json
    typed: dict[str, str] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    unknown: int = 0

    @property
    def edited(self) -> bool:
        """Whether the numbers may differ from those of the preset."""
        return bool(set(self.typed) - {"/steps"})


def places(request: Json) -> dict[str, tuple[Any, str | int]]:
    """Every number of a request that can be changed: its pointer, the list or object it is in, its place there."""
    found: dict[str, tuple[Any, str | int]] = {"/learning_rate": (request, "learning_rate")}
    for name in ("x", "target"):
        found |= {f"/{name}/{index}": (request[name], index) for index in range(len(request[name]))}
    for number, layer in enumerate(request["network"]["layers"]):
        at = f"/network/layers/{number}"
        found |= {f"{at}/b/{row}": (layer["b"], row) for row in range(len(layer["b"]))}
        found |= {
            f"{at}/w/{row}/{column}": (weights, column)
            for row, weights in enumerate(layer["w"])
            for column in range(len(weights))
        }
    return found


def read(original: Json, query: Mapping[str, str]) -> Draft:
    """Apply what stands in the address to a preset's request.

    Args:
        original: the preset's trace request; a copy of its own, it is changed.
        query: the address's parameters; those whose name is no pointer are not ours.
    """
    request = original
    layers = request["network"]["layers"]
    is_large = sum(len(layer["b"]) * (len(layer["w"][0]) + 1) for layer in layers) > WHOLE_LAYERS
    if request.get("steps", "none") == "none" or is_large:
        request["steps"] = "layer" if is_large else "unit"
    draft = Draft(request)
    numbers = places(request)
    activations = {f"/network/layers/{number}/activation": layer for number, layer in enumerate(layers)}
    for pointer, raw in query.items():
        if not pointer.startswith("/"):
            continue
        typed = raw[:MAX_TYPED]
        if pointer in numbers:
            _take_number(draft, pointer, typed, *numbers[pointer])
        elif pointer in activations:
            _take_choice(draft, pointer, typed, activations[pointer], "activation")
        elif pointer in CHOICES:
            _take_choice(draft, pointer, typed, request, pointer[1:])
        else:
            draft.unknown += 1
    return draft


def _take_choice(draft: Draft, pointer: str, typed: str, container: Json, name: str) -> None:
    """Put a name where it belongs, whatever it is: the API knows which there are."""
    if container[name] != typed:
        draft.typed[pointer] = container[name] = typed
    if pointer == "/steps" and typed == "none":
        draft.messages[pointer] = Message("error.not_a_choice")


def _take_number(draft: Draft, pointer: str, typed: str, container: Any, place: str | int) -> None:
    """Put one number where it belongs, or note what is wrong with it."""
    if pointer == "/learning_rate" and not typed.strip():
        draft.typed[pointer] = typed
        container.pop(place, None)
        return
    value = parse_number(typed)
    if value is None:
        draft.typed[pointer] = typed
        draft.messages[pointer] = Message(f"error.{'not_finite' if is_too_large(typed) else 'not_a_number'}")
    elif (isinstance(place, str) and place not in container) or container[place] != value:
        draft.typed[pointer] = typed
        container[place] = value


def check(draft: Draft, limits: Mapping[str, int]) -> tuple[TraceRequest, Structure, list[float]] | None:
    """Send the request through the door of the API; None, and messages in the draft, if it is not let in."""
    if draft.messages:
        return None
    try:
        body = parse(TraceRequest, orjson.dumps(draft.request), limits["request_numbers"])
        structure, given = structure_of(body)
        check_network(structure.sizes, limits, "")
        count = count_steps(structure, body.steps)
        check_steps(count, limits)
    except Problem as problem:
        for error in problem.errors or []:
            draft.messages[error.pointer] = _message(error, draft.request)
        return None
    if count > PAGE_STEPS:
        draft.messages["/steps"] = Message("error.too_many_steps", {"count": count, "limit": PAGE_STEPS})
        return None
    return body, structure, given


def _message(error: InputError, request: Json) -> Message:
    """The API's complaint in the words of the page: those of a field that has its own, else those of the code."""
    pointer = error.pointer
    match error.code:
        case "loss_does_not_fit":
            loss = LOSSES[request["loss"]]
            return Message("error.loss_does_not_fit", {"function": loss.title, "outputs": loss.outputs})
        case "last_layer_only":
            number = int(pointer.split("/")[3])
            name = request["network"]["layers"][number]["activation"]
            return Message("error.last_layer_only", {"function": ACTIVATIONS[name].title})
        case "unknown_activation":
            return Message("error.not_a_choice")
        case "not_a_choice" | "not_finite":
            return Message(f"error.{error.code}")
        case "limit_exceeded":
            limit = {"key": f"limit.{error.params['limit']}"}
            return Message("error.code.limit_exceeded.told", {**error.params, "limit": limit})
    return Message(f"error.code.{error.code}{'.told' if error.params else ''}", dict(error.params))


def shown(value: float | None) -> str:
    """A number as it stands in a field: all its digits, no more."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))


def offers_parameters(sizes: tuple[int, ...]) -> bool:
    """Whether the form has a field for each weight and bias."""
    return parameter_count(sizes) <= FORM_PARAMETERS
