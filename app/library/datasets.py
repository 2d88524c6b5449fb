"""Real data sets, shipped with source and licence, and the list of all there are, made ones included.

Where the files come from is told in ``data/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ..core.arrays import Array, freeze
from ..core.functions.activations import title
from ..core.functions.choices import NONE, Choices
from ..core.functions.datasets import MADE_SETS, Kind, MadeSet

Labels = NDArray[np.int64]

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, eq=False)
class Dataset:
    """One data set for classification.

    Attributes:
        name: its word in JSON and code, and the name of its file.
        title: its name for people, by language.
        description: what was measured and how it is written down, by language.
        source: who published it.
        licence: under which licence it may be used.
        feature_names: the columns of x in order.
        class_names: the classes; a label is a place in here.
        kind: what it is for.
        choices: none; the examples are as they were published.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    source: str
    licence: str
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    kind: Kind = "classification"
    choices: Choices = NONE

    def load(self) -> tuple[Array, Labels]:
        """The examples, as published and in the file's order; read once, shared and therefore read-only.

        Returns:
            xs: shape (examples, features).
            labels: shape (examples,), 0-based places in ``class_names``.
        """
        return _read(self)


@lru_cache(maxsize=8)
def _read(dataset: Dataset) -> tuple[Array, Labels]:
    _, *lines = (DATA / f"{dataset.name}.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    labels = np.array([dataset.class_names.index(row[-1]) for row in rows])
    labels.setflags(write=False)
    return freeze(np.array([row[:-1] for row in rows], dtype=np.float64)), labels


_ENTRIES = (
    Dataset(
        "iris",
        title("Iris flowers", "鸢尾花"),
        title(
            "150 flowers of three species of iris, 50 of each: length and width of sepal and petal in centimetres.",
            "三种鸢尾花，每种 50 朵，共 150 朵：依次为花萼的长、宽和花瓣的长、宽，单位厘米。",
        ),
        "R. A. Fisher (1936), The use of multiple measurements in taxonomic problems; "
        "UCI Machine Learning Repository, Iris, doi:10.24432/C56C76",
        "CC BY 4.0",
        ("sepal_length", "sepal_width", "petal_length", "petal_width"),
        ("setosa", "versicolor", "virginica"),
    ),
    Dataset(
        "digits",
        title("Handwritten digits", "手写数字"),
        title(
            "1,797 digits written by 13 people, as 8 × 8 pixels row by row; a pixel counts the ink in its 4 × 4 block "
            "of the scan, from 0 (none) to 16 (all).",
            "13 个人手写的 1,797 个数字，每个是 8 × 8 像素，逐行排列；每个像素是扫描图中 4 × 4 小块里有墨迹的点数，"
            "从 0（全白）到 16（全黑）。",
        ),
        "E. Alpaydin, C. Kaynak (1998), Cascading classifiers; "
        "UCI Machine Learning Repository, Optical Recognition of Handwritten Digits, doi:10.24432/C50P49",
        "CC BY 4.0",
        tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8)),
        tuple("0123456789"),
    ),
)

DATASETS: Mapping[str, Dataset] = MappingProxyType({entry.name: entry for entry in _ENTRIES})

ALL_SETS: Mapping[str, MadeSet | Dataset] = MappingProxyType({**MADE_SETS, **DATASETS})
"""What one can train on by name: first what is made, then what is real."""
