"""Every error that the server can send has its words in both languages, by its type, its code and its data."""

from __future__ import annotations

import ast
import re

import pytest
from starlette.testclient import TestClient

from app.api.wire.incoming.validation import MESSAGES, PARAMS
from app.api.wire.problems import KINDS, TOLD, InputError
from app.pages.i18n import LANGUAGES, catalogue
from app.resources import STATIC
from app.settings import Settings

APP = STATIC.parent / "app"
SAYS = ("InputError", "refuse")


def codes() -> set[str]:
    """The codes in all places of the source that make an error, and those of the parser."""
    found = {code for code, _ in MESSAGES.values()} | {"invalid"}
    for path in APP.rglob("*.py"):
        if path.parent.name == "server":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) not in SAYS:
                continue
            code = (
                node.args[1] if len(node.args) > 1 else next((k.value for k in node.keywords if k.arg == "code"), None)
            )
            if isinstance(code, ast.Constant):
                found.add(code.value)
    return found


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_the_source_is_read() -> None:
    assert {"limit_exceeded", "wrong_length", "not_a_choice", "rule_does_not_apply"} <= codes()
    assert len(codes()) > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_text_that_needs_no_data_and_one_that_tells_its_data(language: str) -> None:
    texts = catalogue(language)
    for code in codes():
        assert gaps(texts[f"error.code.{code}"]) == set(), code
    for code, names in TOLD.items():
        assert gaps(texts[f"error.code.{code}.told"]) == set(names)
        assert code in codes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_problem_has_the_title_that_it_is_sent_with_and_a_sentence(language: str) -> None:
    for slug, kind in KINDS.items():
        assert catalogue(language)[f"problem.{slug}"] == kind.title[language]
        assert catalogue(language)[f"problem.{slug}.detail"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_has_a_name_for_people(language: str) -> None:
    for name in Settings.model_fields:
        if name.startswith("max_"):
            assert catalogue(language)[f"limit.{name.removeprefix('max_')}"]


def test_no_text_is_kept_for_an_error_that_is_not_sent() -> None:
    kept = {key.split(".")[2] for key in catalogue("en") if key.startswith("error.code.")}
    assert kept == codes()
    sent = {key.split(".")[1] for key in catalogue("en") if key.startswith("problem.")}
    assert sent == set(KINDS)


def test_data_that_no_text_tells_cannot_be_sent() -> None:
    with pytest.raises(ValueError, match="wrong_length carries"):
        InputError("", "wrong_length", "No.", {"wanted": 2})
    assert set(PARAMS) <= set(MESSAGES)


def test_an_error_carries_its_numbers_as_data(client: TestClient) -> None:
    network = {"layers": [{"w": [[1, 2]], "b": [0], "activation": "sigmoid"}]}
    body = {"network": network, "x": [1], "target": [1], "loss": "half_squared_error"}
    [error] = client.post("/api/v1/trace", json=body).json()["errors"]
    assert (error["code"], error["params"]) == ("wrong_length", {"expected": 2, "came": 1})
    [error] = client.post("/api/v1/trace", json={**body, "steps": "no"}).json()["errors"]
    assert error["code"] == "not_a_choice"
    assert "unit" in error["params"]["choices"]
    wide = {"sizes": [2, 100_000], "activation": "tanh", "output_activation": "sigmoid", "initializer": "zeros"}
    [error] = client.post("/api/v1/networks", json=wide).json()["errors"]
    assert error["params"].get("limit", "units") == "units"
