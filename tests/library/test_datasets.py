import subprocess
import sys

import numpy as np
import pytest

from app.library.datasets import DATASETS

each_dataset = pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)


@each_dataset
def test_a_data_set_has_its_source_its_licence_and_both_languages(dataset):
    assert DATASETS[dataset.name] is dataset
    assert "doi:" in dataset.source
    assert dataset.licence == "CC BY 4.0"
    for text in (dataset.title, dataset.description):
        assert set(text) == {"en", "zh"}
        assert any("一" <= character <= "鿿" for character in text["zh"])


@each_dataset
def test_examples_have_the_features_and_classes_that_are_named(dataset):
    xs, labels = dataset.load()
    assert xs.dtype == np.float64
    assert xs.shape == (len(labels), len(dataset.feature_names))
    assert set(labels.tolist()) == set(range(len(dataset.class_names)))


@each_dataset
def test_examples_are_read_once_and_cannot_be_changed(dataset):
    xs, labels = dataset.load()
    assert dataset.load()[0] is xs
    for array in (xs, labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_iris_is_the_one_of_fishers_article():
    xs, labels = DATASETS["iris"].load()
    assert xs.shape == (150, 4)
    assert np.bincount(labels).tolist() == [50, 50, 50]
    assert xs[0].tolist() == [5.1, 3.5, 1.4, 0.2]
    assert xs.sum(axis=0) == pytest.approx([876.5, 458.6, 563.7, 179.9])
    assert xs[34].tolist() == [4.9, 3.1, 1.5, 0.2], "UCI's file has 0.1 here"
    assert xs[37].tolist() == [4.9, 3.6, 1.4, 0.1], "UCI's file has 3.1 and 1.5 here"


def test_digits_are_the_1797_of_the_test_part():
    xs, labels = DATASETS["digits"].load()
    assert xs.shape == (1797, 64)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (xs == xs.round()).all()
    assert (xs.min(), xs.max()) == (0, 16)
    assert labels[:10].tolist() == list(range(10))
    assert xs[0, :8].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]


def test_importing_the_library_opens_none_of_its_files():
    script = """
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
from app.library.presets import preset, preset_names
from app.library.datasets import DATASETS
def data():
    return [path for path in opened if path.endswith((".json", ".csv"))]
names = preset_names()
assert not data(), data()
preset(names[0])
DATASETS["iris"].load()
assert len(data()) == 2, data()
"""
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True)
