"""The texts in both languages, from the files that the browser reads too, and which language a visitor gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol

import orjson

from ..resources import STATIC

TEXTS = STATIC / "js" / "i18n"
PAIRED = ("en", "zh")
"""The languages of titles and descriptions that are written beside what they describe."""
LANGUAGES = (*PAIRED, *sorted({path.stem for path in TEXTS.glob("*.json")} - set(PAIRED)))
"""One for each file of texts."""

COOKIE = "lang"
MAX_RANGES = 50

_GAP = re.compile(r"\{(\w+)\}")
_RANGE = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*([0-9.]{1,5})\s*)?", re.ASCII)


class Translate(Protocol):
    """``t(key, **params)``: a text of the catalogue with its gaps filled."""

    def __call__(self, key: str, **params: Any) -> str:
        """Look up and fill in; a missing key is a KeyError that names it."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language, read once."""
    texts: dict[str, str] = orjson.loads((TEXTS / f"{language}.json").read_bytes())
    return MappingProxyType(texts)


TAGS: Mapping[str, str] = MappingProxyType({each: catalogue(each)["language.tag"] for each in LANGUAGES})
"""The values of ``<html lang>``; the tag tells the browser which Chinese glyphs to take."""


def paired(language: str) -> str:
    """The language of titles and descriptions on a page in ``language``: that one if they have it, else English."""
    return language if language in PAIRED else PAIRED[0]


@cache
def translator(language: str) -> Translate:
    """``t`` for one language; a parameter may be a text itself, as ``{"key": …, "params": …}``."""
    texts = catalogue(language)

    def t(key: str, **params: Any) -> str:
        def value(gap: re.Match[str]) -> str:
            if gap[1] not in params:
                return gap[0]
            filling = params[gap[1]]
            return t(filling["key"], **filling.get("params", {})) if isinstance(filling, dict) else str(filling)

        return _GAP.sub(value, texts[key])

    return t


def accepted(header: str) -> str | None:
    """The language of ours that an Accept-Language header wants most, or None if it wants none.

    Source: RFC 9110, section 12.5.4; a range that cannot be read is passed over.
    """
    wanted: dict[str, float] = {}
    for part in header.split(",")[:MAX_RANGES]:
        match = _RANGE.fullmatch(part)
        if not match:
            continue
        try:
            quality = 1.0 if match[2] is None else float(match[2])
        except ValueError:
            continue
        language = match[1].split("-")[0].lower()
        if 0 <= quality <= 1:
            wanted[language] = max(quality, wanted.get(language, 0.0))
    rest = wanted.get("*", 0.0)
    # A language that is not listed counts as *, and one listed wins against one that is not.
    ranked = [(wanted.get(language, rest), language in wanted, language) for language in LANGUAGES]
    quality, _, _ = best = max(ranked, key=lambda each: each[:2])
    if quality <= 0:
        return None
    listed = [language for language in wanted if language in LANGUAGES and wanted[language] == quality]
    return listed[0] if best[1] and listed else best[2]


def language_of(query: str | None, cookie: str | None, header: str | None) -> str:
    """The language of a page: what the address says, else what was chosen before, else what the browser asks for."""
    for choice in (query, cookie):
        if choice in LANGUAGES:
            return choice
    return accepted(header or "") or LANGUAGES[0]
