"""What the operations on tables answer: made from the records, and described field by field for OpenAPI."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any, Final, Literal

import numpy as np
from pydantic import Field

from ...looking import look_up
from ...tables.choice_texts import CHOICES
from ...tables.columns.coding import WAYS, Coded, ways_of
from ...tables.columns.column import KINDS, Column
from ...tables.columns.numbers import grouped_example
from ...tables.examples import REASONS, Examples, LeftOut
from ...tables.guess import TASKS, Guess
from ...tables.rows.decoding import ENCODINGS
from ...tables.table import PREVIEWED, Table
from ...tables.words.note_texts import NOTES
from ...tables.words.saying import LONGEST_SHOWN
from ..wire.incoming.values import OneOf
from ..wire.outgoing.documents import Document

MOST_LISTED = 100
"""Rows left out that are listed; all are counted."""
MOST_WORDS_LISTED = 50
SHOWN_COLUMNS = 200
LONGEST_CELL = 200

MEDIA_TYPES: Final = ("text/csv", "text/plain", "text/tab-separated-values", "application/octet-stream")
CSV: Final = "area_m2,rooms,garden,price\n61,2,no,178000\n74,3,no,215500\n82,3,yes,239000\n95,3,yes,268000\n"
GERMAN: Final = "Stadt;Einwohner;Fläche\nA;1.234.567;891,85\nB;987.654;310,7\nC;12.345;48,25\n"
_CONTENT: Final[dict[str, Any]] = {
    "schema": {"type": "string", "description": "A table: one row a line, cells separated by one and the same mark."},
    "examples": {
        "houses": {"summary": "Houses and their prices", "value": CSV},
        "cities": {"summary": "Semicolons, decimal commas and grouped thousands", "value": GERMAN},
    },
}
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The bytes of the file. Which of the media types is declared makes no difference.",
        "content": dict.fromkeys(MEDIA_TYPES, _CONTENT),
    }
}


class Words(Document):
    """A sentence in both languages."""

    en: str = Field(description="In English.")
    zh: str = Field(description="In Chinese.")


class NoteDocument(Document):
    """One thing that was guessed, left away or left out."""

    code: Annotated[str, OneOf(NOTES)] = Field(description="Which kind of thing.")
    column: str | None = Field(description="The column it is about; null if it is about the file.")
    row: int | None = Field(description="The row of the file it is about, from 1; null if it is about no single one.")
    detail: str = Field(description="The sentence in English.")
    text: Words = Field(description="The sentence in both languages.")


class ColumnDocument(Document):
    """A column of the table."""

    name: str = Field(description="Its name; no other column has it.")
    kind: Annotated[str, OneOf(KINDS)] = Field(description="What it is.")
    missing: int = Field(description="Rows in which nothing stands, or NA, ?, -, null and the like.")
    wrong: int = Field(description="Of a column of numbers: rows in which something stands that is none.")
    unique: int = Field(description="How many different values it has.")
    min: float | None = Field(description="Of a column of numbers: the least; else null.")
    max: float | None = Field(description="Of a column of numbers: the largest; else null.")
    mean: float | None = Field(description="Of a column of numbers: the mean; else null.")
    decimal: str | None = Field(description="Of a column of numbers: the decimal mark they are read with; else null.")
    grouping: str | None = Field(
        description="Of a column of numbers: the mark that groups thousands; null if none does."
    )
    unit: str | None = Field(
        description="Of a column of numbers: what is left away beside them, such as % or $; null if nothing."
    )
    categories: list[str] | None = Field(
        description=f"Of a column of words: the different ones in order, {MOST_WORDS_LISTED} at most; else null."
    )
    codings: list[Annotated[str, OneOf(WAYS)]] = Field(
        description="The ways in which it can become inputs, the usual one first; none if it cannot."
    )


class GuessDocument(Document):
    """What is most likely meant."""

    task: Annotated[str, OneOf(TASKS)] = Field(description="Classes or numbers.")
    target: str | None = Field(description="The column to be learnt; null if none will do.")
    targets: list[str] = Field(description="The same as a list; several for a file of the Lab's with several outputs.")
    inputs: list[str] = Field(description="The columns to learn it from.")
    part: str | None = Field(description="The column that says which rows are held out; null if there is none.")


class RowDocument(Document):
    """A row as it stands in the file."""

    row: int = Field(description="Its number in the file, from 1.")
    cells: list[str] = Field(description="What stands in it, one text a column; a long one is cut.")


class ChoiceDocument(Document):
    """One way to read a file."""

    value: str = Field(description="What the parameter takes.")
    title: Words = Field(description="What it is called.")


class ChoicesDocument(Document):
    """The ways to read a file, each list in the order in which it is offered."""

    delimiter: list[ChoiceDocument] = Field(description="What may separate cells.")
    decimal: list[ChoiceDocument] = Field(description="What may be the decimal mark.")
    encoding: list[ChoiceDocument] = Field(description="How letters may be written.")


class TableDocument(Document):
    """How a file was read."""

    encoding: Annotated[str, OneOf(ENCODINGS)] = Field(description="How its letters are written.")
    delimiter: str | None = Field(
        description="What separates cells; one space for runs of spaces, two for runs of two or more; null for none."
    )
    decimal: Literal[".", ","] = Field(description="The decimal mark of the file.")
    grouping: str | None = Field(description="The mark that groups thousands in some column; null if none does.")
    header: bool = Field(description="Whether the names stand in the file.")
    skipped: int = Field(description="Rows of the file above the names, or above the data if there are no names.")
    skipped_within: list[int] = Field(description="Numbers of rows further down that are comments or remarks.")
    rows: int = Field(description="Rows of data, those of another width left out.")
    columns: list[ColumnDocument] = Field(description="Its columns in order.")
    guess: GuessDocument = Field(description="Which choice is most likely meant.")
    notes: list[NoteDocument] = Field(description="What was guessed, left away or left out, in sentences.")
    preview: list[RowDocument] = Field(description=f"The first {PREVIEWED} rows, {SHOWN_COLUMNS} cells at most.")
    choices: ChoicesDocument = Field(description="How else the file may be read, by the parameter that says so.")


class CodedDocument(Document):
    """How a column became inputs."""

    column: str = Field(description="Its name.")
    coding: Annotated[str, OneOf(WAYS)] = Field(description="In which way.")
    features: list[str] = Field(description="The names of the inputs it became.")


class FilledDocument(Document):
    """A column in which missing values were filled."""

    column: str = Field(description="Its name.")
    count: int = Field(description="In how many examples.")
    value: float | str = Field(description="With what: the mean, or the commonest word.")


class LeftOutDocument(Document):
    """A row that is no example."""

    row: int = Field(description="Its number in the file, from 1.")
    column: str | None = Field(description="The column it is about; null if it is the whole row.")
    reason: Annotated[str, OneOf(REASONS)] = Field(description="Why.")
    cell: str = Field(description="What stands there; of a row of another width, how many cells it has.")


class TableExamples(Document):
    """The examples of a table, as POST /training takes them."""

    task: Annotated[str, OneOf(TASKS)] = Field(description="Classes or numbers.")
    target: list[str] = Field(description="The columns of the target.")
    inputs: list[str] = Field(description="The columns of the inputs.")
    xs: list[list[float]] = Field(description="Inputs, one row an example, in the units of the file.")
    targets: list[list[float]] = Field(
        description="Targets: numbers in the units of the file; of two classes 0 or 1; of more one output a class."
    )
    rows: list[int] = Field(description="The number of each example's row in the file, from 1.")
    feature_names: list[str] = Field(description="A name for each input, such as age or sex=male.")
    class_names: list[str] = Field(description="The classes in order; none for numbers.")
    class_counts: list[int] = Field(description="How many examples each class has.")
    coded: list[CodedDocument] = Field(description="How each column of the inputs became numbers.")
    filled: list[FilledDocument] = Field(description="The columns in which missing values were filled.")
    left_out: list[LeftOutDocument] = Field(description=f"Rows that are no examples, the first {MOST_LISTED}.")
    left_out_count: int = Field(description="How many there are.")
    parts: list[Literal["train", "test"]] | None = Field(
        description="For each example the part that a column of the file puts it in; null if none does."
    )


def _column(column: Column) -> dict[str, Any]:
    look_up()
    values = column.values
    numbers = np.zeros(0) if values is None else values[~np.isnan(values)]
    with np.errstate(over="ignore"):
        low, high, mean = (numbers.min(), numbers.max(), numbers.mean()) if len(numbers) else (None, None, None)
    grouped = None if column.reading is None else grouped_example(column.spelled, column.reading)
    return {
        "name": column.name,
        "kind": column.kind,
        "missing": int(column.missing.sum()),
        "wrong": int(column.wrong.sum()),
        "unique": column.unique,
        "min": low,
        "max": high,
        "mean": mean,
        "decimal": column.reading and column.reading.decimal,
        "grouping": grouped and grouped[1],
        "unit": (column.reading and column.reading.unit) or None,
        "categories": None if column.values is not None else [_cut(word) for word in column.words[:MOST_WORDS_LISTED]],
        "codings": list(ways_of(column)),
    }


def _cut(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"


def table_document(table: Table, guess: Guess) -> dict[str, Any]:
    """How a file was read, as the API answers it."""
    columns = [_column(column) for column in table.columns]
    preview = islice(zip(table.numbers, *(column.cells for column in table.columns), strict=True), PREVIEWED)
    return {
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "decimal": table.decimal,
        "grouping": next((column["grouping"] for column in columns if column["grouping"]), None),
        "header": table.body.header is not None,
        "skipped": table.body.above,
        "skipped_within": table.body.within[:MOST_LISTED],
        "rows": len(table.numbers),
        "columns": columns,
        "guess": {
            "task": guess.task,
            "target": next(iter(guess.targets), None),
            "targets": list(guess.targets),
            "inputs": list(guess.inputs),
            "part": guess.part,
        },
        "notes": [each.document() for each in (*table.notes, *guess.notes)],
        "preview": [
            {"row": number, "cells": [_cut(cell) for cell in cells[:SHOWN_COLUMNS]]} for number, *cells in preview
        ],
        "choices": {
            parameter: [{"value": value, "title": {"en": en, "zh": zh}} for value, (en, zh) in ways.items()]
            for parameter, ways in CHOICES.items()
        },
    }


def _coded(each: Coded) -> dict[str, Any]:
    return {"column": each.column, "coding": each.way, "features": list(each.features)}


def _left_out(rows: tuple[LeftOut, ...]) -> Iterator[dict[str, Any]]:
    for row, column, reason, cell in rows[:MOST_LISTED]:
        yield {"row": row, "column": column, "reason": reason, "cell": cell[:LONGEST_SHOWN]}


def examples_document(made: Examples) -> dict[str, Any]:
    """The examples, as the API answers them."""
    return {
        "task": made.task,
        "target": list(made.targets_of),
        "inputs": list(made.inputs_of),
        "xs": made.xs,
        "targets": made.targets,
        "rows": made.rows,
        "feature_names": list(made.feature_names),
        "class_names": list(made.class_names),
        "class_counts": list(made.class_counts),
        "coded": [_coded(each) for each in made.coded],
        "filled": [{"column": column, "count": cells, "value": value} for column, cells, value in made.filled],
        "left_out": list(_left_out(made.left_out)),
        "left_out_count": len(made.left_out),
        "parts": made.parts,
    }
