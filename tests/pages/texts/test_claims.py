"""What texts claim, worked out: each of these sentences once said something that is not so."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
import orjson
import pytest
from starlette.testclient import TestClient

from app.api.bounds.limits import parameter_count
from app.core.functions.activations import ACTIVATIONS
from app.core.mistakes.rules.registry import RULES
from app.core.network import Layer, Network, initialize
from app.core.record.counts import counts
from app.core.record.steps import steps
from app.core.record.trace import trace
from app.library.glossary import glossary
from app.library.lessons import lesson, lesson_names, record_of, records_of, request_of
from app.library.rich_text import number_at
from app.pages.i18n import LANGUAGES, catalogue

from ..node import run as run_node

Json = dict[str, Any]

both_languages = pytest.mark.parametrize("language", LANGUAGES)


def scene_of(name: str, scene: str) -> Json:
    """A scene of a lesson."""
    return next(each for each in lesson(name)["scenes"] if each["name"] == scene)


def said(name: str, scene: str, language: str) -> str:
    """All that a scene says."""
    return orjson.dumps(lesson(name)["texts"][language]["scenes"][scene]).decode()


def setups() -> dict[str, Json]:
    """The Lab's examples by name."""
    script = 'import { SETUPS } from "./static/js/lab/setups.js"; process.stdout.write(JSON.stringify(SETUPS));'
    return {each["name"]: each for each in run_node(script, None)}


def trained(client: TestClient, request: Json) -> tuple[list[float], str]:
    """The cost at each epoch, and the run's id."""
    answer = client.post("/api/v1/training", json=request)
    told = [orjson.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    costs = [each["cost"] for each in told if "cost" in each and "epoch" in each]
    return costs, next(each["run"] for each in told if each.get("run"))


# T2


def test_the_lesson_on_gradient_descent_shows_plain_gradient_descent_on_the_full_batch(client: TestClient) -> None:
    scene = scene_of("gradient-descent", "descent")
    request = setups()[scene["lab"]["setup"]]["request"]
    assert request["optimizer"]["name"] == "gradient_descent"
    assert set(request["optimizer"]) == {"name", "learning_rate"}
    assert request["batch_size"] is None
    assert not request.get("schedule")
    assert not request.get("penalty")
    costs, run = trained(client, request)
    assert all(after < before for before, after in pairwise(costs))
    assert costs[0] > scene["task"]["value"] > costs[-1]
    reached = next(epoch for epoch, cost in enumerate(costs) if cost < scene["task"]["value"])
    assert 12 <= reached <= 60, "a few dozen epochs"

    at_right_angles(client, run)


def at_right_angles(client: TestClient, run: str) -> None:
    """The path crosses the contours that the page draws at right angles, and equal scales show it."""
    path = client.get(f"/api/v1/runs/{run}/thetas").json()["thetas"]
    examples = client.get(f"/api/v1/runs/{run}/examples").json()
    network = client.get(f"/api/v1/runs/{run}/network").json()
    asked = {"network": {"layers": network["layers"]}, "xs": examples["xs"], "targets": examples["targets"]}
    asked |= {"loss": "half_squared_error", "resolution": 61, "path": path, "directions": "path"}
    found = client.post("/api/v1/landscape", json=asked).json()
    us, vs, total = (np.array(found[name]) for name in ("u_values", "v_values", "total_loss"))
    assert us[-1] - us[0] == pytest.approx(vs[-1] - vs[0])
    slopes_v, slopes_u = np.gradient(total, vs, us)
    points = np.array([found["path"]["u"], found["path"]["v"]]).T
    for start, stop in list(pairwise(points))[:30]:
        row, column = np.argmin(abs(vs - start[1])), np.argmin(abs(us - start[0]))
        step, downhill = stop - start, -np.array([slopes_u[row, column], slopes_v[row, column]])
        cosine = step @ downhill / np.linalg.norm(step) / np.linalg.norm(downhill)
        assert cosine > 0.99, "the path is the steepest way down"
    body = {"landscape": {**found, "directions": None}, "log": True}
    drawn = client.post("/api/v1/figures/contour", json=body).json()["figure"]["layout"]
    assert (drawn["yaxis"]["scaleanchor"], drawn["yaxis"]["scaleratio"]) == ("x", 1)


# T3, T4


def test_the_error_of_a_central_difference_comes_from_the_third_derivative() -> None:
    """Half the squared error of a linear unit is a parabola in w: bent, and yet the difference quotient is exact."""

    def unit(w: float, activation: str) -> Any:
        network = Network((Layer(np.array([[w]]), np.array([0.2]), activation),))
        return trace(network, [1.5], [1.0], "half_squared_error")

    def quotient_error(activation: str, h: float) -> float:
        quotient = (unit(0.7 + h, activation).loss - unit(0.7 - h, activation).loss) / (2 * h)
        return abs(float(quotient - unit(0.7, activation).layers[0].dl_dw[0][0]))

    assert quotient_error("linear", 1.0) < 1e-14
    assert quotient_error("sigmoid", 0.1) / quotient_error("sigmoid", 0.01) == pytest.approx(100, rel=0.05)
    assert "third derivative" in catalogue("en")["panel.proof.why_v"]
    assert "三阶导数" in catalogue("zh")["panel.proof.why_v"]
    assert "curve is bent" not in catalogue("en")["panel.proof.why_v"]
    assert "曲线是弯的" not in catalogue("zh")["panel.proof.why_v"]


@pytest.mark.parametrize("name", [name for name, entry in ACTIVATIONS.items() if entry.kinks])
def test_at_a_kink_backpropagation_takes_the_derivative_that_the_catalogue_gives(client: TestClient, name: str) -> None:
    [entry] = [each for each in client.get("/api/v1/catalog").json()["activations"] if each["name"] == name]
    for kink in entry["kinks"]:
        network = Network((Layer(np.array([[0.0]]), np.array([kink["at"]]), name),))
        assert trace(network, [1.0], [0.0], "half_squared_error").layers[0].gain[0] == kink["derivative"]
    for language in LANGUAGES:
        assert "{derivatives}" in catalogue(language)["panel.proof.kink"]


# T5, T12


SIZES = [(2, 2, 2, 2), (3, 5, 4, 2, 6), (10, 40, 40, 5), (64, 16, 10), (2, *[8] * 12, 1), (500, 20)]


@pytest.mark.parametrize("sizes", SIZES)
def test_the_whole_gradient_costs_at_most_two_forward_passes_whatever_the_number_of_weights(sizes: Any) -> None:
    counted = counts(sizes)
    assert counted["gradient"] == counted["backward"] + counted["products"]
    assert counted["products"] == sum(sending * receiving for sending, receiving in pairwise(sizes))
    assert counted["gradient"] + sizes[0] * sizes[1] == 2 * counted["forward"]
    assert counted["finite_differences"] > counted["gradient"]


def test_finite_differences_grow_with_the_square_of_the_parameters_and_recursion_exponentially() -> None:
    deeper = [counts((4, *[4] * depth, 4)) for depth in (20, 40, 80)]
    parameters = [parameter_count((4, *[4] * depth, 4)) for depth in (20, 40, 80)]
    for (less, more), (few, many) in zip(pairwise(deeper), pairwise(parameters), strict=True):
        assert more["finite_differences"] / less["finite_differences"] == pytest.approx((many / few) ** 2, rel=0.01)
        assert more["naive_recursion"] > less["naive_recursion"] * 4**19
    assert "without measure" not in catalogue("en")["plain.counts.text"]


@both_languages
def test_the_lesson_compares_the_way_to_the_whole_gradient_with_finite_differences(language: str) -> None:
    table = lesson("reversed-network")["texts"][language]["scenes"]["counts"]["table"]["rows"]
    shown = [re.search(r"\{/counts/(\w+)\}", row[1])[1] for row in table]
    assert shown == ["forward", "backward", "products", "gradient", "naive_recursion", "finite_differences"]
    record = records_of(lesson("reversed-network"))["counts"]
    assert record is not None
    assert [number_at(record, f"/counts/{name}") for name in shown] == [12, 8, 12, 20, 16, 432]
    assert re.search("twice a forward pass|前向的两倍", said("reversed-network", "counts", language))


# T6, T7, T10


@both_languages
def test_what_is_alike_at_the_start_is_two_units_not_all_weights(language: str) -> None:
    record = record_of(scene_of("gradient-descent", "random-start"))
    assert record is not None
    first, second = record.layers
    assert len({float(w) for layer in record.layers for w in layer.w.ravel()}) > 1
    for rows in (first.w, first.a[:, None], first.dl_dz[:, None], first.dl_dw, second.w.T, second.dl_dw.T):
        assert np.array_equal(rows[0], rows[1])
    assert not re.search("all weights equal|所有权重都一样", said("gradient-descent", "random-start", language))


@both_languages
def test_total_loss_and_cost_are_not_called_one_number(language: str) -> None:
    assert not re.search("One number went down|同一件事", said("loss", "driven-down", language))


@both_languages
def test_a_network_of_today_has_as_many_slopes_as_parameters(language: str) -> None:
    for scene in ("theta", "descent"):
        text = said("gradient-descent", scene, language)
        assert re.search("billions|几十亿", text)
        assert not re.search("millions|几百万", text)


# T9


@both_languages
def test_imagenet_is_a_data_set_and_its_networks_are_convolutional(language: str) -> None:
    text = said("depth-and-matrices", "depth", language)
    assert not re.search("ImageNet is a contest|ImageNet 是一项比赛", text)
    assert re.search("convolutional|卷积", text)


# T11


def mentions(name: str, term: str) -> bool:
    """Whether a lesson links to a term, in both languages."""
    texts = {language: orjson.dumps(lesson(name)["texts"][language]).decode() for language in LANGUAGES}
    return all(f"[[{term}]]" in text or f"[[{term}|" in text for text in texts.values())


@pytest.mark.parametrize("term", [term["name"] for term in glossary()])
def test_a_term_leads_to_a_lesson_that_uses_it(term: str) -> None:
    [entry] = [each for each in glossary() if each["name"] == term]
    assert mentions(entry["lesson"], term)


# T13, T14


def test_the_two_networks_that_show_depth_have_equally_many_parameters(client: TestClient) -> None:
    depth = setups()["depth"]
    wide, deep = depth["request"]["sizes"], depth["twin"]["sizes"]
    assert len(deep) > len(wide) == 3
    assert parameter_count(wide) == parameter_count(deep) == 393
    for language in LANGUAGES:
        assert "393" in depth["description"][language]
    half = {**depth["request"], "epochs": 100}
    costs = [trained(client, {**half, "sizes": sizes})[0][-1] for sizes in (wide, deep)]
    assert costs[1] < costs[0] / 10


def test_no_hidden_unit_is_said_to_add_one_bend() -> None:
    sine = setups()["sine"]
    assert len(sine["request"]["sizes"]) > 3, "with two hidden layers there is no bend for each unit"
    assert not re.search("Each hidden unit|每个隐藏单元", "".join(sine["description"].values()))


# T15


def test_descent_with_the_mean_follows_nearly_the_path_of_the_sum() -> None:
    """The nearer, the smaller η: on ½ (3w² + b²), N = 4 steps of η/4 against one of η."""
    slopes = np.array([3.0, 1.0])

    def apart(eta: float) -> float:
        start = np.array([1.0, 1.0])
        return float(np.linalg.norm(start * (1 - eta * slopes / 4) ** 4 - start * (1 - eta * slopes)) / eta)

    assert apart(0.2) > 0.1
    assert apart(0.002) < 0.01
    notice = RULES["mean_over_examples"].notice
    assert "nearly the same path" in " ".join(notice["en"].split())
    assert "路线几乎相同" in notice["zh"]


# T16


@both_languages
def test_loop_and_matrix_agree_up_to_the_last_digits_and_speed_has_more_than_one_cause(language: str) -> None:
    text = said("depth-and-matrices", "loop-or-matrix", language)
    assert not re.search("are the same number|结果相同，", text)
    assert re.search("up to the last digits|最后几位", text)
    assert re.search("cache|缓存", text)


# T17, T18


def test_without_an_activation_function_many_layers_are_a_single_layer() -> None:
    network = initialize((3, 4, 5, 2), "linear", "linear", "xavier_uniform", np.random.default_rng(0))
    w, b = np.eye(3), np.zeros(3)
    for layer in network.layers:
        w, b = layer.w @ w, layer.w @ b + layer.b
    one = Network((Layer(w, b, "linear"),))
    x, target = [0.3, -1.2, 2.0], [0.0, 1.0]
    deep, flat = (trace(each, x, target, "half_squared_error") for each in (network, one))
    assert deep.layers[-1].a == pytest.approx(flat.layers[-1].a)
    assert "than a single layer" in said("neuron", "activation", "en")
    assert "抵得上一层" in said("neuron", "activation", "zh")


def test_two_choices_of_parameters_can_be_the_same_function() -> None:
    first, second = initialize((2, 3, 2), "tanh", "linear", "xavier_uniform", np.random.default_rng(1)).layers
    order = [1, 0, 2]
    swapped = Network((Layer(first.w[order], first.b[order], "tanh"), Layer(second.w[:, order], second.b, "linear")))
    assert not np.array_equal(swapped.theta, Network((first, second)).theta)
    for x in ([1.0, 2.0], [-0.5, 0.1]):
        here, there = (trace(each, x, [0, 1], "half_squared_error") for each in (Network((first, second)), swapped))
        assert here.layers[-1].a == pytest.approx(there.layers[-1].a)
    [term] = [each for each in glossary() if each["name"] == "function-set"]
    assert "some choices give the same one" in term["text"]["en"]
    assert "也可能得到同一个" in term["text"]["zh"]


# T19, T20


def test_a_batch_goes_through_in_one_pass_so_that_is_no_misunderstanding(client: TestClient) -> None:
    request = request_of({"preset": "lecture-1-1"})
    assert request is not None
    body = {name: request[name] for name in ("network", "loss")}
    body |= {"xs": [[1, -1], [0, 0]], "targets": [[1, 0], [1, 0]]}
    assert len(client.post("/api/v1/batch", json=body).json()["losses"]) == 2
    for language in LANGUAGES:
        listed = " ".join(lesson("summary")["texts"][language]["teacher"]["misunderstandings"])
        assert not re.search("One pass is thought to be enough|一趟传播够几个", listed)


def test_theano_has_successors_and_keras_a_backend() -> None:
    for language in LANGUAGES:
        first, tape = (said("frameworks", scene, language) for scene in ("one-call", "tape"))
        assert "PyTensor" in first
        assert re.search("Keras, on top of TensorFlow|用 TensorFlow 作后端时，Keras", tape)


# Small traps in tasks


@pytest.mark.parametrize("name", lesson_names())
def test_no_scene_highlights_what_it_asks_for(name: str) -> None:
    """Neither by its own light nor by the step that it stands at."""
    for scene in lesson(name)["scenes"]:
        task, record = scene.get("task", {}), record_of(scene)
        if record is None or task.get("kind") not in {"point", "predict", "walk"}:
            continue
        wanted = {*task.get("accept", ()), *([task["pointer"]] if "pointer" in task else ())}
        lit = set(scene.get("lit", ()))
        at = [step for step in steps(record, scene.get("steps", "unit")) if scene.get("at") in step["writes"]]
        for step in at:
            lit |= {*step["reads"], *step["writes"]}
        assert not wanted & lit, scene["name"]


@pytest.mark.parametrize("name", lesson_names())
def test_a_number_worked_out_from_the_numbers_shown_is_the_one_that_is_asked_for(name: str) -> None:
    """Of a weighted sum: from its inputs at three digits, as they are shown, at as many places as are asked for."""
    for scene in lesson(name)["scenes"]:
        task, record = scene.get("task", {}), record_of(scene)
        if record is None or task.get("kind") != "predict" or "/z/" not in task["pointer"]:
            continue
        _, _, layer, _, unit = task["pointer"].split("/")
        sent = record.layers[int(layer) - 1].a if int(layer) else record.x
        rounded = [float(f"{value:.3g}") for value in sent]
        at = record.layers[int(layer)]
        z = float(at.w[int(unit)] @ rounded + at.b[int(unit)])
        assert round(z, task["digits"]) == round(float(at.z[int(unit)]), task["digits"]), scene["name"]


@both_languages
def test_tasks_say_what_they_mean(language: str) -> None:
    changed = records_of(lesson("gradient-descent"))
    before, after = (number_at(changed[name], "/layers/2/w/1/0") for name in ("slope", "nudged"))
    assert after - before == pytest.approx(float(lesson("gradient-descent")["facts"]["change"]["value"]))
    assert not re.search("one tenth|十分之一", said("gradient-descent", "slope", language))
    assert re.search("all twelve weights|十二个权重", said("gradient-descent", "gradient", language))
    asked = lesson("forward-pass")["texts"][language]["scenes"]["read-off"]["task"]
    assert not re.search(r"carries \$|带着 \$", asked), "a wire carries a value that equals ∂z/∂w"
    counted = [counts((2,) * (depth + 1))["naive_recursion"] for depth in range(3, 9)]
    ratios = [more / less for less, more in pairwise(counted)]
    assert ratios == sorted(ratios, reverse=True), "no constant factor, but one that settles"
    assert 2 < ratios[-1] < ratios[0]
    assert re.search("settles near 2|越来越接近 2", said("two-cases", "growing", language))
