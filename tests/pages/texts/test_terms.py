"""The Equation panel cuts the server's formulas into terms with numbers (static/js/panels/equation/terms.js)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ..node import run as run_node
from .test_sentences import all_walks

Json = dict[str, Any]

MARK = re.compile(r"\\html(?:Data|Class)\{[^}]*\}\{")
NUMBER = re.compile(r"^\(?(-?\d+(?:\.\d+)?)(?: \\times 10\^\{(-?\d+)\})?\)?$")


def number_at(trace: Json, pointer: str) -> float | None:
    found: Any = trace
    for part in pointer.split("/")[1:]:
        found = found[int(part)] if isinstance(found, list) else found[part]
    assert found is None or isinstance(found, int | float)
    return found


def unmarked(latex: str) -> str:
    """LaTeX without the commands that only mark, each with the brace that closes it."""
    while found := MARK.search(latex):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(latex[end], 0)
            end += 1
        latex = latex[: found.start()] + latex[found.end() : end - 1] + latex[end:]
    return latex


@pytest.fixture(scope="module")
def traces() -> list[Json]:
    return [walk.sent for walk in all_walks()]


@pytest.fixture(scope="module")
def cut(traces: list[Json]) -> list[list[Json]]:
    answer: list[list[Json]] = run_node("tests/js/terms.mjs", traces, is_file=True)
    return answer


def test_terms_joined_are_the_servers_strings(traces: list[Json], cut: list[list[Json]]) -> None:
    for trace, steps in zip(traces, cut, strict=True):
        for step, terms in zip(trace["steps"], steps, strict=True):
            assert "".join(part["text"] for part in terms["formula"]) == step["formula"]
            assert "".join(part["text"] for part in terms["numbers"]) == step["numbers"]


def test_marked_latex_without_its_marks_is_the_servers_string(traces: list[Json], cut: list[list[Json]]) -> None:
    for trace, steps in zip(traces, cut, strict=True):
        for step, terms in zip(trace["steps"], steps, strict=True):
            assert unmarked(terms["symbols"]) == step["formula"]
            assert unmarked(terms["shown"]) == step["numbers"]


def test_each_number_shown_is_the_one_at_its_pointer(traces: list[Json], cut: list[list[Json]]) -> None:
    seen = 0
    for trace, steps in zip(traces, cut, strict=True):
        for terms in steps:
            for part in terms["numbers"]:
                pointer = part.get("pointer", "")
                if not pointer or pointer.startswith("/terms/") or pointer == "/learning_rate":
                    continue
                value = number_at(trace, pointer)
                if value is None:
                    assert part["text"] == r"\text{–}"
                    continue
                shown = NUMBER.match(part["text"])
                assert shown, part
                size = float(shown[1]) * 10.0 ** int(shown[2] or 0)
                expected = abs(value) if part["form"] == "addend" else value
                assert size == pytest.approx(expected, rel=5.1e-4), (pointer, part)
                seen += 1
    assert seen > 1000


def test_every_number_of_a_step_that_is_written_out_is_marked(traces: list[Json], cut: list[list[Json]]) -> None:
    """Where the sum is not shortened, the terms name all that the step reads and writes."""
    for trace, steps in zip(traces, cut, strict=True):
        for step, terms in zip(trace["steps"], steps, strict=True):
            if step["operation"] not in ("weighted_sum", "product", "backward_sum", "weight_gradient", "weight_update"):
                continue
            if "dots" in step["numbers"]:
                continue
            named = {part.get("pointer") for part in terms["numbers"]}
            assert {*step["reads"], *step["writes"]} <= named, step["formula"]
