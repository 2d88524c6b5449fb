"""POST /figures/…: what Plotly itself accepts, the same numbers in the table; and Plotly's script."""

from __future__ import annotations

import copy
import gzip
import math
import subprocess
import sys
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from starlette.testclient import TestClient

from app.api.pictures import figure_examples, surface_examples
from app.api.pictures.fit import FIT
from app.api.pictures.plotly_script import script_url
from app.figures.gradient_flow import spread
from app.figures.surfaces import symbol
from tests.api.contract import assert_problem, pointers
from tests.server import ROOT

Json = dict[str, Any]
FIGURES: dict[str, Json] = {
    "curves": figure_examples.CURVES,
    "fit": FIT,
    "gradient-flow": figure_examples.GRADIENT_FLOW,
    "loop-or-matrix": figure_examples.LOOP_OR_MATRIX,
    "surface": figure_examples.SURFACE,
    "contour": figure_examples.SURFACE,
    "response": figure_examples.RESPONSE,
    "decision-map": figure_examples.DECISION_MAP,
    "feature-plane": figure_examples.FEATURE_PLANE,
    "feature-planes": figure_examples.FEATURE_PLANES,
}


def drawn(client: TestClient, name: str, body: Json) -> Json:
    response = client.post(f"/api/v1/figures/{name}", json=body)
    assert response.status_code == 200, response.text
    made: Json = response.json()
    # Plotly refuses a property that it does not have and a value that it cannot take.
    go.Figure(made["figure"])
    assert made["figure"]["data"]
    assert made["table"]["rows"]
    for row in made["table"]["rows"]:
        assert len(row) == len(made["table"]["columns"])
    return made


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", FIGURES)
def test_plotly_accepts_every_figure(client: TestClient, name: str, theme: str, language: str) -> None:
    made = drawn(client, name, {**FIGURES[name], "theme": theme, "language": language})
    title = made["figure"]["layout"]["title"]["text"]
    assert title.isascii() == (language == "en") or "∂" in title or "σ" in title
    assert made["figure"]["layout"]["paper_bgcolor"] == {"light": "#ffffff", "dark": "#1c1f27"}[theme]


def test_each_loss_stands_under_its_own_name_with_its_own_numbers(client: TestClient) -> None:
    body = {**figure_examples.CURVES, "language": "en", "loss": [3, 0, None], "twin": None}
    made = drawn(client, "curves", body)
    lines = {trace["meta"]: trace["y"] for trace in made["figure"]["data"]}
    assert lines["total_loss"] == [42.5, 20.25, 11]
    assert lines["test_cost"] == [0.525, 0.275, 0.1625]
    assert lines["loss"] == [3, None, None], "a logarithmic axis has no 0"
    assert made["table"]["columns"][:2] == ["epoch", "loss of one example"]
    assert [row[1] for row in made["table"]["rows"]] == [3, 0, None], "the table has"
    layout = made["figure"]["layout"]
    headings = [annotation["text"] for annotation in layout["annotations"]]
    assert len(headings) == len(set(headings)) == 4, "each in a panel of its own"
    assert [layout[f"yaxis{index}"]["type"] for index in ("", 2, 3, 4)] == ["log", "log", "log", "linear"]
    linear = drawn(client, "curves", {**body, "log": False})
    assert linear["figure"]["layout"]["yaxis"]["type"] == "linear"
    assert linear["figure"]["data"][0]["y"] == [3, 0, None]


def test_a_twin_is_laid_over_the_run_and_stands_beside_it_in_the_table(client: TestClient) -> None:
    made = drawn(client, "curves", {**figure_examples.CURVES, "language": "en"})
    costs = [trace for trace in made["figure"]["data"] if trace["meta"] == "cost"]
    assert [trace["x"] for trace in costs] == [[0, 1, 2], [0, 2]]
    assert costs[0]["yaxis"] == costs[1]["yaxis"]
    assert costs[0]["line"] != costs[1]["line"]
    assert made["table"]["columns"][-1] == "cost, training: sigmoid"
    assert [row[-1] for row in made["table"]["rows"]] == [0.53125, None, 0.46875]
    (shapes,) = {(shape["name"], shape["x0"], shape["x1"]) for shape in made["figure"]["layout"]["shapes"]}
    assert shapes == ("shown-epoch", 1, 1)
    hostile = {**figure_examples.CURVES, "name": "<a href='x'>run</a>"}
    for trace in drawn(client, "curves", hostile)["figure"]["data"]:
        assert "<a" not in trace["name"] + trace["hovertemplate"]


def test_gradients_of_twins_stand_on_axes_of_the_same_range(client: TestClient) -> None:
    made = drawn(client, "gradient-flow", figure_examples.GRADIENT_FLOW)
    layout = made["figure"]["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]
    assert layout["yaxis3"]["range"] == layout["yaxis4"]["range"] != layout["yaxis"]["range"]
    assert layout["xaxis"]["domain"][1] < layout["xaxis2"]["domain"][0]
    low, high = layout["yaxis"]["range"]
    assert low < -3 < math.log10(0.25) < high
    stacked = drawn(client, "gradient-flow", {**figure_examples.GRADIENT_FLOW, "stacked": True})["figure"]["layout"]
    assert stacked["yaxis"]["domain"][0] > stacked["yaxis2"]["domain"][1]
    assert made["table"]["rows"][1][-4:] == [None] * 4, "the twin has recorded no epoch 1"


def test_labels_at_the_ends_of_lines_do_not_lie_on_each_other() -> None:
    places = [place for place, _ in spread([(0.5, 0), (0.5, 1), (0.51, 2), (0.99, 3)], 0.075)]
    assert all(after - before >= 0.075 - 1e-12 for before, after in pairwise(places))
    assert max(places) <= 1
    many = [place for place, _ in spread([(1.0, layer) for layer in range(40)], 0.075)]
    assert many[0] == pytest.approx(0)
    assert many[-1] == 1


def test_every_plane_shows_the_same_examples_and_the_chosen_one_ringed(client: TestClient) -> None:
    record = client.post("/api/v1/regions", json=surface_examples.REGIONS).json()
    count = len(record["features"][0]["coordinates"])
    body = {
        "features": record["features"],
        "labels": [0, *[1] * (count - 1)],
        "held_out": [*[False] * (count - 1), True],
        "highlighted": 2,
    }
    made = drawn(client, "feature-planes", body)
    planes = {trace["yaxis"] for trace in made["figure"]["data"]}
    assert len(planes) == len(record["features"])
    for plane in planes:
        rows = [
            row for trace in made["figure"]["data"] if trace["yaxis"] == plane for row in trace.get("customdata", [])
        ]
        assert sorted(rows) == list(range(count))
    rings = [trace for trace in made["figure"]["data"] if trace["name"] == "chosen example"]
    assert [[trace["x"][0]] for trace in rings] == [features["coordinates"][2][:1] for features in record["features"]]
    assert made["table"]["rows"][0][1] == record["features"][0]["coordinates"][0][0]
    found = assert_problem(
        client.post("/api/v1/figures/feature-planes", json={**body, "highlighted": count}), "validation"
    )
    assert pointers(found) == ["/highlighted"]


def test_answers_of_landscape_are_drawn_as_they_come(client: TestClient) -> None:
    for body in (
        surface_examples.LANDSCAPE,
        surface_examples.LANDSCAPE_OF_A_PATH,
        surface_examples.LANDSCAPE_AT_RANDOM,
    ):
        record = client.post("/api/v1/landscape", json=body).json()
        for name in ("surface", "contour"):
            made = drawn(client, name, {"landscape": record})
            assert made["figure"]["data"][0]["z"] == record["total_loss"]
            assert len(made["table"]["rows"]) == 21 * 21
            assert made["table"]["rows"][22][2] == record["total_loss"][1][1]


def test_a_landscape_on_a_logarithmic_scale_still_tells_its_own_numbers(client: TestClient) -> None:
    body = copy.deepcopy(figure_examples.SURFACE) | {"log": True}
    body["landscape"]["total_loss"] = [[100, 0, 1], [10, None, 1000]]
    flat = drawn(client, "contour", body)["figure"]["data"][0]
    assert flat["z"] == [[2, None, 0], [1, None, 3]]
    assert flat["customdata"] == body["landscape"]["total_loss"]
    assert "customdata" in flat["hovertemplate"]
    ticks = flat["colorbar"]
    assert [math.log10(float(text)) for text in ticks["ticktext"]] == pytest.approx(ticks["tickvals"])
    solid = drawn(client, "surface", body)["figure"]
    assert solid["layout"]["scene"]["zaxis"]["type"] == "log"
    assert solid["data"][0]["z"] == body["landscape"]["total_loss"]


def test_a_surface_is_seen_from_above_its_lowest_corner(client: TestClient) -> None:
    for losses, x, y in (
        ([[9, 1, 5], [7, 1, 6]], 1, -1),
        ([[9, 1, 5], [2, 1, 6]], -1, 1),
        ([[None, 1, 5], [7, 1, 4]], 1, 1),
    ):
        body = copy.deepcopy(figure_examples.SURFACE)
        body["landscape"]["total_loss"] = losses
        eye = drawn(client, "surface", body)["figure"]["layout"]["scene"]["camera"]["eye"]
        assert (math.copysign(1, eye["x"]), math.copysign(1, eye["y"])) == (x, y)
        assert eye["z"] > 0


@pytest.mark.parametrize(
    ("pointer", "said"),
    [
        ("/layers/0/w/1/0", "w⁽¹⁾₂₁"),
        ("/layers/11/w/0/15", "w⁽¹²⁾₁,₁₆"),
        ("/layers/1/b/9", "b⁽²⁾₁₀"),
        ("/elsewhere", "/elsewhere"),
    ],
)
def test_two_parameters_are_called_as_formulas_write_them(pointer: str, said: str) -> None:
    assert symbol(pointer) == said


def test_answers_of_regions_are_drawn_as_they_come(client: TestClient) -> None:
    record = client.post("/api/v1/regions", json=surface_examples.REGIONS).json()
    made = drawn(client, "decision-map", {"regions": record, "xs": [[0, 0], [1, 0]], "labels": [0, 1]})
    assert made["figure"]["data"][0]["z"] == record["decision"]
    assert [trace["name"] for trace in made["figure"]["data"][1:]] == ["0", "1"]
    drawn(client, "decision-map", {"regions": record})
    made = drawn(client, "response", {"regions": record, "layer": 0, "unit": 1})
    assert made["figure"]["data"][0]["z"] == record["layers"][0]["a"][1]
    for layer, features in enumerate(record["features"]):
        drawn(client, "feature-plane", {"features": features, "layer": layer, "labels": [0, 1, 1, 0]})
    line = client.post(
        "/api/v1/regions", json={**surface_examples.REGIONS, "inputs": [1], "low": [0], "high": [1]}
    ).json()
    made = drawn(client, "response", {"regions": line, "layer": 1, "unit": 0})
    assert made["figure"]["data"][0]["y"] == line["layers"][1]["a"][0][0]
    body = {"regions": line, "xs": None}
    found = assert_problem(client.post("/api/v1/figures/decision-map", json=body), "validation")
    assert pointers(found) == ["/regions/inputs"]


def test_an_answer_of_loop_or_matrix_is_drawn_as_it_comes(client: TestClient) -> None:
    record = client.post("/api/v1/loop-or-matrix", json={"sizes": [2, 64]}).json()
    made = drawn(client, "loop-or-matrix", record)
    assert made["figure"]["data"][0]["y"] == pytest.approx(record["ratio"])


def test_the_arrow_points_against_the_gradient_and_is_left_out_where_there_is_none(client: TestClient) -> None:
    body = copy.deepcopy(figure_examples.SURFACE)
    arrow = drawn(client, "contour", body)["figure"]["data"][-1]
    assert arrow["x"][1] < arrow["x"][0]
    assert arrow["y"][1] < arrow["y"][0]
    body["landscape"]["gradient"] |= {"u": 0, "v": 0}
    assert len(drawn(client, "contour", body)["figure"]["data"]) == 2


def test_names_from_outside_are_text(client: TestClient) -> None:
    hostile = "<a href='javascript:alert(1)'>%{x}</a>"
    body = {**figure_examples.DECISION_MAP, "class_names": [hostile, "odd"]}
    made = drawn(client, "decision-map", body)
    for trace in made["figure"]["data"][1:]:
        assert "<a" not in trace["name"]
        assert "%{x}<" not in trace["hovertemplate"]
    assert made["table"]["rows"][0][-1] == hostile


@pytest.mark.parametrize(
    ("name", "change", "where"),
    [
        ("curves", {"cost": [1, 2]}, "/cost"),
        ("curves", {"epochs": []}, "/epochs"),
        ("gradient-flow", {"gradient_norms": [[1, 2], [1]]}, "/gradient_norms/1"),
        ("gradient-flow", {"gain_means": [[1, 2]]}, "/gain_means"),
        ("loop-or-matrix", {"loop_seconds": [1]}, "/loop_seconds"),
        ("response", {"layer": 1}, "/layer"),
        ("response", {"unit": 1}, "/unit"),
        ("decision-map", {"labels": [0]}, "/labels"),
        ("decision-map", {"xs": None}, "/labels"),
        ("decision-map", {"xs": [[0, 0], [1]]}, "/xs/1"),
        ("decision-map", {"labels": [0, 5000]}, "/labels/1"),
        ("feature-plane", {"labels": [0]}, "/labels"),
        ("curves", {"theme": "sepia"}, "/theme"),
        ("curves", {"epochs": [0, 1, 2**70]}, "/epochs/2"),
        ("curves", {"epochs": [-1, 0, 1]}, "/epochs/0"),
        ("curves", {"shown_epoch": 2**70}, "/shown_epoch"),
    ],
)
def test_a_record_whose_lists_do_not_fit_is_pointed_at(client: TestClient, name: str, change: Json, where: str) -> None:
    response = client.post(f"/api/v1/figures/{name}", json={**FIGURES[name], **change})
    assert where in pointers(assert_problem(response, "validation"))


@pytest.mark.parametrize(
    ("name", "path", "value", "where"),
    [
        ("surface", ("landscape", "total_loss"), [[1, 2, 3]], "/landscape/total_loss"),
        ("contour", ("landscape", "path", "v"), [1], "/landscape/path/v"),
        ("response", ("regions", "y_values"), None, "/regions/y_values"),
        ("decision-map", ("regions", "decision"), None, "/regions/decision"),
        ("decision-map", ("regions", "decision"), [[0, 1], [1]], "/regions/decision/1"),
        ("feature-plane", ("features", "coordinates"), [[1, 2], [1]], "/features/coordinates/1"),
        ("feature-plane", ("features", "grid"), [[[1, 2]], [[1]]], "/features/grid/1/0"),
        ("feature-plane", ("features", "shares"), [1], "/features/shares"),
    ],
)
def test_a_record_that_does_not_fit_inside_is_pointed_at(
    client: TestClient, name: str, path: tuple[str, ...], value: Any, where: str
) -> None:
    body = copy.deepcopy(FIGURES[name])
    holder = body
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    found = assert_problem(client.post(f"/api/v1/figures/{name}", json=body), "validation")
    assert where in pointers(found)


@pytest.mark.parametrize("body", [{"epochs": [0]}, {"epochs": [0], "cost": [None], "twin": {"epochs": [0]}}])
def test_a_history_without_a_number_is_refused(client: TestClient, body: Json) -> None:
    found = assert_problem(client.post("/api/v1/figures/curves", json=body), "validation")
    assert pointers(found) == [""]


def test_a_name_twice_in_a_record_is_refused(client: TestClient) -> None:
    body = '{"epochs": [0], "cost": [1], "cost": [2]}'
    headers = {"Content-Type": "application/json"}
    assert_problem(client.post("/api/v1/figures/curves", content=body, headers=headers), "invalid-json")


def test_the_script_of_plotly_is_served_compressed_and_kept_for_a_year(client: TestClient) -> None:
    plain = client.get(f"/{script_url()}", headers={"Accept-Encoding": "identity"})
    assert plain.status_code == 200
    assert version("plotly") in script_url()
    assert "immutable" in plain.headers["cache-control"]
    assert plain.headers["content-type"].startswith("text/javascript")
    with client.stream("GET", f"/{script_url()}", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["etag"] != plain.headers["etag"]
        assert packed.headers["vary"] == "Accept-Encoding"
    assert len(raw) < 0.4 * len(plain.content)
    assert gzip.decompress(raw) == plain.content
    again = client.get(f"/{script_url()}", headers={"If-None-Match": packed.headers["etag"], "Accept-Encoding": "gzip"})
    assert again.status_code == 304
    assert again.content == b""


def test_another_version_of_plotly_is_not_there(client: TestClient) -> None:
    assert_problem(client.get("/static/plotly/0.0.1/plotly.min.js"), "not-found")


def test_neither_a_figure_nor_the_script_imports_plotly() -> None:
    program = """
import sys
from app.api.pictures.routes.figures import post_surface
from app.api.pictures import figure_examples, figure_schemas, plotly_script
body = figure_schemas.SurfaceRequest(**figure_examples.SURFACE)
assert post_surface(body).status_code == 200
assert plotly_script.script_path().is_file()
sys.exit("plotly" in sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)


def test_a_fit_stands_in_the_datas_own_units_with_the_share_of_variance_explained(client: TestClient) -> None:
    made = drawn(client, "fit", {**FIT, "language": "en"})
    rows = made["table"]["rows"]
    assert made["table"]["columns"] == ["part", "example", "area", "target", "output", "residual (output − target)"]
    assert [row[:4] for row in rows] == [
        ["training", 1, 61, 178000],
        ["training", 2, 95, 268000],
        ["training", 3, 126, 365000],
        ["training", 4, 167, 478000],
        ["held out", 1, 103, 301500],
    ]
    expected = [((x - 112.25) / 39.21 * 0.9 + 0.1) * 111652 + 322250 for _, _, x, *_ in rows]
    assert [row[4] for row in rows] == pytest.approx(expected, rel=1e-14)
    assert [row[5] for row in rows] == [row[4] - row[3] for row in rows]
    targets, missed = [row[3] for row in rows[:4]], [row[5] for row in rows[:4]]
    mean = sum(targets) / 4
    explained = 1 - sum(each**2 for each in missed) / sum((each - mean) ** 2 for each in targets)
    named = {trace["name"]: trace for trace in made["figure"]["data"]}
    assert f"training, R² = {explained:.4f}" in named
    assert "held out" in named, "one target has no variance to be explained"
    same = named["output = target"]
    assert same["x"] == same["y"] == [min(targets + expected), max(targets + expected)]
    assert len(named["network"]["x"]) == 200, "one input: the curve through the points"


def test_a_fit_over_several_inputs_has_one_panel_and_any_output(client: TestClient) -> None:
    network = {"layers": [{"w": [[1, 0], [0, 2]], "b": [0, 1], "activation": "linear"}]}
    body = {"network": network, "xs": [[1, 2], [3, 4]], "targets": [[1, 5], [3, 8]], "output": 1}
    made = drawn(client, "fit", body)
    assert "yaxis2" not in made["figure"]["layout"]
    assert [row[2:] for row in made["table"]["rows"]] == [[5, 5, 0], [8, 9, 1]]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"output": 1}, "/output"),
        ({"test_targets": None}, "/test_targets"),
        ({"scaling": {**FIT["scaling"], "scale": [0]}}, "/scaling/scale/0"),
        ({"scaling": {**FIT["scaling"], "target_shift": [1, 2]}}, "/scaling/target_shift"),
        ({"xs": [[1e300], [1], [2], [3]], "scaling": {**FIT["scaling"], "scale": [1e-300]}}, "/network"),
        ({"target_name": ""}, "/target_name"),
    ],
)
def test_a_fit_that_cannot_be_drawn_is_refused(client: TestClient, wrong: Json, pointer: str) -> None:
    assert pointers(assert_problem(client.post("/api/v1/figures/fit", json={**FIT, **wrong}))) == [pointer]
