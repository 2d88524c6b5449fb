"""Made data sets and the split."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.datasets import MADE_SETS, one_hot, split

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
