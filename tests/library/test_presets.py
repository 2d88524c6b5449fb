import json
import re

import numpy as np
import pytest

from app.core.functions.losses import LOSSES
from app.library.presets import PRESETS, preset, preset_names, run

each_preset = pytest.mark.parametrize("name", preset_names())


def test_the_lectures_example_comes_first():
    names = preset_names()
    assert names[0] == "lecture-1-1"
    assert len(set(names)) == len(names) == len(list(PRESETS.iterdir()))
    assert preset(names[0])["request"]["x"] == [1, -1]


@each_preset
def test_a_preset_says_what_it_is_in_both_languages(name):
    found = preset(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert found["name"] == name
    assert found["source"]
    for text in (found["title"], found["description"]):
        assert set(text) == {"en", "zh"}
        assert text["en"].isprintable()
        assert any("一" <= character <= "鿿" for character in text["zh"])
    assert set(found) <= {"name", "title", "description", "source", "case", "data", "request", "published"}


@pytest.mark.parametrize("part", ["title", "description"])
def test_no_two_presets_say_the_same(part):
    for language in ("en", "zh"):
        assert len({preset(name)[part][language] for name in preset_names()}) == len(preset_names())


@each_preset
def test_every_number_of_its_trace_is_finite(name):
    request = preset(name)["request"]
    assert request["loss"] in LOSSES
    assert request["steps"] == "unit"
    assert np.isfinite(run(request).values).all()


@each_preset
def test_a_printed_number_is_told_with_its_digits_and_a_reason_where_it_disagrees(name):
    for row in preset(name).get("published", []):
        assert set(row) == {"pointer", "value", "digits", "agrees", "remark"}
        assert row["agrees"] or row["remark"]
        assert row["remark"] is None or all(row["remark"][language] for language in ("en", "zh"))


@each_preset
def test_files_say_what_was_printed_and_never_whether_it_agrees(name):
    [path] = [path for path in PRESETS.iterdir() if path.stem.partition("-")[2] == name]
    content = json.loads(path.read_text("utf-8"))
    assert re.fullmatch(r"\d{3}-.*\.json", path.name)
    assert "name" not in content
    for row in content.get("published", []):
        assert {"pointer", "printed"} <= set(row) <= {"pointer", "printed", "remark"}
        assert isinstance(row["printed"], str)


def test_a_caller_cannot_change_what_the_next_one_gets():
    preset("mazur")["request"]["network"]["layers"][0]["w"][0][0] = 99
    assert preset("mazur")["request"]["network"]["layers"][0]["w"][0][0] == 0.15


def test_an_unknown_preset_is_named_with_those_there_are():
    with pytest.raises(KeyError, match="no preset 'nothing'; there are lecture-1-1"):
        preset("nothing")


def traced(name):
    return run(preset(name)["request"])


def test_what_the_lectures_presets_say_is_so():
    zero, minus = traced("lecture-0-0"), traced("lecture-minus-1-0")
    assert zero.layers[-1].a.round(2).tolist() == [0.51, 0.85]
    assert not zero.layers[0].dl_dw.any()
    assert zero.layers[0].dl_db.all()
    assert not minus.layers[0].dl_dw[:, 1].any()
    assert minus.layers[0].dl_dw[:, 0].all()
    assert minus.layers[-1].a.round(3).tolist() == [0.389, 0.884]

    entropy, squared = (traced(f"lecture-1-1{loss}") for loss in ("-binary-cross-entropy", ""))
    np.testing.assert_allclose(entropy.layers[-1].dl_dz, entropy.layers[-1].a - entropy.target, rtol=1e-15)
    assert (abs(squared.layers[-1].dl_dz) < abs(entropy.layers[-1].dl_dz)).all()

    softmax = traced("lecture-1-1-softmax").layers[-1]
    assert softmax.a.sum() == pytest.approx(1, rel=1e-15)
    assert softmax.dl_dz.sum() == pytest.approx(0, abs=1e-15)
    assert not traced("lecture-0-0-softmax").layers[0].dl_dw.any()
    assert traced("lecture-0-0-softmax").layers[0].dl_dz.all()


def test_what_the_single_neurons_say_is_so():
    squared, entropy = (traced(f"nielsen-{loss}-saturated").layers[0] for loss in ("squared-error", "cross-entropy"))
    assert round(float(squared.gain[0]), 3) == 0.018
    assert round(float(squared.dl_dz[0]), 3) == 0.017
    assert round(float(entropy.dl_dz[0]), 2) == 0.98
    assert traced("nielsen-squared-error").layers[0].dl_dz[0] > squared.dl_dz[0]
    assert traced("micrograd-neuron").layers[0].gain[0] == pytest.approx(0.5, rel=1e-14)


def test_what_xor_by_hand_says_is_so():
    hidden = {x: traced(f"xor-by-hand-{x[0]}-{x[1]}").layers[0] for x in ("00", "01", "10", "11")}
    assert hidden["01"].z.tolist() == [1, 0]
    assert hidden["01"].gain.tolist() == [1, 0]
    assert hidden["01"].a.tolist() == hidden["10"].a.tolist()
    assert hidden["11"].a.tolist() == [2, 1]
    for x in hidden:
        record = traced(f"xor-by-hand-{x[0]}-{x[1]}")
        assert record.layers[1].a.tolist() == [float(x in ("01", "10"))]
        assert record.loss == 0
        assert not any(layer.dl_dw.any() or layer.dl_db.any() for layer in record.layers)
