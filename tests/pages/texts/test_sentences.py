from __future__ import annotations

import re
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import orjson
import pytest

from app.api.wire.outgoing.encoding import encode
from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.rules.walk import follow, ruled_steps
from app.core.network import Layer, Network, initialize
from app.core.record.operations.table import OPERATIONS
from app.core.record.plan import GRANULARITIES
from app.core.record.steps import DETAILS, steps
from app.core.record.trace import Trace, trace
from app.library.presets import preset, preset_names, run
from app.pages.i18n import LANGUAGES, catalogue, translator
from app.pages.sentences import sentence
from app.pages.walk import titles

from ..node import run as run_node

Json = dict[str, Any]


def built(record: Trace, granularity: str) -> Json:
    """A trace as the API sends it, its steps with all their details."""
    sent: Json = orjson.loads(encode({**record.document(), "steps": steps(record, granularity, details=DETAILS)}))
    return sent


class Walk(NamedTuple):
    """A trace as it is recorded and as it is sent."""

    record: Trace
    sent: Json

    def said(self, step: Json, language: str) -> str:
        """What the pages without JavaScript say of a step."""
        return sentence(step["words"], self.record, translator(language), titles(language))


def random_traces() -> list[Trace]:
    """Networks with what the presets lack: every activation and loss, zeros, saturation, one unit, one input."""
    rng, result = np.random.default_rng(7), []
    pairs = [(loss.outputs or ("linear",)) for loss in LOSSES.values()]
    losses = [(loss, output) for loss, outputs in zip(LOSSES, pairs, strict=True) for output in outputs]
    hidden = [name for name, entry in ACTIVATIONS.items() if not entry.last_layer_only]
    for index in range(40):
        loss, output = losses[index % len(losses)]
        if loss in ("half_squared_error", "huber") and index % 3 == 0:
            output = "softmax"
        sizes = [int(rng.integers(1, 4)) for _ in range(3)] + [7 if index % 5 == 0 else int(rng.integers(1, 4))]
        network = initialize(sizes, hidden[index % len(hidden)], output, "xavier_uniform", rng)
        x = rng.normal(size=sizes[0]) * 10.0 ** rng.integers(-3, 4)
        if index % 2:
            x[0] = 0.0
        target = np.eye(sizes[-1])[0] if index % 4 else rng.uniform(size=sizes[-1])
        rate = None if index % 3 == 1 else 0.5
        result.append(trace(network, x, target, loss, learning_rate=rate, freeze=("b",) if index % 6 == 0 else ()))
        moving = {"momentum": 0.9, "previous_change": rng.normal(size=network.theta.size)}
        freeze = ("w",) if index % 5 == 0 else ()
        result.append(trace(network, x, target, loss, learning_rate=0.5, freeze=freeze, **moving))
        result.append(trace(network, x, target, loss, signal=rng.normal(size=sizes[-1])))
    saturated = Network((Layer.of([[-800.0]], [0.0], "sigmoid"),))
    return [*result, trace(saturated, [1.0], [1.0], "binary_cross_entropy"), *with_ties()]


def with_ties() -> list[Trace]:
    """Networks whose numbers have no single largest one, an exact output, and a signal through a saturated unit."""

    def like(
        *layers: Layer, x: list[float], target: list[float], loss: str = "half_squared_error", **options: Any
    ) -> Trace:
        return trace(Network(layers), x, target, loss, **options)

    def layer(rows: list[list[float]], activation: str) -> Layer:
        return Layer(np.array(rows), np.zeros(len(rows)), activation)

    mirrored, same = [[1.0, -1.0], [-1.0, 1.0]], [[0.5] * 2] * 2
    three, upon = [[0.5] * 3] * 2, [[1.0, 1.0], [1.0, 1.0]]
    return [
        like(layer(same, "sigmoid"), layer(mirrored, "linear"), x=[1.0, -1.0], target=[1.0, -1.0], learning_rate=0.5),
        like(layer(three, "tanh"), layer(upon, "linear"), x=[1.0, 1.0, 0.0], target=[0.0, 0.0], learning_rate=0.5),
        like(layer(same, "sigmoid"), layer(upon, "softmax"), x=[1.0, 2.0], target=[1.0, 0.0], loss="cross_entropy"),
        like(layer([[1.0, 0.0], [0.0, 1.0]], "linear"), x=[1.0, 2.0], target=[1.0, 2.0]),
        like(layer([[30.0], [1.0]], "sigmoid"), layer(upon, "linear"), x=[1.0], target=[1.0, 0.0], signal=[0.5, 1.0]),
    ]


def all_walks() -> list[Walk]:
    records = [run(preset(name)["request"]) for name in preset_names()] + random_traces()
    return [
        Walk(record, built(record, granularity))
        for record in records
        for granularity in GRANULARITIES
        if not (granularity == "term" and record.layout.size > 2000)
    ]


@pytest.fixture(scope="module")
def walks() -> list[Walk]:
    return all_walks()


def test_the_browser_says_the_same_as_the_server(walks: list[Walk]) -> None:
    cases = [{"trace": walk.sent, "titles": titles(lang), "language": lang} for walk in walks for lang in LANGUAGES]
    spoken = run_node("tests/js/sentences.mjs", cases, is_file=True)
    for (walk, language), sentences in zip(product(walks, LANGUAGES), spoken, strict=True):
        for step, said in zip(walk.sent["steps"], sentences, strict=True):
            assert said == walk.said(step, language), step["words"]


def test_every_sentence_is_used_and_filled(walks: list[Walk]) -> None:
    used = set()
    for walk in walks:
        for step in walk.sent["steps"]:
            used.add(step["words"]["key"])
            for language in LANGUAGES:
                assert not re.search(r"[{}]|None|nan", walk.said(step, language)), step["words"]
    known = {key for key in catalogue("en") if key.startswith("step.")}
    assert known <= used, sorted(known - used)


def test_a_value_that_float64_cannot_hold_is_named() -> None:
    network = initialize([1, 2], "linear", "softmax", "xavier_uniform", np.random.default_rng(0))
    record = trace(
        network,
        [1e6],
        [1.0, 0.0] if network.layers[0].w[0, 0] < network.layers[0].w[1, 0] else [0.0, 1.0],
        "cross_entropy",
    )
    keys = {step["words"]["key"] for step in built(record, "unit")["steps"]}
    assert "step.loss_gradient.unknown" in keys


def test_a_signal_of_the_learner_is_not_called_a_gradient() -> None:
    network = initialize([2, 2], "linear", "sigmoid", "xavier_uniform", np.random.default_rng(0))
    record = trace(network, [1.0, 2.0], [1.0, 0.0], "half_squared_error", signal=[0.5, -1.0])
    walk = Walk(record, built(record, "unit"))
    first = next(step for step in walk.sent["steps"] if step["operation"] == "inject")
    assert first["words"]["key"] == "step.inject"
    assert walk.said(first, "en").endswith(
        "every number that follows is a response to your signal, not a derivative of the loss."
    )


AS_IF_OF_THE_LOSS = re.compile(
    "says how the loss would|they learn nothing|a gradient vanishes|had no say"
    "|说的是假如|学不到什么|梯度就是这样消失|没有发言权"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_under_a_signal_no_sentence_of_the_way_back_speaks_as_if_it_were_the_loss(
    walks: list[Walk], language: str
) -> None:
    keys = set()
    for walk in walks:
        for step in walk.sent["steps"] if "signal" in walk.sent else ():
            keys.add(step["words"]["key"])
            assert not AS_IF_OF_THE_LOSS.search(walk.said(step, language)), step["words"]
    assert {"step.input_gradient.signal", "step.weight_gradient.signal_one", "step.bias_gradient.signal_layer"} <= keys


def test_a_number_that_is_called_the_largest_is_so_in_size_and_alone(walks: list[Walk]) -> None:
    """Of the terms of a sum and of the derivatives of a unit's weights, recomputed here from the trace."""
    named = tied = 0
    for _, each in walks:
        for step in each["steps"]:
            key, params = step["words"]["key"], step["words"]["params"]
            layer = each["layers"][step["layer"]] if step["layer"] is not None else None
            unit = params.get("unit", 0) - 1
            if key in ("step.weighted_sum", "step.weighted_sum.tie"):
                sent = each["layers"][step["layer"] - 1]["a"] if step["layer"] else each["x"]
                values = [w * x for w, x in zip(layer["w"][unit], sent, strict=True)]
            elif key in ("step.weight_gradient", "step.weight_gradient.tie"):
                values = layer["dl_dw"][unit]
            else:
                continue
            sizes = sorted(abs(value) for value in values)
            assert ("ties" in params) == (sizes[-2] >= sizes[-1] * (1 - 1e-9)), (key, values)
            named, tied = named + ("ties" not in params), tied + ("ties" in params)
    assert min(named, tied) > 5


def test_the_lecture_names_no_winner_where_two_are_equally_large() -> None:
    """-1 and -1 add up to z₂ of the first layer; ∂l/∂w of its first unit are -0.003565 and 0.003565."""
    record = run(preset("lecture-1-1")["request"])
    walk = Walk(record, built(record, "unit"))
    said = {(step["operation"], step["layer"], step["unit"]): walk.said(step, "en") for step in walk.sent["steps"]}
    assert said["weighted_sum", 0, 1].endswith("z = −2. The 2 largest terms are equal in size, 1 each.")
    assert said["weight_gradient", 0, 0].endswith("The 2 largest ∂l/∂w are equal in size, 0.003565 each.")
    assert "The largest term in size, −0.8635, comes from unit 1 of layer 2" in said["weighted_sum", 2, 1]


def test_every_operation_of_the_table_is_done_somewhere(walks: list[Walk]) -> None:
    assert {step["operation"] for walk in walks for step in walk.sent["steps"]} == set(OPERATIONS)


def test_under_a_wrong_rule_a_product_is_that_of_the_two_numbers_named() -> None:
    """With the weights not transposed, another ∂l/∂z than the right one meets the weight."""
    record = run(preset("lecture-1-1")["request"])
    ruled = follow(record, RULES["untransposed"])
    named = 0
    for step in ruled_steps(ruled, "term", ("words",)):
        if step["operation"] == "product":
            params = step["words"]["params"]
            w, carried = (ruled.trace.numbers[record.layout.position[params[name]]] for name in ("w", "carried"))
            assert params["product"]["number"] == w * carried
            index = params["unit"] - 1 if step["part_of"] != "weighted_sum" else step["reads"][1].split("/")[-1]
            assert step["reads"][1].endswith(f"/{index}")
            named += 1
    assert named > 10


def test_a_number_that_moves_by_little_is_not_said_to_stand_still() -> None:
    network = Network((Layer.of([[1.0]], [0.5], "sigmoid"),))
    record = trace(network, [0.3], [0.0], "half_squared_error", learning_rate=1e-6)
    walk = Walk(record, built(record, "unit"))
    moved = [walk.said(step, "en") for step in walk.sent["steps"] if step["operation"].endswith("_update")]
    assert len(moved) == 2
    for said, (before, after) in zip(
        moved, [(1.0, record.updated.layers[0].w[0, 0]), (0.5, record.updated.layers[0].b[0])], strict=True
    ):
        assert before != after
        numbers = re.findall(r"\d+\.\d{5,}", said)
        assert numbers, said
        assert float(numbers[-1]) != before
