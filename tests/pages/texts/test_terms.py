"""The Equation panel writes a step's parts as the server writes its formula, and marks each number with its address."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ..node import run as run_node
from .test_sentences import all_walks

Json = dict[str, Any]

MARK = re.compile(r"\\html(?:Data|Class)\{[^}]*\}\{")
NAMED = re.compile(r"\\htmlData\{(?:pointer|term)=([^},]+)")


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
    return [{**walk.sent, "learning_rate": walk.record.learning_rate} for walk in all_walks()]


@pytest.fixture(scope="module")
def lines(traces: list[Json]) -> list[list[Json]]:
    answer: list[list[Json]] = run_node("tests/js/terms.mjs", traces, is_file=True)
    return answer


def test_marked_latex_without_its_marks_is_the_servers_string(traces: list[Json], lines: list[list[Json]]) -> None:
    """So each number shown is the one at its address, in the form in which the server writes it."""
    seen = 0
    for trace, steps in zip(traces, lines, strict=True):
        for step, line in zip(trace["steps"], steps, strict=True):
            assert unmarked(line["symbols"]) == step["formula"]
            # A new parameter may have more digits than the server's four, to be told from the one it replaces.
            if step["phase"] != "update":
                assert unmarked(line["shown"]) == step["numbers"]
            seen += len(NAMED.findall(line["shown"]))
    assert seen > 1000


def test_every_number_of_a_step_that_is_written_out_is_marked(traces: list[Json], lines: list[list[Json]]) -> None:
    """Where the sum is not shortened, the terms name all that the step reads and writes."""
    for trace, steps in zip(traces, lines, strict=True):
        for step, line in zip(trace["steps"], steps, strict=True):
            if step["operation"] not in ("weighted_sum", "product", "backward_sum", "weight_gradient", "weight_update"):
                continue
            if "dots" in step["numbers"]:
                continue
            assert {*step["reads"], *step["writes"]} <= set(NAMED.findall(line["shown"])), step["formula"]
