"""What a training is trained on, as its preview and its run tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.api.training.schemas import DIGITS, XOR
from app.core.training.trainer import Trainer
from app.main import create_app
from app.settings import Settings
from tests.api.contract import assert_problem, pointers
from tests.api.training.test_training import RUNS, TRAINING, trained, without
from tests.snippets.running import run

Json = dict[str, Any]
PREVIEW = f"{TRAINING}/preview"
OWN: Json = {
    **XOR,
    "sizes": [2, 3, 2],
    "output_activation": "softmax",
    "loss": "cross_entropy",
    "xs": [[1, 10], [2, 20], [3, 30], [4, 10]],
    "targets": [[1, 0], [0, 1], [1, 0], [0, 1]],
    "test_xs": [[2, 20]],
    "test_targets": [[0, 1]],
    "standardise": True,
    "feature_names": ["width", "花瓣: 长"],
    "class_names": ["no", "yes"],
}


def previewed(client: TestClient, body: Json) -> Json:
    response = client.post(PREVIEW, json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


@pytest.mark.parametrize("body", [XOR, DIGITS, OWN, {**DIGITS, "batch_size": 1, "record_every": 7}])
def test_a_preview_is_what_the_training_then_starts_from(client: TestClient, body: Json) -> None:
    preview = previewed(client, body)
    events = trained(client, {**body, "keep": True, "until": {"examples": 1}})
    assert preview["network"] == events[0][1]["network"]
    assert preview["record"] == events[1][1]
    assert {name: preview["examples"][name] for name in ("rows", "test_rows", "shift", "scale")} == {
        name: events[0][1][name] for name in ("rows", "test_rows", "shift", "scale")
    }
    assert preview["examples"] == client.get(f"{RUNS}/{events[0][1]['run']}/examples").json()


def test_a_preview_takes_no_step_and_keeps_no_run(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = client.get(RUNS).json()
    monkeypatch.setattr(Trainer, "_work", None)
    previewed(client, {**DIGITS, "keep": True})
    assert client.get(RUNS).json() == runs


def test_classes_have_names_and_examples_labels(client: TestClient) -> None:
    digits = previewed(client, DIGITS)["examples"]
    assert digits["class_names"] == list("0123456789")
    assert len(digits["feature_names"]) == 64
    assert digits["labels"] == np.argmax(digits["targets"], axis=1).tolist()
    assert digits["test_labels"] == np.argmax(digits["test_targets"], axis=1).tolist()
    moons = {**without("sizes", "dataset"), "sizes": [2, 3, 1], "dataset": {"name": "moons"}}
    moons |= {"output_activation": "tanh", "loss": "half_squared_error", "activation": "tanh"}
    answer = previewed(client, moons)["examples"]
    assert answer["labels"] == [target[0] for target in answer["targets"]]
    assert (answer["test_labels"], answer["test_xs"]) == ([], [])


def test_values_have_neither_labels_nor_class_names(client: TestClient) -> None:
    body = {**DIGITS, "sizes": [1, 3, 1], "dataset": {"name": "sine"}, "output_activation": "linear"}
    answer = previewed(client, {**body, "activation": "tanh", "loss": "huber"})["examples"]
    assert (answer["labels"], answer["test_labels"], answer["class_names"]) == (None, None, [])
    assert answer["feature_names"] == ["x"]


def test_lists_without_names_get_plain_ones(client: TestClient) -> None:
    answer = previewed(client, XOR)["examples"]
    assert (answer["feature_names"], answer["class_names"]) == (["x1", "x2"], ["0", "1"])
    assert answer["labels"] == [0, 1, 1, 0]
    values = previewed(client, {**XOR, "targets": [[0], [1], [0.5], [0]]})["examples"]
    assert (values["class_names"], values["labels"]) == ([], None)


def test_lists_are_standardised_by_those_trained_on(client: TestClient) -> None:
    examples = previewed(client, OWN)["examples"]
    xs = np.array(OWN["xs"], float)
    assert examples["shift"] == xs.mean(axis=0).tolist()
    assert examples["scale"] == xs.std(axis=0).tolist()
    assert np.array(examples["xs"]).mean(axis=0) == pytest.approx([0, 0], abs=1e-15)
    assert examples["test_xs"] == [((np.array([2, 20]) - examples["shift"]) / examples["scale"]).tolist()]
    assert (examples["feature_names"], examples["class_names"]) == (OWN["feature_names"], ["no", "yes"])
    plain = previewed(client, {**OWN, "standardise": False})["examples"]
    assert plain["xs"] == OWN["xs"]
    constant = previewed(client, {**OWN, "xs": [[1, 10], [1, 20], [1, 30], [1, 10]]})["examples"]
    assert [x[0] for x in constant["xs"]] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**OWN, "feature_names": ["one"]}, "/feature_names"),
        ({**OWN, "class_names": ["one"]}, "/class_names"),
        ({**OWN, "class_names": ["", "b"]}, "/class_names/0"),
        ({**OWN, "feature_names": ["a", "b" * 101]}, "/feature_names/1"),
        ({**OWN, "targets": [[1, 0], [0, 1], [1, 0], [0.5, 0.5]]}, "/class_names"),
        ({**OWN, "test_targets": [[1, 1]]}, "/class_names"),
        ({**OWN, "xs": [[1e308, 1], [-1e308, 1], [1, 1], [1, 1]]}, "/standardise"),
        ({**DIGITS, "standardise": True}, "/standardise"),
        ({**DIGITS, "class_names": list("0123456789")}, "/class_names"),
        ({**DIGITS, "feature_names": ["a"] * 64}, "/feature_names"),
        ({**XOR, "xs": [[1e200, 1e200]] * 4, "loss": "squared_error", "output_activation": "linear"}, None),
        ({**XOR, "xs": [[1, 1]] * 4, "targets": [[1e200]] * 4, "loss": "squared_error"}, ""),
    ],
)
def test_what_cannot_be_is_pointed_at(client: TestClient, body: Json, pointer: str | None) -> None:
    response = client.post(PREVIEW, json=body)
    if pointer is None:
        assert response.status_code == 200
    else:
        assert pointers(assert_problem(response)) == [pointer]


def test_an_example_of_a_run_can_be_traced_at_any_epoch_kept(client: TestClient) -> None:
    events = trained(client, {**OWN, "keep": True, "epochs": 6, "optimizer": {"name": "adam", "learning_rate": 0.1}})
    run = f"{RUNS}/{events[0][1]['run']}"
    examples = client.get(f"{run}/examples").json()
    losses = []
    for index in range(4):
        body = client.get(f"{run}/example", params={"epoch": 4, "index": index}).json()
        assert (body["x"], body["target"], body["loss"]) == (
            examples["xs"][index],
            examples["targets"][index],
            "cross_entropy",
        )
        assert body["network"] == client.get(f"{run}/network", params={"epoch": 4}).json()
        losses.append(client.post("/api/v1/trace", json=body).json()["loss"]["value"])
    assert sum(losses) == pytest.approx(events[5][1]["total_loss"], rel=1e-12)
    held_out = client.get(f"{run}/example", params={"index": 0, "held_out": "true"}).json()
    assert held_out["x"] == examples["test_xs"][0]
    assert held_out["network"] == client.get(f"{run}/network").json()


def test_an_example_that_is_not_there_is_refused(client: TestClient) -> None:
    run = f"{RUNS}/{trained(client, {**OWN, 'keep': True, 'epochs': 2})[0][1]['run']}"
    for wrong in ("index=4", "index=-1", "index=x", "", "index=1&held_out=1&epoch=1", "index=0&epoch=-1"):
        assert client.get(f"{run}/example?{wrong}").status_code == 422, wrong
    assert client.get(f"{run}/example?index={10**30}").status_code == 422
    assert_problem(client.get(f"{run}/example?index=0&epoch=3"), "run-not-found")
    for unknown in ("example?index=0", "examples"):
        assert_problem(client.get(f"{RUNS}/{'x' * 22}/{unknown}"), "run-not-found")


def test_a_server_may_keep_to_itself_which_runs_it_has(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path, list_runs=False))) as client:
        run_id = trained(client, {**XOR, "keep": True})[0][1]["run"]
        assert client.get(RUNS).json() == {"runs": []}
        assert client.get(f"{RUNS}/{run_id}").json()["id"] == run_id


@pytest.mark.parametrize("text", ["+0.0", "1.0", "+1", "1_0", "%201", "01", "0x1", "%D9%A1", ""])
def test_a_whole_number_in_a_query_is_written_as_json_writes_it(client: TestClient, text: str) -> None:
    assert client.get("/api/v1/datasets/xor?seed=1").status_code == 200
    problem = assert_problem(client.get(f"/api/v1/datasets/xor?seed={text}"), "validation")
    assert "parameter seed" in problem["errors"][0]["detail"]


@pytest.mark.parametrize("text", ["+0.1", ".1", "1_0", "nan", "1e", ""])
def test_a_number_in_a_query_is_written_as_json_writes_it(client: TestClient, text: str) -> None:
    assert client.get("/api/v1/datasets/moons?noise=1e-1").status_code == 200
    problem = assert_problem(client.get(f"/api/v1/datasets/moons?noise={text}"), "validation")
    assert "parameter noise" in problem["errors"][0]["detail"]


PRICES: Json = {
    "sizes": [2, 4, 1],
    "activation": "tanh",
    "output_activation": "linear",
    "xs": [[60, 2], [80, 3], [100, 3], [140, 5]],
    "targets": [[180_000], [240_000], [295_000], [400_000]],
    "test_xs": [[120, 4]],
    "test_targets": [[340_000]],
    "standardise": {"inputs": True, "targets": True},
    "loss": "half_squared_error",
    "optimizer": {"name": "adam", "learning_rate": 0.05},
    "epochs": 40,
}


def test_targets_are_standardised_by_those_trained_on_and_costs_come_in_both_units(client: TestClient) -> None:
    answer = previewed(client, PRICES)
    examples, record = answer["examples"], answer["record"]
    targets = np.array(PRICES["targets"], float)
    assert examples["target_shift"] == targets.mean(axis=0).tolist()
    assert examples["target_scale"] == targets.std(axis=0).tolist()
    assert examples["standardised_targets"] is True
    assert examples["targets"] == ((targets - targets.mean(axis=0)) / targets.std(axis=0)).tolist()
    lists = ("xs", "targets", "test_xs", "test_targets")
    assert examples["given"] == {name: PRICES[name] for name in lists}
    assert (examples["labels"], examples["class_names"]) == (None, [])
    assert record["cost"] == pytest.approx(record["standardised_cost"] * examples["target_scale"][0] ** 2, rel=1e-12)
    assert record["test_cost"] == pytest.approx(
        record["standardised_test_cost"] * examples["target_scale"][0] ** 2, rel=1e-12
    )
    batch = {name: examples[name] for name in ("xs", "targets")} | {
        "network": answer["network"],
        "loss": PRICES["loss"],
    }
    assert client.post("/api/v1/batch", json=batch).json()["cost"] == pytest.approx(record["standardised_cost"])


def test_the_older_switch_speaks_of_the_inputs_alone(client: TestClient) -> None:
    def examples(choice: Any) -> Json:
        found: Json = previewed(client, {**PRICES, "standardise": choice})["examples"]
        return found

    assert examples(True) == examples({"inputs": True}) == examples({"inputs": True, "targets": False})
    assert examples(True)["targets"] == PRICES["targets"]
    assert examples(False) == examples({}) == examples({"inputs": False})
    assert examples(False)["given"] is None
    only = examples({"targets": True})
    assert only["xs"] == PRICES["xs"]
    assert only["targets"] != PRICES["targets"]


def test_of_a_data_set_targets_are_standardised_where_they_are_values(client: TestClient) -> None:
    sine = {"sizes": [1, 3, 1], "dataset": {"name": "sine", "test_fraction": 0.2, "standardise": {"targets": True}}}
    common = {name: PRICES[name] for name in ("activation", "output_activation", "loss", "optimizer")}
    made = previewed(client, {**common, **sine})["examples"]
    assert np.array(made["targets"]).std() == pytest.approx(1)
    assert (made["shift"], made["scale"]) == ([0], [1])
    iris: Json = {"sizes": [4, 3], "dataset": {"name": "iris", "standardise": {"targets": True}}}
    kept = previewed(client, {**common, **iris})["examples"]
    assert kept["standardised_targets"] is False
    assert kept["scale"] != [1, 1, 1, 1]


@pytest.mark.parametrize(
    "more",
    [
        {"class_names": ["no", "yes"], "targets": [[0], [1], [1], [0]], "test_targets": [[1]]},
        {"output_activation": "sigmoid", "targets": [[0], [1], [1], [0]], "test_targets": [[1]]},
        {"output_activation": "sigmoid", "targets": [[0.2], [1], [1], [0]], "loss": "binary_cross_entropy"},
        {"loss": "output_sum"},
    ],
)
def test_targets_that_have_no_scale_are_left_alone(client: TestClient, more: Json) -> None:
    examples = previewed(client, {**PRICES, **more, "test_targets": [[1]]})["examples"]
    assert examples["standardised_targets"] is False
    assert examples["targets"] == {**PRICES, **more}["targets"]


def test_a_target_that_never_varies_can_be_trained_on(client: TestClient) -> None:
    answer = previewed(client, {**PRICES, "targets": [[0.1]] * 4})
    assert answer["examples"]["targets"] == [[0]] * 4
    assert answer["examples"]["target_scale"] == [1]
    assert answer["record"]["cost"] == answer["record"]["standardised_cost"]


@pytest.mark.parametrize(
    ("choice", "pointer", "code"),
    [
        ("yes", "/standardise", "not_boolean"),
        ({"target": True}, "/standardise/target", "unknown_field"),
        ({"targets": 1}, "/standardise/targets", "not_boolean"),
        ({"inputs": "all"}, "/standardise/inputs", "not_boolean"),
    ],
)
def test_a_wrong_choice_of_what_to_standardise_is_pointed_at(
    client: TestClient, choice: Any, pointer: str, code: str
) -> None:
    problem = assert_problem(client.post(PREVIEW, json={**PRICES, "standardise": choice}))
    assert [(each["pointer"], each["code"]) for each in problem["errors"]] == [(pointer, code)]


def test_targets_too_wide_to_be_standardised_are_refused(client: TestClient) -> None:
    wide = {**PRICES, "targets": [[1e308], [-1e308], [1], [1]]}
    assert pointers(assert_problem(client.post(PREVIEW, json=wide))) == ["/standardise"]


def test_a_run_says_in_which_units_its_network_counts(client: TestClient) -> None:
    events = trained(client, {**PRICES, "epochs": 1})
    path = f"{RUNS}/{events[0][1]['run']}"
    units, examples = client.get(f"{path}/units").json(), client.get(f"{path}/examples").json()
    assert units.pop("standardised") == {"inputs": True, "targets": True}
    assert units == {name: examples[name] for name in units}
    plain = trained(client, {**PRICES, "epochs": 1, "standardise": False})[0][1]["run"]
    assert client.get(f"{RUNS}/{plain}/units").json()["standardised"] == {"inputs": False, "targets": False}
    assert_problem(client.get(f"{RUNS}/{'x' * 22}/units"), "run-not-found")


def test_the_program_of_a_run_finds_both_of_its_costs_from_the_data_as_they_were_given(client: TestClient) -> None:
    events = trained(client, PRICES)
    path = f"{RUNS}/{events[0][1]['run']}"
    examples, last = client.get(f"{path}/examples").json(), events[-1][1]["last"]
    scaling = {name: examples[name] for name in ("shift", "scale", "target_shift", "target_scale")}
    body = {"network": client.get(f"{path}/network").json(), **examples["given"], "scaling": scaling}
    asked = client.post("/api/v1/code/cost", json={**body, "loss": PRICES["loss"], "language": "numpy"})
    names, _ = run(asked.json()["code"])
    for name in ("cost", "total_loss", "test_cost", "standardised_cost", "standardised_test_cost"):
        assert names[name] == pytest.approx(last[name], rel=1e-12), name


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"scale": [1]}, "/scaling/scale"),
        ({"target_shift": [1, 2]}, "/scaling/target_shift"),
        ({"target_scale": [0]}, "/scaling/target_scale/0"),
        ({"scale": [1, -1]}, "/scaling/scale/1"),
    ],
)
def test_a_scaling_that_does_not_fit_is_pointed_at(client: TestClient, wrong: Json, pointer: str) -> None:
    network = {"layers": [{"w": [[1, 1]], "b": [0], "activation": "linear"}]}
    scaling = {"shift": [0, 0], "scale": [1, 1], "target_shift": [0], "target_scale": [1], **wrong}
    body = {"network": network, "xs": [[1, 2]], "targets": [[3]], "loss": "huber", "language": "numpy"}
    assert pointers(assert_problem(client.post("/api/v1/code/cost", json={**body, "scaling": scaling}))) == [pointer]


def test_the_targets_of_a_loss_of_probabilities_have_no_scale(client: TestClient) -> None:
    network = {"layers": [{"w": [[1]], "b": [0], "activation": "sigmoid"}]}
    scaling = {"shift": [0], "scale": [1], "target_shift": [0], "target_scale": [2]}
    body = {"network": network, "xs": [[1]], "targets": [[1]], "loss": "binary_cross_entropy", "language": "numpy"}
    problem = assert_problem(client.post("/api/v1/code/cost", json={**body, "scaling": scaling}))
    assert pointers(problem) == ["/scaling"]
