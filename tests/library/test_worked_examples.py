"""The published worked examples: each recomputed number to 1e-12, each printed one to the digits it was printed to."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.core.network import Layer, Network
from app.library.presets import agrees, decimal_places, preset, preset_names, run

CASES = {
    case["id"]: case
    for case in json.loads(Path(__file__).with_name("worked-examples.json").read_text("utf-8"))["cases"]
}
PRESETS = {found["case"]: found for found in map(preset, preset_names()) if "case" in found}

each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)

LAST = "/layers/-1"
ADDRESSES = {
    "z1": ["/layers/0/z/0", "/layers/0/z/1"],
    "a1": ["/layers/0/a/0", "/layers/0/a/1"],
    "a2": ["/layers/1/a/0", "/layers/1/a/1"],
    "y": [f"{LAST}/a/0", f"{LAST}/a/1"],
    "dz_dw_examples": ["/x/1", "/layers/0/a/1", "/layers/1/a/1"],
    "net_h1": ["/layers/0/z/0"],
    "out_h": ["/layers/0/a/0", "/layers/0/a/1"],
    "net_o1": ["/layers/1/z/0"],
    "out_o": ["/layers/1/a/0", "/layers/1/a/1"],
    "E_total": ["/loss/value"],
    "dE_dout_o1": ["/layers/1/dl_da/0"],
    "dout_dnet_o1": ["/layers/1/gain/0"],
    "dE_dw5": ["/layers/1/dl_dw/0/0"],
    "delta_o1": ["/layers/1/dl_dz/0"],
    "dE_douth1": ["/layers/0/dl_da/0"],
    "douth1_dneth1": ["/layers/0/gain/0"],
    "dE_dw1": ["/layers/0/dl_dw/0/0"],
    "w_after": [f"/updated/layers/{layer}/w/{row}/{column}" for layer in (0, 1) for row in (0, 1) for column in (0, 1)],
    "E_after_1_PUBLISHED": ["/updated/loss"],
    "dot": ["/layers/0/z/0"],
    "f": ["/layers/0/a/0"],
    "o": ["/layers/0/a/0"],
    "ddot": ["/layers/0/dl_dz/0"],
    "dx": ["/dl_dx/0", "/dl_dx/1"],
    "dw": ["/layers/0/dl_dw/0/0", "/layers/0/dl_dw/0/1", "/layers/0/dl_db/0"],
    "db": ["/layers/0/dl_db/0"],
    "a_start": ["/layers/0/a/0"],
}
NOT_IN_ONE_TRACE = {
    "eta",
    "E_o",
    "dEo1_douth1",
    "dEo2_douth1",
    "a_after_300_epochs",
    "E_after_10000_PUBLISHED",
    "outs_after_10000_PUBLISHED",
}


def listed(value):
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def updated(network, x, target, loss, learning_rate, freeze, times):
    """The network after so many updates on one example."""
    request = {"x": x, "target": target, "loss": loss, "learning_rate": learning_rate, "freeze": freeze}
    for _ in range(times):
        layers = [{"w": layer.w, "b": layer.b, "activation": layer.activation} for layer in network.layers]
        record = run({"network": {"layers": layers}, **request})
        network = Network(record.updated.layers)
    return network


def mazur_updated_the_wrong_way(network, x, target, learning_rate):
    """Mazur's network after one update as his errors have it: hidden layer through the NEW output weights."""

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    hidden, output = network.layers
    a = sigmoid(hidden.w @ x + hidden.b)
    y = sigmoid(output.w @ a + output.b)
    dl_dz = (y - target) * y * (1 - y)
    new_w = output.w - learning_rate * np.outer(dl_dz, a)
    dl_dz_hidden = a * (1 - a) * (new_w.T @ dl_dz)
    new_hidden_w = hidden.w - learning_rate * np.outer(dl_dz_hidden, x)
    return Network((Layer.of(new_hidden_w, hidden.b, "sigmoid"), Layer.of(new_w, output.b, "sigmoid")))


def forward(network, request):
    """Output and loss of the network for the request's example."""
    layers = [{"w": layer.w, "b": layer.b, "activation": layer.activation} for layer in network.layers]
    record = run({**request, "network": {"layers": layers}, "learning_rate": None})
    return record.layers[-1].a, record.loss


def test_each_case_is_a_preset():
    assert set(PRESETS) == set(CASES)
    assert len(CASES) == 16


@each_case
def test_a_preset_asks_for_what_the_source_computed(case):
    request = PRESETS[case["id"]]["request"]
    for part in ("network", "x", "target", "loss"):
        assert request[part] == case["request"][part]
    if "learning_rate" in case:
        assert request["learning_rate"] == case["learning_rate"]
        assert request.get("freeze") == case.get("freeze")
    if "eta" in case["published"]:
        assert request["learning_rate"] == case["published"]["eta"]


@each_case
def test_every_recomputed_number_is_met_to_twelve_digits(case):
    record, computed = run(PRESETS[case["id"]]["request"]), case["computed"]
    for index, layer in enumerate(record.layers):
        for part in ("z", "a", "dl_dz", "dl_dw", "dl_db"):
            np.testing.assert_allclose(getattr(layer, part), computed[part][index], rtol=1e-12, atol=0)
    np.testing.assert_allclose(record.dl_dx, computed["dl_dx"], rtol=1e-12, atol=0)
    np.testing.assert_allclose(record.loss, computed["loss"], rtol=1e-12, atol=0)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "after" in case])
def test_the_update_is_met_to_twelve_digits(name):
    request, after = PRESETS[name]["request"], CASES[name]["after"]
    record = run(request)
    for index, layer in enumerate(record.updated.layers):
        np.testing.assert_allclose(layer.w, after["w"][index], rtol=1e-12, atol=0)
        np.testing.assert_allclose(layer.b, after["b"][index], rtol=1e-12, atol=0)
    output, loss = forward(Network(record.updated.layers), request)
    np.testing.assert_allclose(output, after["output"], rtol=1e-12, atol=0)
    np.testing.assert_allclose([loss, record.updated.loss], after["loss"], rtol=1e-12, atol=0)


@each_case
def test_each_printed_number_has_its_row(case):
    found = PRESETS[case["id"]]
    rows = {row["pointer"]: row["value"] for row in found["published"]}
    expected = {}
    for key, value in case["published"].items():
        if key not in NOT_IN_ONE_TRACE:
            last = f"/layers/{len(found['request']['network']['layers']) - 1}"
            addresses = [address.replace(LAST, last) for address in ADDRESSES[key]]
            expected |= dict(zip(addresses, listed(value), strict=False))
    assert rows == expected


@each_case
def test_what_the_source_printed_agrees_to_the_digits_it_printed(case):
    record = run(PRESETS[case["id"]]["request"])
    for row in PRESETS[case["id"]]["published"]:
        ours = record.values[record.layout.position[row["pointer"]]]
        meets = round(float(ours), row["digits"]) == row["value"]
        assert meets == row["agrees"]
        assert meets or (case["id"], row["pointer"]) == ("mazur-frozen-bias", "/updated/loss")


def test_whatever_disagrees_has_its_reason_in_both_languages():
    for name in preset_names():
        for row in preset(name).get("published", []):
            assert row["agrees"] or all(row["remark"][language] for language in ("en", "zh"))


def test_of_mazurs_numbers_only_the_error_after_the_update_disagrees():
    [row] = [row for row in preset("mazur")["published"] if not row["agrees"]]
    assert (row["pointer"], row["value"], row["digits"]) == ("/updated/loss", 0.291027924, 9)
    assert "already updated" in row["remark"]["en"]
    assert "已经更新过" in row["remark"]["zh"]


def test_the_reason_is_true_mazurs_error_comes_from_the_already_updated_output_weights():
    request, published = PRESETS["mazur-frozen-bias"]["request"], CASES["mazur-frozen-bias"]["published"]
    network = Network.from_lists(request["network"]["layers"])
    x, target = np.array(request["x"]), np.array(request["target"])
    wrong = mazur_updated_the_wrong_way(network, x, target, 0.5)
    assert agrees("0.291027924", forward(wrong, request)[1])
    assert not agrees(f"{published['w_after']['w1']:.9f}", wrong.layers[0].w[0, 0]), "his printed w1 is the right one"
    for _ in range(9_999):
        wrong = mazur_updated_the_wrong_way(wrong, x, target, 0.5)
    output, loss = forward(wrong, request)
    assert round(loss, 9) == published["E_after_10000_PUBLISHED"]
    assert output.round(9).tolist() == published["outs_after_10000_PUBLISHED"]


def test_done_right_mazurs_example_ends_elsewhere_after_ten_thousand_updates():
    request = PRESETS["mazur-frozen-bias"]["request"]
    network = Network.from_lists(request["network"]["layers"])
    right = updated(network, request["x"], request["target"], request["loss"], 0.5, ["b"], 10_000)
    output, loss = forward(right, request)
    assert loss == pytest.approx(3.510187782978859e-05, rel=1e-9)
    assert output.round(9).tolist() == [0.015913620, 0.984064274]


def test_mazurs_intermediate_numbers_are_parts_of_ours_within_one_unit_of_his_last_digit():
    # He adds up numbers that he had rounded: -0.019049119 is -0.0190491183 in full.
    published = CASES["mazur-frozen-bias"]["published"]
    record = run(PRESETS["mazur-frozen-bias"]["request"])
    output = record.layers[1]
    for j, key in enumerate(("dEo1_douth1", "dEo2_douth1")):
        assert output.w[j, 0] * output.dl_dz[j] == pytest.approx(published[key], rel=0, abs=1e-9)
    assert ((output.a - record.target) ** 2 / 2).round(9).tolist() == published["E_o"]


@pytest.mark.parametrize("name", ["nielsen-ch3-quadratic-a", "nielsen-ch3-quadratic-b"])
def test_nielsens_neuron_is_where_he_has_it_after_300_epochs(name):
    request = PRESETS[name]["request"]
    network = Network.from_lists(request["network"]["layers"])
    later = updated(network, request["x"], request["target"], request["loss"], request["learning_rate"], [], 300)
    printed = f"{CASES[name]['published']['a_after_300_epochs']:.2f}"
    assert agrees(printed, forward(later, request)[0][0])
    assert printed in PRESETS[name]["description"]["en"]


def test_agreement_is_by_rounding_to_the_decimal_places_printed():
    assert agrees("0.98", 0.9849)
    assert not agrees("0.98", 0.9851)
    assert not agrees("0.50", 0.51)
    assert agrees("0.5", 0.51)
    assert agrees("4", 4.4)
    assert agrees("-2", -2.0)
    assert not agrees("-2", 2.0)
    assert agrees("0.12", 0.125)
    assert agrees("0.13", 0.125)
    assert not agrees("0.12", float("nan"))
    assert [decimal_places(printed) for printed in ("0.50", "4", "-1.5")] == [2, 0, 1]
