"""Worksheets to be printed: exercises with blanks, each sheet by its own seed, and the key from the same traces."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..core.functions.activations import ACTIVATIONS
from ..core.mistakes.key_mistakes import wrong_numbers_of
from ..core.mistakes.practice import LEVELS, Exercise, exercise
from ..core.record.operations.formulas import Symbols
from ..looking import look_up
from .course import shown_notations
from .drawing import LARGE, drawing
from .i18n import paired
from .numbers import significant
from .page import context_of, language_for, respond, written_aside
from .walk import formula

router = APIRouter(include_in_schema=False)

Json = dict[str, Any]

MOST_SHEETS = 40
MAX_SEED = 2**31
KEY_DIGITS = 4
MOST_UNITS = max(size for level in LEVELS.values() for size in level.sizes)
PARTS = ("z", "a", "dl_dz", "dl_dw")


def whole_number(text: str | None, low: int, high: int, otherwise: int) -> int:
    """A number out of an address: what cannot be read is the default, what lies outside is moved to the border."""
    if text is None or not text.strip().isascii() or not text.strip().isdigit() or len(text) > len(str(MAX_SEED)):
        return otherwise
    return min(max(int(text), low), high)


def sheet(level: int, seed: int, language: str) -> Json:
    """One exercise as the template shows it: what is given, and for each number asked its symbol and its value."""
    look_up()
    drawn = exercise(level, seed)
    record = drawn.record
    symbols = Symbols(record.layout)

    def cell(pointer: str) -> Json:
        position = record.layout.position[pointer]
        return {"symbol": formula(symbols[position]), "value": significant(record.numbers[position], KEY_DIGITS)}

    parts = [
        {
            "name": name,
            "layers": [
                {"number": layer + 1, "cells": [cell(each) for each in pointers]} for layer, pointers in grouped
            ],
        }
        for name, grouped in _by_part(drawn)
    ]
    layers = [{"w": layer.w.tolist(), "b": layer.b.tolist()} for layer in drawn.network.layers]
    picture = drawing({"network": {"layers": layers}, "x": [float(each) for each in drawn.x]}, LARGE)
    return {
        "seed": seed,
        "given": given(drawn, language),
        "drawing": picture,
        "parts": parts,
        "digits": drawn.digits,
    }


def mistakes(level: int, seed: int, language: str) -> list[Json]:
    """What the key of an exercise tells to look out for: the first number of each layer, as known mistakes have it."""
    look_up()
    drawn = exercise(level, seed)
    record = drawn.record
    symbols = Symbols(record.layout)
    firsts = [record.layout.position[pointers[0]] for _, layers in _by_part(drawn) for _, pointers in layers]
    return [
        {
            "symbol": formula(symbols[wrong.position]),
            "value": significant(wrong.value, KEY_DIGITS),
            "title": wrong.mistake.title[paired(language)],
        }
        for wrong in wrong_numbers_of(record, firsts, drawn.digits)
    ]


def _by_part(drawn: Exercise) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """The pointers asked, by name and layer, in the order in which they are computed."""
    result = []
    for name in PARTS:
        asked = [pointer for pointer in drawn.asked if pointer.split("/")[3] == name]
        layers = [
            (layer, list(group)) for layer, group in groupby(asked, key=lambda pointer: int(pointer.split("/")[2]))
        ]
        if layers:
            result.append((name, layers))
    return result


def given(drawn: Exercise, language: str) -> Json:
    """Inputs, target and parameters of an exercise."""
    return {
        "x": ", ".join(significant(value) for value in drawn.x),
        "target": ", ".join(significant(value) for value in drawn.target),
        "layers": [
            {
                "number": number,
                "activation": ACTIVATIONS[layer.activation].title[paired(language)],
                "formula": formula(ACTIVATIONS[layer.activation].formula),
                "w": [[significant(value) for value in row] for row in layer.w.tolist()],
                "b": [significant(value) for value in layer.b.tolist()],
            }
            for number, layer in enumerate(drawn.network.layers, start=1)
        ],
    }


@router.get("/worksheet")
@written_aside
def get_worksheet(request: Request) -> Response:
    """So many sheets of one level, from consecutive seeds; with ``key`` the answers, or both one after the other."""
    language = language_for(request)
    query = request.query_params
    level = whole_number(query.get("level"), min(LEVELS), max(LEVELS), min(LEVELS))
    seed = whole_number(query.get("seed"), 0, MAX_SEED, 1)
    count = whole_number(query.get("sheets"), 1, MOST_SHEETS, 1)
    show = query.get("show") if query.get("show") in ("sheets", "key", "both") else "sheets"
    context = {
        **context_of(request, language, "."),
        "here": "course",
        "sheets": [sheet(level, seed + index, language) for index in range(count)],
        "mistakes": [mistakes(level, seed + index, language) for index in range(count if show != "sheets" else 0)],
        "level": level,
        "levels": list(LEVELS),
        "seed": seed,
        "count": count,
        "most": MOST_SHEETS,
        "show": show,
        "loss": formula(r"l = \tfrac12 \sum_k (y_k - \hat{y}_k)^2"),
        "target": formula(r"\hat{y}"),
        "columns": [formula(rf"w_{{\cdot {column}}}") for column in range(1, MOST_UNITS + 1)],
        "notations": shown_notations(),
    }
    return respond(request, "worksheet.html", context)


@router.get("/practice")
async def get_practice(request: Request) -> Response:
    """Exercises without end; the page fetches them by seed."""
    language = language_for(request)
    context = {**context_of(request, language, "."), "here": "course", "levels": list(LEVELS)}
    return respond(request, "practice.html", context)
