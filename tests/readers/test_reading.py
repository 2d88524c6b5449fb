"""Networks from elsewhere: read where they are complete, else what is missing and how to get it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.readers import NotRead, read

W1, B1 = [[0.4, -0.7, 0.1], [0.3, 0.9, -0.2]], [0.1, -0.2]
W2, B2 = [[0.8, -0.5], [-0.6, 1.1], [0.25, 0.5]], [0.05, -0.3, 0.0]
SQUARE = [[0.4, -0.7], [0.3, 0.9]]


def turned(rows: list[list[float]]) -> list[list[float]]:
    return [list(column) for column in zip(*rows, strict=True)]


WEIGHTS = [turned(W1), B1, turned(W2), B2]


def network(*activations: str) -> dict[str, Any]:
    return {
        "layers": [
            {"w": W1, "b": B1, "activation": activations[0]},
            {"w": W2, "b": B2, "activation": activations[1]},
        ]
    }


def dense(name: str, units: int, activation: Any, **more: Any) -> dict[str, Any]:
    return {"class_name": "Dense", "config": {"name": name, "units": units, "activation": activation, **more}}


def sequential(*layers: dict[str, Any]) -> dict[str, Any]:
    first = {"class_name": "InputLayer", "config": {"batch_shape": [None, 3], "name": "in"}}
    return {"class_name": "Sequential", "config": {"name": "sequential", "layers": [first, *layers]}}


TWO = sequential(dense("one", 2, "relu"), dense("two", 3, "softmax"))


def functional(version: int) -> dict[str, Any]:
    """The same chain as Keras 2 and Keras 3 write a functional model."""

    def node(name: str) -> list[Any]:
        if version == 2:
            return [[[name, 0, 0, {}]]]
        tensor = {"class_name": "__keras_tensor__", "config": {"shape": [None, 2], "keras_history": [name, 0, 0]}}
        return [{"args": [tensor], "kwargs": {}}]

    layers = [
        {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [None, 3]}, "inbound_nodes": []},
        {**dense("one", 2, "swish"), "name": "one", "inbound_nodes": node("in")},
        {"class_name": "Dropout", "config": {"name": "drop"}, "name": "drop", "inbound_nodes": node("one")},
        {**dense("two", 3, "linear"), "name": "two", "inbound_nodes": node("drop")},
        {
            "class_name": "Activation",
            "config": {"name": "act", "activation": "softmax"},
            "name": "act",
            "inbound_nodes": node("two"),
        },
    ]
    return {"class_name": "Functional" if version == 3 else "Model", "config": {"name": "m", "layers": layers}}


def codes(remarks: Any) -> list[str]:
    return [each.code for each in remarks]


def test_a_keras_model_with_its_weights_is_a_network() -> None:
    reading = read({"model": TWO, "weights": WEIGHTS})
    assert reading.kind == "keras"
    assert reading.network == network("relu", "softmax")
    assert codes(reading.notes) == ["kernels_turned"]


def test_a_keras_model_may_stand_as_a_text() -> None:
    assert read({"model": json.dumps(TWO), "weights": WEIGHTS}).network == network("relu", "softmax")
    assert codes(read(json.dumps(TWO)).missing) == ["weights"]


def test_a_keras_model_alone_says_what_is_missing_and_how_to_get_it() -> None:
    reading = read(TWO)
    assert reading.network is None
    assert codes(reading.missing) == ["weights"]
    assert all("get_weights()" in sentence for sentence in reading.missing[0].text.values())
    assert [(each.name, each.inputs, each.units, each.activation) for each in reading.layers] == [
        ("one", 3, 2, "relu"),
        ("two", 2, 3, "softmax"),
    ]


@pytest.mark.parametrize("version", [2, 3])
def test_a_functional_model_that_is_a_chain_is_read(version: int) -> None:
    reading = read({"model": functional(version), "weights": WEIGHTS})
    assert reading.network == network("silu", "softmax")
    assert codes(reading.notes) == ["activation_understood", "layer_passed_over", "kernels_turned"]


def test_a_functional_model_that_branches_is_refused_by_the_layers_name() -> None:
    model = functional(3)
    tensor = {"class_name": "__keras_tensor__", "config": {"keras_history": ["in", 0, 0]}}
    model["config"]["layers"][3]["inbound_nodes"][0]["args"].append(tensor)
    with pytest.raises(NotRead, match="two does not simply follow") as refusal:
        read(model)
    assert refusal.value.code == "no_chain"


@pytest.mark.parametrize(
    ("layer", "slope"),
    [
        ({"class_name": "LeakyReLU", "config": {"name": "l"}}, 0.3),
        ({"class_name": "LeakyReLU", "config": {"name": "l", "negative_slope": 0.2}}, 0.2),
        ({"class_name": "LeakyReLU", "config": {"name": "l", "alpha": 0.05}}, 0.05),
    ],
)
def test_the_slope_of_a_keras_leaky_relu_is_kept(layer: dict[str, Any], slope: float) -> None:
    model = sequential(dense("one", 2, "linear"), layer, dense("two", 3, None))
    read_layers = read({"model": model, "weights": WEIGHTS}).network
    assert read_layers is not None
    assert read_layers["layers"][0]["slope"] == slope
    assert read_layers["layers"][1]["activation"] == "linear"


def test_a_dense_layer_without_biases_has_zeros_and_says_so() -> None:
    model = sequential(dense("one", 2, "relu", use_bias=False), dense("two", 3, "softmax"))
    reading = read({"model": model, "weights": [WEIGHTS[0], *WEIGHTS[2:]]})
    assert reading.network is not None
    assert reading.network["layers"][0]["b"] == [0.0, 0.0]
    assert "biases_are_zero" in codes(reading.notes)


@pytest.mark.parametrize(
    ("layers", "code"),
    [
        ([{"class_name": "Conv2D", "config": {"name": "c"}}], "unknown_layer"),
        ([dense("one", 2, "selu")], "unknown_activation"),
        ([dense("one", 2, "relu"), {"class_name": "Activation", "config": {"activation": "tanh"}}], "two_activations"),
        ([dense("one", 2, "softmax"), dense("two", 3, "softmax")], "last_layer_only"),
        ([dense("one", 0, "relu")], "no_units"),
        ([dense("a", 2, None), {"class_name": "ReLU", "config": {"max_value": 6.0}}], "unknown_activation"),
        ([], "no_layers"),
    ],
)
def test_a_keras_model_that_is_no_chain_of_dense_layers_is_refused(layers: list[Any], code: str) -> None:
    with pytest.raises(NotRead) as refusal:
        read(sequential(*layers))
    assert refusal.value.code == code
    assert set(refusal.value.said) == {"en", "zh"}


def test_weights_that_do_not_fit_the_model_are_refused() -> None:
    for weights in (WEIGHTS[:3], [W1, B1, W2, B2], "none"):
        with pytest.raises(NotRead) as refusal:
            read({"model": TWO, "weights": weights})
        assert refusal.value.code == "wrong_length"


STATE = {"0.weight": W1, "0.bias": B1, "2.weight": W2, "2.bias": B2}


@pytest.mark.parametrize("names", [("0", "2"), ("fc1", "fc2"), ("layers.0", "layers.1")])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_state_dict_is_read_once_its_activations_are_said(names: tuple[str, str], wrapped: bool) -> None:
    first, second = names
    tensors = {f"{first}.weight": W1, f"{first}.bias": B1, f"{second}.weight": W2, f"{second}.bias": B2}
    document = {"state_dict": tensors} if wrapped else tensors
    open_question = read(document)
    assert open_question.network is None
    assert codes(open_question.missing) == ["activations"]
    assert [each.name for each in open_question.layers] == [first, second]
    reading = read({"document": document, "activations": ["ReLU", "Softmax"]})
    assert reading.network == network("relu", "softmax")
    assert reading.missing == []


def test_a_state_dict_may_carry_its_activations() -> None:
    reading = read({"state_dict": STATE, "activations": ["leaky_relu(0.2)", "identity"]})
    assert reading.network is not None
    assert reading.network["layers"][0] == {"w": W1, "b": B1, "activation": "leaky_relu", "slope": 0.2}


def test_the_kernels_of_flax_are_turned_round() -> None:
    params = {"params": {"Dense_0": {"kernel": turned(W1), "bias": B1}, "Dense_1": {"kernel": turned(W2), "bias": B2}}}
    reading = read({"document": params, "activations": ["tanh", "linear"]})
    assert reading.network == network("tanh", "linear")
    assert "kernels_turned" in codes(reading.notes)


@pytest.mark.parametrize(
    ("tensors", "code"),
    [
        ({"0.weight": [[[[1.0]]]], "0.bias": [1.0]}, "unknown_layer"),
        ({**STATE, "1.running_mean": [0.0, 0.0]}, "unknown_layer"),
        ({**STATE, "1.weight": [1.0, 1.0]}, "unknown_layer"),
        ({"0.weight": W1, "1.bias": B1}, "no_weights"),
        ({"0.weight": W1, "0.bias": B2}, "wrong_length"),
        ({"0.weight": W1, "1.weight": W1}, "no_chain"),
    ],
)
def test_tensors_that_are_no_chain_of_linear_layers_are_refused(tensors: dict[str, Any], code: str) -> None:
    with pytest.raises(NotRead) as refusal:
        read(tensors)
    assert refusal.value.code == code


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_list_of_weights_is_turned_round_where_only_one_way_is_possible(wrapped: bool) -> None:
    for arrays in (WEIGHTS, [W1, B1, W2, B2], [[W1, B1], [W2, B2]]):
        document: Any = {"weights": arrays} if wrapped else arrays
        assert codes(read(document).missing) == ["activations"]
        reading = read({"document": document, "activations": ["relu", "softmax"]})
        assert reading.network is not None
        assert [layer["w"] for layer in reading.network["layers"]] == [W1, W2]


def test_square_matrices_are_asked_about_and_never_guessed() -> None:
    arrays = [SQUARE, B1, SQUARE, B1]
    assert codes(read(arrays).missing) == ["kernels", "activations"]
    assert codes(read({"document": arrays, "activations": ["relu", "linear"]}).missing) == ["kernels"]
    for kernels, expected in (("inputs_first", turned(SQUARE)), ("outputs_first", SQUARE)):
        reading = read({"document": arrays, "activations": ["relu", "linear"], "kernels": kernels})
        assert reading.network is not None
        assert reading.network["layers"][0]["w"] == expected


def test_a_way_that_the_matrices_cannot_stand_is_refused() -> None:
    with pytest.raises(NotRead) as refusal:
        read({"document": WEIGHTS, "kernels": "outputs_first"})
    assert refusal.value.code == "kernels_do_not_fit"


@pytest.mark.parametrize("arrays", [[W1, [1.0]], [W1, B1, W1, B1], [B1, W1], [W1, B1, B1]])
def test_arrays_that_are_no_layers_are_refused(arrays: Any) -> None:
    with pytest.raises(NotRead):
        read(arrays)


def test_scikit_learn_is_read_with_its_activations_or_asked_for_them() -> None:
    fitted = {"coefs_": [turned(W1), turned(W2)], "intercepts_": [B1, B2]}
    assert codes(read(fitted).missing) == ["activations"]
    reading = read({**fitted, "activation": "logistic", "out_activation_": "softmax"})
    assert reading.network == network("sigmoid", "softmax")
    assert "kernels_turned" in codes(reading.notes)
    with pytest.raises(NotRead):
        read({"coefs_": [turned(W1)], "intercepts_": []})


def test_our_own_requests_are_read_with_what_stands_beside_the_network() -> None:
    request = {"network": network("ReLU", "identity"), "x": [1, 2, 3], "target": [0, 1, 0], "loss": "huber"}
    reading = read(request)
    assert reading.network == network("relu", "linear")
    assert reading.rest == {"x": [1, 2, 3], "target": [0, 1, 0], "loss": "huber"}
    assert codes(reading.notes) == ["activation_understood", "activation_understood"]
    bare = network("tanh", "linear")
    del bare["layers"][1]["b"]
    reading = read(bare)
    assert reading.network is not None
    assert reading.network["layers"][1]["b"] == [0.0, 0.0, 0.0]
    assert codes(reading.notes) == ["biases_are_zero"]
    assert "2" in reading.notes[0].text["en"]
    no_activation = {"layers": [{"w": W1}]}
    assert codes(read(no_activation).missing) == ["activations"]


@pytest.mark.parametrize(
    "document",
    [None, 1, True, "relu", "{}", [], {}, [1, 2], {"layers": []}, {"layers": [1]}, {"weights": 3}, {"model": {}}],
)
def test_what_is_no_network_is_told_what_can_be_read(document: Any) -> None:
    with pytest.raises(NotRead, match="state_dict") as refusal:
        read(document)
    assert refusal.value.code == "not_a_network"


@pytest.mark.parametrize(
    ("wrong", "row"),
    [
        ([[1.0, 2.0], [3.0]], "/1"),
        ([[]], "/0"),
        ([["a"]], "/0"),
        ([[1.0], [float("inf")]], "/1"),
        ([[True]], "/0"),
        ([1.0], "/0"),
        ("w", ""),
        (None, ""),
        ([], ""),
    ],
)
def test_a_matrix_that_is_none_is_pointed_at(wrong: Any, row: str) -> None:
    with pytest.raises(NotRead) as refusal:
        read({"layers": [{"w": wrong, "activation": "relu"}]})
    assert (refusal.value.code, refusal.value.pointer) == ("no_matrix", f"/layers/0/w{row}")


@pytest.mark.parametrize(
    ("answers", "pointer"),
    [
        ({"activations": ["relu"]}, "/activations"),
        ({"activations": "relu"}, "/activations"),
        ({"activations": ["relu", "cosine"]}, "/activations/1"),
        ({"kernels": "sideways"}, "/kernels"),
    ],
)
def test_an_answer_that_does_not_fit_is_pointed_at(answers: dict[str, Any], pointer: str) -> None:
    with pytest.raises(NotRead) as refusal:
        read({"document": STATE, **answers})
    assert refusal.value.pointer == pointer
