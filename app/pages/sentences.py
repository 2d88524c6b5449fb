"""A step as a sentence a teacher would say: the words in a language for what the record says of itself.

``static/js/panels/walk/sentence.js`` fills in the same in the browser; a test holds the two voices against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..core.record.trace import Trace
from .i18n import Translate
from .numbers import apart, significant, subscript

Titles = Mapping[str, str]
"""The names of activations and losses in a language, by their words in JSON."""


def replaced_by(pointer: str) -> str:
    """The address of the number in whose place an updated one comes; empty for any other."""
    if pointer == "/updated/loss":
        return "/loss/value"
    found = re.fullmatch(r"/updated(/layers/\d+/[wb]/.*)", pointer)
    return found[1] if found else ""


def sentence(words: Mapping[str, Any], record: Trace, t: Translate, titles: Titles) -> str:
    """The ``words`` of a step with everything filled in.

    Args:
        words: a key among the texts and its params, as ``core.record.operations.scene`` describes them.
        record: the trace that they speak of.
        t: the texts in a language.
        titles: in the same language.
    """

    def shown(param: Any) -> Any:
        match param:
            case str():
                value = record.numbers[record.layout.position[param]]
                old = record.layout.position.get(replaced_by(param))
                return significant(value) if old is None else apart(record.numbers[old], value)
            case {"number": value}:
                return significant(value)
            case {"list": pointers}:
                return ", ".join(map(shown, pointers))
            case {"subscript": index}:
                return subscript(index)
            case {"name": name}:
                return titles.get(name, name)
            case {"key": _}:
                return sentence(param, record, t, titles)
        return param

    return t(words["key"], **{name: shown(param) for name, param in words["params"].items()})
