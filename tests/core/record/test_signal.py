import hashlib
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.trace.encoding import trace_bytes
from app.api.wire.outgoing.encoding import encode
from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network, ShapeError, initialize
from app.core.record.fast import straight_line
from app.core.record.steps import GRANULARITIES, count_steps, known_after, plan, steps
from app.core.record.trace import _matrix_form, trace

from ..strategies import examples
from .steps.interpreter import execute, flatten
from .steps.test_steps import LECTURE

UNIT, LAYER, TERM = "unit", "layer", "term"
# Weights of a few binary digits: every sum and product is exact, so that these bytes are the same on any machine.
EXACT = Network.from_lists(
    [
        {"w": [[0.5, -1.25], [1.5, 0.25], [-0.75, 1]], "b": [0.5, 0, -0.25], "activation": "relu"},
        {"w": [[1, -0.5, 0.5], [-1, 0.75, 0.25]], "b": [0, 0.25], "activation": "linear"},
    ]
)
BEFORE_THERE_WERE_SIGNALS = {
    "none": "b67321a260d0b558f52850bfcf1bf1068cc753b380cff98c99f716ca15040143",
    "layer": "a20dbad87a567f68583682842e7fda23a62d70ece969994bbe09ad7d38a2f983",
    "unit": "9873b14271682ba8834b80221d98e21b1f6bfcc4a7cc2619242d0edd4e9fa191",
    "term": "91d49a08abc3145ffa020bcb707d742250e17b9827f080e32c45a567be9770ee",
}


def injected(network, signal, loss="half_squared_error", **options):
    sizes = network.sizes
    return trace(network, np.ones(sizes[0]), np.ones(sizes[-1]), loss, signal=signal, **options)


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_without_a_signal_an_answer_is_byte_for_byte_what_it_was_before_there_were_signals(granularity):
    record = trace(EXACT, [0.75, -0.5], [0, 1], "half_squared_error", learning_rate=0.5)
    written = trace_bytes(record, steps(record, granularity))
    # Two counts have been added since.
    added = b',"products":%d,"gradient":%d' % (record.counts["products"], record.counts["gradient"])
    assert written.count(added) == 1
    written = written.replace(added, b"")
    assert hashlib.sha256(written).hexdigest() == BEFORE_THERE_WERE_SIGNALS[granularity]


@pytest.mark.parametrize("granularity", [LAYER, UNIT, TERM])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(example=examples(most_units=4), seed=st.integers(0, 1000))
def test_the_three_laws_hold_with_the_signal_as_given(granularity, example, seed):
    network, x, target, loss = example
    signal = np.random.default_rng(seed).normal(size=len(target))
    record = trace(network, x, target, loss, signal=signal)
    document = record.document()
    with np.errstate(all="ignore"):
        rebuilt = execute(steps(record, granularity), document)
    finished = {pointer for pointer in rebuilt if not pointer.startswith("/terms/")}
    given_pointers = {record.layout.addresses[position] for position in record.layout.given}
    assert finished == set(record.layout.addresses) - given_pointers
    for index, layer in enumerate(document["layers"]):
        for name in ("z", "a", "gain", "jacobian", "dl_da", "dl_dz", "dl_dw", "dl_db"):
            if layer[name] is None:
                continue
            pairs = [(rebuilt[pointer], value) for pointer, value in flatten(f"/layers/{index}/{name}", layer[name])]
            ours, theirs = np.array(pairs).T
            assert np.max(np.abs(ours - theirs)) <= 1e-12 * max(np.max(np.abs(theirs)), 1e-290) + 1e-15, (index, name)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(examples())
def test_unit_responses_weighted_by_the_true_slopes_add_up_to_the_true_gradient(example):
    network, x, target, loss = example
    true = trace(network, x, target, loss)
    slopes = true.layers[-1].dl_da
    if not np.isfinite(slopes).all():
        return
    responses = [trace(network, x, target, loss, signal=unit) for unit in np.eye(len(target))]
    for index, layer in enumerate(true.layers):
        parts = np.array([slope * each.layers[index].dl_dz for slope, each in zip(slopes, responses, strict=True)])
        size = max(float(np.abs(parts).max()), 1e-290)
        assert np.abs(parts.sum(axis=0) - layer.dl_dz).max() <= 1e-12 * size + 1e-300


@settings(max_examples=60, deadline=None, derandomize=True)
@given(example=examples(), seed=st.integers(0, 1000))
def test_the_losss_own_slopes_sent_in_as_a_signal_come_back_as_its_gradient(example, seed):
    network, x, target, loss = example
    true = trace(network, x, target, loss)
    slopes = true.layers[-1].dl_da
    if not np.isfinite(slopes).all():
        return
    record = trace(network, x, target, loss, signal=slopes)
    assert record.loss == true.loss
    assert (record.layers[-1].dl_da == slopes).all()
    for ours, theirs in zip(record.layers, true.layers, strict=True):
        scale = max(float(np.abs(theirs.dl_dw).max()), float(np.abs(slopes).max()), 1e-290)
        assert np.abs(ours.dl_dw - theirs.dl_dw).max() <= 1e-11 * scale


def test_a_signal_of_nothing_comes_back_as_nothing():
    record = injected(LECTURE, [0, 0])
    assert not any(layer.dl_dz.any() for layer in record.layers)
    assert record.loss > 0


def test_each_output_has_a_step_that_injects_in_place_of_the_losss_derivative():
    listed = steps(injected(LECTURE, [0.5, -2]), UNIT)
    assert "loss_gradient" not in {step["operation"] for step in listed}
    first, second = [step for step in listed if step["operation"] == "inject"]
    assert first == {
        "index": first["index"],
        "phase": "backward",
        "operation": "inject",
        "layer": 2,
        "unit": 0,
        "reads": ["/signal/0"],
        "writes": ["/layers/2/dl_da/0"],
        "value": [0.5],
        "formula": r"\frac{\partial l}{\partial a^{(3)}_{1}} := s_{1}",
        "numbers": "0.5 = 0.5",
    }
    assert second["writes"] == ["/layers/2/dl_da/1"]
    assert listed[first["index"] - 1]["phase"] == "loss"
    (whole,) = [step for step in steps(injected(LECTURE, [0.5, -2]), LAYER) if step["operation"] == "inject"]
    assert whole["formula"] == r"\frac{\partial l}{\partial \mathbf{a}^{(3)}} := \mathbf{s}"
    assert whole["reads"] == ["/signal/0", "/signal/1"]


@pytest.mark.parametrize(("loss", "output"), [("cross_entropy", "softmax"), ("binary_cross_entropy", "sigmoid")])
@pytest.mark.parametrize("granularity", [LAYER, UNIT, TERM])
def test_amplify_multiplies_and_never_takes_the_losss_short_cut(loss, output, granularity):
    network = initialize((2, 3, 2), "tanh", output, "xavier_uniform", np.random.default_rng(1))
    for step in steps(injected(network, [1, -1], loss), granularity):
        if step["operation"] == "amplify":
            assert not any(pointer.startswith(("/target", "/layers/1/z")) for pointer in step["reads"])
            assert any("/dl_da/" in pointer for pointer in step["reads"])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(example=examples(), seed=st.integers(0, 1000))
def test_straight_line_and_matrix_form_agree_about_a_signal(example, seed):
    network, x, target, loss = example
    record = trace(network, x, target, loss, signal=np.random.default_rng(seed).normal(size=len(target)))
    if not straight_line.suits(record.layout.structure):
        return
    with np.errstate(all="ignore"):
        slow = _matrix_form(record.layout, record.values[: record.layout.given_count], None)
    assert np.allclose(record.values, slow, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_steps_are_counted_and_written_as_json_with_a_signal_too(activation, loss):
    if LOSSES[loss].outputs and activation not in LOSSES[loss].outputs:
        return
    network = Network(
        (Layer.of([[1.0, -1.0]] * 2, [0.0, 0.5], "tanh"), Layer.of([[1.0, 0.5]] * 3, [0.0] * 3, activation))
    )
    record = trace(network, [1, 2], [1, 0, 0], loss, signal=[0.25, -1, 3])
    structure = record.layout.structure
    for granularity in GRANULARITIES:
        assert count_steps(structure, granularity) == len(plan(structure, granularity))
        listed = steps(record, granularity)
        assert json.loads(trace_bytes(record, listed)) == json.loads(encode({**record.document(), "steps": listed}))
    assert list(record.document())[:3] == ["x", "target", "signal"]
    assert record.document(known_after(structure, UNIT, 0))["signal"] == [0.25, -1, 3]


def test_a_signal_of_another_length_is_refused():
    with pytest.raises(ShapeError, match="expected 2 numbers, got 3") as caught:
        injected(LECTURE, [1, 2, 3])
    assert caught.value.pointer == "/signal"
