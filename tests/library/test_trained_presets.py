"""The presets with trained weights: what they claim is computed again from the weights in their files."""

import json

import numpy as np
import pytest

from app.core.network import Network, initialize
from app.library.datasets import DATASETS
from app.library.presets import PRESETS, preset, run
from scripts import preset_files
from scripts.train_presets import (
    DIGITS,
    IRIS,
    XOR,
    XOR_TARGETS,
    XOR_XS,
    correct,
    one_hot,
    outputs,
    rounded,
    split,
    train,
    xor_preset,
)

CLASSIFIERS = {"iris": ("iris-flower", IRIS, 0.95), "digits": ("handwritten-digit", DIGITS, 0.94)}
each_classifier = pytest.mark.parametrize(
    ("dataset", "name", "recipe", "goal"), [(k, *v) for k, v in CLASSIFIERS.items()]
)


def network_of(name):
    return Network.from_lists(preset(name)["request"]["network"]["layers"])


@each_classifier
def test_the_stored_weights_classify_the_held_out_fifth_as_well_as_is_said(dataset, name, recipe, goal):
    network, parts, found = network_of(name), split(dataset, recipe.seed), preset(name)
    right = correct(network, parts, parts.test, recipe.loss)
    assert (right, len(parts.test)) == (found["data"]["correct"], found["data"]["held_out"])
    assert right / len(parts.test) >= goal
    for text in found["description"].values():
        assert f"{100 * right / len(parts.test):.1f}%" in text.replace(" %", "%")
        assert str(right) in text
        assert str(len(parts.test)) in text


@each_classifier
def test_the_split_is_a_split_and_the_example_was_held_out(dataset, name, recipe, goal):
    parts = split(dataset, recipe.seed)
    assert sorted([*parts.train, *parts.test]) == list(range(len(parts.labels)))
    assert len(parts.test) == len(parts.labels) // 5
    assert preset(name)["data"]["example"] in parts.test


@each_classifier
def test_the_example_is_in_the_data_set_and_its_class_is_recognised(dataset, name, recipe, goal):
    found = preset(name)
    raw, labels = DATASETS[found["data"]["dataset"]].load()
    example, x = found["data"]["example"], found["request"]["x"]
    if dataset == "iris":
        expected = (raw[example] - found["data"]["mean"]) / found["data"]["deviation"]
        np.testing.assert_allclose(x, expected, rtol=1e-5)
    else:
        assert (np.array(x) * found["data"]["divided_by"]).tolist() == raw[example].tolist()
    assert found["request"]["target"] == one_hot(labels[[example]], len(DATASETS[dataset].class_names))[0].tolist()
    y = run(found["request"]).layers[-1].a
    assert y.argmax() == labels[example]
    assert 0.5 < y.max() < 0.95
    for text in found["description"].values():
        assert f"{100 * y.max():.0f}%" in text.replace(" %", "%")
    for spoken in ("virginica",) if dataset == "iris" else ("8",):
        assert DATASETS[dataset].class_names[labels[example]] == spoken
        assert spoken in found["description"]["en"]


@pytest.mark.parametrize("name", ["xor-learned", "iris-flower", "handwritten-digit"])
def test_weights_have_six_significant_digits(name):
    theta = network_of(name).theta
    assert (rounded(theta) == theta).all()


def test_iris_is_standardised_by_the_training_part_alone():
    parts = split("iris", IRIS.seed)
    raw, _ = DATASETS["iris"].load()
    np.testing.assert_allclose(parts.scaling["mean"], raw[parts.train].mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(parts.scaling["deviation"], raw[parts.train].std(axis=0), rtol=1e-5)


def test_training_xor_again_gives_the_preset_again():
    stored, again = preset("xor-learned"), xor_preset()
    theta = Network.from_lists(again["request"]["network"]["layers"]).theta
    np.testing.assert_allclose(network_of("xor-learned").theta, theta, rtol=1e-4)
    assert stored["description"] == again["description"]
    assert stored["title"] == again["title"]
    assert stored["request"]["x"] == again["request"]["x"]


def test_xor_is_learned_by_training_and_was_not_known_before():
    y = outputs(train(XOR, XOR_XS, XOR_TARGETS), XOR_XS, XOR.loss)
    assert (y.round() == XOR_TARGETS).all()
    rng = np.random.default_rng(XOR.seed)
    untrained = initialize(XOR.sizes, XOR.activation, XOR.output_activation, "xavier_uniform", rng)
    assert not (outputs(untrained, XOR_XS, XOR.loss).round() == XOR_TARGETS).all()


def test_files_are_written_in_the_layout_they_have(tmp_path, monkeypatch):
    monkeypatch.setattr(preset_files, "PRESETS", tmp_path)
    for path in PRESETS.iterdir():
        preset_files.write(path.stem, json.loads(path.read_text("utf-8")))
        assert (tmp_path / path.name).read_text("utf-8") == path.read_text("utf-8")
