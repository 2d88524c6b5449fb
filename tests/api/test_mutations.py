"""Eight thousand bodies that nobody meant: no failure of the server, no long answer, no answer without a shape."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.course import rule_examples
from app.api.network import examples as network_examples
from app.api.pictures import figure_examples, surface_examples
from app.api.trace import examples
from app.api.training import schemas as training_schemas
from tests.api.contract import MAX_BYTES, assert_problem

BODIES = 8000
NAMED: dict[str, Any] = {
    "sizes": [2, 2, 2],
    "activation": "tanh",
    "output_activation": "softmax",
    "xs": [[0, 0], [0, 1], [1, 0]],
    "targets": [[1, 0], [0, 1], [1, 0]],
    "test_xs": [[1, 1]],
    "test_targets": [[0, 1]],
    "standardise": True,
    "feature_names": ["width", "height"],
    "class_names": ["no", "yes"],
    "loss": "cross_entropy",
    "optimizer": {"name": "adam", "learning_rate": 0.1, "beta1": 0.8},
    "schedule": {"name": "step", "every": 2},
    "batch_size": 2,
    "epochs": 2,
    "freeze": ["b"],
    "keep": False,
}
ROUTES = {
    "/api/v1/trace": [examples.TRACE, examples.CLASSIFIER, examples.SIGNAL, examples.RULED_TRACE],
    "/api/v1/batch": [{**examples.BATCH, "per_example": True}],
    "/api/v1/gradient-check": [examples.TRACE, examples.CLASSIFIER, examples.RULED_CHECK],
    "/api/v1/diagnose": [
        *(rule_examples.DIAGNOSIS, rule_examples.DIAGNOSIS_OF_Z, rule_examples.DIAGNOSIS_CARRIED_ON),
        *(rule_examples.DIAGNOSIS_OF_A_BATCH, {**rule_examples.DIAGNOSIS_BY_CONVENTION, "conventions": []}),
    ],
    "/api/v1/rules/no_hidden_gain/training": [{**rule_examples.RULE_TRAINING, "steps": 3}],
    "/api/v1/derivative": [examples.DERIVATIVE, examples.DERIVATIVE_BY_INPUT],
    "/api/v1/paths": [examples.PATHS, examples.PATHS_OF_A_BIAS],
    "/api/v1/code": [examples.CODE, examples.CODE_IN_PYTORCH, examples.CODE_IN_JAX],
    "/api/v1/landscape": [surface_examples.LANDSCAPE, surface_examples.LANDSCAPE_OF_A_PATH],
    "/api/v1/regions": [surface_examples.REGIONS],
    "/api/v1/figures/surface": [figure_examples.SURFACE],
    "/api/v1/figures/decision-map": [figure_examples.DECISION_MAP],
    "/api/v1/networks": [network_examples.NETWORK],
    "/api/v1/training": [{**training_schemas.XOR, "epochs": 3, "until": {"epochs": 2}}, NAMED],
    "/api/v1/training/preview": [training_schemas.XOR, NAMED],
    "/api/v1/runs/{run}/training": [{"until": {"epochs": 1}, "epochs": 60, "after": 2}, {"until": {"examples": 3}}],
    "/api/v1/sessions": [examples.TRACE],
    "/api/v1/sessions/{id}/step": [{"by": 1}, {"to": 17}, {"phase": "backward"}],
}
VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    5e-324,
    10**400,
    2**63,
    "",
    "1",
    "sigmoid",
    "softmax",
    "relu",
    "cross_entropy",
    "binary_cross_entropy",
    "absolute_error",
    "huber",
    "<script>alert(1)</script>",
    "\u0000",
    "😀" * 2000,
    "a" * 10_000,
    [],
    [[]],
    [[[1]]],
    [1, "2"],
    [1] * 500,
    [[1] * 3] * 3,
    {},
    {"layers": []},
    {"w": [[1]], "b": [1], "activation": "tanh"},
    {"": 0},
]
TOKENS = [
    b"NaN",
    b"Infinity",
    b"-Infinity",
    b"1e999",
    b"-1e999",
    b"0x10",
    b"01",
    b"1.",
    b".5",
    b"+1",
    b"'a'",
    b"undefined",
    b'"\\ud800"',
    b'"\\udc00\\ud800"',
    b'"\xff\xfe"',
    b'"\xed\xa0\x80"',
    b"[" * 500,
    b'{"a":' * 500,
    b"/* */",
    b"9" * 6000,
    b'"\\u0000"',
    b"1, ",
    b'"x": 1',
]
ENDS = ("event: finished", "event: stopped", "event: diverged")
Node = tuple[Any, Any]


def places(value: Any) -> list[Node]:
    """Every place in a body that can be written to, as (container, key)."""
    found: list[Node] = []
    keys: list[Any] = (
        list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    )
    for key in keys:
        found.append((value, key))
        found += places(value[key])
    return found


def change(body: Any, rng: random.Random) -> None:
    """One change to the structure of a body."""
    if not places(body):
        body["x"] = None
    container, key = rng.choice(places(body))
    match rng.randrange(7):
        case 0 | 1 | 2:
            container[key] = copy.deepcopy(rng.choice(VALUES))
        case 3 if isinstance(container, dict):
            container.pop(key, None)
        case 3:
            container.insert(rng.randrange(len(container) + 1), copy.deepcopy(rng.choice(VALUES)))
        case 4 if isinstance(container, dict):
            container[rng.choice(["extra", "", "a/b~c", "é" * 50, "b" * 3000, "__proto__"])] = copy.deepcopy(
                rng.choice(VALUES)
            )
        case 4:
            container.append(copy.deepcopy(container[key]))
        case 5:
            other, name = rng.choice(places(body))
            container[key] = copy.deepcopy(other[name])
        case _:
            for _ in range(rng.choice([1, 30, 300])):
                container[key] = [container[key]]


def garble(text: bytes, rng: random.Random) -> bytes:
    """One change to the bytes of a body."""
    at = rng.randrange(len(text) + 1)
    match rng.randrange(8):
        case 0:
            return text[:at]
        case 1:
            return text[:at] + bytes([rng.randrange(256)]) + text[at + 1 :]
        case 2 | 3:
            number = text.find(b"1", at)
            return text[:number] + rng.choice(TOKENS) + text[number + 1 :] if number >= 0 else text
        case 4:
            comma = text.find(b",", at)
            return text[: comma + 1] + text[at:] if comma >= 0 else text * 2
        case 5:
            return rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\n\n", b","]) + text
        case 6:
            return text.decode("utf-8", "replace").encode(rng.choice(["utf-16", "utf-32", "utf-16-be"]), "replace")
        case _:
            name = text.find(b'"', at)
            return text[:name] + b'"x": [1], ' + text[name:] if name >= 0 else text + b"}"


def mutated(start: Any, rng: random.Random) -> bytes:
    """A body some steps away from one that works."""
    body = copy.deepcopy(start)
    for _ in range(rng.choice([0, 1, 1, 2, 4])):
        change(body, rng)
    text = json.dumps(body, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    for _ in range(rng.choice([0, 0, 1, 2])):
        text = garble(text, rng)
    return text


def begun_run(client: TestClient) -> str:
    """The id of a run that can be continued."""
    body = {**training_schemas.XOR, "keep": True, "until": {"epochs": 1}}
    return client.post("/api/v1/training", json=body).text.split('"run":"')[1].split('"')[0]


@pytest.mark.parametrize("path", ROUTES)
def test_no_body_makes_the_server_fail_or_answer_at_length(client: TestClient, path: str) -> None:
    rng = random.Random(path)
    session = client.post("/api/v1/sessions", json=examples.TRACE).json()["id"]
    run = begun_run(client)
    statuses = set()
    for turn in range(BODIES // len(ROUTES) + 1):
        body = mutated(rng.choice(ROUTES[path]), rng)
        sent = path.replace("{id}", session).replace("{run}", run)
        response = client.post(sent, content=body, headers={"Content-Type": "application/json"})
        if response.status_code == 409 and "{run}" in path:
            run = begun_run(client)
            continue
        statuses.add(response.status_code)
        if response.status_code >= 400:
            assert response.status_code == 422, f"body {turn}: {response.status_code} {body[:300]!r}"
            assert_problem(response)
            assert len(response.content) <= MAX_BYTES
        else:
            assert b"NaN" not in response.content
            if "event-stream" in response.headers["content-type"]:
                blocks = response.text.split("\n\n")[:-1]
                assert blocks[-1].split("\n")[0] in ENDS, f"body {turn}: {body[:300]!r}"
                for block in blocks:
                    json.loads(block.split("data: ")[1])
            else:
                json.loads(response.content)
    assert statuses >= {422}
    assert len(statuses) == 2
