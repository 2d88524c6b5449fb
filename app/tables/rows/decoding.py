"""Bytes to text: what is no text is refused by name; else its encoding is found, or taken as given.

Of the encodings without a mark of their own UTF-8 is certain where it fits at all. What is left is told apart by where
the bytes above 127 stand: in GB18030 they come in pairs, mostly of the 3755 common characters of GB 2312's first level;
in Windows-1252 mostly alone between ASCII letters.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..words.saying import Refused
from .signatures import kind_of

ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "utf-8-sig",
        "utf-16le": "utf-16-le",
        "utf-16be": "utf-16-be",
        "windows-1252": "cp1252",
        "gb18030": "gb18030",
        "big5": "big5hkscs",
        "shift_jis": "cp932",
        "euc-kr": "cp949",
        "windows-1250": "cp1250",
        "windows-1251": "cp1251",
    }
)
"""Names as browsers know them (WHATWG Encoding Standard), to Python's codecs."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
HIGH = re.compile(rb"[\x80-\xff]+")
COMMON = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
"""First level of GB 2312."""
LOOKED_AT = 64 * 1024
MANY_CONTROLS = 0.01
"""Share of characters that no text has; a few come from programs that are careless with theirs."""
FEW_NULS = 0.05
MANY_NULS = 0.2


class Text(NamedTuple):
    """The text of a file, the name of its encoding, and whether the file itself said so or cannot be read otherwise."""

    text: str
    encoding: str
    is_certain: bool


def decoded(raw: bytes, encoding: str | None = None) -> Text:
    """The text that these bytes are.

    Args:
        raw: a whole file.
        encoding: a key of ``ENCODINGS``; None to find it.

    Raises:
        Refused: it is empty, no text, or not in the encoding given.
    """
    if not raw.strip(b"\0 \t\r\n\f\xef\xbb\xbf\xff\xfe"):
        raise Refused("empty")
    kind = kind_of(raw)
    if kind is not None:
        raise Refused(kind.code, kind=kind.name)
    found, is_certain = (encoding, True) if encoding else encoding_of(raw)
    try:
        text = raw.decode(ENCODINGS[found]).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise Refused("wrong_encoding" if encoding else "binary", encoding=found) from None
    if not text.strip():
        raise Refused("empty")
    if "\0" in text or len(CONTROL.findall(text)) > MANY_CONTROLS * len(text):
        raise Refused("wrong_encoding" if encoding else "binary", encoding=found)
    if _is_json(text):
        raise Refused("json")
    return Text(text, found, is_certain)


def encoding_of(raw: bytes) -> tuple[str, bool]:
    """A key of ``ENCODINGS``, and whether there is no doubt."""
    for mark, name in MARKS:
        if raw.startswith(mark):
            return name, True
    wide = _wide(raw[:LOOKED_AT])
    if wide:
        return wide, True
    try:
        raw.decode("utf-8")
        return "utf-8", True
    except UnicodeDecodeError:
        pass
    return ("gb18030" if _is_chinese(raw) else "windows-1252"), False


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: digits, separators and line ends have a NUL at every second place."""
    pairs = len(start) // 2
    if not pairs:
        return None
    even, odd = start[0 : 2 * pairs : 2].count(0) / pairs, start[1 : 2 * pairs : 2].count(0) / pairs
    if odd > MANY_NULS and even < FEW_NULS:
        return "utf-16le"
    if even > MANY_NULS and odd < FEW_NULS:
        return "utf-16be"
    return None


def _is_chinese(raw: bytes) -> bool:
    """Whether bytes that are no UTF-8 are more likely GB18030 than Windows-1252."""
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    runs = HIGH.findall(raw)
    pairs = sum(len(run) // 2 for run in runs)
    common = sum(len(COMMON.findall(run)) for run in runs)
    alone = sum(len(run) % 2 for run in runs)
    return common > pairs / 2 and common > alone


def _is_json(text: str) -> bool:
    """Whether this is one JSON value, and not a table whose first cell has a bracket."""
    if text.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
