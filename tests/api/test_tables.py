"""Tables over HTTP: a file in, a description or examples out, every mistake named."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from app.api.tables.documents import CSV, GERMAN
from app.settings import Settings
from app.tables.rows.decoding import ENCODINGS
from app.tables.rows.records import DELIMITERS
from app.tables.table import DECIMALS
from tests.api.contract import assert_problem
from tests.tables.reading import FILES

Json = dict[str, Any]
TABLES = "/api/v1/tables"
EXAMPLES = f"{TABLES}/examples"
PASSENGERS = (FILES / "passengers.csv").read_bytes()


def sent(client: TestClient, path: str, raw: bytes | str, media_type: str = "text/csv", **query: Any) -> Any:
    asked = urlencode(query, doseq=True)
    return client.post(f"{path}?{asked}", content=raw, headers={"Content-Type": media_type})


def test_a_file_is_described_and_a_choice_is_guessed(client: TestClient) -> None:
    told: Json = sent(client, TABLES, GERMAN).json()
    assert (told["encoding"], told["delimiter"], told["decimal"], told["grouping"]) == ("utf-8", ";", ",", ".")
    assert (told["header"], told["skipped"], told["rows"]) == (True, 0, 3)
    assert [column["kind"] for column in told["columns"]] == ["identifier", "number", "number"]
    assert [column["max"] for column in told["columns"][1:]] == [1234567.0, 891.85]
    assert told["guess"]["target"] == "Fläche"
    assert told["preview"][0] == {"row": 2, "cells": ["A", "1.234.567", "891,85"]}
    assert {note["code"] for note in told["notes"]} == {"decimal_comma", "grouped", "identifier"}
    for note in told["notes"]:
        assert note["detail"] == note["text"]["en"]
        assert note["text"]["zh"]


@pytest.mark.parametrize(
    ("parameter", "known"),
    [("delimiter", DELIMITERS.values()), ("decimal", DECIMALS.values()), ("encoding", ENCODINGS)],
)
def test_every_way_to_read_a_file_is_listed_with_its_titles_and_can_be_asked_for(
    client: TestClient, parameter: str, known: Iterable[str]
) -> None:
    ways = sent(client, TABLES, CSV).json()["choices"][parameter]
    assert [way["value"] for way in ways] == list(known)
    for language in ("en", "zh"):
        titles = [way["title"][language] for way in ways]
        assert all(titles)
        assert len(set(titles)) == len(titles)
    for way in ways:
        raw = CSV.encode(ENCODINGS[way["value"]] if parameter == "encoding" else "utf-8")
        assert sent(client, TABLES, raw, **{parameter: way["value"]}).json()[parameter] == way["value"]


def test_the_examples_can_be_trained_on_as_they_are(client: TestClient) -> None:
    made: Json = sent(client, EXAMPLES, PASSENGERS, missing="mean").json()
    assert made["feature_names"][1] == "Sex=male"
    assert made["filled"] == [{"column": "Age", "count": 1, "value": (22 + 38 + 26 + 35 + 54 + 54 + 14) / 7}]
    body = {
        **{name: made[name] for name in ("xs", "targets", "feature_names", "class_names")},
        **{"sizes": [7, 3, 1], "activation": "tanh", "output_activation": "sigmoid", "loss": "binary_cross_entropy"},
        **{"optimizer": {"name": "adam", "learning_rate": 0.1}, "epochs": 2, "standardise": True},
    }
    assert client.post("/api/v1/training/preview", json=body).status_code == 200


def test_a_choice_in_the_query_overrules_the_guess(client: TestClient) -> None:
    made: Json = sent(
        client, EXAMPLES, PASSENGERS, target="Fare", inputs=["Age", "Harbour"], coding=["Age=number"], task="regression"
    ).json()
    assert (made["task"], made["target"], made["inputs"]) == ("regression", ["Fare"], ["Age", "Harbour"])
    assert made["left_out"] == [{"row": 6, "column": "Age", "reason": "missing", "cell": ""}]
    assert made["left_out_count"] == 1
    assert [sorted(coded) for coded in made["coded"]] == [["coding", "column", "features"]] * 2
    assert sent(client, EXAMPLES, PASSENGERS, unused=["Sex", "Class"]).json()["inputs"] == ["Age", "Fare", "Harbour"]


@pytest.mark.parametrize("media_type", ["text/csv", "text/plain", "application/octet-stream", "text/csv; charset=gbk"])
def test_each_media_type_of_a_table_is_taken_and_makes_no_difference(client: TestClient, media_type: str) -> None:
    assert sent(client, TABLES, CSV, media_type).json()["rows"] == 4


def test_what_is_declared_as_something_else_is_refused(client: TestClient) -> None:
    assert_problem(client.post(TABLES, files={"file": ("a.csv", CSV)}), "unsupported-media-type")
    for media_type in ("application/json", "application/x-www-form-urlencoded", ""):
        assert_problem(sent(client, TABLES, CSV, media_type), "unsupported-media-type")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"delimiter": "colon"}, "comma, semicolon, tab, bar, spaces, wide"),
        ({"delimiter": ""}, "comma"),
        ({"decimal": ";"}, "point, comma"),
        ({"grouping": "x"}, "apostrophe"),
        ({"header": "yes"}, "true, false"),
        ({"encoding": "latin"}, "gb18030"),
        ({"language": "de"}, "en, zh"),
        ({"skip": -1}, "skip"),
        ({"skip": 1e9}, "skip"),
    ],
)
def test_a_query_that_is_not_as_declared_is_named(client: TestClient, query: Json, named: str) -> None:
    problem = assert_problem(sent(client, TABLES, CSV, **query), "validation")
    assert problem["errors"][0]["code"] == "invalid_parameter"
    assert named in problem["detail"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"task": "ranking"}, "classification, regression"),
        ({"coding": "ordinal"}, "zero_one, one_hot"),
        ({"coding": "rooms=ordinal"}, "number, zero_one, one_hot"),
        ({"missing": "median"}, "drop, mean"),
    ],
)
def test_a_choice_that_is_not_as_declared_is_named(client: TestClient, query: Json, named: str) -> None:
    assert named in assert_problem(sent(client, EXAMPLES, CSV, **query), "validation")["detail"]


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ({"target": "nope"}, "unknown_column", "target"),
        ({"target": "garden", "task": "regression"}, "words_as_values", "target"),
        ({"task": "classification"}, "class_a_row", "target"),
        ({"inputs": "price"}, "target_is_input", "inputs"),
    ],
)
def test_a_choice_that_does_not_hold_together_is_told_in_both_languages(
    client: TestClient, query: Json, code: str, parameter: str
) -> None:
    problem = assert_problem(sent(client, EXAMPLES, CSV, **query), "validation")
    assert (problem["errors"][0]["code"], problem["parameter"]) == (code, parameter)
    assert problem["text"]["en"] == problem["detail"]
    assert problem["text"]["zh"].endswith("。")


@pytest.mark.parametrize(
    ("raw", "code"), [(b"", "empty"), (b"PK\x03\x04xl/", "spreadsheet"), (b"\x89PNG\r\n\x1a\n", "picture")]
)
@pytest.mark.parametrize("path", [TABLES, EXAMPLES])
def test_what_is_no_table_is_a_problem_of_its_own(client: TestClient, path: str, raw: bytes, code: str) -> None:
    problem = assert_problem(sent(client, path, raw), "not-a-table")
    assert problem["errors"][0]["code"] == code
    assert problem["text"]["zh"]


def test_what_goes_over_a_limit_names_it(client: TestClient, small: TestClient) -> None:
    limits = Settings().limits()
    wide = ",".join(["1"] * (limits["table_columns"] + 1))
    long = "1\n" * (limits["table_rows"] + 1)
    many = "\n".join(",".join("12"[row % 2] for _ in range(1450)) for row in range(1400))
    for path, raw, name in (
        (TABLES, wide, "table_columns"),
        (TABLES, long, "table_rows"),
        (EXAMPLES, many, "batch_numbers"),
        (EXAMPLES, "\n".join(",".join("12"[row % 2] for _ in range(1100)) for row in range(9)), "units"),
    ):
        problem = assert_problem(sent(client, path, raw), "limit-exceeded")
        assert problem["limit"] == {"name": name, "value": limits[name]}
    assert_problem(sent(small, TABLES, "1,2\n" * 2000), "body-too-large")
    assert_problem(sent(client, TABLES, b"1,2\n" * (6 * 2**18)), "body-too-large")


def test_one_output_a_class_is_held_to_the_limit_before_there_are_eight_million_numbers(client: TestClient) -> None:
    classes = "\n".join(f"{row % 7 / 7},{row % 900}" for row in range(9000))
    problem = assert_problem(sent(client, EXAMPLES, classes, task="classification"), "limit-exceeded")
    assert problem["limit"] == {"name": "batch_numbers", "value": Settings().limits()["batch_numbers"]}
    assert "8109000 numbers" in problem["detail"]


def hostile() -> dict[str, bytes]:
    chosen = random.Random(1)
    return {
        "quotes": b'"' * 4_000_000,
        "commas": b"," * 4_000_000,
        "a number of four million digits": b"1" * 4_000_000,
        "a million columns": b",".join([b"1"] * 1_000_000),
        "NULs": b"a,b\n" + bytes(100_000),
        "every other a NUL": b"1\x00,\x002\x00\n\x00" * 100_000,
        "half a character": b"a,b\n1,2\n" + b"\xe4\xb8",
        "one mark of UTF-16": b"\xff\xfe",
        "odd UTF-16": b"\xff\xfea\x00,\x00b",
        "random bytes": chosen.randbytes(1_000_000),
        "random marks": bytes(chosen.choices(b'ab1.,;"\t|\n -', k=1_000_000)),
        "open quotes": b'a,"b\n' * 300_000,
        "points": b"1." * 1_000_000,
        "brackets": b"[" * 1_000_000,
        "surrogates": "a,b\n\ud800,1\n".encode("utf-8", "surrogatepass"),
        "names": b",".join([b"x"] * 1_500) + b"\n" + b",".join([b"1"] * 1_500) + b"\n",
        "a long name": b"n" * 90_000 + b",b\n1,2\n3,4\n",
        "signs": b"+-+-1,--2\n" * 1000,
        "exponents": b"1e999999999,1e-999999999\n" * 1000,
        "huge": b"1e308,1\n1e308,2\n-1e308,3\n",
    }


@pytest.mark.parametrize("name", hostile())
@pytest.mark.parametrize("path", [TABLES, EXAMPLES])
def test_whatever_is_sent_is_a_table_or_a_problem_within_seconds(client: TestClient, path: str, name: str) -> None:
    start = time.perf_counter()
    answer = sent(client, path, hostile()[name], "application/octet-stream")
    assert time.perf_counter() - start < 20
    assert answer.status_code in (200, 413, 422), answer.text[:500]
    if answer.status_code != 200:
        assert_problem(answer)


def test_a_large_table_is_read_aside_and_others_are_served(client: TestClient) -> None:
    rows = "\n".join(",".join(f"{row * column % 9973 / 997:.7f}" for column in range(10)) for row in range(40_000))
    answers: list[int] = []
    reading = threading.Thread(target=lambda: answers.append(sent(client, TABLES, rows).status_code))
    reading.start()
    slowest, asked = 0.0, 0
    while reading.is_alive():
        start = time.perf_counter()
        assert client.get("/health/live").status_code == 200
        slowest, asked = max(slowest, time.perf_counter() - start), asked + 1
    reading.join()
    assert answers == [200]
    assert asked > 3
    assert slowest < 1.0


def test_the_files_of_this_house_are_tables(client: TestClient) -> None:
    for path in sorted(Path("app/library/data").glob("*.csv")):
        told = sent(client, TABLES, path.read_bytes()).json()
        assert told["guess"]["task"] == "classification", path
