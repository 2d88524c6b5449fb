"""Activations by the words that documents have for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.functions.activations import ACTIVATIONS, key_of, named, nearest, refusal
from .reading import NotRead, Reading, text


def activation(word: Any, pointer: str, reading: Reading, parameters: Mapping[str, float] | None = None) -> str:
    """The key of the activation that a word means; a note says so where it is not our own word.

    Raises:
        NotRead: it is none of ours, or a parameter is not possible.
    """
    if isinstance(word, str) and _is_key(word):
        return ACTIVATIONS[word].key
    ours = named(word) if isinstance(word, str) else None
    if ours is None:
        raise NotRead("unknown_activation", _unknown(word if isinstance(word, str) else ""), pointer)
    if word != ours:
        title = ACTIVATIONS[ours].title
        reading.note(
            "activation_understood",
            f"{word[:60]} is understood as {title['en']} ({ours}).",
            f"{word[:60]} 按 {title['zh']}（{ours}）理解。",
        )
    try:
        return key_of(ours, parameters or {})
    except (KeyError, ValueError):
        limits = ", ".join(
            f"{name} from {low:g} to {high:g}" for name, (low, high) in ACTIVATIONS[ours].choices.limits.items()
        )
        raise NotRead(
            "parameter_out_of_range",
            text(
                f"{ours} has these parameters: {limits or 'none'}; another one came.",
                f"{ours} 的参数：{limits or '无'}；这里的不在其内。",
            ),
            pointer,
        ) from None


def _is_key(word: str) -> bool:
    """Whether this is the key of an entry with parameters of its own, inside their limits."""
    try:
        entry = ACTIVATIONS[word]
        entry.choices.settle(entry.name, entry.parameters)
    except (KeyError, ValueError):
        return False
    return word not in ACTIVATIONS


def _unknown(word: str) -> Mapping[str, str]:
    names = ", ".join(ACTIVATIONS)
    close, instead = nearest(word), refusal(word)
    en = f"Expected one of {names}, or another usual name of one; this is none of them."
    zh = f"应为 {names} 之一，或它们的通行别名；这里的都不是。"
    if instead:
        return text(f"{en} {instead}.", f"{zh}{instead}。")
    return text(f"{en} The nearest is {close}.", f"{zh}最接近的是 {close}。") if close else text(en, zh)
