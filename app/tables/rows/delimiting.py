"""Which separator a text has: the one that gives most rows the same number of cells, each of which makes sense."""

from __future__ import annotations

import csv
from collections import Counter

from ..columns.cells import MISSING, is_date_like, is_number_like
from .records import DELIMITERS, split_lines

SAMPLE_CHARACTERS = 64 * 1024
SAMPLE_ROWS = 200
LONGEST_SAMPLED_ROW = 400
"""Cells of a row that are looked at."""
COMMENTS = ("#", "%", "//")
_LIKELY = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 1.0, " ": 0.8, "  ": 0.79}
"""How far to trust each: spaces stand in sentences and names too."""
_LEAST = 0.1
_SEPARATING = frozenset(",;\t|")
_BLANKS = (DELIMITERS["spaces"], DELIMITERS["wide"])


def guessed_delimiter(text: str) -> str | None:
    """One of ``DELIMITERS``' values; None if the text seems to have one column."""
    sample = text[:SAMPLE_CHARACTERS]
    lines = sample.split("\n")
    if len(text) > len(sample) and len(lines) > 1:
        lines.pop()
    lines = [line for line in lines if line.strip() and not line.lstrip().startswith(COMMENTS)][:SAMPLE_ROWS]
    scores = {delimiter: _score(lines, delimiter) for delimiter in DELIMITERS.values()}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if best in _BLANKS:
        best = _within_sentences(lines, best) or best
    return best if scores[best] > _LEAST else None


def _within_sentences(lines: list[str], blanks: str) -> str | None:
    """A separator that tells more than blanks do of the rows between the first and the last that have it.

    Titles above a table and remarks below it are sentences: by chance they have as many words as the table has columns,
    and then speak for blanks. They have no say here, as long as most of the file is between them.
    """
    better: dict[str, float] = {}
    for separator in sorted(_SEPARATING):
        having = [place for place, line in enumerate(lines) if separator in line]
        rows = lines[having[0] : having[-1] + 1] if having else []
        if len(rows) > 1 and 2 * len(rows) >= len(lines):
            score = _score(rows, separator)
            if score > _score(rows, blanks):
                better[separator] = score
    return max(better, key=lambda separator: better[separator]) if better else None


def _score(lines: list[str], delimiter: str) -> float:
    """From 0 to 1: the share of rows of the commonest width, times how much sense their cells make."""
    try:
        rows = split_lines(lines, delimiter)
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    cells = [cell.strip() for row in rows if len(row) == width for cell in row[:LONGEST_SAMPLED_ROW]]
    sense = sum(map(_sense, cells)) / len(cells)
    return _LIKELY[delimiter] * (count / len(rows)) * sense


def _sense(cell: str) -> float:
    """How much sense a cell makes by itself."""
    if cell in MISSING or is_date_like(cell):
        return 1.0
    if is_number_like(cell):
        return 0.3 if " " in cell else 1.0
    if _SEPARATING.intersection(cell):
        return 0.0
    words = cell.split()
    if sum(map(is_number_like, words)) > 1 or (len(words) > 1 and all(map(_is_value, words))):
        return 0.0
    return 0.9 if len(words) > 1 else 1.0


def _is_value(word: str) -> bool:
    """Whether a word is a cell by itself: a number, or what stands for a missing one."""
    return word in MISSING or is_number_like(word)
