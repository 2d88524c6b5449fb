"""POST /trace: the numbers, the shape of the answer, and where the limits are."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.api.trace.encoding import trace_bytes
from app.api.wire.outgoing.encoding import encode
from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.record.layout import Structure, layout
from app.core.record.plan import GRANULARITIES, count_steps
from app.core.record.steps import steps
from app.core.record.trace import trace_of
from app.library.presets import preset, preset_names
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
TRACE = "/api/v1/trace"


def at(document: Any, pointer: str) -> Any:
    """What a JSON Pointer points at."""
    for part in pointer.split("/")[1:]:
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


def test_the_lectures_example_comes_out_as_on_the_slides(client: TestClient, lecture: Json) -> None:
    trace = client.post(TRACE, json=lecture).json()
    assert [[round(a, 3) for a in layer["a"]] for layer in trace["layers"]] == [
        [0.982, 0.119],
        [0.864, 0.111],
        [0.618, 0.829],
    ]
    assert trace["loss"] == {"name": "half_squared_error", "value": pytest.approx(0.4167981090280999, rel=1e-14)}
    assert trace["counts"] == {
        "forward": 12,
        "backward": 8,
        "products": 12,
        "gradient": 20,
        "naive_recursion": 16,
        "finite_differences": 432,
    }


def test_a_trace_has_the_fields_of_the_contract(client: TestClient, lecture: Json) -> None:
    trace = client.post(TRACE, json=lecture).json()
    assert set(trace) == {"x", "target", "layers", "loss", "dl_dx", "updated", "counts", "steps"}
    for layer in trace["layers"]:
        assert " ".join(layer) == "activation w b z a gain jacobian dl_da dl_dz dl_dw dl_db"
    for step in trace["steps"]:
        assert {"index", "phase", "operation", "reads", "writes", "value", "formula", "numbers"} <= set(step)
    assert [step["index"] for step in trace["steps"]] == list(range(len(trace["steps"])))


def test_without_a_learning_rate_there_is_no_update(client: TestClient, lecture: Json) -> None:
    for request in ({**lecture, "learning_rate": None}, {k: v for k, v in lecture.items() if k != "learning_rate"}):
        trace = client.post(TRACE, json=request).json()
        assert "updated" not in trace
        assert {step["phase"] for step in trace["steps"]} == {"forward", "loss", "backward", "gradient"}


def test_what_is_frozen_stays(client: TestClient, lecture: Json) -> None:
    for frozen, moving in (("w", "b"), ("b", "w")):
        trace = client.post(TRACE, json={**lecture, "freeze": [frozen]}).json()
        for before, after in zip(trace["layers"], trace["updated"]["layers"], strict=True):
            assert after[frozen] == before[frozen]
            assert after[moving] != before[moving]


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_every_granularity_is_served(client: TestClient, lecture: Json, granularity: str) -> None:
    trace = client.post(TRACE, json={**lecture, "steps": granularity}).json()
    structure = Structure((2, 2, 2, 2), ("sigmoid",) * 3, "half_squared_error", True, ("b",))
    assert len(trace["steps"]) == count_steps(structure, granularity)


def test_steps_are_units_unless_asked_otherwise(client: TestClient, lecture: Json) -> None:
    del lecture["steps"]
    assert client.post(TRACE, json=lecture).json() == client.post(TRACE, json={**lecture, "steps": "unit"}).json()


def test_a_step_holds_the_numbers_of_the_trace(client: TestClient, lecture: Json) -> None:
    trace = client.post(TRACE, json=lecture).json()
    for step in trace["steps"]:
        assert step["value"] == [at(trace, pointer) for pointer in step["writes"]]


def test_on_request_a_step_says_more_of_itself(client: TestClient, lecture: Json) -> None:
    plain = client.post(TRACE, json=lecture).json()
    told = client.post(TRACE, json={**lecture, "details": ["parts", "words", "products", "sources"]}).json()
    for bare, step in zip(plain["steps"], told["steps"], strict=True):
        assert {name: step[name] for name in bare} == bare
        assert {"parts", "words", "products"} <= set(step) - set(bare)
    ruled = client.post(TRACE, json={**lecture, "rule": "sign_flipped", "details": ["words"]}).json()
    assert all(step["words"]["key"].startswith("step.") for step in ruled["steps"])
    part = client.post(f"{TRACE}?fields=steps", json={**lecture, "details": ["products"]}).json()
    assert sum(step["products"] for step in part["steps"] if step["phase"] == "forward") == plain["counts"]["forward"]


@pytest.mark.parametrize(
    ("details", "pointer"), [(["words", "poems"], "/details/1"), (["words"] * 5, "/details"), ("words", "/details")]
)
def test_a_detail_that_no_step_has_is_refused(client: TestClient, lecture: Json, details: object, pointer: str) -> None:
    answer = client.post(TRACE, json={**lecture, "details": details})
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_softmax_has_a_jacobian_and_no_gain(client: TestClient, lecture: Json) -> None:
    lecture["network"]["layers"][-1]["activation"] = "softmax"
    layers = client.post(TRACE, json={**lecture, "loss": "cross_entropy"}).json()["layers"]
    assert [layer["gain"] is None for layer in layers] == [False, False, True]
    assert [layer["jacobian"] is None for layer in layers] == [True, True, False]
    assert np.array(layers[-1]["jacobian"]).shape == (2, 2)


def test_what_float64_cannot_hold_is_null_and_dl_dz_stays_finite(client: TestClient) -> None:
    request = {
        "network": {"layers": [{"w": [[1e6]], "b": [0], "activation": "sigmoid"}]},
        "x": [-1],
        "target": [1],
        "loss": "binary_cross_entropy",
    }
    (layer,) = client.post(TRACE, json=request).json()["layers"]
    assert layer["dl_da"] == [None]
    assert layer["dl_dz"] == [-1.0]


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_gives_the_numbers_its_source_published(client: TestClient, name: str) -> None:
    chosen = client.get(f"/api/v1/presets/{name}").json()
    assert chosen == json.loads(encode(preset(name)))
    trace = client.post(TRACE, json=chosen["request"]).json()
    for entry in chosen.get("published", []):
        ours = at(trace, entry["pointer"])
        agrees = agree(ours, entry["value"], entry["digits"])
        assert agrees == entry["agrees"], f"{entry['pointer']}: published {entry['value']}, ours {ours}"


def agree(ours: float, published: float, digits: int) -> bool:
    """Whether ``ours``, rounded to the decimal places that were printed, is the published number, ties included."""
    return abs(Decimal(ours) - Decimal(repr(published))) <= Decimal(5).scaleb(-digits - 1)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_template_writes_what_the_document_says(data: st.DataObject) -> None:
    sizes = tuple(data.draw(st.lists(st.integers(1, 4), min_size=2, max_size=5)))
    hidden = [name for name, each in ACTIVATIONS.items() if not each.last_layer_only]
    loss = data.draw(st.sampled_from(list(LOSSES)))
    outputs = LOSSES[loss].outputs or tuple(ACTIVATIONS)
    activations = [data.draw(st.sampled_from(hidden)) for _ in sizes[2:]] + [data.draw(st.sampled_from(outputs))]
    learning = data.draw(st.booleans())
    freeze = data.draw(st.sampled_from([(), ("b",), ("w",), ("b", "w")]))
    structure = Structure(sizes, tuple(activations), loss, learning, freeze)
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    numbers = list(rng.normal(0, data.draw(st.sampled_from([1.0, 100.0, 1e200])), layout(structure).given_count))
    trace = trace_of(structure, [float(number) for number in numbers], 0.1 if learning else None)
    made = steps(trace, "unit")
    written = json.loads(trace_bytes(trace, made))
    assert written == json.loads(encode({**trace.document(), "steps": made}))


def test_a_network_over_a_limit_is_refused_by_its_name(small: TestClient, lecture: Json) -> None:
    layer = lecture["network"]["layers"][1]
    deep = {**lecture, "network": {"layers": [layer] * 4}}
    wide = {
        **lecture,
        "network": {"layers": [{"w": [[1, 1]] * 6, "b": [1] * 6, "activation": "relu"}]},
        "target": [1] * 6,
    }
    large = {**lecture, "network": {"layers": [{"w": [[1] * 5] * 5, "b": [1] * 5, "activation": "relu"}] * 2}}
    large.update(x=[1] * 5, target=[1] * 5)
    for request, name in ((deep, "layers"), (wide, "units"), (large, "parameters")):
        body = assert_problem(small.post(TRACE, json=request), "limit-exceeded")
        assert body["limit"] == {"name": name, "value": small.get("/api/v1/catalog").json()["limits"][name]}
        assert name in body["detail"]
        assert pointers(body) == ["/network/layers"]


def test_too_many_steps_are_refused_by_the_limits_name(small: TestClient, lecture: Json) -> None:
    body = assert_problem(small.post(TRACE, json={**lecture, "steps": "term"}), "limit-exceeded")
    assert body["limit"] == {"name": "steps", "value": 60}
    assert pointers(body) == ["/steps"]
    assert small.post(TRACE, json={**lecture, "steps": "layer"}).status_code == 200


def test_too_many_numbers_are_refused_before_they_are_read(small: TestClient) -> None:
    body = assert_problem(small.post(TRACE, json={"x": [1] * 300}), "limit-exceeded")
    assert body["limit"]["name"] == "request_numbers"


def test_a_large_network_is_answered_too(client: TestClient) -> None:
    sizes = [30, 40, 30, 5]
    drawn = {"sizes": sizes, "activation": "tanh", "output_activation": "softmax", "seed": 1}
    network = client.post("/api/v1/networks", json=drawn).json()
    request = {"network": network, "x": [0.5] * 30, "target": [1, 0, 0, 0, 0], "loss": "cross_entropy", "steps": "unit"}
    trace = client.post(TRACE, json=request).json()
    assert len(trace["layers"][0]["dl_dw"]) == 40
    assert trace["steps"]
