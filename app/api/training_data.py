"""The examples of a training: a data set by name, or lists as they were sent; cut, scaled and named."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..core.arrays import Array
from ..core.datasets import MADE_SETS, one_hot, split
from ..core.evaluation import is_classification
from ..core.network import Network
from ..core.recipe import Examples
from ..library.datasets import ALL_SETS, DATASETS
from .problems import InputError, invalid
from .training_schemas import DatasetChoice, TrainingRequest

Labels = NDArray[np.int64]
Rows = tuple[int, ...]
Names = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Data:
    """Examples as a network is given them.

    Attributes:
        examples: what is trained on.
        test: what is held out, if anything.
        rows: the places of the examples trained on, in the data set or in xs.
        test_rows: the places of those held out, in the data set or in test_xs.
        shift: what was taken from each column of x.
        scale: by what it was then divided.
        feature_names: the columns of x.
        class_names: the classes; empty for regression.
    """

    examples: Examples
    test: Examples | None
    rows: Rows
    test_rows: Rows
    shift: Array
    scale: Array
    feature_names: Names
    class_names: Names

    def labels(self, examples: Examples | None) -> Labels | None:
        """The class of each of these examples; None for regression."""
        if not self.class_names:
            return None
        if examples is None:
            return np.zeros(0, np.int64)
        targets = examples.targets
        return targets.argmax(axis=1) if targets.shape[1] > 1 else (targets[:, 0] > 0.5).astype(np.int64)


def load(chosen: DatasetChoice, seed: int) -> tuple[Array, NDArray[np.int64] | Array, int]:
    """Inputs, labels or values, and the number of classes (0: they are values)."""
    made = MADE_SETS.get(chosen.name)
    if made is None:
        entry = DATASETS[chosen.name]
        return *entry.load(), len(entry.class_names)
    n = made.choices.defaults["n"] if chosen.n is None else chosen.n
    noise = made.choices.defaults["noise"] if chosen.noise is None else chosen.noise
    return *made.make(int(n), noise, np.random.default_rng(seed)), len(made.class_names)


def scaling(xs: Array) -> tuple[Array, Array]:
    """Mean and deviation of each column; a constant column is divided by 1."""
    deviation = xs.std(axis=0)
    return xs.mean(axis=0), np.where(deviation > 0, deviation, 1.0)


def _from_dataset(chosen: DatasetChoice, seed: int, outputs: int) -> Data:
    seed = seed if chosen.seed is None else chosen.seed
    xs, labels, classes = load(chosen, seed)
    if not classes:
        targets, strata = np.asarray(labels, np.float64), None
    else:
        strata = np.asarray(labels, np.int64)
        targets = strata[:, None].astype(np.float64) if outputs == 1 else one_hot(strata, classes)
    train, held_out = split(len(xs), chosen.test_fraction, np.random.default_rng([seed, 1]), strata)
    shift, scale = np.zeros(xs.shape[1]), np.ones(xs.shape[1])
    if (chosen.name not in MADE_SETS) if chosen.standardise is None else chosen.standardise:
        # By the training part alone: what is held out must not be known beforehand.
        shift, scale = scaling(xs[train])
        xs = (xs - shift) / scale
    entry = ALL_SETS[chosen.name]
    return Data(
        Examples(xs[train], targets[train]),
        Examples(xs[held_out], targets[held_out]) if len(held_out) else None,
        tuple(train.tolist()),
        tuple(held_out.tolist()),
        shift,
        scale,
        entry.feature_names,
        entry.class_names,
    )


def _from_lists(body: TrainingRequest, network: Network) -> Data:
    xs, targets = np.array(body.xs, np.float64), np.array(body.targets, np.float64)
    count, columns = xs.shape
    shift, scale = np.zeros(columns), np.ones(columns)
    if body.standardise:
        with np.errstate(all="ignore"):
            shift, scale = scaling(xs)
            xs = (xs - shift) / scale
    test = None
    if body.test_xs is not None:
        with np.errstate(all="ignore"):
            test = Examples((np.array(body.test_xs, np.float64) - shift) / scale, np.array(body.test_targets))
    if not all(np.isfinite(each).all() for each in (scale, xs, *([] if test is None else [test.xs]))):
        detail = "Expected columns that can be standardised in float64; one is too wide."
        raise invalid([InputError("/standardise", "not_finite", detail)])
    features = body.feature_names or [f"x{number}" for number in range(1, columns + 1)]
    rows, test_rows = tuple(range(count)), tuple(range(len(body.test_xs or ())))
    classes = _class_names(body, network, targets)
    return Data(Examples(xs, targets), test, rows, test_rows, shift, scale, tuple(features), classes)


def _class_names(body: TrainingRequest, network: Network, targets: Array) -> Names:
    """The names given; by default 0, 1 …, if the network and its targets are those of a classifier."""
    if body.class_names is None:
        outputs = targets.shape[1]
        classes = max(2, outputs) if is_classification(network, targets, body.loss) else 0
        return tuple(map(str, range(classes)))
    every = [targets] if body.test_targets is None else [targets, np.array(body.test_targets, np.float64)]
    for each in every:
        one = each.shape[1] == 1 or bool((each.sum(axis=1) == 1.0).all())
        if not one or not np.isin(each, (0.0, 1.0)).all():
            detail = "With class_names every target is 0 or 1, and of several outputs exactly one is 1."
            raise invalid([InputError("/class_names", "not_classes", detail)])
    return tuple(body.class_names)


def data_of(body: TrainingRequest, network: Network) -> Data:
    """The examples that are asked for; ``training_setup.check`` has passed. Raises ``Problem``."""
    if body.dataset is None:
        return _from_lists(body, network)
    return _from_dataset(body.dataset, body.seed, network.sizes[-1])
