"""The catalogue, the presets, the version and the state of the server."""

from __future__ import annotations

import platform
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app import kernel
from app.core.functions.activations import ACTIVATIONS
from app.core.functions.initializers import INITIALIZERS
from app.core.functions.losses import LOSSES
from app.core.functions.optimizers import OPTIMIZERS
from app.core.functions.schedules import SCHEDULES
from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.slips import BATCH_SLIPS, SLIPS
from app.library.datasets import ALL_SETS
from app.library.presets import preset_names
from tests.api.contract import assert_problem

Json = dict[str, Any]


@pytest.fixture
def catalog(client: TestClient) -> Json:
    found: Json = client.get("/api/v1/catalog").json()
    return found


REGISTRIES = {
    "activations": ACTIVATIONS,
    "losses": LOSSES,
    "initializers": INITIALIZERS,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "rules": RULES,
    "slips": {**SLIPS, **{name: each for name, each in BATCH_SLIPS.items() if name not in RULES}},
    "datasets": ALL_SETS,
}


@pytest.mark.parametrize("part", REGISTRIES)
def test_every_registry_entry_is_in_the_catalogue_in_both_languages(catalog: Json, part: str) -> None:
    assert [entry["name"] for entry in catalog[part]] == list(REGISTRIES[part])
    for entry in catalog[part]:
        assert entry["title"]["en"]
        assert entry["title"]["zh"]
        assert isinstance(entry["parameters"], dict)
        assert entry["parameters"].keys() == entry.get("parameter_limits", {}).keys()
        for name, (low, high) in entry.get("parameter_limits", {}).items():
            assert low <= entry["parameters"][name] <= high


def test_a_real_data_set_has_a_source_and_a_made_one_has_parameters(catalog: Json) -> None:
    for entry in catalog["datasets"]:
        assert (entry["source"] is None) == (entry["licence"] is None) == bool(entry["parameters"])
        assert bool(entry["class_names"]) == (entry["kind"] == "classification")


@pytest.mark.parametrize("part", ["activations", "losses"])
def test_functions_come_with_both_formulas(catalog: Json, part: str) -> None:
    for entry in catalog[part]:
        assert "=" in entry["formula"]
        assert entry["derivative"].startswith(r"\frac{\partial")


def test_the_catalogue_says_which_derivative_is_taken_at_a_kink(catalog: Json) -> None:
    kinks = {entry["name"]: entry["kinks"] for entry in catalog["activations"] + catalog["losses"] if entry["kinks"]}
    assert kinks["relu"] == kinks["absolute_error"] == [{"at": 0.0, "derivative": 0.0}]
    assert kinks["leaky_relu"] == [{"at": 0.0, "derivative": 0.01}]


def test_the_catalogue_lists_every_limit(app: FastAPI, catalog: Json) -> None:
    assert catalog["limits"] == app.state.services.settings.limits()
    assert set(catalog["limits"]) == {
        "body_bytes",
        "arriving_bytes",
        "unsent_bytes",
        "request_numbers",
        "layers",
        "units",
        "parameters",
        "steps",
        "samples",
        "batch_numbers",
        "table_rows",
        "table_columns",
        "checked_parameters",
        "paths",
        "training_epochs",
        "training_seconds",
        "concurrent_trainings",
        "followers",
        "runs",
        "grid_points",
        "surface_products",
        "work_seconds",
        "concurrent_work",
        "concurrent_pages",
        "concurrent_session_calls",
        "sessions",
        "link_characters",
    }


def test_presets_are_listed_with_title_and_description_in_both_languages(client: TestClient) -> None:
    presets = client.get("/api/v1/presets").json()
    assert [each["name"] for each in presets] == list(preset_names())
    for each in presets:
        assert set(each) == {"name", "title", "description"}
        assert all(each[part][language] for part in ("title", "description") for language in ("en", "zh"))


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_a_trace_request_with_its_source(client: TestClient, name: str) -> None:
    found = client.get(f"/api/v1/presets/{name}").json()
    assert found["name"] == name
    assert found["source"]
    assert client.post("/api/v1/trace", json=found["request"]).status_code == 200
    for entry in found.get("published", []):
        assert (
            {"pointer", "value", "digits", "agrees", "remark"} >= set(entry) >= {"pointer", "value", "digits", "agrees"}
        )


def test_an_unknown_preset_is_not_found(client: TestClient) -> None:
    for name in ("nothing", "..", "%2e%2e%2fsettings", "a" * 5000):
        response = client.get(f"/api/v1/presets/{name}")
        assert response.status_code == 404
        assert_problem(response)


def test_the_version_is_told(client: TestClient) -> None:
    version = client.get("/api/v1/version").json()
    assert version.pop("version")
    assert version == {
        "name": "backpropscope",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "engine": kernel.name(),
    }


def test_the_server_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "live"}
    assert client.get("/health/ready").json() == {"status": "ready"}
