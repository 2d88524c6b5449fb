"""Made data sets: points in the plane (classification) and values over a line or the plane (regression).

One registry entry each. All lie about within [-1.5, 1.5], so that a network drawn by any initializer can start on
them as they are. ``noise`` is the standard deviation of what is added to every coordinate (regression: to the value).

Source: the shapes are those of two-dimensional teaching sets everywhere, such as TensorFlow Playground's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import pi
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array
from .activations import title
from .choices import Choices, choices

Made = tuple[Array, NDArray[np.int64] | Array]
Make = Callable[[int, float, np.random.Generator], Made]
Kind = Literal["classification", "regression"]

MIN_EXAMPLES = 10
MAX_EXAMPLES = 5000


@dataclass(frozen=True, eq=False)
class MadeSet:
    """One made data set.

    Attributes:
        name: its word in JSON and code.
        title: its name for people, by language.
        description: what it looks like and what it is good for, by language.
        kind: whether ``make`` gives labels or values.
        make: ``make(n, noise, rng)`` gives xs, shape (n, features), and labels (n,) or values (n, 1), in random order.
        choices: ``n`` and ``noise`` with their defaults and limits.
        feature_names: the columns of xs.
        class_names: the classes, a label is a place in here; empty for regression.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    kind: Kind
    make: Make
    choices: Choices
    feature_names: tuple[str, ...] = ("x1", "x2")
    class_names: tuple[str, ...] = ("0", "1")

    @property
    def parameters(self) -> Mapping[str, float]:
        """``n`` and ``noise`` with their defaults."""
        return self.choices.defaults


def _shuffled(xs: Array, labels: NDArray[np.int64], noise: float, rng: np.random.Generator) -> Made:
    order = rng.permutation(len(xs))
    return (xs + rng.normal(0.0, noise, xs.shape))[order], labels[order]


def _halves(n: int) -> tuple[int, int, NDArray[np.int64]]:
    """How many of each of two classes, and the labels: class 0 first."""
    second = n // 2
    return n - second, second, np.repeat([0, 1], [n - second, second])


def _xor(n: int, noise: float, rng: np.random.Generator) -> Made:
    """Equal signs: class 0; a gap around the axes keeps the classes apart at noise 0."""
    labels = _halves(n)[2]
    xs = rng.uniform(0.1, 1.0, (n, 2))
    xs[:, 0] *= rng.choice([-1.0, 1.0], n)
    xs[:, 1] *= np.where(labels == 0, 1.0, -1.0) * np.sign(xs[:, 0])
    return _shuffled(xs, labels, noise, rng)


def _circles(n: int, noise: float, rng: np.random.Generator) -> Made:
    """A disc inside a ring."""
    inner, outer, labels = _halves(n)
    radius = np.concatenate([0.5 * np.sqrt(rng.random(inner)), np.sqrt(rng.uniform(0.75**2, 1.0, outer))])
    angle = rng.uniform(0.0, 2.0 * pi, n)
    return _shuffled(radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), labels, noise, rng)


def _moons(n: int, noise: float, rng: np.random.Generator) -> Made:
    """Two half circles that reach into each other."""
    labels = _halves(n)[2]
    angle = rng.uniform(0.0, pi, n)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    return _shuffled(np.where(labels[:, None] == 0, upper, -upper), labels, noise, rng)


def _spirals(n: int, noise: float, rng: np.random.Generator) -> Made:
    """Two arms of one and a half turns around the origin."""
    labels = _halves(n)[2]
    along = rng.uniform(0.05, 1.0, n)
    angle = 3.0 * pi * along + pi * labels
    xs = 1.4 * along[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return _shuffled(xs, labels, noise, rng)


def _blobs(n: int, noise: float, rng: np.random.Generator) -> Made:
    """Three Gaussian clouds on a triangle; the noise is all their width."""
    labels = np.arange(n) % 3
    angle = 2.0 * pi * labels / 3.0 + pi / 2.0
    return _shuffled(np.stack([np.cos(angle), np.sin(angle)], axis=1), labels, noise, rng)


def _sine(n: int, noise: float, rng: np.random.Generator) -> Made:
    """One and a half periods over [-1, 1]."""
    xs = rng.uniform(-1.0, 1.0, (n, 1))
    return xs, np.sin(1.5 * pi * xs) + rng.normal(0.0, noise, (n, 1))


def _plane(n: int, noise: float, rng: np.random.Generator) -> Made:
    """0.5 x1 - 0.8 x2 + 0.1: what one linear unit can be exactly."""
    xs = rng.uniform(-1.0, 1.0, (n, 2))
    return xs, xs @ np.array([[0.5], [-0.8]]) + 0.1 + rng.normal(0.0, noise, (n, 1))


def _size_and(noise: float) -> Choices:
    return choices(n=(300, MIN_EXAMPLES, MAX_EXAMPLES), noise=(noise, 0.0, 1.0))


_ENTRIES = (
    MadeSet(
        "xor",
        title("XOR", "异或（XOR）"),
        title(
            "Points in four quadrants; opposite quadrants belong together. No straight line separates them.",
            "四个象限里的点，对角的象限同属一类；一条直线分不开它们。",
        ),
        "classification",
        _xor,
        _size_and(0.05),
    ),
    MadeSet(
        "circles",
        title("Circles", "同心圆"),
        title("A disc inside a ring.", "圆盘套在圆环里面。"),
        "classification",
        _circles,
        _size_and(0.05),
    ),
    MadeSet(
        "moons",
        title("Moons", "双月"),
        title("Two half-moons that reach into each other.", "两弯互相嵌入的半月。"),
        "classification",
        _moons,
        _size_and(0.1),
    ),
    MadeSet(
        "spirals",
        title("Spirals", "双螺旋"),
        title(
            "Two arms, one and a half turns each: the hardest of these sets.",
            "两条旋臂，各绕一圈半；这几组里最难的一组。",
        ),
        "classification",
        _spirals,
        _size_and(0.02),
    ),
    MadeSet(
        "blobs",
        title("Gaussian blobs", "高斯点团"),
        title("Three clouds of points, one class each.", "三团点云，每团一类。"),
        "classification",
        _blobs,
        _size_and(0.25),
        class_names=("0", "1", "2"),
    ),
    MadeSet(
        "sine",
        title("Noisy sine", "带噪声的正弦"),
        title("One and a half periods of a sine, to be fitted.", "一段一个半周期的正弦曲线，用来做拟合。"),
        "regression",
        _sine,
        _size_and(0.1),
        ("x",),
        (),
    ),
    MadeSet(
        "plane",
        title("Plane", "平面"),
        title(
            "Values on a tilted plane: a single linear unit can fit them.",
            "取值落在一个斜平面上；一个线性神经元就能拟合。",
        ),
        "regression",
        _plane,
        _size_and(0.05),
        class_names=(),
    ),
)

MADE_SETS: Mapping[str, MadeSet] = MappingProxyType({entry.name: entry for entry in _ENTRIES})


def one_hot(labels: NDArray[np.int64], classes: int) -> Array:
    """Targets of a classifier with one output per class, shape (N, classes)."""
    targets: Array = np.eye(classes)[labels]
    return targets


def split(
    n: int, test_fraction: float, rng: np.random.Generator, labels: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Choose which examples are held out; with labels, the same share of every class, to a whole example.

    Args:
        n: how many examples.
        test_fraction: the share held out, 0 ≤ fraction < 1; at least one example stays to train on.
        rng: the random generator; the same state gives the same split.
        labels: the class of each example, shape (n,), or None.

    Returns:
        The places of the examples to train on and of those held out, each in ascending order.
    """
    order = rng.permutation(n)
    if labels is not None:
        # Each class in turn holds places 0, 1, 2 … of its own; sorted by place over class size, a cut anywhere is fair.
        share = np.empty(n)
        for label in np.unique(labels):
            members = order[labels[order] == label]
            share[members] = (np.arange(len(members)) + 0.5) / len(members)
        order = np.argsort(share, kind="stable")
    held_out = min(round(n * test_fraction), n - 1)
    return np.sort(order[held_out:]), np.sort(order[:held_out])
