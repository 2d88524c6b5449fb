"""Figures of a run by its id: what is drawn is what was streamed, and nothing has to be sent back."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.pictures.run_records import telling
from app.api.training.schemas import XOR
from tests.api.contract import assert_problem
from tests.api.training.test_training import RUNS, trained

Json = dict[str, Any]


@pytest.fixture(scope="module")
def run(client: TestClient) -> tuple[str, list[Json]]:
    events = trained(client, {**XOR, "keep": True})
    return events[0][1]["run"], [data for name, data in events if name == "epoch"]


def test_the_table_of_the_curves_has_every_number_that_was_streamed(
    client: TestClient, run: tuple[str, list[Json]]
) -> None:
    run_id, records = run
    answer = client.get(f"{RUNS}/{run_id}/figures/curves").json()
    assert answer["table"]["columns"][:2] == ["epoch", "total loss, training"]
    known = [
        name
        for name in ("total_loss", "test_total_loss", "cost", "test_cost", "train_accuracy", "test_accuracy")
        if any(record[name] is not None for record in records)
    ]
    assert answer["table"]["rows"] == [[record["epoch"], *(record[name] for name in known)] for record in records]
    assert {trace["meta"] for trace in answer["figure"]["data"]} == set(known)


def test_the_flow_has_a_line_for_each_layer_and_its_twin_stands_beside_it(
    client: TestClient, run: tuple[str, list[Json]]
) -> None:
    run_id, records = run
    url = f"{RUNS}/{run_id}/figures/gradient-flow"
    layers = len(records[0]["gradient_norms"])
    alone = client.get(url, params={"language": "zh"}).json()
    assert len(alone["figure"]["data"]) == 2 * layers
    assert alone["table"]["rows"][3] == [3, *records[3]["gradient_norms"], *records[3]["gain_means"]]
    pair = client.get(url, params={"twin": run_id, "theme": "dark", "shown_epoch": 7, "stacked": "true"}).json()
    assert len(pair["figure"]["data"]) == 4 * layers
    assert {shape["x0"] for shape in pair["figure"]["layout"]["shapes"]} == {7}
    assert pair["table"]["columns"][-1].endswith(": twin")


@pytest.mark.parametrize("name", ["curves", "gradient-flow"])
def test_a_run_that_is_not_there_and_a_wrong_parameter_are_refused(
    client: TestClient, run: tuple[str, list[Json]], name: str
) -> None:
    url = f"{RUNS}/{run[0]}/figures/{name}"
    assert_problem(client.get(f"{RUNS}/none/figures/{name}"), "run-not-found")
    assert_problem(client.get(url, params={"twin": "none"}), "run-not-found")
    for wrong in ({"theme": "pink"}, {"language": "fr"}, {"shown_epoch": "-1"}, {"stacked": "perhaps"}):
        assert_problem(client.get(url, params=wrong), "validation")


def test_of_a_long_run_so_many_epochs_are_drawn_that_no_spike_is_lost() -> None:
    costs: list[float | None] = [1.0] * 10_000
    costs[7321], costs[4567], costs[100] = 900.0, -900.0, None
    records = [{"epoch": epoch, "cost": cost} for epoch, cost in enumerate(costs)]
    kept = [record["epoch"] for record in telling(records, 400, lambda record: record["cost"])]
    assert len(kept) <= 400
    assert kept == sorted(set(kept))
    assert {0, 4567, 7321, 9999} <= set(kept)
    assert telling(records[:400], 400, lambda record: None) == records[:400]
    assert len(telling(records, 8, lambda record: None)) == 4


def test_of_a_run_without_a_record_an_empty_panel_is_drawn(
    client: TestClient, run: tuple[str, list[Json]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.pictures.run_records.records_of", lambda services, run_id: [])
    for name in ("curves", "gradient-flow"):
        answer = client.get(f"{RUNS}/{run[0]}/figures/{name}")
        assert answer.status_code == 200
        assert answer.json()["table"]["rows"] == []
