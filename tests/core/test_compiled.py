"""The loops for small mini-batches have NumPy's numbers: as plain Python always, and compiled where Numba is installed.

``make fast`` installs it beside the tests and runs these.
"""

import inspect
import re
from importlib.util import find_spec
from itertools import pairwise
from math import exp, expm1, inf, isnan, nan, nextafter
from types import SimpleNamespace

import numpy as np
import pytest

from app import compiler
from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.functions.optimizers import OPTIMIZERS
from app.core.network import initialize
from app.core.training import compiled, compiled_pass
from app.core.training.recipe import Diverged, Examples, Recipe
from app.core.training.trainer import Trainer

EPOCHS = 3
FORMS = ["as it stands", *(["compiled"] if find_spec("numba") else [])]
OUTPUTS = [
    (output, loss)
    for loss, entry in LOSSES.items()
    for output in ACTIVATIONS
    if not entry.outputs or output in entry.outputs
]


@pytest.fixture(params=FORMS)
def descend(request):
    if request.param == "as it stands":
        return compiled_pass.descend
    return compiler.descend()


def examples(outputs=3, n=11):
    rng = np.random.default_rng(5)
    return Examples(2.0 * rng.normal(size=(n, 3)), np.eye(3)[rng.integers(0, 3, n)][:, :outputs])


def pair(descend, network, data, recipe):
    """Ours and NumPy's trainer, and whether the loops are used at all."""
    ours, numpys = Trainer(network, data, recipe, descend=descend), Trainer(network, data, recipe)
    return ours, numpys, compiled.way_of(network, recipe.batch_size, recipe.loss, one_in_all=True) is not None


def drawn(hidden, output, outputs=3):
    return initialize((3, 5, 4, outputs), hidden, output, "xavier_normal", np.random.default_rng(2))


@pytest.mark.parametrize("hidden", [*(name for name in ACTIVATIONS if name != "softmax"), "leaky_relu(0.2)"])
def test_every_activation_has_numpys_numbers(hidden, descend):
    recipe = Recipe("cross_entropy", learning_rate=0.1, batch_size=4, epochs=EPOCHS)
    ours, numpys, used = pair(descend, drawn(hidden, "softmax"), examples(), recipe)
    assert used
    for _ in range(EPOCHS):
        mine, theirs = ours.epoch(), numpys.epoch()
        assert mine.theta == pytest.approx(theirs.theta, rel=1e-12, abs=1e-13)
        assert mine.cost == pytest.approx(theirs.cost, rel=1e-12)


@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_every_output_has_numpys_numbers_or_is_left_to_numpy(output, loss, descend):
    network = drawn("tanh", output)
    ours, numpys, used = pair(descend, network, examples(), Recipe(loss, learning_rate=0.05, batch_size=4))
    assert used == (loss in compiled.SLOPES or (output, loss) in CROSS)
    for _ in range(EPOCHS):
        ours.rest_of_epoch()
        numpys.rest_of_epoch()
    assert ours.theta == pytest.approx(numpys.theta, rel=1e-12, abs=1e-13)
    assert used == (ours._compiled is not None)


def test_targets_that_do_not_add_up_to_one_are_left_to_numpy():
    assert compiled.way_of(drawn("tanh", "softmax"), 4, "cross_entropy", one_in_all=True) is not None
    assert compiled.way_of(drawn("tanh", "softmax"), 4, "cross_entropy", one_in_all=False) is None


CROSS = {("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")}


@pytest.mark.parametrize("size", [1, 4, 5, 10])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_takes_its_gradient_from_the_loops(optimizer, size, descend):
    recipe = Recipe("huber", optimizer, 0.02, batch_size=size, l1=1e-3, l2=1e-2, freeze=("b",))
    ours, numpys, used = pair(descend, drawn("tanh", "linear", 2), examples(2), recipe)
    assert used
    for _ in range(EPOCHS):
        ours.rest_of_epoch()
        numpys.rest_of_epoch()
    assert ours.theta == pytest.approx(numpys.theta, rel=1e-10, abs=1e-12)


def test_epochs_batches_and_examples_lead_to_the_same_bits(descend):
    recipe = Recipe("cross_entropy", learning_rate=0.1, batch_size=4, epochs=EPOCHS)
    data = examples()
    by_epoch, by_batch, by_example = (
        Trainer(drawn("silu", "softmax"), data, recipe, descend=descend) for _ in range(3)
    )
    for _ in range(2):
        by_epoch.rest_of_epoch()
        for _ in range(3):
            by_batch.batch()
        for _ in data.xs:
            by_example.one_example()
    assert by_epoch.theta.tobytes() == by_batch.theta.tobytes() == by_example.theta.tobytes()
    by_epoch.batch()
    again = Trainer(drawn("silu", "softmax"), data, recipe, state=by_epoch.state(), descend=descend)
    by_epoch.rest_of_epoch()
    again.rest_of_epoch()
    assert again.theta.tobytes() == by_epoch.theta.tobytes()


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu", "elu", "silu", "softplus", "leaky_relu", "linear"])
def test_a_training_that_leaves_the_numbers_is_seen_to(hidden, descend):
    recipe = Recipe("squared_error", learning_rate=1e200, batch_size=4, epochs=50)
    trainer = Trainer(drawn(hidden, "linear"), examples(), recipe, descend=descend)

    def to_the_end():
        for _ in range(50):
            trainer.epoch()

    with pytest.raises(Diverged):
        to_the_end()


def test_large_batches_float32_and_full_batch_are_left_to_numpy():
    def used(size, dtype=np.float64, n=11):
        recipe = Recipe("cross_entropy", batch_size=size)
        trainer = Trainer(drawn("tanh", "softmax"), examples(n=n), recipe, dtype=dtype, descend=compiled_pass.descend)
        return trainer._compiled is not None

    assert used(4)
    assert not used(4, np.float32)
    assert not used(None)
    assert not used(11)
    assert not used(1000, n=1001)


def test_an_activation_that_is_not_written_down_is_left_to_numpy(monkeypatch):
    monkeypatch.setattr(compiled, "WRITTEN", {"softmax": compiled_pass.SOFTMAX})
    assert compiled.way_of(drawn("tanh", "softmax"), 4, "cross_entropy", one_in_all=True) is None


def test_exponentials_have_all_their_digits():
    points = [0.0, -5e-324, -1e-300, -1e-9, -0.3, -0.34657, -0.34658, -0.7, -1.0, -20.0, -36.8, -700.0]
    points += list(-(np.random.default_rng(1).random(2000) ** 3) * 700)
    for x in points:
        less_one, whole = compiled_pass.exponentials(x)
        assert less_one == pytest.approx(expm1(x), rel=8e-16, abs=0)
        assert whole == pytest.approx(exp(x), rel=8e-16, abs=0)
    falling = [compiled_pass.exponentials(x)[1] for x in np.arange(0.0, -760.0, -0.25)]
    assert all(one >= next_one for one, next_one in pairwise(falling))


def test_exponentials_end_at_zero_and_keep_what_is_not_a_number():
    for x in (-750.0, -1e6, -1e308, -inf):
        assert compiled_pass.exponentials(x) == (-1.0, 0.0)
    assert all(map(isnan, compiled_pass.exponentials(nan)))
    assert compiled_pass.exponentials(nextafter(-745.0, 0.0))[1] >= 0.0


def test_without_a_compiler_all_is_left_to_numpy(monkeypatch):
    monkeypatch.setattr(compiler, "find_spec", lambda name: None)
    assert compiler.engine() == "numpy"
    assert compiler.descend.__wrapped__() is None


class StandInCompiler:
    """Notes what Numba is asked for; a function it "compiles" is the function."""

    def __init__(self, may_write):
        self.may_write = may_write
        self.inlined, self.compiled = {}, {}

    def module(self, name):
        return {"numba": SimpleNamespace(njit=self.njit), "numba.extending": self}[name]

    def register_jitable(self, **options):
        return lambda part: self.inlined.update({part.__name__: options})

    def njit(self, signature, *, cache=False, **options):
        if cache and not self.may_write:
            raise RuntimeError("cannot cache function: no locator available")

        def compile_(function):
            self.compiled[function.__name__] = signature, cache, options
            return function

        return compile_


@pytest.mark.parametrize("may_write", [True, False], ids=["a folder to keep it in", "no folder"])
def test_the_compiler_gets_every_loop_and_rounds_the_steps_of_the_optimizer_as_numpy_does(may_write, monkeypatch):
    numba = StandInCompiler(may_write)
    monkeypatch.setattr(compiler, "find_spec", lambda name: object() if name == "numba" else None)
    monkeypatch.setattr(compiler, "import_module", numba.module)
    monkeypatch.setattr(compiler, "version", {"numba": "0.63.1"}.__getitem__)
    assert compiler.engine() == "numba 0.63.1"
    assert compiler.descend.__wrapped__() is compiled_pass.descend
    written = {
        name
        for name, each in vars(compiled_pass).items()
        if inspect.isfunction(each) and each.__module__.endswith("_pass")
    }
    assert set(numba.inlined) == written - {"descend"}
    assert [name for name, options in numba.inlined.items() if "fastmath" not in options] == ["move"]
    assert all(options["error_model"] == "numpy" for options in numba.inlined.values())
    assert all(options.get("fastmath", {"contract"}) == {"contract"} for options in numba.inlined.values())
    signature, kept, options = numba.compiled.pop("descend")
    assert not numba.compiled
    assert kept == may_write
    assert options == {"nogil": True, "error_model": "numpy"}
    assert len(re.split(r",\s*(?![^\[]*\])", signature)) == len(inspect.signature(compiled_pass.descend).parameters)


@pytest.mark.parametrize("hidden", ["tanh", "leaky_relu"])
def test_the_loops_are_given_what_they_are_compiled_for(hidden):
    """Also without Numba: it takes no array of whole numbers for one of float64."""
    given = []
    recipe = Recipe("huber", batch_size=4)
    trainer = Trainer(drawn(hidden, "linear"), examples(), recipe, descend=lambda *values: given.append(values))
    trainer.batch()

    def kind(value):
        if isinstance(value, np.ndarray):
            return f"{value.dtype}[{'::1' if value.ndim == 1 else ':, ::1'}]"
        return {bool: "boolean", int: "int64", float: "float64"}[type(value)]

    wanted = re.findall(r"(?:float64|int64|boolean)(?:\[[^\]]*\])?", compiler._SIGNATURE)
    assert [kind(value) for value in given[0]] == wanted
