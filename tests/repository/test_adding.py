"""The recipes of docs/adding.md, followed to the letter on a copy of the tree."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from math import exp
from typing import Any

import pytest

from app.snippets import LANGUAGES
from app.snippets.cost_code import COST_LANGUAGES
from tests.recipes import blocks, copy_of_the_tree, follow_the_recipes
from tests.server import ROOT, Server

LAYER = {"w": [[0.5]], "b": [0.5], "activation": "Gaussian"}
GAUSSIAN = {"network": {"layers": [LAYER]}, "x": [1], "target": [0], "loss": "half_squared_error"}
FOURTH = {**GAUSSIAN, "network": {"layers": [{**LAYER, "activation": "linear"}]}, "loss": "fourth_power_error"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("copy")
    copy_of_the_tree(folder)
    follow_the_recipes(folder)
    with Server(folder / "data", folder=folder) as running:
        yield running


def catalogued(server: Server, kind: str, name: str) -> Any:
    (entry,) = [each for each in server.ask("GET", "/api/v1/catalog").json()[kind] if each["name"] == name]
    return entry


def programs(server: Server, request: dict[str, Any], said: str) -> None:
    """A program in each language; what is needed for NumPy's is here, so it is run."""
    for language in LANGUAGES:
        program = server.ask("POST", "/api/v1/code", {"request": request, "language": language})
        assert program.status == 200, program
        assert said in program.json()["code"]
        if language == "numpy":
            subprocess.run([sys.executable, "-c", program.json()["code"]], check=True, stdout=subprocess.DEVNULL)
    cost = {"network": request["network"], "xs": [[1]], "targets": [[0]], "loss": request["loss"]}
    for language in COST_LANGUAGES:
        written = server.ask("POST", "/api/v1/code/cost", {**cost, "language": language, "data": "inline"})
        assert written.status == 200, written
    training = {**cost, "optimizer": {"name": "adam", "learning_rate": 0.1}, "epochs": 2, "keep": False}
    assert b"event: finished" in server.ask("POST", "/api/v1/training", training).content


def test_an_activation_is_added_as_described(server: Server) -> None:
    trace = server.ask("POST", "/api/v1/trace", {**GAUSSIAN, "learning_rate": 0.5})
    assert trace.status == 200, trace
    (computed,) = trace.json()["layers"]
    assert computed["activation"] == "gaussian"
    assert computed["a"] == pytest.approx([exp(-1)])
    assert computed["gain"] == pytest.approx([-2 * exp(-1)])
    assert server.ask("POST", "/api/v1/gradient-check", GAUSSIAN).json()["passed"] is True
    slope = {"request": GAUSSIAN, "pointer": "/layers/0/gain/0", "answer": -0.7358, "digits": 4}
    assert server.ask("POST", "/api/v1/diagnose", slope).json()["verdict"] == "right"
    programs(server, GAUSSIAN, "exp(")
    assert max(catalogued(server, "activations", "gaussian")["curve"]["a"]) == 1.0


def test_a_loss_is_added_as_described(server: Server) -> None:
    trace = server.ask("POST", "/api/v1/trace", {**FOURTH, "learning_rate": 0.5})
    assert trace.status == 200, trace
    assert trace.json()["loss"] == {"name": "fourth_power_error", "value": 1.0}
    assert trace.json()["layers"][0]["dl_da"] == [4.0]
    assert "0)^{4}" in next(s for s in trace.json()["steps"] if s["operation"] == "loss")["numbers"]
    assert server.ask("POST", "/api/v1/gradient-check", FOURTH).json()["passed"] is True
    wrong = {"request": FOURTH, "pointer": "/layers/0/dl_dz/0", "answer": 4.7, "digits": 1}
    assert server.ask("POST", "/api/v1/diagnose", wrong).json()["verdict"] == "wrong"
    programs(server, FOURTH, "4")
    assert catalogued(server, "losses", "fourth_power_error")["title"]["zh"] == "误差的四次方"
    for language, title in (("en", "Fourth power of the error"), ("zh", "误差的四次方")):
        assert (
            title in server.ask("GET", f"/plain/lecture-1-1?loss=fourth_power_error&lang={language}").content.decode()
        )


def test_a_wrong_rule_is_added_as_described(server: Server) -> None:
    right = server.ask("POST", "/api/v1/trace", GAUSSIAN).json()["layers"][0]["dl_dw"][0][0]
    wrong = server.ask("POST", "/api/v1/trace", {**GAUSSIAN, "rule": "added_twice"})
    assert wrong.status == 200, wrong
    assert wrong.json()["layers"][0]["dl_dw"][0][0] == 2 * right
    assert catalogued(server, "rules", "added_twice")["title"]["zh"] == "梯度累加了两遍"
    said = {"request": GAUSSIAN, "pointer": "/layers/0/dl_dw/0/0", "answer": round(2 * right, 4), "digits": 4}
    assert "added_twice" in server.ask("POST", "/api/v1/diagnose", said).content.decode()
    for language, title in (("en", "Gradients added up twice"), ("zh", "梯度累加了两遍")):
        assert title in server.ask("GET", f"/bugs?lang={language}").content.decode()


def page_of(server: Server, address: str) -> str:
    """A page as a browser asks for it."""
    connection = server.connect()
    connection.request("GET", address, headers={"Accept": "text/html"})
    text = connection.getresponse().read().decode()
    connection.close()
    return text


COURSE = ("/course", "/course/neuron", "/practice", "/bugs", "/glossary", "/gallery", "/worksheet")


@pytest.mark.parametrize("path", ["/", "/lab", *COURSE, "/plain/mazur", "/plain/lecture-1-1", "/there-is-no-such-page"])
def test_a_language_is_added_as_described(server: Server, path: str) -> None:
    german, english = (page_of(server, f"{path}?lang={language}") for language in ("de", "en"))
    assert '<html lang="de"' in german
    assert "de:" in german
    for name, tag in (("English", "en"), ("中文", "zh-CN")):
        assert f'hreflang="{tag}" lang="{tag}">{name}</a>' in german
    assert 'hreflang="de" lang="de">Deutsch</a>' in english
    assert 'data-action="language"' in english


@pytest.mark.parametrize("index", [0, 1])
def test_what_is_shown_as_code_keeps_the_rules_of_the_house(index: int) -> None:
    entry = blocks((ROOT / "docs" / "adding.md").read_text("utf-8"), "python")[index]
    ignored = "F821,D100,RUF001"
    command = [sys.executable, "-m", "ruff", "check", "--ignore", ignored, "--stdin-filename", "app/core/x.py", "-"]
    done = subprocess.run(command, input=entry, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
