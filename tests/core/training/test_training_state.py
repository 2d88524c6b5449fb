"""A training that is put away and taken up again goes on as if it had never stopped, bit for bit."""

from dataclasses import replace

import numpy as np
import pytest

from app import kernel
from app.core.arrays import ShapeError
from app.core.functions.optimizers import OPTIMIZERS
from app.core.network import initialize
from app.core.training.recipe import Diverged, Examples, Recipe
from app.core.training.trainer import Trainer

RNG = np.random.default_rng(8)
XS = RNG.normal(size=(23, 3))
EXAMPLES = Examples(XS, (XS[:, :1] * XS[:, 1:2] > 0).astype(float))
TEST = Examples(XS[:7] + 0.1, EXAMPLES.targets[:7])
NETWORK = initialize((3, 5, 4, 1), "tanh", "sigmoid", "xavier_uniform", np.random.default_rng(1))
EPOCHS = 6


def made(recipe, state=None, dtype=np.float64):
    return Trainer(NETWORK, EXAMPLES, recipe, TEST, dtype, state)


def rest(trainer):
    """Every number of the epochs that are left."""
    told = []
    while trainer.completed < EPOCHS:
        record = trainer.epoch()
        told.append((repr(replace(record, theta=None)), record.theta.tobytes(), trainer.theta.tobytes()))
    return told


def recipes():
    for name in OPTIMIZERS:
        yield Recipe("binary_cross_entropy", name, 0.05, batch_size=5, epochs=EPOCHS, seed=3)
    yield Recipe("binary_cross_entropy", "adam", 0.05, epochs=EPOCHS)
    yield Recipe("binary_cross_entropy", "momentum", 0.05, batch_size=1, epochs=EPOCHS, l1=1e-3, l2=1e-2, freeze=("b",))
    yield Recipe("binary_cross_entropy", "nesterov", 0.05, batch_size=7, schedule="cosine", epochs=EPOCHS)
    steps = {"every": 2.0, "factor": 0.5}
    yield Recipe(
        "half_squared_error", "adamw", 0.05, batch_size=4, schedule="step", schedule_parameters=steps, epochs=EPOCHS
    )


@pytest.mark.parametrize(
    "recipe", list(recipes()), ids=lambda each: f"{each.optimizer}-{each.batch_size}-{each.schedule}"
)
@pytest.mark.parametrize("moment", ["start", "epoch", "batch", "example"])
def test_every_number_after_a_break_is_that_of_a_training_without_one(recipe, moment):
    def to_the_break(trainer):
        trainer.record()
        if moment != "start":
            trainer.epoch()
            trainer.epoch()
        if moment in ("batch", "example"):
            trainer.batch()
        if moment == "example":
            trainer.one_example()
            trainer.one_example()

    unbroken, broken = made(recipe), made(recipe)
    to_the_break(unbroken)
    to_the_break(broken)
    state = broken.state()
    # The first one goes on; what was taken from it must not go with it.
    rest(broken)
    assert rest(made(recipe, state)) == rest(unbroken)


def test_the_examples_of_a_half_used_batch_are_the_same_ones_afterwards():
    recipe = Recipe("binary_cross_entropy", "adam", batch_size=5, epochs=EPOCHS)
    trainer = made(recipe)
    trainer.batch()
    before = trainer.one_example()
    again = made(recipe, trainer.state())
    assert trainer.inside
    assert again.inside
    assert again.one_example() == trainer.one_example()
    assert again.one_example().examples[:1] == before.examples
    assert again.batch() == trainer.batch()


def test_looking_inside_an_epoch_changes_nothing():
    for size in (5, None):
        recipe = Recipe("binary_cross_entropy", "momentum", batch_size=size, epochs=EPOCHS)
        seen, unseen = made(recipe), made(recipe)
        seen.record()
        unseen.record()
        seen.batch()
        looked = seen.look()
        assert looked.theta.tobytes() == seen.theta.tobytes()
        assert rest(seen) == rest(unseen)[-EPOCHS:] if size else rest(seen) == rest(unseen)[1:]


def test_float32_is_taken_up_exactly_too():
    recipe = Recipe("binary_cross_entropy", "adam", batch_size=5, epochs=EPOCHS)
    trainer = made(recipe, dtype=np.float32)
    trainer.epoch()
    trainer.batch()
    again = made(recipe, trainer.state(), np.float32)
    assert rest(again) == rest(trainer)


def test_a_training_taken_up_knows_its_last_finite_record_when_it_diverges():
    recipe = Recipe("squared_error", learning_rate=1e12, batch_size=5, epochs=500)
    whole = Trainer(NETWORK, EXAMPLES, recipe)
    whole.record()
    state = whole.state()
    again = Trainer(NETWORK, Examples(1e3 * XS, 1e300 * EXAMPLES.targets), recipe, state=state)
    with pytest.raises(Diverged) as caught:
        again.epoch()
    assert caught.value.last.epoch == 0
    assert caught.value.last.theta.tobytes() == NETWORK.theta.tobytes()


def test_the_last_record_is_kept_with_its_theta_though_it_was_not_recorded():
    recipe = Recipe("binary_cross_entropy", batch_size=5, epochs=EPOCHS, record_every=4)
    trainer = made(recipe)
    trainer.record()
    assert trainer.epoch().theta is None
    last = trainer.theta
    trainer.batch()
    assert trainer.state().last.theta.tobytes() == last.tobytes()
    assert trainer.state().last.epoch == 1
    bare = replace(trainer.state(), last=replace(trainer.state().last, theta=None))
    assert made(recipe, bare).state().last is None


@pytest.mark.parametrize("changed", [{"batches": 5}, {"batches": -1}, {"used": 5}, {"used": -1}])
def test_a_state_beyond_its_batches_is_refused(changed):
    recipe = Recipe("binary_cross_entropy", batch_size=5, epochs=EPOCHS)
    trainer = made(recipe)
    trainer.batch()
    trainer.one_example()
    with pytest.raises(ShapeError, match=r"^the state is that of another training$"):
        made(recipe, replace(trainer.state(), **changed))


def test_more_epochs_than_were_planned_go_on_from_the_end():
    recipe = Recipe("binary_cross_entropy", "adam", batch_size=5, epochs=3)
    short = made(recipe)
    for _ in range(3):
        short.epoch()
    longer = replace(recipe, epochs=EPOCHS)
    whole = made(longer)
    for _ in range(3):
        whole.epoch()
    assert rest(made(longer, short.state())) == rest(whole)


@pytest.mark.parametrize(
    "changed", [{"batch_size": 3}, {"optimizer": "adam"}, {"batch_size": None}], ids=["batches", "memory", "whole"]
)
def test_the_state_of_another_training_is_refused(changed):
    recipe = Recipe("binary_cross_entropy", "momentum", batch_size=8, epochs=EPOCHS)
    trainer = made(recipe)
    for _ in range(2):
        trainer.batch()
    for _ in range(5):
        trainer.one_example()
    with pytest.raises(ShapeError, match="another training"):
        made(replace(recipe, **changed), trainer.state())


class Enough(Exception):
    """What a look raises."""


@pytest.mark.parametrize("size", [1, 5, 11, None])
@pytest.mark.parametrize("optimizer", ["gradient_descent", "adam"])
@pytest.mark.parametrize("way", ["numpy", "compiled", "large"])
def test_a_training_that_is_ended_at_any_look_goes_on_bit_for_bit(monkeypatch, size, optimizer, way):
    # As with examples and networks that are so large that a batch, or a piece of a measurement, takes long.
    monkeypatch.setattr("app.core.training.evaluation.PIECE", 5)
    for module in ("looking", "training.trainer"):
        monkeypatch.setattr(f"app.core.{module}.LARGE_PIECE", 100 if way == "large" else 2000)
    recipe = Recipe("binary_cross_entropy", optimizer, 0.01, batch_size=size, epochs=2, seed=4)
    looks = 0

    def begun(state=None, after=None):
        def look():
            nonlocal looks
            looks += 1
            if after is not None and looks > after:
                raise Enough

        engine = kernel.engine() if way == "compiled" else None
        return Trainer(NETWORK, EXAMPLES, recipe, TEST, state=state, engine=engine, look_up=look)

    def go_on(trainer, state=None):
        if state is None or not (state.is_recorded or trainer.inside):
            trainer.record()
        while trainer.completed < recipe.epochs:
            trainer.epoch()
        return repr(replace(trainer.look(), theta=None)), trainer.theta.tobytes()

    unbroken = go_on(begun())
    in_all = looks
    assert in_all > 12
    for after in sorted({0, 1, 2, 3, *range(4, in_all - 6, max(1, in_all // 6))}):
        looks = 0
        trainer = begun(after=after)
        with pytest.raises(Enough):
            go_on(trainer)
        state = trainer.state()
        assert go_on(begun(state), state) == unbroken
