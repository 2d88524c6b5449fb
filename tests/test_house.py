"""The files around the program: what they name exists, what they promise holds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import arguments
from tests.server import ROOT, Server

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def instructions(word: str) -> list[str]:
    """The arguments of one kind of instruction in the Dockerfile, in order."""
    return [line.split(maxsplit=1)[1].strip() for line in DOCKERFILE.splitlines() if line.startswith(f"{word} ")]


def test_the_image_copies_only_what_is_there_and_not_ignored() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert lines[0] == "*"
    copied = [name for line in instructions("COPY") if not line.startswith("--from=") for name in line.split()[:-1]]
    # The stage that compiles copies a part of app/; static/ is copied into the stage that bundles, too.
    assert {"app/kernel", *(line[1:] for line in lines if line.startswith("!"))} == set(copied)
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_installs_by_hash_and_runs_as_nobody_special() -> None:
    (install,) = (line for line in instructions("RUN") if "pip install" in line)
    assert "--require-hashes" in install
    assert "-r requirements.lock" in install
    (user,) = instructions("USER")
    assert int(user) >= 1000
    assert instructions("VOLUME") == ["/data"]
    assert "BACKPROPSCOPE_DATA_DIR=/data" in instructions("ENV")


def test_the_health_check_of_the_image_knows_a_living_server_from_a_dead_one(tmp_path: Path) -> None:
    (check,) = instructions("HEALTHCHECK")
    program, *arguments = json.loads(check[check.index("[") :])
    assert program == "python"

    def healthy(url: str) -> bool:
        command = [sys.executable, *(each.replace("http://127.0.0.1:8000", url) for each in arguments)]
        return subprocess.run(command, capture_output=True, timeout=30).returncode == 0

    data = tmp_path / "data"
    with Server(data) as server:
        assert healthy(server.url)
    assert not healthy(server.url)
    (tmp_path / "file").write_text("not a folder")
    with Server(tmp_path / "file") as server:
        assert server.ask("GET", "/health/live").status == 200
        assert not healthy(server.url), "ready although the store cannot be written"


def test_the_image_starts_with_the_command_line_that_there_is() -> None:
    (entry,) = instructions("ENTRYPOINT")
    program, module, name, *options = json.loads(entry)
    assert (program, module, name) == ("python", "-m", "app")
    wanted = arguments(options)
    assert (wanted.host, wanted.port, wanted.no_browser) == ("0.0.0.0", 8000, True)


def test_every_target_of_the_makefile_says_what_it_is_for() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=clean()).stdout
    inner = {"venv", "node-version"}
    assert set(re.findall(r"^  make (\S+)", said, re.MULTILINE)) == set(phony.split()) - inner


def test_make_run_takes_a_port_and_is_not_misled_by_a_shell_that_exports_its_host() -> None:
    elsewhere = {**clean(), "HOST": "elsewhere"}
    said = subprocess.run(
        ["make", "-n", "run", "PORT=8080"], cwd=ROOT, capture_output=True, text=True, check=True, env=elsewhere
    ).stdout
    assert "-m app --host 127.0.0.1 --port 8080" in said


def test_make_run_says_what_is_missing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text(MAKEFILE)
    (tmp_path / "requirements.lock").touch()
    half = "import os, sys; sys.exit('venv' in sys.argv and (os.makedirs('.venv/bin') or 1))"
    attempts = {
        # A Python that is too old, and one that makes half an environment, as Debian's does without python3-venv.
        "import sys; sys.exit(1)": "Backpropscope needs Python 3.11 or newer",
        half: "apt install python3-venv",
    }
    for program, said in attempts.items():
        python = tmp_path / "python"
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{program}" "$@"\n')
        python.chmod(0o755)
        done = subprocess.run(
            ["make", "run", "PYTHON=./python"], cwd=tmp_path, capture_output=True, text=True, env=clean()
        )
        assert done.returncode != 0
        assert said in done.stderr
        assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(("version", "enough"), [("18.19.0", False), ("20.0.0", True), ("24.1.0", True)])
def test_make_test_wants_a_node_that_is_new_enough(tmp_path: Path, version: str, enough: bool) -> None:
    node = tmp_path / "node"
    versions = f"Object.defineProperty(process.versions, 'node', {{value: '{version}'}})"
    node.write_text(f'#!/bin/sh\nexec "{shutil.which("node")}" -e "{versions};$2"\n')
    node.chmod(0o755)
    paths = {**clean(), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["make", "node-version"], cwd=ROOT, capture_output=True, text=True, env=paths)
    assert (done.returncode == 0) is enough
    assert ("Node 20 or newer" in done.stderr) is not enough


def clean() -> dict[str, str]:
    """The environment without what a surrounding make passes on to the makes inside it."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


def test_continuous_integration_runs_what_the_readme_says() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "exec make test" in script.read_text("utf-8")


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    inner = [link for link in links if "://" not in link]
    assert [link for link in inner if not (page.parent / link).exists()] == []
