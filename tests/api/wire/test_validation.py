"""What a request body may not be, where the answer points, and what it says."""

from __future__ import annotations

import gc
import gzip
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.wire.problems import Problem
from tests.api.contract import assert_problem, pointers

Json = dict[str, Any]
TRACE = "/api/v1/trace"


def send(client: TestClient, body: bytes | str, **headers: str) -> Any:
    return client.post(TRACE, content=body, headers={"Content-Type": "application/json", **headers})


def with_x(request: Json, text: str) -> bytes:
    """The request with ``text`` in the place of x, as it stands."""
    return json.dumps({**request, "x": "@"}).replace('"@"', text).encode("utf-8", "surrogatepass")


def replaced(request: Json, pointer: str, value: Any) -> Json:
    """The request with another value at ``pointer``."""
    *path, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
    inner: Any = request
    for part in path:
        inner = inner[part]
    inner[last] = value
    return request


@pytest.mark.parametrize(
    "text", ["[NaN, 1]", "[Infinity, 1]", "[-Infinity, 1]", "[1e999, 1]", "[" + "9" * 400 + ", 1]"]
)
def test_a_number_that_is_not_finite_is_refused_where_it_stands(client: TestClient, lecture: Json, text: str) -> None:
    body = assert_problem(send(client, with_x(lecture, text)), "validation")
    assert pointers(body) == ["/x/0"]
    assert body["errors"][0]["code"] == "not_finite"


@pytest.mark.parametrize(
    ("value", "came"),
    [
        (True, "got true"),
        (False, "got false"),
        ("1", "got a string"),
        (None, "got null"),
        ([1], "got an array"),
        ({}, "got an object"),
    ],
)
def test_what_only_poses_as_a_number_is_refused(client: TestClient, lecture: Json, value: Any, came: str) -> None:
    body = assert_problem(client.post(TRACE, json=replaced(lecture, "/network/layers/1/w/0/1", value)), "validation")
    assert pointers(body) == ["/network/layers/1/w/0/1"]
    assert body["detail"].startswith("Expected a number, ")
    assert came in body["detail"]


@pytest.mark.parametrize("text", ["[1, -1]", "[1.0, -1e0]", "[1E0, -0.1e1]", "[ 1\\n,\\t-1 ]"])
def test_whole_and_decimal_numbers_are_numbers(client: TestClient, lecture: Json, text: str) -> None:
    text = text.replace("\\n", "\n").replace("\\t", "\t")
    assert send(client, with_x(lecture, text)).json()["x"] == [1.0, -1.0]


@pytest.mark.parametrize("number", [0.1, 1e-320, 5e-324, 1.7976931348623157e308, 2**53 + 1, 1 / 3, -0.0])
def test_numbers_survive_a_round_trip_exactly(client: TestClient, lecture: Json, number: float) -> None:
    came = client.post(TRACE, json={**lecture, "x": [number, 0]}).json()["x"][0]
    assert (came, str(came)) == (float(number), str(float(number)))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{",
        b'{"x": [1,]}',
        b'{"x": [01]}',
        b"{'x': 1}",
        b'{"x": 1} trailing',
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b'{"x": "\xff"}',
        b'{"\xc3\x28": 1}',
        b'{"x": "\\ud800"}',
        b'{"\\udfff": 1}',
        b"[" * 100_000,
        b'{"x":' * 300 + b"1" + b"}" * 300,
        b'{"x": ' + b"9" * 5000 + b"}",
        b"nul",
    ],
)
def test_what_is_not_json_is_said_to_be_so(client: TestClient, body: bytes) -> None:
    problem = assert_problem(send(client, body), "invalid-json")
    assert pointers(problem) == [""]


@pytest.mark.parametrize("body", [b"null", b"[]", b"1", b'"x"', b"true"])
def test_json_that_is_no_object_is_refused(client: TestClient, body: bytes) -> None:
    problem = assert_problem(send(client, body), "validation")
    assert pointers(problem) == [""]
    assert problem["detail"].startswith("Expected an object, got ")


@pytest.mark.parametrize(
    "twice",
    [
        '{"x": [1, -1], "x": [2, -1], ',
        '{"x": [2, -1], "\\u0078": [1, -1], ',
        '{"loss": {"a": {"b": ":"}}, ',
        '{"x": [' + "1" * 4200 + "], ",
    ],
)
def test_a_name_that_stands_twice_is_refused(client: TestClient, lecture: Json, twice: str) -> None:
    body = assert_problem(send(client, json.dumps(lecture).replace("{", twice, 1)), "invalid-json")
    assert body["errors"][0]["code"] == "duplicate_name"


def test_a_name_that_stands_twice_deep_inside_is_refused(client: TestClient, lecture: Json) -> None:
    text = json.dumps(lecture).replace('"b": [0, 0]', '"b": [1, 1], "b": [0, 0]')
    assert_problem(send(client, text), "invalid-json")


@pytest.mark.parametrize(
    ("pointer", "value", "expected", "code"),
    [
        ("/extra", 1, "/extra", "unknown_field"),
        ("/network/layers/0/bias", 1, "/network/layers/0/bias", "unknown_field"),
        ("/<script>", 1, "", "unknown_field"),
        ("/network/a~b", 1, "/network", "unknown_field"),
        ("/loss", "mse", "/loss", "not_a_choice"),
        ("/loss", 3, "/loss", "not_a_choice"),
        ("/steps", "all", "/steps", "not_a_choice"),
        ("/network/layers/2/activation", "Cosine", "/network/layers/2/activation", "unknown_activation"),
        ("/freeze", ["w", "x"], "/freeze/1", "not_a_choice"),
        ("/freeze", ["w", "b", "w"], "/freeze", "too_long"),
        ("/freeze", "w", "/freeze", "not_an_array"),
        ("/learning_rate", "0.5", "/learning_rate", "not_a_number"),
        ("/learning_rate", True, "/learning_rate", "not_a_number"),
        ("/network", [], "/network", "not_an_object"),
        ("/network/layers", [], "/network/layers", "too_short"),
        ("/network/layers/0", None, "/network/layers/0", "not_an_object"),
        ("/network/layers/0/w", [], "/network/layers/0/w", "too_short"),
        ("/network/layers/0/w/1", [], "/network/layers/0/w/1", "too_short"),
        ("/network/layers/0/w", [1, 2], "/network/layers/0/w/0", "not_an_array"),
        ("/x", [], "/x", "too_short"),
        ("/x", 1, "/x", "not_an_array"),
    ],
)
def test_a_value_of_the_wrong_kind_is_pointed_at(
    client: TestClient, lecture: Json, pointer: str, value: Any, expected: str, code: str
) -> None:
    body = assert_problem(client.post(TRACE, json=replaced(lecture, pointer, value)), "validation")
    assert [(error["pointer"], error["code"]) for error in body["errors"]] == [(expected, code)]


@pytest.mark.parametrize("field", ["network", "x", "target", "loss"])
def test_a_missing_field_is_pointed_at(client: TestClient, lecture: Json, field: str) -> None:
    del lecture[field]
    body = assert_problem(client.post(TRACE, json=lecture), "validation")
    assert [(error["pointer"], error["code"]) for error in body["errors"]] == [(f"/{field}", "missing")]


@pytest.mark.parametrize(
    ("pointer", "value", "expected", "says"),
    [
        ("/network/layers/0/w/1", [1], "/network/layers/0/w/1", "length of 2, as in the first row; got 1"),
        (
            "/network/layers/1/w",
            [[1], [1]],
            "/network/layers/1/w/0",
            "length of 2, one per unit of the layer before; got 1",
        ),
        (
            "/network/layers/1/w/1",
            [1, 2, 3],
            "/network/layers/1/w/1",
            "length of 2, one per unit of the layer before; got 3",
        ),
        ("/network/layers/1/b", [0], "/network/layers/1/b", "length of 2, one per row of w; got 1"),
        ("/x", [1, 2, 3], "/x", "length of 2, one per column of the first layer's w; got 3"),
        ("/target", [1], "/target", "length of 2, one per unit of the last layer; got 1"),
        ("/network/layers/1/activation", "softmax", "/network/layers/1/activation", "last layer only"),
        ("/network/layers/2/activation", "relu", "/loss", "cross_entropy needs an output of softmax or sigmoid"),
    ],
)
def test_values_that_do_not_fit_each_other_are_pointed_at(
    client: TestClient, lecture: Json, pointer: str, value: Any, expected: str, says: str
) -> None:
    lecture["loss"] = "cross_entropy"
    body = assert_problem(client.post(TRACE, json=replaced(lecture, pointer, value)), "validation")
    assert expected in pointers(body)
    assert says in body["errors"][0]["detail"]


@pytest.mark.parametrize("output", ["softmax", "linear", "relu", "tanh"])
def test_binary_cross_entropy_asks_for_a_sigmoid_output(client: TestClient, lecture: Json, output: str) -> None:
    lecture["network"]["layers"][-1]["activation"] = output
    lecture["loss"] = "binary_cross_entropy"
    body = assert_problem(client.post(TRACE, json=lecture), "validation")
    assert (
        body["detail"] == f"binary_cross_entropy needs an output of sigmoid; the last layer's activation is {output}."
    )


def test_several_wrong_values_are_all_named(client: TestClient, lecture: Json) -> None:
    lecture.update(x=[1], target=[1, 2, 3], loss="half_squared_error")
    assert pointers(assert_problem(client.post(TRACE, json=lecture))) == ["/x", "/target"]


@pytest.mark.parametrize("secret", ["SECRET-d3adb33f", "<script>alert(1)</script>"])
def test_no_error_gives_back_a_value_that_was_sent(client: TestClient, lecture: Json, secret: str) -> None:
    bodies: list[Any] = [
        {**lecture, "loss": secret},
        {**lecture, "x": [secret, 1]},
        {**lecture, "network": {"layers": secret}},
        {**lecture, "network": {"layers": [{"activation": secret, "w": secret, "b": {secret: secret}}]}},
        secret,
        [secret],
    ]
    for body in bodies:
        assert secret not in client.post(TRACE, json=body).text
    assert secret not in send(client, f'{{"x": {secret}').text
    assert secret not in client.get(f"/{secret}").text
    assert secret not in client.get(f"/api/v1/presets/{secret}").text
    assert secret not in client.get(f"/api/v1/sessions/{secret}").text


@pytest.mark.parametrize(
    "body",
    [
        '{"x": [' + ",".join(['"a"'] * 140_000) + "]}",
        '{"network": {"layers": [' + ",".join(["1"] * 140_000) + "]}}",
        '{"network": {"layers": [{"w": [' + ",".join(["1"] * 140_000) + "]}]}}",
        "{" + ",".join(f'"name{index}": 1' for index in range(900)) + "}",
        "{" + ",".join(f'"name{index}": 1' for index in range(90_000)) + "}",
        '{"x": "' + "a" * 3_000_000 + '"}',
        '{"' + "a" * 3_000_000 + '": 1}',
    ],
)
def test_a_great_many_wrong_values_get_a_short_answer(client: TestClient, body: str) -> None:
    assert_problem(send(client, body), "validation")


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx"],
)
def test_another_media_type_is_refused(client: TestClient, lecture: Json, media_type: str) -> None:
    assert_problem(send(client, json.dumps(lecture), **{"Content-Type": media_type}), "unsupported-media-type")


@pytest.mark.parametrize(
    "media_type", ["application/json; charset=utf-8", "Application/JSON", "application/problem+json"]
)
def test_any_spelling_of_json_is_accepted(client: TestClient, lecture: Json, media_type: str) -> None:
    assert send(client, json.dumps(lecture), **{"Content-Type": media_type}).status_code == 200


def test_a_body_without_a_media_type_is_refused(client: TestClient, lecture: Json) -> None:
    answer = client.post(TRACE, content=json.dumps(lecture).encode())
    assert_problem(answer, "unsupported-media-type")
    assert answer.headers["accept"] == "application/json"


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, identity", "x"])
def test_a_packed_body_is_refused(client: TestClient, lecture: Json, encoding: str) -> None:
    body = gzip.compress(json.dumps(lecture).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    answer = client.post(TRACE, content=body, headers=headers)
    assert_problem(answer, "unsupported-media-type")
    assert answer.headers["accept-encoding"] == "identity"


def test_a_large_body_that_was_refused_is_let_go_at_once(client: TestClient) -> None:
    body = b'{"x": [' + b"1e-999," * 100_000 + b"1]}"
    gc.collect()
    kept = [each for each in gc.get_objects() if isinstance(each, Problem)]
    gc.disable()
    try:
        for _ in range(3):
            sent = client.post("/api/v1/trace", content=body, headers={"Content-Type": "application/json"})
            assert_problem(sent, "validation")
        left = [each for each in gc.get_objects() if isinstance(each, Problem)]
        # A thread may still hold the last one that it raised.
        assert len([each for each in left if all(each is not other for other in kept)]) <= 1
    finally:
        gc.enable()
