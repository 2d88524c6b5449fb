"""The optimizers against PyTorch's own numbers (made by ``check_optimizers_pytorch``) and published ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.core.functions.optimizers import OPTIMIZERS
from app.core.functions.schedules import SCHEDULES

FIXTURE = Path(__file__).parent / "fixtures" / "optimizers.json"
STEPS, RATE = 50, 0.05
START = [1.5, -0.7, 0.3, 0.0]
CURVATURE = np.array([[2.0, 0.3, 0.0, 0.1], [0.3, 1.0, -0.4, 0.0], [0.0, -0.4, 0.5, 0.2], [0.1, 0.0, 0.2, 3.0]])
CASES: tuple[tuple[str, dict[str, float]], ...] = (
    *((name, {}) for name in OPTIMIZERS),
    ("momentum", {"momentum": 0.5}),
    ("nesterov", {"momentum": 0.5}),
    ("rmsprop", {"alpha": 0.9, "epsilon": 1e-3}),
    ("adam", {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3}),
    ("adamw", {"beta1": 0.8, "beta2": 0.95, "weight_decay": 0.3}),
)


def gradient(theta):
    """Of a bowl with ripples: not linear, so that a slip in one step shows in all later ones."""
    return CURVATURE @ theta + 0.5 * np.sin(3.0 * theta)


def path(name, parameters, start=START, slope=gradient, steps=STEPS, rate=RATE):
    """θ after each step."""
    optimizer = OPTIMIZERS[name]
    theta, buffer = np.array(start), np.zeros(len(start))
    step = optimizer.start(theta, buffer, optimizer.choices.settle(name, parameters), {})
    points = []
    for _ in range(steps):
        buffer[:] = slope(theta)
        step(rate)
        points.append(theta.tolist())
    return points


@pytest.fixture(scope="module")
def pytorch():
    return json.loads(FIXTURE.read_text("utf-8"))


def test_the_fixture_is_of_these_cases_and_names_its_maker(pytorch):
    assert "PyTorch" in pytorch["made_by"]
    assert [(run["optimizer"], run["parameters"]) for run in pytorch["runs"]] == list(CASES)
    assert (pytorch["learning_rate"], pytorch["start"]) == (RATE, START)


@pytest.mark.parametrize("case", range(len(CASES)), ids=[f"{name} {parameters}" for name, parameters in CASES])
def test_fifty_steps_are_pytorchs(pytorch, case):
    name, parameters = CASES[case]
    theirs = np.array(pytorch["runs"][case]["theta"])
    assert theirs.shape == (STEPS, len(START))
    assert np.abs(np.array(path(name, parameters)) - theirs).max() <= 1e-10


def test_two_optimizers_never_walk_the_same_path(pytorch):
    ends = {tuple(np.round(run["theta"][-1], 6)) for run in pytorch["runs"]}
    assert len(ends) == len(CASES)


def test_what_an_optimizer_remembers_keeps_the_names_under_which_runs_are_stored():
    remembered = {
        "gradient_descent": set(),
        "momentum": {"velocity"},
        "nesterov": {"velocity"},
        "rmsprop": {"square"},
        "adam": {"mean", "square", "powers"},
        "adamw": {"mean", "square", "powers"},
    }
    for name, optimizer in OPTIMIZERS.items():
        memory = {}
        optimizer.start(np.zeros(2), np.zeros(2), optimizer.choices.settle(name, {}), memory)
        assert set(memory) == remembered[name], name


@pytest.mark.parametrize("name", ["adam", "adamw"])
def test_adams_first_step_is_the_learning_rate_whatever_the_gradients_size(name):
    """Kingma, Ba (2015), sect. 2.1: the size of a step is about α; the first is α sign g."""
    for size in (1e-3, 1.0, 1e6):
        moved = path(name, {"weight_decay": 0.0} if name == "adamw" else {}, [0.0], lambda _, g=size: g, steps=1)
        assert moved[0][0] == pytest.approx(-RATE, rel=1e-4)


@pytest.mark.parametrize(("name", "changed"), [("momentum", {"momentum": 1.0}), ("adam", {"beta3": 0.5})])
def test_a_parameter_that_does_not_exist_or_is_too_large_is_refused(name, changed):
    with pytest.raises((KeyError, ValueError)) as caught:
        OPTIMIZERS[name].choices.settle(name, changed)
    assert name in str(caught.value)


def test_schedules_go_down_as_pytorchs_do():
    def rates(name, **parameters):
        schedule = SCHEDULES[name]
        chosen = schedule.choices.settle(name, parameters)
        return [schedule.rate(0.1, epoch, 10, chosen) for epoch in range(10)]

    assert rates("constant") == [0.1] * 10
    assert rates("step", every=4.0, factor=0.5) == pytest.approx([0.1] * 4 + [0.05] * 4 + [0.025] * 2)
    cosine = rates("cosine", floor=0.1)
    assert (cosine[0], cosine[5]) == pytest.approx((0.1, 0.055))
    # CosineAnnealingLR's recursion, with T_max = 10 and eta_min = 0.01.
    for epoch in range(1, 10):
        factor = (1 + np.cos(np.pi * epoch / 10)) / (1 + np.cos(np.pi * (epoch - 1) / 10))
        assert cosine[epoch] == pytest.approx(factor * (cosine[epoch - 1] - 0.01) + 0.01)


@pytest.mark.parametrize(
    ("name", "rate", "parameters", "printed", "within"),
    [
        ("gradient_descent", 0.4, {}, (-0.943467, -0.000073), 5e-7),
        ("momentum", 0.6, {"momentum": 0.5}, (0.007188, 0.002553), 5e-7),
        ("momentum", 0.6, {"momentum": 0.25}, (-0.126340, -0.186632), 5e-7),
        # There ε stands under the root, here (as in PyTorch) beside it.
        ("rmsprop", 0.4, {"alpha": 0.9, "epsilon": 1e-6}, (-0.010599, 0.000000), 2e-6),
    ],
)
def test_twenty_steps_end_where_dive_into_deep_learning_prints(name, rate, parameters, printed, within):
    """Zhang et al., Dive into Deep Learning, ch. 12 (12.6 and 12.8): f = 0.1 x1² + 2 x2² from (-5, -2)."""
    *_, end = path(name, parameters, [-5.0, -2.0], lambda x: np.array([0.2, 4.0]) * x, 20, rate)
    assert end == pytest.approx(printed, rel=0, abs=within)
