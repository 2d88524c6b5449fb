"""Our own network or trace request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .naming import activation
from .numbers import is_number, matrix, vector
from .reading import Found, NotRead, Reading, text

REST = ("x", "target", "loss", "learning_rate", "freeze", "signal")
"""What of a trace request stands beside its network."""


def layers_in(document: Any) -> list[Any] | None:
    """The list of layers of our own kind; None if there is none."""
    if not isinstance(document, dict):
        return None
    network = document.get("network", document)
    layers = network.get("layers") if isinstance(network, dict) else None
    if not isinstance(layers, list) or not layers:
        return None
    return layers if all(isinstance(each, dict) and "w" in each for each in layers) else None


def read_own(document: Mapping[str, Any], layers: list[Any]) -> Reading:
    """The layers as they stand. Raises ``NotRead``."""
    reading = Reading("backpropscope", [])
    prefix = "/network/layers" if "network" in document else "/layers"
    for index, layer in enumerate(layers):
        at = f"{prefix}/{index}"
        found = Found(str(index + 1), w=matrix(layer["w"], f"{at}/w"))
        if layer.get("b") is not None:
            found.b = vector(layer["b"], f"{at}/b")
        slope, word = layer.get("slope"), layer.get("activation")
        if slope is not None and not is_number(slope):
            raise NotRead("no_number", text("Expected a number here.", "这里应当是一个数。"), f"{at}/slope")
        if word is not None:
            parameters = {} if slope is None else {"slope": float(slope)}
            found.activation = activation(word, f"{at}/activation", reading, parameters)
        reading.layers.append(found)
    reading.rest = {name: document[name] for name in REST if document.get(name) is not None}
    return reading
