"""What is said about a table, in both languages: each sentence stands in one of two registries under a stable code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .note_texts import NOTES
from .refusal_texts import REFUSALS

LONGEST_SHOWN = 40
"""Characters of a cell or a name that a sentence repeats."""


@dataclass(frozen=True)
class Note:
    """One thing that was guessed, left away or left out.

    Attributes:
        code: which kind of thing, for programs.
        text: the sentence by language.
        column: name of the column it is about; None if it is about the file.
        row: number of the row it is about, counted in the file from 1; None if it is about no single row.
    """

    code: str
    text: Mapping[str, str]
    column: str | None = None
    row: int | None = None

    def document(self) -> dict[str, object]:
        """As the API writes it."""
        return {
            "code": self.code,
            "column": self.column,
            "row": self.row,
            "detail": self.text["en"],
            "text": dict(self.text),
        }


class Refused(Exception):
    """These bytes, or this choice of columns, cannot become what was asked for.

    Attributes:
        code: which kind of reason, a name in ``REFUSALS``.
        text: the sentence by language: what it is and what to do.
        about: which query parameter it is about; "" if it is the file.
    """

    def __init__(self, code: str, about: str = "", **values: object) -> None:
        """Look up the sentence of ``code`` and put ``values`` into it."""
        self.code = code
        self.about = about
        self.text = filled(REFUSALS[code], values)
        super().__init__(self.text["en"])


class TooMuch(Exception):
    """A table that goes over a limit.

    Attributes:
        limit: name of the limit.
        count: what the table has.
    """

    def __init__(self, limit: str, count: int) -> None:
        """Name the limit."""
        super().__init__(limit)
        self.limit = limit
        self.count = count


def shown(value: object) -> str:
    """A value as a sentence repeats it: on one line and not too long."""
    text = " ".join(str(value).split()) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def filled(texts: tuple[str, str], values: Mapping[str, object]) -> Mapping[str, str]:
    """The sentence in both languages, English first, with the values in it."""
    said = {name: shown(value) for name, value in values.items()}
    return MappingProxyType({"en": texts[0].format_map(said), "zh": texts[1].format_map(said)})


def note(code: str, column: str | None = None, row: int | None = None, **values: object) -> Note:
    """A note of this code; ``column`` and ``row`` may stand in its sentence too."""
    return Note(code, filled(NOTES[code], {"column": column or "", "row": row or 0, **values}), column, row)
