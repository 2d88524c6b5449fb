"""What is logged: one line a record, in text or in JSON, with the request it belongs to and nothing that is secret."""

from __future__ import annotations

import json
import logging
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.api.trace.examples import TRACE
from app.logs import REQUEST_ID, JSONLines, Lines, configuration
from tests.server import Server

HOSTILE = 'a\nERROR b: "}\r\u2028\x00\udcff'


def record(message: str, **given: object) -> logging.LogRecord:
    return logging.makeLogRecord(
        {"name": "backpropscope.api", "levelname": "ERROR", "msg": message, "created": 0.5, **given}
    )


def test_a_record_is_one_json_object_on_one_line() -> None:
    line = JSONLines().format(record(HOSTILE, request_id="a-1", status=500, path=Path("x")))
    assert line.isascii()
    assert len(line.splitlines()) == 1
    entry = json.loads(line)
    assert entry["message"] == HOSTILE
    assert (entry["time"], entry["level"], entry["logger"]) == (
        "1970-01-01T00:00:00.500+00:00",
        "error",
        "backpropscope.api",
    )
    assert (entry["request_id"], entry["status"], entry["path"]) == ("a-1", 500, "x")


def test_a_line_of_text_cannot_be_broken_by_a_message() -> None:
    assert Lines().format(record("a\nERROR b", request_id="a-1")) == (
        "1970-01-01 00:00:00.500+00:00 ERROR backpropscope.api [a-1]: a\\nERROR b"
    )


@pytest.mark.parametrize("formatter", [JSONLines(), Lines()])
def test_a_record_knows_its_request_and_its_exception(formatter: logging.Formatter) -> None:
    token = REQUEST_ID.set("b-2")
    try:
        try:
            raise ZeroDivisionError("by nothing")
        except ZeroDivisionError:
            line = formatter.format(record("failed", exc_info=sys.exc_info()))
    finally:
        REQUEST_ID.reset(token)
    assert "b-2" in line
    assert "ZeroDivisionError: by nothing" in line
    assert "b-2" not in formatter.format(record("later"))


@pytest.mark.parametrize(
    ("form", "access", "formatter", "level"),
    [("json", True, "JSONLines", "INFO"), ("text", False, "Lines", "CRITICAL")],
)
def test_the_configuration_names_what_is_wanted(form: str, access: bool, formatter: str, level: str) -> None:
    made = configuration("error", form, access)
    assert made["formatters"]["line"]["()"] == f"app.logs.{formatter}"
    assert made["loggers"]["backpropscope"]["level"] == made["loggers"]["uvicorn"]["level"] == "ERROR"
    assert made["loggers"]["backpropscope.access"]["level"] == level


@pytest.mark.parametrize("workers", ["1", "2"])
def test_every_request_has_its_line_under_the_id_that_its_answer_carries(tmp_path: Path, workers: str) -> None:
    variables = {"BACKPROPSCOPE_LOG_FORMAT": "json", "BACKPROPSCOPE_ACCESS_LOG": "true"}
    with Server(tmp_path, "--workers", workers, variables=variables) as server:
        session = server.ask("POST", "/api/v1/sessions", TRACE).json()["id"]
        answers = [
            server.ask("GET", f"/api/v1/sessions/{session}"),
            server.ask("GET", "/nothing%0aERROR"),
            server.ask("POST", "/api/v1/trace", {}),
        ]
        assert server.stop() in (0, -15)
        lines = server.complaints().splitlines()
    entries = {entry["request_id"]: entry for entry in map(json.loads, lines) if "request_id" in entry}
    noted = [
        (entry["method"], entry["route"], entry["status"])
        for entry in (entries[answer.headers["x-request-id"]] for answer in answers)
    ]
    assert noted == [
        ("GET", "/api/v1/sessions/{id}", 200),
        ("GET", "other", 404),
        ("POST", "/api/v1/trace", 422),
    ]
    assert all(entry["milliseconds"] >= 0 for entry in entries.values())
    assert session not in "".join(lines), "knowing the id of a session is the right to use it"


def test_a_store_that_fails_is_logged_under_the_id_that_the_error_carries(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with Server(tmp_path / "file", variables={"BACKPROPSCOPE_LOG_FORMAT": "json"}) as server:
        answer = server.ask("POST", "/api/v1/sessions", TRACE)
        assert answer.status == 503
        (entry,) = [json.loads(line) for line in server.complaints().splitlines()]
    assert entry["level"] == "error"
    assert entry["request_id"] == answer.json()["request_id"] == answer.headers["x-request-id"]


def test_by_default_nothing_is_logged_while_all_is_well(tmp_path: Path) -> None:
    with Server(tmp_path) as server, closing(server.connect()) as connection:
        connection.request("GET", "/")
        assert connection.getresponse().read()
        assert server.ask("POST", "/api/v1/trace", {}).status == 422
        assert server.complaints() == ""
