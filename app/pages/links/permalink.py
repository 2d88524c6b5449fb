"""From a walk in words to the same network in the Explorer, by its link (``static/js/state/links/permalink.js``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from ...core.functions.activations import key_in
from ..forms import shown
from ..i18n import paired

Json = dict[str, Any]

VERSION = "1"
LEGIBLE = ",/()"
"""What a fragment may have as it stands, so that people can read their links."""


def numbers(values: Sequence[float]) -> str:
    """As the link has them: all digits, commas between."""
    return ",".join(map(shown, values))


def explorer_link(name: str, request: Json, edited: bool, language: str) -> str:
    """The fragment, without the #: the preset's name, or every number of a network that was changed.

    Args:
        name: of the preset.
        request: the trace request.
        edited: whether it differs from the preset's.
        language: of the page.
    """
    parts = {"preset": name}
    if edited:
        layers = request["network"]["layers"]
        theta = [number for layer in layers for row in (*layer["w"], layer["b"]) for number in row]
        parts = {
            "sizes": "-".join(map(str, (len(request["x"]), *(len(layer["b"]) for layer in layers)))),
            "act": ",".join(map(key_in, layers)),
            "theta": numbers(theta),
            "x": numbers(request["x"]),
            "target": numbers(request["target"]),
            "loss": request["loss"],
        }
        if request.get("learning_rate") is not None:
            parts["rate"] = shown(request["learning_rate"])
        if request.get("freeze"):
            parts["freeze"] = ",".join(request["freeze"])
    entries = {"v": VERSION, **parts, "steps": request["steps"], "lang": paired(language)}
    return urlencode(entries, quote_via=quote, safe=LEGIBLE)
