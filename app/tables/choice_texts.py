"""What the ways to read a file are called: value to English and Chinese, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .rows.decoding import ENCODINGS
from .rows.records import DELIMITERS
from .table import DECIMALS

_DELIMITERS = {
    "comma": ("comma", "逗号"),
    "semicolon": ("semicolon", "分号"),
    "tab": ("tab", "制表符"),
    "bar": ("bar |", "竖线 |"),
    "spaces": ("spaces", "空格"),
    "wide": ("two spaces or more", "两个以上空格"),
}
_DECIMALS = {"point": ("point 0.5", "句点 0.5"), "comma": ("comma 0,5", "逗号 0,5")}
_ENCODINGS = {
    "utf-8": ("Unicode (utf-8)", "Unicode（utf-8）"),
    "utf-16le": ("Unicode (utf-16le)", "Unicode（utf-16le）"),
    "utf-16be": ("Unicode (utf-16be)", "Unicode（utf-16be）"),
    "windows-1252": ("Western European (windows-1252)", "西欧（windows-1252）"),
    "gb18030": ("Chinese (gb18030)", "中文（gb18030）"),
    "big5": ("Traditional Chinese (big5)", "繁体中文（big5）"),
    "shift_jis": ("Japanese (shift_jis)", "日文（shift_jis）"),
    "euc-kr": ("Korean (euc-kr)", "韩文（euc-kr）"),
    "windows-1250": ("Central European (windows-1250)", "中欧（windows-1250）"),
    "windows-1251": ("Cyrillic (windows-1251)", "西里尔文（windows-1251）"),
}

CHOICES: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "delimiter": {mark: _DELIMITERS[name] for name, mark in DELIMITERS.items()},
        "decimal": {mark: _DECIMALS[name] for name, mark in DECIMALS.items()},
        "encoding": {name: _ENCODINGS[name] for name in ENCODINGS},
    }
)
"""By the parameter that takes the value."""
