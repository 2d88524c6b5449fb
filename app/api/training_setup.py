"""From a checked body of POST /training to the core's terms; what does not hold together is refused here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..core.activations import ACTIVATIONS
from ..core.arrays import Array
from ..core.choices import NONE, Choices
from ..core.datasets import MADE_SETS, one_hot, split
from ..core.losses import LOSSES
from ..core.network import Network, initialize
from ..core.optimizers import OPTIMIZERS
from ..core.recipe import Examples, Recipe
from ..core.schedules import SCHEDULES
from ..library.datasets import DATASETS
from .limits import Limits, check_batch, check_network
from .problems import InputError, Problem, invalid, over_limit
from .shapes import Errors, last_layer_only, lay_out, misfit, ragged
from .training_schemas import DatasetChoice, TrainingRequest, WithParameters

Rows = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """All that a training needs.

    Attributes:
        network: where it starts.
        examples: what it trains on.
        test: what is held out, if anything.
        rows: the places of the examples trained on, in the data set or in xs.
        test_rows: the places of those held out, in the data set or in test_xs.
        shift: what was taken from each column of the data set's x.
        scale: by what it was then divided.
        recipe: how.
    """

    network: Network
    examples: Examples
    test: Examples | None
    rows: Rows
    test_rows: Rows
    shift: Array
    scale: Array
    recipe: Recipe


def refuse(pointer: str, code: str, detail: str) -> Problem:
    """The answer to one wrong value."""
    return invalid([InputError(pointer, code, detail)])


def check(body: TrainingRequest, limits: Limits) -> None:
    """All that can be said without drawing a network or making data. Raises ``Problem``."""
    if (body.network is None) == (body.sizes is None):
        raise refuse("", "not_exactly_one", "Expected exactly one of network and sizes.")
    if (body.dataset is None) == (body.xs is None):
        raise refuse("", "not_exactly_one", "Expected exactly one of dataset and xs.")
    if (body.xs is None) != (body.targets is None):
        raise refuse("/targets", "missing", "Expected targets together with xs, and only then.")
    if (body.test_xs is None) != (body.test_targets is None) or (body.test_xs is not None and body.xs is None):
        raise refuse("/test_xs", "missing", "Expected test_xs and test_targets together, beside xs.")
    sizes = _check_network(body)
    check_network(sizes, limits, "/network/layers" if body.network else "/sizes")
    _check_recipe(body, limits)
    for xs, targets, prefix in ((body.xs, body.targets, ""), (body.test_xs, body.test_targets, "test_")):
        if xs is not None and targets is not None:
            errors = ragged(xs, sizes[0], "one per input", f"/{prefix}xs")
            errors += ragged(targets, sizes[-1], "one per output", f"/{prefix}targets")
            if len(xs) != len(targets):
                errors.append(misfit(f"/{prefix}targets", len(xs), f"one per row of {prefix}xs", len(targets)))
            if errors:
                raise invalid(errors)
            check_batch(sizes, len(xs), False, limits)
    if body.dataset is not None:
        check_batch(sizes, _check_dataset(body, body.dataset, sizes), False, limits)


def _check_network(body: TrainingRequest) -> tuple[int, ...]:
    errors: Errors = []
    if body.network is not None:
        sizes = lay_out(body.network, [], errors)
        output = body.network.layers[-1].activation
    else:
        sizes = tuple(body.sizes or ())
        for name in ("activation", "output_activation"):
            if getattr(body, name) is None:
                errors.append(InputError(f"/{name}", "missing", f"Expected {name} together with sizes."))
        if errors:
            raise invalid(errors)
        hidden, output = str(body.activation), str(body.output_activation)
        if ACTIVATIONS[hidden].last_layer_only:
            errors.append(last_layer_only("/activation", hidden))
    allowed = LOSSES[body.loss].outputs
    if allowed and output not in allowed:
        detail = f"{body.loss} needs an output of {' or '.join(allowed)}; the last layer's activation is {output}."
        errors.append(InputError("/loss", "loss_does_not_fit", detail))
    if errors:
        raise invalid(errors)
    return sizes


def _check_recipe(body: TrainingRequest, limits: Limits) -> None:
    if body.epochs > limits["training_epochs"]:
        raise over_limit("training_epochs", limits["training_epochs"], "this training has more", "/epochs")
    if body.optimizer.learning_rate <= 0:
        raise refuse("/optimizer/learning_rate", "too_small", "Expected more than 0.")
    check_choices(body.optimizer, OPTIMIZERS[body.optimizer.name].choices, "/optimizer")
    if body.schedule is not None:
        check_choices(body.schedule, SCHEDULES[body.schedule.name].choices, "/schedule")


def check_choices(chosen: WithParameters, choices: Choices, pointer: str) -> None:
    """Hold parameters against a registry entry. Raises ``Problem``."""
    known = ", ".join(choices.defaults) or "none"
    for name, value in parameters_of(chosen).items():
        if name not in choices.defaults:
            raise refuse(pointer, "unknown_field", f"This choice has the parameters: {known}; another one came.")
        low, high = choices.limits[name]
        if not low <= value <= high:
            detail = f"Expected a number from {low:g} to {high:g}; this is outside."
            raise refuse(f"{pointer}/{name}", "out_of_range", detail)


def parameters_of(chosen: WithParameters | None) -> Mapping[str, float]:
    """The parameters given beside the fields every such choice has."""
    return {} if chosen is None else chosen.__pydantic_extra__


def _check_dataset(body: TrainingRequest, chosen: DatasetChoice, sizes: tuple[int, ...]) -> int:
    """Hold a data set against the network; gives the number of its examples."""
    made = MADE_SETS.get(chosen.name)
    choices = NONE if made is None else made.choices
    for name, value in (("n", chosen.n), ("noise", chosen.noise)):
        if value is not None:
            if name not in choices.defaults:
                raise refuse(
                    f"/dataset/{name}", "unknown_field", "This data set is as it is; it has no such parameter."
                )
            low, high = choices.limits[name]
            if not low <= value <= high:
                raise refuse(f"/dataset/{name}", "out_of_range", f"Expected from {low:g} to {high:g}.")
    entry = made or DATASETS[chosen.name]
    features, classes = len(entry.feature_names), len(entry.class_names)
    pointer = "/network/layers" if body.network else "/sizes"
    outputs = {0: (1,), 2: (1, 2)}.get(classes, (classes,))
    if sizes[0] != features:
        raise refuse(pointer, "wrong_length", f"This data set has {features} inputs; the network takes {sizes[0]}.")
    if sizes[-1] not in outputs:
        wanted = " or ".join(map(str, outputs))
        raise refuse(pointer, "wrong_length", f"This data set needs {wanted} outputs; the network has {sizes[-1]}.")
    if made is None:
        return len(DATASETS[chosen.name].load()[0])
    return int(made.choices.defaults["n"] if chosen.n is None else chosen.n)


def load(chosen: DatasetChoice, seed: int) -> tuple[Array, NDArray[np.int64] | Array, int]:
    """Inputs, labels or values, and the number of classes (0: they are values)."""
    made = MADE_SETS.get(chosen.name)
    if made is None:
        entry = DATASETS[chosen.name]
        return *entry.load(), len(entry.class_names)
    n = made.choices.defaults["n"] if chosen.n is None else chosen.n
    noise = made.choices.defaults["noise"] if chosen.noise is None else chosen.noise
    return *made.make(int(n), noise, np.random.default_rng(seed)), len(made.class_names)


@dataclass(frozen=True, eq=False)
class _Data:
    examples: Examples
    test: Examples | None
    rows: Rows
    test_rows: Rows
    shift: Array
    scale: Array


def _from_dataset(chosen: DatasetChoice, seed: int, outputs: int) -> _Data:
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
        # By the training part alone: what is held out must not be known beforehand. A constant column stays 0.
        shift, deviation = xs[train].mean(axis=0), xs[train].std(axis=0)
        scale = np.where(deviation > 0, deviation, 1.0)
        xs = (xs - shift) / scale
    test = Examples(xs[held_out], targets[held_out]) if len(held_out) else None
    return _Data(
        Examples(xs[train], targets[train]), test, tuple(train.tolist()), tuple(held_out.tolist()), shift, scale
    )


def _from_lists(body: TrainingRequest) -> _Data:
    examples = Examples(np.array(body.xs), np.array(body.targets))
    count, columns = examples.xs.shape
    test = None if body.test_xs is None else Examples(np.array(body.test_xs), np.array(body.test_targets))
    rows, test_rows = tuple(range(count)), tuple(range(len(body.test_xs or ())))
    return _Data(examples, test, rows, test_rows, np.zeros(columns), np.ones(columns))


def prepare(body: TrainingRequest) -> Plan:
    """Draw the network, make the data, write the recipe; ``check`` has passed. Milliseconds: not for the event loop."""
    if body.network is not None:
        network = Network.from_lists([layer.model_dump() for layer in body.network.layers])
    else:
        network = initialize(
            body.sizes or (),
            str(body.activation),
            str(body.output_activation),
            body.initializer,
            np.random.default_rng(body.seed),
        )
    data = _from_lists(body) if body.dataset is None else _from_dataset(body.dataset, body.seed, network.sizes[-1])
    recipe = Recipe(
        loss=body.loss,
        optimizer=body.optimizer.name,
        learning_rate=body.optimizer.learning_rate,
        parameters=parameters_of(body.optimizer),
        schedule="constant" if body.schedule is None else body.schedule.name,
        schedule_parameters=parameters_of(body.schedule),
        batch_size=body.batch_size,
        epochs=body.epochs,
        seed=body.seed,
        l1=body.l1,
        l2=body.l2,
        freeze=tuple(sorted(set(body.freeze))),
        record_every=body.record_every,
    )
    return Plan(network, data.examples, data.test, data.rows, data.test_rows, data.shift, data.scale, recipe)
