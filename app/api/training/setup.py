"""From a checked body of POST /training to the core's terms; what does not hold together is refused here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...core.functions.activations import ACTIVATIONS
from ...core.functions.choices import NONE, Choices
from ...core.functions.datasets import MADE_SETS
from ...core.functions.losses import LOSSES
from ...core.functions.optimizers import OPTIMIZERS
from ...core.functions.schedules import SCHEDULES
from ...core.network import Network, initialize
from ...core.training.recipe import Recipe
from ...library.datasets import DATASETS
from ..bounds.limits import Limits, check_batch, check_network
from ..network.schemas import with_slope
from ..network.shapes import Errors, core_network, last_layer_only, lay_out, misfit, ragged
from ..wire.problems import InputError, invalid, over_limit, refuse
from .data import Data, data_of
from .schemas import DatasetChoice, TrainingRequest, Until, WithParameters

MAX_NAME = 100
"""Characters in the name of a feature or a class."""


@dataclass(frozen=True, eq=False)
class Plan:
    """All that a training needs.

    Attributes:
        network: where it starts.
        data: what it trains on, and what is held out.
        recipe: how.
        has_dataset: whether the examples are those of a data set by name.
    """

    network: Network
    data: Data
    recipe: Recipe
    has_dataset: bool = False


def check(body: TrainingRequest, limits: Limits) -> None:
    """All that can be said without drawing a network or making data. Raises ``Problem``."""
    if (body.network is None) == (body.sizes is None):
        raise refuse("", "not_exactly_one", "Expected exactly one of network and sizes.")
    if (body.dataset is None) == (body.xs is None):
        raise refuse("", "not_exactly_one", "Expected exactly one of dataset and xs.")
    if (body.xs is None) != (body.targets is None):
        raise refuse("/targets", "missing", "Expected targets together with xs, and only then.")
    if body.standardise and body.xs is None:
        raise refuse("/standardise", "unknown_field", "Of a data set, standardise stands inside dataset.")
    if (body.test_xs is None) != (body.test_targets is None) or (body.test_xs is not None and body.xs is None):
        raise refuse("/test_xs", "missing", "Expected test_xs and test_targets together, beside xs.")
    sizes = _check_network(body)
    check_network(sizes, limits, "/network/layers" if body.network else "/sizes")
    _check_recipe(body, limits)
    _check_names(body, sizes)
    check_until(body.until)
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
        if body.slope is not None:
            raise refuse("/slope", "unknown_field", "Beside network, a slope stands inside its layers.")
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


def check_until(until: Until | None) -> None:
    """Expect exactly one measure of how far to go. Raises ``Problem``."""
    if until is not None and len([each for each in (until.epochs, until.batches, until.examples) if each]) != 1:
        raise refuse("/until", "not_exactly_one", "Expected exactly one of epochs, batches and examples.")


def _check_names(body: TrainingRequest, sizes: tuple[int, ...]) -> None:
    """Hold the names of one's own lists against the network."""
    outputs = sizes[-1]
    for field, names, count in (
        ("feature_names", body.feature_names, sizes[0]),
        ("class_names", body.class_names, 2 if outputs == 1 else outputs),
    ):
        if names is None:
            continue
        if body.xs is None:
            raise refuse(f"/{field}", "unknown_field", "A data set has its own names.")
        if len(names) != count:
            raise invalid(
                [misfit(f"/{field}", count, "one per input" if field[0] == "f" else "one per class", len(names))]
            )
        for place, name in enumerate(names):
            if not 0 < len(name) <= MAX_NAME:
                detail = f"Expected a name of 1 to {MAX_NAME} characters."
                raise refuse(f"/{field}/{place}", "wrong_length", detail)


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
            raise refuse(f"{pointer}/{name}", "out_of_range", detail, least=low, most=high)


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
                detail = f"Expected from {low:g} to {high:g}."
                raise refuse(f"/dataset/{name}", "out_of_range", detail, least=low, most=high)
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


def prepare(body: TrainingRequest) -> Plan:
    """Draw the network, make the data, write the recipe; ``check`` has passed. Milliseconds: not for the event loop."""
    if body.network is not None:
        network = core_network(body.network)
    else:
        network = initialize(
            body.sizes or (),
            with_slope(str(body.activation), body.slope),
            with_slope(str(body.output_activation), body.slope),
            body.initializer,
            np.random.default_rng(body.seed),
        )
    data = data_of(body, network)
    recipe = Recipe(
        loss=body.loss,
        optimizer=body.optimizer.name,
        learning_rate=body.optimizer.learning_rate,
        parameters=parameters_of(body.optimizer),
        schedule="constant" if body.schedule is None else body.schedule.name,
        schedule_parameters=parameters_of(body.schedule),
        reduction=body.reduction,
        batch_size=body.batch_size,
        epochs=body.epochs,
        seed=body.seed,
        l1=body.l1,
        l2=body.l2,
        freeze=tuple(sorted(set(body.freeze))),
        record_every=body.record_every,
    )
    return Plan(network, data, recipe, body.dataset is not None)
