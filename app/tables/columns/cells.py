"""What one cell may be, whatever its column: missing, a number in some spelling, a date, a plain word."""

from __future__ import annotations

import re

MISSING = frozenset(
    (
        "",
        *("NA", "na", "N/A", "n/a", "N.A.", "n.a.", "#N/A", "<NA>", "NaN", "nan", "NAN", "NaT"),
        *("null", "NULL", "Null", "None", "nil", "(null)", "\\N", "?", "-", "--", "---", "–", "—", "−"),
        *(".", "..", "...", "…", "#DIV/0!", "#VALUE!", "#REF!", "#NULL!", "(blank)", "缺失", "无数据"),
    )
)
"""What spreadsheets, databases, R, pandas, SPSS and SAS write where there is nothing."""

LONGEST_NUMBER = 400
"""Characters; the largest float64 has 309 digits."""

_ASCII = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\u2002\u2003", " "),
        **dict.fromkeys("−‒–﹣－", "-"),
        **dict.fromkeys("’‘ʼ´", "'"),
        **{"．": ".", "，": ",", "＋": "+", "％": "%", "￥": "¥", "＄": "$", "（": "(", "）": ")"},
    }
)


def plain(cell: str) -> str:
    """The cell with the digits, spaces, signs and marks of ASCII in place of their likes."""
    return cell if cell.isascii() else cell.translate(_ASCII).strip()


CURRENCY = r"(?:US\$|[$€£¥₹₩₽]|CHF|EUR|USD|GBP|CNY|RMB|JPY|INR)"
_BODY = r"(?:\d[\d.,'_ ]*\d|\d[.,]?|[.,]\d+)(?:[eE][-+]?\d+)?"
_UNIT = rf"(?:{CURRENCY}|[A-Za-zµμ°%‰元℃Ω](?:[A-Za-z0-9µμ°²³/%·^-]{{0,9}}))"
SPELLING = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+]?)\s*(?P<before>{CURRENCY})?\s*(?P<sign2>[-+]?)"
    rf"(?P<body>{_BODY})\s*(?P<after>{_UNIT})?\s*(?P<close>\))?"
)
"""A number with all that may stand around it; how its marks are to be read is another question."""

NUMBER_LIKE = re.compile(
    rf"\(?\s*[-+]?\s*(?:{CURRENCY})?\s*[-+]?(?:\d{{1,3}}(?:[.,'_ ]\d{{3}})+|\d+)?(?:[.,]\d*)?(?<=[\d.,])"
    rf"(?:[eE][-+]?\d+)?\s*(?:%|‰|{CURRENCY})?\s*\)?"
)
"""A number as far as one can say without its column."""

_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?"
_ZONE = r"(?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
_MONTH = r"(?:[Jj]an|[Ff]eb|[Mm]a[ryi]|[Aa]pr|[Jj]u[nl]|[Aa]ug|[Ss]ep|[Oo][ck]t|[Nn]ov|[Dd]e[cz])[a-z]{0,6}\.?"
DATE = re.compile(
    rf"(?:\d{{4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|\d{{1,2}}([-/.])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})|\d{{1,2}}/\d{{4}}"
    rf"|\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?|\d{{1,2}}月\d{{1,2}}日|\d{{4}}[-/ ]?Q[1-4]|\d{{4}}-?W\d{{2}}"
    rf"|(?:\d{{1,2}}\.?[- ]?)?{_MONTH}[- ,]*(?:\d{{1,2}},?)?[- ]?(?:\d{{4}}|\d{{2}})|{_MONTH}\s\d{{1,2}})"
    rf"(?:[T ]\s*{_TIME}{_ZONE})?|{_TIME}{_ZONE}"
)
"""A date, a time or both, in the ways of English, German, Chinese and ISO 8601."""


_HARMLESS = re.compile(r"'+[=+\-@\t\r\n]")


def as_meant(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it, as this program's own files have it.

    The same rule as in ``static/js/kit/csv-cell.js``. Source: OWASP, CSV Injection.
    """
    return cell[1:] if cell[:1] == "'" and _HARMLESS.match(cell) else cell


def is_number_like(cell: str) -> bool:
    """Whether this may be a number, by one decimal mark or the other."""
    text = plain(cell)
    return len(text) <= LONGEST_NUMBER and NUMBER_LIKE.fullmatch(text) is not None and any(map(str.isdigit, text))


def is_date_like(cell: str) -> bool:
    """Whether this may be a date or a time. ``2010.05`` is a number first."""
    return len(cell) <= LONGEST_NUMBER and DATE.fullmatch(cell) is not None
