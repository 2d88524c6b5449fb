"""Made data sets and the split."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.functions.datasets import MADE_SETS, one_hot, split

each_set = pytest.mark.parametrize("entry", MADE_SETS.values(), ids=MADE_SETS)


@each_set
@pytest.mark.parametrize("n", [10, 11, 500])
def test_a_made_set_has_the_features_the_classes_and_the_size_it_names(entry, n):
    xs, given = entry.make(n, entry.parameters["noise"], np.random.default_rng(0))
    assert xs.shape == (n, len(entry.feature_names))
    assert np.abs(xs).max() < 3
    if entry.kind == "classification":
        counts = np.bincount(given, minlength=len(entry.class_names))
        assert len(counts) == len(entry.class_names)
        assert counts.max() - counts.min() <= 1
    else:
        assert given.shape == (n, 1)
        assert entry.class_names == ()


@each_set
def test_the_title_and_description_are_there_in_both_languages(entry):
    for text in (entry.title, entry.description):
        assert set(text) == {"en", "zh"}
        assert any("一" <= character <= "鿿" for character in text["zh"])


@each_set
def test_without_noise_what_is_told_is_exactly_so(entry):
    xs, given = entry.make(400, 0.0, np.random.default_rng(2))
    if entry.name == "xor":
        assert ((xs[:, 0] * xs[:, 1] < 0) == given).all()
    elif entry.name == "circles":
        radius = np.hypot(*xs.T)
        assert radius[given == 0].max() < radius[given == 1].min()
    elif entry.name == "plane":
        assert given[:, 0] == pytest.approx(0.5 * xs[:, 0] - 0.8 * xs[:, 1] + 0.1)
    elif entry.name == "sine":
        assert given == pytest.approx(np.sin(1.5 * np.pi * xs))
    elif entry.name == "blobs":
        assert len(np.unique(xs.round(9), axis=0)) == 3
    else:
        # Moons and spirals: one class is the other turned by half a turn, and the two never come close.
        distance = np.hypot(*(xs[given == 0][:, None] - xs[given == 1][None]).transpose(2, 0, 1))
        assert distance.min() > 0.1


def lies_on(entry, xs, given):
    """Of each point how far it is from where it belongs without noise, and where along its shape it lies, 0 to 1."""
    x, y = xs[:, 0], xs[:, -1]
    sign = np.where(given == 0, 1.0, -1.0) if given.ndim == 1 else None
    match entry.name:
        case "circles":
            radius = np.hypot(x, y)
            low, high = np.where(given == 0, 0.0, 0.75), np.where(given == 0, 0.5, 1.0)
            return np.maximum(low - radius, radius - high).clip(0.0), (radius**2 - low**2) / (high**2 - low**2)
        case "moons":
            across, up = sign * x + 0.5, sign * y + 0.25
            return np.hypot(np.hypot(across, up) - 1.0, up.clip(None, 0.0)), np.arctan2(up, across) / np.pi
        case "spirals":
            radius = np.hypot(x, y)
            turned = 3.0 * np.pi * radius / 1.4
            return np.hypot(x - sign * radius * np.sin(turned), y - sign * radius * np.cos(turned)), (
                radius / 1.4 - 0.05
            ) / 0.95
        case "xor":
            return np.maximum(0.1 - np.abs(xs), np.abs(xs) - 1.0).clip(0.0).max(axis=1), (
                np.abs(xs).mean(axis=1) - 0.1
            ) / 0.9
        case "blobs":
            corners = np.array([[0.0, 1.0], [-np.sqrt(0.75), -0.5], [np.sqrt(0.75), -0.5]])
            return np.hypot(*(xs - corners[given]).T), given / 2.0
        case "sine":
            return np.abs(given[:, 0] - np.sin(1.5 * np.pi * x)), (x + 1.0) / 2.0
        case "plane":
            return np.abs(given[:, 0] - (0.5 * x - 0.8 * y + 0.1)), (xs.mean(axis=1) + 1.0) / 2.0


@each_set
def test_without_noise_the_points_lie_all_along_the_shape_they_belong_to(entry):
    xs, given = entry.make(4000, 0.0, np.random.default_rng(2))
    distance, along = lies_on(entry, xs, given)
    assert distance.max() < 1e-12
    assert along.min() == pytest.approx(0.0, abs=0.02)
    assert along.max() == pytest.approx(1.0, abs=0.02)
    assert along.mean() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("name", ["xor", "circles"])
def test_all_directions_are_equally_likely(name):
    xs, given = MADE_SETS[name].make(4000, 0.0, np.random.default_rng(2))
    for label in (0, 1):
        quadrants = np.bincount(2 * (xs[given == label, 0] > 0) + (xs[given == label, 1] > 0), minlength=4)
        expected = (
            [500] * 4
            if name == "circles"
            else [0 if (quadrant in (1, 2)) == (label == 0) else 1000 for quadrant in range(4)]
        )
        assert quadrants == pytest.approx(expected, abs=80)


@each_set
def test_the_noise_is_of_the_size_asked_for_and_each_number_has_its_own(entry):
    bare, noisy = (entry.make(4000, noise, np.random.default_rng(2)) for noise in (0.0, 0.02))
    if entry.kind == "regression":
        _, bent = entry.make(4000, 0.02, np.random.default_rng(2))
        clean = np.sin(1.5 * np.pi * noisy[0]) if entry.name == "sine" else noisy[0] @ [[0.5], [-0.8]] + 0.1
        added = bent - clean
    else:
        assert (bare[1] == noisy[1]).all()
        added = noisy[0] - bare[0]
    assert added.std(axis=0) == pytest.approx(0.02, rel=0.06)
    assert added.mean(axis=0) == pytest.approx(0.0, abs=0.002)
    if added.shape[1] > 1:
        assert abs(np.corrcoef(added.T)[0, 1]) < 0.06


@each_set
def test_size_and_noise_may_be_chosen(entry):
    assert entry.choices.defaults["n"] == 300
    assert entry.choices.limits == {"n": (10, 5000), "noise": (0.0, 1.0)}


@pytest.mark.parametrize("sizes", [(50, 30, 20), (4, 90, 6), (1, 1, 98)])
def test_a_cut_anywhere_is_fair_to_every_class(sizes):
    labels = np.repeat([0, 1, 2], sizes)
    for held_out in range(1, 100):
        _, test = split(100, held_out / 100, np.random.default_rng(4), labels)
        assert np.bincount(labels[test], minlength=3) == pytest.approx(np.array(sizes) * held_out / 100, abs=1.0)


def test_a_split_holds_out_the_same_share_of_every_class_and_repeats_itself():
    labels = np.repeat([0, 1, 2], [50, 30, 20])
    learn, test = split(100, 0.2, np.random.default_rng(4), labels)
    assert np.bincount(labels[test]).tolist() == [10, 6, 4]
    assert sorted([*learn, *test]) == list(range(100))
    again, _ = split(100, 0.2, np.random.default_rng(4), labels)
    other, _ = split(100, 0.2, np.random.default_rng(5), labels)
    assert (learn == again).all()
    assert (learn != other).any()


def test_a_split_leaves_something_to_train_on():
    learn, test = split(3, 0.99, np.random.default_rng(0))
    assert (len(learn), len(test)) == (1, 2)
    assert len(split(10, 0.0, np.random.default_rng(0))[1]) == 0


def test_one_hot():
    assert one_hot(np.array([1, 0]), 3).tolist() == [[0, 1, 0], [1, 0, 0]]
