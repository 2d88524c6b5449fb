"""The verdict on a training as the API tells it: as an event, with the last event, and with the run; and its remedy."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.training.test_training import RUNS, trained
from tests.api.training.test_training_data import PRICES

Json = dict[str, Any]
UNSCALED: Json = {**PRICES, "standardise": False, "epochs": 20}


def merged(request: Json, patch: Json) -> Json:
    """RFC 7396."""
    inner = {name: merged(request[name], value) for name, value in patch.items() if isinstance(request.get(name), dict)}
    return {**request, **patch, **inner}


def test_data_out_of_scale_are_named_with_numbers_and_a_remedy_that_mends_them(client: TestClient) -> None:
    events = trained(client, UNSCALED)
    told = [data["verdict"] for name, data in events if name == "verdict"]
    assert len(told) == 1
    verdict = events[-1][1]["verdict"]
    assert (verdict["code"], verdict["since_epoch"]) == ("unscaled_data", 0)
    assert verdict["evidence"]["largest_target"] == 400_000
    assert verdict["evidence"]["cost"] == events[-1][1]["last"]["cost"]
    assert verdict["remedy"] == {"standardise": {"inputs": False, "targets": True}}
    assert set(verdict["title"]) == set(verdict["detail"]) == {"en", "zh"}
    run = client.get(f"{RUNS}/{events[0][1]['run']}").json()
    assert run["verdict"] == verdict
    assert "verdict" not in run["ending"]
    better = trained(client, merged(UNSCALED, verdict["remedy"]))
    assert better[-1][1]["verdict"] is None
    assert [name for name, _ in better if name == "verdict"] == []
    assert better[-1][1]["last"]["cost"] < 0.1 * events[-1][1]["last"]["cost"]


def test_the_event_follows_the_record_that_it_is_about(client: TestClient) -> None:
    events = trained(client, {**UNSCALED, "activation": "relu"})
    place = [name for name, _ in events].index("verdict")
    assert events[place - 1][1]["epoch"] == 10


def test_a_run_that_is_gone_on_with_says_again_what_is_wrong(client: TestClient) -> None:
    events = trained(client, {**UNSCALED, "activation": "relu", "until": {"epochs": 12}})
    again = client.post(f"{RUNS}/{events[0][1]['run']}/training", json={}).text
    assert again.count("event: verdict") == 1
    assert '"code":"unscaled_data"' in again.rsplit("data: ", 1)[1]


def test_a_divergence_says_what_it_came_of(client: TestClient) -> None:
    far = {"name": "gradient_descent", "learning_rate": 1e6}
    events = trained(client, {**UNSCALED, "activation": "leaky_relu", "optimizer": far, "epochs": 200})
    assert events[-1][0] == "diverged"
    assert events[-1][1]["verdict"]["remedy"] == {"standardise": {"inputs": False, "targets": True}}


@pytest.mark.parametrize("standardise", [True, {"inputs": True}])
def test_the_remedy_keeps_what_is_standardised_already(client: TestClient, standardise: Any) -> None:
    events = trained(client, {**UNSCALED, "standardise": standardise})
    assert events[-1][1]["verdict"]["remedy"] == {"standardise": {"inputs": True, "targets": True}}
