"""What a training is given: what cannot be followed is refused by its name."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from app.core.arrays import ShapeError
from app.core.functions.losses import LOSSES
from app.core.functions.optimizers import OPTIMIZERS
from app.core.functions.schedules import SCHEDULES
from app.core.network import initialize
from app.core.training.recipe import Diverged, Examples, Recipe


@pytest.mark.parametrize(("kind", "registry"), [("loss", LOSSES), ("optimizer", OPTIMIZERS), ("schedule", SCHEDULES)])
def test_a_name_in_no_registry_is_refused_with_those_there_are(kind: str, registry: dict[str, Any]) -> None:
    with pytest.raises(KeyError, match=re.escape(f"no {kind} 'sgd'; there are {', '.join(registry)}")):
        Recipe(**{"loss": "squared_error", kind: "sgd"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("learning_rate", 0.0),
        ("batch_size", 0),
        ("epochs", -1),
        ("l1", -0.5),
        ("l2", -0.5),
        ("record_every", 0),
        ("freeze", ("x",)),
    ],
)
def test_a_value_outside_its_limits_is_refused_by_its_name(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=re.escape(f"{name}: {value!r} is not possible")):
        Recipe("squared_error", **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("learning_rate", 5e-324), ("batch_size", 1), ("epochs", 0), ("l1", 0.0), ("l2", 0.0), ("freeze", ("b", "w"))],
)
def test_the_limits_themselves_are_possible(name: str, value: Any) -> None:
    assert getattr(Recipe("squared_error", **{name: value}), name) == value


@pytest.mark.parametrize(
    ("chosen", "owner"),
    [
        ({"optimizer": "adam", "parameters": {"speed": 1.0}}, "adam"),
        ({"schedule": "step", "schedule_parameters": {"speed": 1.0}}, "step"),
    ],
)
def test_a_parameter_that_there_is_not_is_refused_with_its_owner(chosen: dict[str, Any], owner: str) -> None:
    with pytest.raises(KeyError, match=f"{owner} has no parameter 'speed'"):
        Recipe("squared_error", **chosen)


def test_recipes_that_are_equal_have_one_hash_and_others_have_others() -> None:
    (name,) = OPTIMIZERS["momentum"].parameters

    def made(value: float, epochs: int) -> Recipe:
        return Recipe("squared_error", "momentum", parameters={name: value}, epochs=epochs)

    assert hash(made(0.5, 3)) == hash(made(0.5, 3))
    assert len({hash(made(value, epochs)) for value in (0.5, 0.75) for epochs in (3, 4)}) == 4


def test_a_divergence_says_when_and_why() -> None:
    error = Diverged(3, "loss", None)
    assert str(error) == "epoch 3: the loss is not finite"
    assert (error.epoch, error.reason, error.last) == (3, "the loss is not finite", None)


@pytest.mark.parametrize(
    ("xs", "targets", "pointer", "told"),
    [
        ([1.0, 2.0], [[1.0], [2.0]], "/xs", "(2,)"),
        ([[1.0], [2.0]], [1.0, 2.0], "/targets", "(2,)"),
        (np.empty((0, 2)), np.empty((0, 1)), "/xs", "(0, 2)"),
        ([[1.0], [2.0]], [[1.0]], "/targets", "expected 2 rows, one per example, got 1"),
    ],
)
def test_examples_of_a_wrong_shape_are_refused_with_a_pointer(xs: Any, targets: Any, pointer: str, told: str) -> None:
    with pytest.raises(ShapeError, match=re.escape(told)) as caught:
        Examples(xs, targets)
    assert caught.value.pointer == pointer


@pytest.mark.parametrize(
    ("inputs", "outputs", "pointer", "told"),
    [
        (3, 1, "/xs/0", "expected 2 numbers per example, got 3"),
        (2, 2, "/targets/0", "expected 1 numbers per example, got 2"),
    ],
)
def test_examples_that_do_not_fit_a_network_are_refused_with_a_pointer(
    inputs: int, outputs: int, pointer: str, told: str
) -> None:
    network = initialize((2, 3, 1), "tanh", "linear", "zeros", np.random.default_rng(0))
    with pytest.raises(ShapeError, match=re.escape(told)) as caught:
        Examples(np.zeros((4, inputs)), np.zeros((4, outputs))).require_fit(network)
    assert caught.value.pointer == pointer
