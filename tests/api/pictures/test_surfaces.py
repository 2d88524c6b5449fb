"""POST /landscape, /regions, /loop-or-matrix and GET /datasets/{name}."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.api.pictures import surface_examples
from app.core.network import Network
from app.main import create_app
from app.settings import Settings
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
LANDSCAPE = "/api/v1/landscape"
REGIONS = "/api/v1/regions"
LOOP = "/api/v1/loop-or-matrix"


@pytest.fixture
def landscape() -> Json:
    return copy.deepcopy(surface_examples.LANDSCAPE)


@pytest.fixture
def regions() -> Json:
    return copy.deepcopy(surface_examples.REGIONS)


@pytest.fixture
def tight(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(
        data_dir=tmp_path, max_grid_points=100, max_surface_products=5000, max_samples=3, max_batch_numbers=400
    )
    with TestClient(create_app(settings)) as client:
        yield client


def total_loss(client: TestClient, network: Json, request: Json) -> float:
    body = {key: request[key] for key in ("xs", "targets", "loss")}
    made: float = client.post("/api/v1/batch", json={"network": network, **body}).json()["total_loss"]
    return made


def test_a_landscape_over_two_weights_is_the_total_loss_of_the_networks_with_these_weights(
    client: TestClient, landscape: Json
) -> None:
    made = client.post(LANDSCAPE, json=landscape).json()
    assert made["kind"] == "parameters"
    assert made["u_values"][0] == made["v_values"][0] == -4
    assert made["u_values"][-1] == made["v_values"][-1] == 4
    for row, column in ((0, 0), (3, 17), (20, 5)):
        network = copy.deepcopy(landscape["network"])
        network["layers"][0]["w"][0][0] = made["u_values"][column]
        network["layers"][1]["w"][0][0] = made["v_values"][row]
        expected = total_loss(client, network, landscape)
        assert made["total_loss"][row][column] == pytest.approx(expected, rel=1e-12)
    assert made["origin"]["u"] == 1.2
    assert made["origin"]["v"] == 1.5
    assert made["origin"]["total_loss"] == pytest.approx(total_loss(client, landscape["network"], landscape), rel=1e-12)
    batch = {key: landscape[key] for key in ("network", "xs", "targets", "loss")}
    layers = client.post("/api/v1/batch", json=batch).json()["layers"]
    slopes = [layers[0]["dl_dw"][0][0], layers[1]["dl_dw"][0][0]]
    assert made["gradient"]["slopes"] == pytest.approx(slopes, rel=1e-12)
    assert [made["gradient"]["u"], made["gradient"]["v"]] == pytest.approx(slopes, rel=1e-12)
    assert made["path"] is None


@pytest.mark.parametrize("pointer", ["/layers/0/b/1", "/layers/1/b/0", "/layers/0/w/1/0", "/layers/1/w/0/1"])
def test_every_kind_of_pointer_is_found_in_theta(client: TestClient, landscape: Json, pointer: str) -> None:
    _, _, layer, name, *rest = pointer.split("/")
    holder = landscape["network"]["layers"][int(layer)][name]
    for index in rest[:-1]:
        holder = holder[int(index)]
    holder[int(rest[-1])] = 0.125
    landscape["pointers"][1] = pointer
    assert client.post(LANDSCAPE, json=landscape).json()["origin"]["v"] == 0.125


def test_a_path_is_projected_onto_its_own_plane_and_ends_where_the_network_is(client: TestClient) -> None:
    request = surface_examples.LANDSCAPE_OF_A_PATH
    made = client.post(LANDSCAPE, json=request).json()
    path = made["path"]
    assert made["kind"] == "path"
    assert path["u"][-1] == pytest.approx(0, abs=1e-12)
    assert path["distance"] == pytest.approx([0, 0, 0], abs=1e-12)
    assert path["share"] == pytest.approx(1)
    assert path["total_loss"][-1] == pytest.approx(made["origin"]["total_loss"], rel=1e-12)
    assert made["u_values"][0] < min(path["u"])
    assert max(path["v"]) < made["v_values"][-1]
    directions = np.array(made["directions"])
    np.testing.assert_allclose(directions @ directions.T, np.eye(2), atol=1e-12)
    theta = Network.from_lists(request["network"]["layers"]).theta
    rebuilt = theta + np.column_stack([path["u"], path["v"]]) @ directions
    np.testing.assert_allclose(rebuilt, request["path"], atol=1e-12)


def test_random_directions_are_the_same_for_the_same_seed(client: TestClient) -> None:
    request = surface_examples.LANDSCAPE_AT_RANDOM
    first, again = (client.post(LANDSCAPE, json=request).content for _ in range(2))
    assert first == again
    assert client.post(LANDSCAPE, json={**request, "seed": 8}).content != first


def test_a_path_off_the_plane_of_two_weights_says_how_far(client: TestClient, landscape: Json) -> None:
    theta = Network.from_lists(landscape["network"]["layers"]).theta
    landscape["path"] = [(theta + np.eye(9)[2] * 3).tolist(), theta.tolist()]
    del landscape["low"], landscape["high"]
    path = client.post(LANDSCAPE, json=landscape).json()["path"]
    assert path["distance"] == pytest.approx([3, 0])
    assert path["u"] == pytest.approx([1.2, 1.2])
    assert path["share"] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"pointers": ["/layers/0/w/0/0", "/layers/9/w/0/0"]}, "/pointers/1"),
        ({"pointers": ["/x/0", "/layers/0/w/0/0"]}, "/pointers/0"),
        ({"pointers": ["/layers/0/b/0"] * 2}, "/pointers/1"),
        ({"pointers": ["/layers/0/b/0"]}, "/pointers"),
        ({"pointers": None}, ""),
        ({"directions": "random"}, ""),
        ({"pointers": None, "directions": "path"}, "/path"),
        ({"pointers": None, "directions": "path", "path": [[0] * 9]}, "/path"),
        ({"path": [[0] * 8]}, "/path/0"),
        ({"low": [4, -4]}, "/high/0"),
        ({"low": None}, "/high"),
        ({"low": [-1e308, -1], "high": [1e308, 1]}, "/high/0"),
        ({"xs": [[0, 0, 0]] * 4}, "/xs/0"),
        ({"targets": [[0]] * 3}, "/targets"),
        ({"loss": "binary_cross"}, "/loss"),
        ({"resolution": 1}, "/resolution"),
        ({"resolution": 201}, "/resolution"),
    ],
)
def test_a_landscape_that_does_not_hold_together_is_pointed_at(
    client: TestClient, landscape: Json, change: Json, where: str
) -> None:
    assert where in pointers(assert_problem(client.post(LANDSCAPE, json={**landscape, **change}), "validation"))


def test_a_network_of_zeros_has_no_filter_normalised_directions(client: TestClient) -> None:
    zeros = {"layers": [{"w": [[0, 0]], "b": [0], "activation": "sigmoid"}]}
    request = {**surface_examples.LANDSCAPE_AT_RANDOM, "network": zeros}
    assert pointers(assert_problem(client.post(LANDSCAPE, json=request), "validation")) == ["/network/layers"]


def test_a_landscape_over_a_limit_is_refused_by_its_name(tight: TestClient, landscape: Json) -> None:
    for change, name in (
        ({}, "samples"),
        ({"xs": [[0, 0]], "targets": [[0]]}, "grid_points"),
        ({"xs": [[0, 0]] * 3, "targets": [[0]] * 3, "resolution": 10, "path": [[0] * 9] * 90}, "surface_products"),
    ):
        body = assert_problem(tight.post(LANDSCAPE, json={**landscape, **change}), "limit-exceeded")
        assert body["limit"]["name"] == name


def test_a_surface_that_overflows_is_null(client: TestClient, landscape: Json) -> None:
    for layer in landscape["network"]["layers"]:
        layer["activation"] = "linear"
    landscape |= {"low": [-4, -1e200], "high": [4, 1e200]}
    made = client.post(LANDSCAPE, json=landscape).json()
    assert made["total_loss"][0][0] is None
    assert made["total_loss"][10][10] is not None


def test_regions_are_the_traces_point_by_point(client: TestClient, regions: Json) -> None:
    made = client.post(REGIONS, json=regions).json()
    x, y = made["x_values"][3], made["y_values"][11]
    trace = client.post(
        "/api/v1/trace",
        json={"network": regions["network"], "x": [x, y], "target": [0], "loss": "half_squared_error"},
    ).json()
    for layer, expected in zip(made["layers"], trace["layers"], strict=True):
        assert [unit[11][3] for unit in layer["a"]] == pytest.approx(expected["a"], rel=1e-12)
    assert made["decision"][11][3] == int(made["layers"][-1]["a"][0][11][3] > 0.5)
    assert [feature["kind"] for feature in made["features"]] == ["units"] * 3
    assert made["features"][0]["coordinates"] == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert len(made["features"][1]["grid"]) == len(made["lines"]["y_values"]) == 15


def test_regions_over_one_input_hold_the_others(client: TestClient, regions: Json) -> None:
    request = {**regions, "inputs": [1], "low": [-1], "high": [1], "held": [0.5, 9]}
    made = client.post(REGIONS, json=request).json()
    assert made["y_values"] is None
    assert made["lines"]["y_values"] is None
    expected = np.tanh(1.2 * 0.5 - 1.1 * np.array(made["x_values"]) - 0.2)
    assert made["layers"][0]["a"][0][0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("layers", [[0], [1], [0, 1]])
def test_only_the_layers_wanted_are_given_back_and_the_decision_in_any_case(
    client: TestClient, regions: Json, layers: list[int]
) -> None:
    whole = client.post(REGIONS, json=regions).json()
    made = client.post(REGIONS, json={**regions, "layers": layers}).json()
    assert made == {**whole, "layers": [whole["layers"][layer] for layer in layers]}


def test_without_data_there_are_no_features(client: TestClient, regions: Json) -> None:
    del regions["xs"]
    made = client.post(REGIONS, json=regions).json()
    assert made["features"] is made["lines"] is None


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"inputs": [0, 2]}, "/inputs/1"),
        ({"inputs": [-1, 0]}, "/inputs/0"),
        ({"inputs": [1, 1]}, "/inputs/1"),
        ({"inputs": []}, "/inputs"),
        ({"low": [0]}, "/low"),
        ({"high": [1.5, -2]}, "/high/1"),
        ({"held": [1]}, "/held"),
        ({"layers": [0, 2]}, "/layers/1"),
        ({"layers": [1, 0]}, "/layers/1"),
        ({"layers": [-1]}, "/layers/0"),
        ({"layers": []}, "/layers"),
        ({"xs": [[1]]}, "/xs/0"),
        (
            {"xs": [[1e308, 1e308]], "network": {"layers": [{"w": [[1e9, 1e9]], "b": [0], "activation": "linear"}]}},
            "/xs",
        ),
    ],
)
def test_regions_that_do_not_hold_together_are_pointed_at(
    client: TestClient, regions: Json, change: Json, where: str
) -> None:
    assert where in pointers(assert_problem(client.post(REGIONS, json={**regions, **change}), "validation"))


def test_regions_over_a_limit_are_refused_by_their_name(tight: TestClient, regions: Json) -> None:
    for change, name in (
        ({}, "samples"),
        ({"xs": [[0, 0]]}, "grid_points"),
        ({"xs": [[0, 0]], "resolution": 10}, "batch_numbers"),
    ):
        body = assert_problem(tight.post(REGIONS, json={**regions, **change}), "limit-exceeded")
        assert body["limit"]["name"] == name


def test_loops_and_products_are_measured_for_each_size(client: TestClient) -> None:
    made = client.post(LOOP, json={"sizes": [2, 128]}).json()
    assert made["sizes"] == [2, 128]
    assert made["ratio"] == pytest.approx(np.divide(made["loop_seconds"], made["matrix_seconds"]))
    assert made["ratio"][1] > made["ratio"][0]
    assert made["ratio"][1] > 2


def test_a_size_beyond_the_largest_is_refused(client: TestClient) -> None:
    assert pointers(assert_problem(client.post(LOOP, json={"sizes": [513]}), "validation")) == ["/sizes/0"]


@pytest.mark.parametrize("name", ["xor", "circles", "moons", "spirals", "blobs", "sine", "plane", "iris", "digits"])
def test_every_data_set_of_the_catalogue_can_be_had(client: TestClient, name: str) -> None:
    made = client.get(f"/api/v1/datasets/{name}").json()
    xs, targets = np.array(made["xs"]), np.array(made["targets"])
    assert xs.shape == (len(targets), len(made["feature_names"]))
    if made["kind"] == "classification":
        np.testing.assert_array_equal(targets, np.eye(len(made["class_names"]))[made["labels"]])
    else:
        assert made["labels"] is None
        assert targets.shape == (len(xs), 1)
    assert (made["source"] is None) == bool(made["parameters"])
    assert name in [entry["name"] for entry in client.get("/api/v1/catalog").json()["datasets"]]


def test_made_data_is_what_its_parameters_say(client: TestClient) -> None:
    first = client.get("/api/v1/datasets/moons?n=40&noise=0&seed=3")
    assert first.content == client.get("/api/v1/datasets/moons?n=40&noise=0&seed=3").content
    assert first.content != client.get("/api/v1/datasets/moons?n=40&noise=0&seed=4").content
    assert len(first.json()["xs"]) == 40
    assert first.json()["parameters"] == {"n": 40, "noise": 0, "seed": 3}


def test_a_data_set_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    url = "/api/v1/datasets/moons?n=20&seed=3"
    first = client.get(url)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(url.replace("seed=3", "seed=4"), headers={"If-None-Match": first.headers["etag"]})
    assert (other.status_code, other.headers["etag"] != first.headers["etag"]) == (200, True)


@pytest.mark.parametrize(
    "query",
    ["moons?n=5", "moons?noise=2", "moons?noise=nan", "moons?n=many", "moons?seed=-1", "iris?n=20", "iris?noise=0"],
)
def test_parameters_that_do_not_fit_are_refused(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/api/v1/datasets/{query}"), "validation")


def test_an_unknown_data_set_is_not_found(client: TestClient) -> None:
    assert_problem(client.get("/api/v1/datasets/mnist"), "not-found")
