"""The compiled loops have NumPy's numbers, at every level of vector registers that this machine has."""

import re
import sys

import numpy as np
import pytest

from app import kernel
from app.core.engine import MOST_PARAMETERS, UNKNOWN, WRITTEN, laid_out
from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.functions.optimizers import OPTIMIZERS
from app.core.network import initialize, network_at
from app.core.pictures.landscape import landscape, parameter_plane, random_plane
from app.core.pictures.regions import grid_of, regions
from app.core.training import compiled
from app.core.training.recipe import Diverged, Examples, Recipe
from app.core.training.trainer import Trainer
from app.kernel import build
from app.kernel.build import SOURCE

EPOCHS = 3
CROSS = {("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")}
OUTPUTS = [
    (output, loss)
    for loss, entry in LOSSES.items()
    for output in ACTIVATIONS
    if not entry.outputs or output in entry.outputs
]


@pytest.fixture(params=kernel.engines(), ids=lambda each: each.name)
def engine(request):
    return request.param


def examples(outputs=3, n=11):
    rng = np.random.default_rng(5)
    return Examples(2.0 * rng.normal(size=(n, 3)), np.eye(3)[rng.integers(0, 3, n)][:, :outputs])


def pair(engine, network, data, recipe):
    """Ours and NumPy's trainer, and whether the loops are used at all."""
    ours, numpys = Trainer(network, data, recipe, engine=engine), Trainer(network, data, recipe)
    return ours, numpys, compiled.way_of(network, recipe.loss, one_in_all=True) is not None


def drawn(hidden, output, outputs=3):
    return initialize((3, 5, 4, outputs), hidden, output, "xavier_normal", np.random.default_rng(2))


@pytest.mark.parametrize("hidden", [*(name for name in ACTIVATIONS if name != "softmax"), "leaky_relu(0.2)"])
def test_every_activation_has_numpys_numbers(hidden, engine):
    recipe = Recipe("cross_entropy", learning_rate=0.1, batch_size=4, epochs=EPOCHS)
    ours, numpys, used = pair(engine, drawn(hidden, "softmax"), examples(), recipe)
    assert used
    for _ in range(EPOCHS):
        mine, theirs = ours.epoch(), numpys.epoch()
        assert mine.theta == pytest.approx(theirs.theta, rel=1e-12, abs=1e-13)
        assert mine.cost == pytest.approx(theirs.cost, rel=1e-12)


@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_every_output_has_numpys_numbers_or_is_left_to_numpy(output, loss, engine):
    network = drawn("tanh", output)
    ours, numpys, used = pair(engine, network, examples(), Recipe(loss, learning_rate=0.05, batch_size=4))
    assert used == (loss in compiled.SLOPES or (output, loss) in CROSS)
    for _ in range(EPOCHS):
        ours.rest_of_epoch()
        numpys.rest_of_epoch()
    assert ours.theta == pytest.approx(numpys.theta, rel=1e-12, abs=1e-13)
    assert used == (ours._compiled is not None)


def test_targets_that_do_not_add_up_to_one_are_left_to_numpy():
    assert compiled.way_of(drawn("tanh", "softmax"), "cross_entropy", one_in_all=True) is not None
    assert compiled.way_of(drawn("tanh", "softmax"), "cross_entropy", one_in_all=False) is None


@pytest.mark.parametrize("size", [1, 4, 5, 10])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_takes_its_gradient_from_the_loops(optimizer, size, engine):
    recipe = Recipe("huber", optimizer, 0.02, batch_size=size, l1=1e-3, l2=1e-2, freeze=("b",))
    ours, numpys, used = pair(engine, drawn("tanh", "linear", 2), examples(2), recipe)
    assert used
    for _ in range(EPOCHS):
        ours.rest_of_epoch()
        numpys.rest_of_epoch()
    assert ours.theta == pytest.approx(numpys.theta, rel=1e-10, abs=1e-12)


def test_epochs_batches_and_examples_lead_to_the_same_bits(engine):
    recipe = Recipe("cross_entropy", learning_rate=0.1, batch_size=4, epochs=EPOCHS)
    data = examples()
    by_epoch, by_batch, by_example = (Trainer(drawn("silu", "softmax"), data, recipe, engine=engine) for _ in range(3))
    for _ in range(2):
        by_epoch.rest_of_epoch()
        for _ in range(3):
            by_batch.batch()
        for _ in data.xs:
            by_example.one_example()
    assert by_epoch.theta.tobytes() == by_batch.theta.tobytes() == by_example.theta.tobytes()
    by_epoch.batch()
    again = Trainer(drawn("silu", "softmax"), data, recipe, state=by_epoch.state(), engine=engine)
    by_epoch.rest_of_epoch()
    again.rest_of_epoch()
    assert again.theta.tobytes() == by_epoch.theta.tobytes()


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu", "elu", "silu", "softplus", "leaky_relu", "linear"])
def test_a_training_that_leaves_the_numbers_is_seen_to(hidden, engine):
    recipe = Recipe("squared_error", learning_rate=1e200, batch_size=4, epochs=50)
    trainer = Trainer(drawn(hidden, "linear"), examples(), recipe, engine=engine)

    def to_the_end():
        for _ in range(50):
            trainer.epoch()

    with pytest.raises(Diverged):
        to_the_end()


def test_large_batches_float32_and_full_batch_are_left_to_numpy():
    def used(size, dtype=np.float64, n=11):
        recipe = Recipe("cross_entropy", batch_size=size)
        trainer = Trainer(drawn("tanh", "softmax"), examples(n=n), recipe, dtype=dtype, engine=kernel.engine())
        return trainer._compiled is not None

    assert used(4)
    assert not used(4, np.float32)
    assert not used(None)
    assert not used(11)
    assert not used(1000, n=1001)


def test_an_activation_that_is_not_written_down_is_left_to_numpy(monkeypatch):
    monkeypatch.setattr("app.core.engine.WRITTEN", {"softmax": WRITTEN["softmax"]})
    assert compiled.way_of(drawn("tanh", "softmax"), "cross_entropy", one_in_all=True) is None


@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
@pytest.mark.parametrize("scale", [1.0, 300.0], ids=["", "saturated"])
def test_a_record_of_all_examples_has_numpys_numbers(output, loss, scale, engine):
    network = drawn("tanh", output)
    network = network_at(network, scale * network.theta)
    data, held_out = examples(n=1100), examples(n=70)
    recipe = Recipe(loss, learning_rate=1e-3)
    ours = Trainer(network, data, recipe, held_out, engine=engine)
    numpys = Trainer(network, data, recipe, held_out)
    for _ in range(2):
        mine, theirs = ours.record(), numpys.record()
        for name in ("total_loss", "cost", "test_cost", "gradient_norms", "gain_means"):
            # Of a softmax the sum of the outputs is always 1: its gradient is nothing but rounding.
            assert getattr(mine, name) == pytest.approx(getattr(theirs, name), rel=1e-11, abs=1e-12), name
        assert (mine.train_accuracy, mine.test_accuracy) == (theirs.train_accuracy, theirs.test_accuracy)
        ours.rest_of_epoch()
        numpys.rest_of_epoch()


@pytest.mark.parametrize("hidden", [*(name for name in ACTIVATIONS if name != "softmax"), "leaky_relu(0.2)"])
@pytest.mark.parametrize("inputs", [(0,), (2, 0)])
def test_regions_have_numpys_numbers(hidden, inputs, engine):
    network = drawn(hidden, "softmax")
    network = network_at(network, 3.0 * network.theta)
    grid = grid_of(inputs, (-3.0, -400.0)[: len(inputs)], (3.0, 400.0)[: len(inputs)], np.array([0.3, -2.0, 0.7]), 41)
    ours, numpys = regions(network, grid, engine=engine), regions(network, grid)
    for mine, theirs in zip(ours.layers, numpys.layers, strict=True):
        assert mine == pytest.approx(theirs, rel=1e-12, abs=1e-14)
    assert (ours.decision == numpys.decision).all()


@pytest.mark.parametrize(
    ("output", "loss"),
    [pair for pair in OUTPUTS if pair in CROSS or pair[1] in ("squared_error", "mean_squared_error", "huber")],
)
@pytest.mark.parametrize("two", [True, False], ids=["two weights", "all of theta"])
def test_landscapes_have_numpys_numbers_or_are_left_to_numpy(output, loss, two, engine):
    network, data = drawn("tanh", output), examples(n=1100)
    plane = parameter_plane(network, 1, 40) if two else random_plane(network, np.random.default_rng(3))
    us, vs = np.linspace(-30.0, 30.0, 7), np.linspace(-2.0, 2.0, 5)
    arguments = network, plane, us, vs, data.xs, data.targets, loss
    assert landscape(*arguments, engine=engine) == pytest.approx(landscape(*arguments), rel=1e-12)


def test_targets_in_units_of_their_own_and_losses_that_the_loops_do_not_have_are_numpys(engine):
    data = examples(2)
    own = Examples(data.xs, data.targets, unit=np.array([3.0, 0.5]))
    for loss in ("huber", "absolute_error", "squared_error"):
        ours, numpys = (Trainer(drawn("elu", "linear", 2), own, Recipe(loss), engine=each) for each in (engine, None))
        mine, theirs = ours.record(), numpys.record()
        assert mine.cost == pytest.approx(theirs.cost, rel=1e-13)
        assert mine.standardised_cost == pytest.approx(theirs.standardised_cost, rel=1e-13)


def test_a_larger_network_is_left_to_numpy(engine):
    wide = initialize((3, MOST_PARAMETERS // 4, 1), "tanh", "linear", "xavier_normal", np.random.default_rng(2))
    assert laid_out(wide) is None
    grid = grid_of((0, 1), (-1.0, -1.0), (1.0, 1.0), np.zeros(3), 5)
    ours, numpys = regions(wide, grid, engine=engine), regions(wide, grid)
    assert all((mine == theirs).all() for mine, theirs in zip(ours.layers, numpys.layers, strict=True))


def test_the_sources_numbers_are_those_of_the_names():
    source = SOURCE.read_text("utf-8")
    enums = [[name.strip() for name in names.split(",")] for names in re.findall(r"enum \{([^=}]*)\}", source)]
    activations, slopes, ways, kinds = enums
    assert [name.lower() for name in activations] == list(WRITTEN)
    assert len(slopes) == len(compiled.SLOPES)
    assert ways == ["PLAIN", "THROUGH_GAIN", "THROUGH_SOFTMAX"]
    assert kinds.index("UNKNOWN") == UNKNOWN
    assert f"LANES = {kernel.LANES}, BLOCK = {kernel.BLOCK} " in source
    assert compiled.LANES == kernel.LANES


def test_where_there_is_a_c_compiler_there_are_libraries_and_without_numpy_serves(tmp_path, monkeypatch):
    assert (build.compiler() is None) == (kernel.engines() == [])
    assert kernel.name() == ("numpy" if kernel.engine() is None else kernel.engine().name)
    monkeypatch.setattr("app.kernel.build.LIBRARIES", tmp_path)
    assert kernel.engines() == []
    monkeypatch.setattr(build, "compiler", lambda: None)
    assert build.build() == []
    monkeypatch.setattr(build, "compiler", lambda: ["false"])
    assert build.build() == []
    assert list(tmp_path.iterdir()) == []


def test_a_library_of_an_older_source_is_taken_away(tmp_path, monkeypatch):
    monkeypatch.setattr("app.kernel.build.LIBRARIES", tmp_path)
    (tmp_path / "kernel-000000000000-2.so").write_text("old")
    monkeypatch.setattr(build, "compiler", lambda: [sys.executable, "-c", WRITES_WHAT_IT_IS_ASKED_FOR])
    made = build.build()
    assert made
    assert set(tmp_path.iterdir()) == set(made)


WRITES_WHAT_IT_IS_ASKED_FOR = "import sys, pathlib; pathlib.Path(sys.argv[sys.argv.index('-o') + 1]).write_text('new')"
