"""What reading a document comes to: layers as they were found, notes, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Text = Mapping[str, str]
Matrix = list[list[float]]

MOST_NOTES = 40


def text(en: str, zh: str) -> Text:
    """A sentence in both languages."""
    return MappingProxyType({"en": en, "zh": zh})


@dataclass(frozen=True)
class Note:
    """One thing that was understood, or that is missing.

    Attributes:
        code: a stable word for it.
        text: the sentence, by language.
    """

    code: str
    text: Text


class NotRead(ValueError):
    """A document that is no network we can read, and what could be done."""

    def __init__(self, code: str, said: Text, pointer: str = "") -> None:
        """Keep them: a code, the sentence by language, and where in the document it is."""
        super().__init__(said["en"])
        self.code = code
        self.said = said
        self.pointer = pointer


@dataclass(frozen=True)
class Answers:
    """What a person has said about what a document leaves open.

    Attributes:
        activations: of each layer, as words; None where it was not said.
        kernels: ``inputs_first`` or ``outputs_first``: how the matrices stand; None where it was not said.
    """

    activations: Sequence[str] | None = None
    kernels: str | None = None


@dataclass
class Found:
    """One layer as it stands in a document.

    Attributes:
        name: what it is called there.
        units: how many units; None if that is not said.
        inputs: how many values it receives; None if that is not said.
        w: its weights, row = receiving unit; None if there are none.
        b: its biases; None if there are none.
        activation: its activation, a key of the core; None if that is not said.
        has_bias: whether it has biases at all.
    """

    name: str
    units: int | None = None
    inputs: int | None = None
    w: Matrix | None = None
    b: list[float] | None = None
    activation: str | None = None
    has_bias: bool = True


@dataclass
class Reading:
    """What came of a document.

    Attributes:
        kind: which kind of document it is.
        layers: what was found in it.
        notes: what was understood, in sentences.
        missing: what is not there and how to get it, in sentences; empty if the network is complete.
        network: the network as the core's JSON has it; None if something is missing.
        rest: what else of a trace request stands in the document.
    """

    kind: str
    layers: list[Found]
    notes: list[Note] = field(default_factory=list)
    missing: list[Note] = field(default_factory=list)
    network: dict[str, Any] | None = None
    rest: dict[str, Any] = field(default_factory=dict)

    def note(self, code: str, en: str, zh: str) -> None:
        """Add a note, unless it stands there already."""
        made = Note(code, text(en, zh))
        if made not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(made)

    def lacks(self, code: str, en: str, zh: str) -> None:
        """Add something that is missing."""
        self.missing.append(Note(code, text(en, zh)))
