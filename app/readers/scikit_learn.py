"""What scikit-learn's multilayer perceptrons keep: ``coefs_`` (inputs × outputs) and ``intercepts_``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .naming import activation
from .numbers import matrix, turned, vector
from .reading import Found, NotRead, Reading, text


def is_scikit_learn(document: Any) -> bool:
    """Whether a document holds the fitted attributes of an MLP."""
    return isinstance(document, dict) and isinstance(document.get("coefs_"), list)


def read_scikit_learn(document: Mapping[str, Any]) -> Reading:
    """The layers of an MLPClassifier or MLPRegressor. Raises ``NotRead``."""
    reading = Reading("scikit_learn", [])
    coefs, intercepts = document["coefs_"], document.get("intercepts_")
    if not isinstance(intercepts, list) or len(intercepts) != len(coefs):
        raise NotRead(
            "wrong_length",
            text("Expected as many intercepts_ as coefs_.", "intercepts_ 应与 coefs_ 一样多。"),
            "/intercepts_",
        )
    hidden, output = document.get("activation"), document.get("out_activation_")
    for index, (w, b) in enumerate(zip(coefs, intercepts, strict=True)):
        last = index == len(coefs) - 1
        word, at = (output, "/out_activation_") if last else (hidden, "/activation")
        found = Found(str(index + 1), w=turned(matrix(w, f"/coefs_/{index}")), b=vector(b, f"/intercepts_/{index}"))
        found.activation = None if word is None else activation(word, at, reading)
        reading.layers.append(found)
    reading.note(
        "kernels_turned",
        "scikit-learn's coefs_ stand inputs × outputs; they were turned round.",
        "scikit-learn 的 coefs_ 按“输入 × 输出”存放，已经转置。",
    )
    return reading
