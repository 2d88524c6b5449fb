"""The examples of a training: a data set by name, or lists as they were sent; cut, scaled and named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...core.arrays import Array
from ...core.functions.datasets import MADE_SETS, one_hot, split
from ...core.network import Network
from ...core.training.evaluation import is_classification
from ...core.training.recipe import Examples
from ...core.training.scaling import VALUE_LOSSES, Scaling
from ...library.datasets import ALL_SETS, DATASETS
from ..wire.problems import InputError, invalid
from .schemas import DatasetChoice, Standardise, TrainingRequest

Labels = NDArray[np.int64]
Rows = tuple[int, ...]
Names = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Data:
    """Examples as a network is given them.

    Attributes:
        examples: what is trained on, as the network has it.
        test: what is held out, if anything.
        scaling: of x.
        target_scaling: of the targets.
        given: what is trained on, in its own units.
        given_test: what is held out, in its own units.
        rows: the places of the examples trained on, in the data set or in xs.
        test_rows: the places of those held out, in the data set or in test_xs.
        feature_names: the columns of x.
        class_names: the classes; empty for regression.
    """

    examples: Examples
    test: Examples | None
    scaling: Scaling
    target_scaling: Scaling
    given: Examples
    given_test: Examples | None
    rows: Rows
    test_rows: Rows
    feature_names: Names
    class_names: Names

    @property
    def is_scaled(self) -> bool:
        """Whether the network has other numbers than were given."""
        return self.scaling.changes or self.target_scaling.changes

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


def _wanted(chosen: bool | Standardise | None, usual: bool) -> tuple[bool, bool]:
    """Whether to standardise inputs, and whether targets."""
    if isinstance(chosen, Standardise):
        return (usual if chosen.inputs is None else chosen.inputs), chosen.targets
    return (usual if chosen is None else chosen), False


def _scaled(
    train: Examples, test: Examples | None, wanted: tuple[bool, bool], pointer: str
) -> tuple[Examples, Examples | None, Scaling, Scaling]:
    """Both parts as the network has them, by the training part alone: what is held out must not be known beforehand.

    Raises:
        Problem: float64 cannot hold it.
    """
    of_xs, of_targets = (
        Scaling.of(values) if is_wanted else Scaling.none(values.shape[1])
        for values, is_wanted in zip((train.xs, train.targets), wanted, strict=True)
    )
    unit = of_targets.scale if wanted[1] else None

    def scaled(part: Examples) -> Examples:
        return Examples(of_xs.standardised(part.xs), of_targets.standardised(part.targets), unit)

    parts = [scaled(part) for part in (train, test) if part is not None]
    values = [each for part in parts for each in (part.xs, part.targets)]
    if not (of_xs.is_finite and of_targets.is_finite and all(np.isfinite(each).all() for each in values)):
        detail = "Expected columns that can be standardised in float64; one is too wide."
        raise invalid([InputError(pointer, "not_finite", detail)])
    return parts[0], parts[1] if test is not None else None, of_xs, of_targets


def _from_dataset(body: TrainingRequest, chosen: DatasetChoice, outputs: int) -> Data:
    seed = body.seed if chosen.seed is None else chosen.seed
    xs, labels, classes = load(chosen, seed)
    if not classes:
        targets, strata = np.asarray(labels, np.float64), None
    else:
        strata = np.asarray(labels, np.int64)
        targets = strata[:, None].astype(np.float64) if outputs == 1 else one_hot(strata, classes)
    rows, test_rows = split(len(xs), chosen.test_fraction, np.random.default_rng([seed, 1]), strata)
    inputs, of_targets = _wanted(chosen.standardise, usual=chosen.name not in MADE_SETS)
    given = Examples(xs[rows], targets[rows])
    given_test = Examples(xs[test_rows], targets[test_rows]) if len(test_rows) else None
    wanted = inputs, of_targets and not classes and body.loss in VALUE_LOSSES
    entry = ALL_SETS[chosen.name]
    return Data(
        *_scaled(given, given_test, wanted, "/dataset/standardise"),
        given,
        given_test,
        tuple(rows.tolist()),
        tuple(test_rows.tolist()),
        entry.feature_names,
        entry.class_names,
    )


def _from_lists(body: TrainingRequest, network: Network) -> Data:
    given = Examples(np.array(body.xs, np.float64), np.array(body.targets, np.float64))
    given_test = None
    if body.test_xs is not None:
        given_test = Examples(np.array(body.test_xs, np.float64), np.array(body.test_targets, np.float64))
    classes = _class_names(body, network, given.targets)
    inputs, of_targets = _wanted(body.standardise, usual=False)
    wanted = inputs, of_targets and not classes and body.loss in VALUE_LOSSES
    columns = given.xs.shape[1]
    return Data(
        *_scaled(given, given_test, wanted, "/standardise"),
        given,
        given_test,
        tuple(range(len(given.xs))),
        tuple(range(len(body.test_xs or ()))),
        tuple(body.feature_names or [f"x{number}" for number in range(1, columns + 1)]),
        classes,
    )


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
    """The examples that are asked for; ``setup.check`` has passed. Raises ``Problem``."""
    if body.dataset is None:
        return _from_lists(body, network)
    return _from_dataset(body, body.dataset, network.sizes[-1])


def scaling_document(data: Data) -> dict[str, Any]:
    """How the numbers that the network has come from those given."""
    return {
        "shift": data.scaling.shift,
        "scale": data.scaling.scale,
        "target_shift": data.target_scaling.shift,
        "target_scale": data.target_scaling.scale,
        "standardised_targets": data.examples.unit is not None,
    }


def given_document(data: Data) -> dict[str, Any]:
    """The examples in their own units."""
    test = data.given_test
    return {
        "xs": data.given.xs,
        "targets": data.given.targets,
        "test_xs": [] if test is None else test.xs,
        "test_targets": [] if test is None else test.targets,
    }
