"""Lists of matrices: what Keras gives with ``get_weights()``, or a list of pairs of weights and biases.

Such a list does not say how its matrices stand. Where the lengths of the biases and the chain of the layers leave one
way only, that one is taken; else the person is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .numbers import is_matrix, is_vector, matrix, turned, vector
from .reading import Answers, Found, Matrix, NotRead, Reading, text

INPUTS_FIRST, OUTPUTS_FIRST = "inputs_first", "outputs_first"
WAYS = (INPUTS_FIRST, OUTPUTS_FIRST)
Pair = tuple[Matrix, list[float] | None]


def weights_in(document: Any) -> list[Any] | None:
    """The list of arrays of a document: itself, or its member ``weights``; None if it is no such list."""
    found = document.get("weights") if isinstance(document, dict) else document
    if not isinstance(found, list) or not found:
        return None
    flat = [part for each in found for part in (each if _is_pair(each) else [each])]
    # One matrix alone would look the same as a table of numbers, and may be one layer.
    return flat if all(is_matrix(each) or is_vector(each) for each in flat) and is_matrix(flat[0]) else None


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and is_matrix(value[0]) and is_vector(value[1])


def read_weights(arrays: Sequence[Any], answers: Answers) -> Reading:
    """The layers of a list of arrays. Raises ``NotRead``."""
    reading, pairs = Reading("weights", []), _pairs(arrays)
    ways = [way for way in WAYS if _fits(pairs, way)]
    if not ways:
        raise NotRead(
            "no_chain",
            text(
                "These matrices are no chain of layers, whichever way they stand: each must receive as many values as "
                "the one before has units, and have a bias for each unit.",
                "无论怎样放置，这些矩阵都不能首尾相接：每层接收的值应与前一层的单元数相同，每个单元一个偏置。",
            ),
        )
    way = answers.kernels if answers.kernels in WAYS else None
    if way is not None and way not in ways:
        raise NotRead(
            "kernels_do_not_fit",
            text("The matrices do not stand that way: they would be no chain.", "矩阵不是那样放置的：那样接不起来。"),
            "/kernels",
        )
    if way is None and len(ways) > 1:
        reading.lacks(
            "kernels",
            "All matrices are such that they could stand either way. Keras has a row for each input (inputs_first), "
            'PyTorch a row for each unit (outputs_first): choose here, or send it along as "kernels".',
            "这些矩阵两种放法都说得通。Keras 一行对应一个输入（inputs_first），"
            "PyTorch 一行对应一个单元（outputs_first）："
            "请在这里选择，或随文件一同用 kernels 给出。",
        )
    chosen = way or ways[0]
    for number, (rows, biases) in enumerate(pairs, start=1):
        w = turned(rows) if chosen == INPUTS_FIRST else rows
        reading.layers.append(Found(str(number), w=w, b=biases))
    if not reading.missing:
        said = chosen == INPUTS_FIRST
        reading.note(
            "kernels_turned" if said else "rows_are_units",
            "The matrices stand inputs × outputs; they were turned round."
            if said
            else "A row of each matrix is a receiving unit, as here.",
            "矩阵按“输入 × 输出”存放，已经转置。" if said else "矩阵的一行对应一个接收单元，与这里相同。",
        )
    return reading


def _pairs(arrays: Sequence[Any]) -> list[Pair]:
    pairs: list[Pair] = []
    for index, each in enumerate(arrays):
        if is_matrix(each):
            pairs.append((matrix(each, f"/{index}"), None))
        elif pairs and pairs[-1][1] is None:
            pairs[-1] = (pairs[-1][0], vector(each, f"/{index}"))
        else:
            raise NotRead(
                "no_matrix",
                text("Expected a matrix before each list of biases.", "每列偏置之前应当有一个矩阵。"),
                f"/{index}",
            )
    return pairs


def _fits(pairs: Sequence[Pair], way: str) -> bool:
    """Whether the layers are a chain if the matrices stand this way."""
    shapes = [(len(rows), len(rows[0])) for rows, _ in pairs]
    units = [columns if way == INPUTS_FIRST else rows for rows, columns in shapes]
    inputs = [rows if way == INPUTS_FIRST else columns for rows, columns in shapes]
    biases = all(b is None or len(b) == count for (_, b), count in zip(pairs, units, strict=True))
    return biases and units[:-1] == inputs[1:]
