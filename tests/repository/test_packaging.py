"""The wheel, installed where there is no checkout: the command it brings serves everything a checkout serves."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from email.parser import BytesParser
from pathlib import Path

import pytest

from app import __version__, assets
from app.api.trace.examples import TRACE
from app.kernel import build
from app.resources import STATIC
from tests.server import ROOT, Server

LOCKS = ("requirements.lock", "requirements-dev.lock")


def run(*command: str | Path, folder: Path = ROOT) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a source distribution, which is built from this checkout, with nothing fetched."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it; its dependencies are borrowed from the one the tests run in."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def server(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The installed command, started in a folder that has nothing to do with the checkout."""
    command = [str(environment / "bin" / "backpropscope")]
    folder, data = tmp_path_factory.mktemp("elsewhere"), tmp_path_factory.mktemp("data")
    with Server(data, "--workers", "2", command=command, folder=folder) as server:
        yield server


def content(folder: str) -> set[str]:
    """The files of one folder of the checkout, as a path from the root."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in files}


def test_the_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    program = {name.replace("app/", "backpropscope/", 1) for name in content("app")}
    compiled = {name for name in names if name.startswith("backpropscope/kernel/built/")}
    assert bool(compiled) == (build.compiler() is not None)
    beside = {f"backpropscope/{name}" for name in content("static") | content("templates")}
    assert names - compiled == (program - compiled) | beside


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        home = f"backpropscope-{__version__}.dist-info"
        said = BytesParser().parsebytes(archive.read(f"{home}/METADATA"))
        licence = archive.read(f"{home}/licenses/LICENSE")
    assert (said["Name"], said["Version"], said["License-Expression"]) == ("backpropscope", __version__, "MIT")
    assert said["Requires-Python"] == ">=3.11"
    assert licence == (ROOT / "LICENSE").read_bytes()


def test_the_installed_command_is_not_the_checkout(environment: Path, tmp_path: Path) -> None:
    program = "import backpropscope, sys; print(backpropscope.__file__); import app"
    done = subprocess.run([environment / "bin" / "python", "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith(str(environment))
    assert "No module named 'app'" in done.stderr


def test_the_installed_command_answers_a_trace(server: Server) -> None:
    answer = server.ask("POST", "/api/v1/trace", TRACE)
    assert answer.status == 200
    assert answer.json()["loss"]["value"] == pytest.approx(0.4167981090280999, rel=1e-12)
    assert server.ask("GET", "/health/ready").status == 200


def test_the_installed_command_serves_pages_and_what_they_load(server: Server) -> None:
    for page in ("/", "/docs", "/problems", "/plain/lecture-1-1"):
        answer = server.ask("GET", page)
        assert answer.status == 200, page
        loaded = re.findall(r'(?:src|href)="[./]*(static/[^"]+)"', answer.content.decode())
        assert loaded, page
        for name in loaded:
            _, release, address = name.split("/", 2)
            assert len(release) == 12
            whole = assets.sheet(address).encode() if name.endswith(".css") else (STATIC / address).read_bytes()
            assert server.ask("GET", f"/{name}").content == whole, name


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_pins_every_package_by_hash(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert len(packages) > 10
    for entry in packages:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
        assert "://" not in entry, entry


def test_the_lock_of_the_tests_agrees_with_the_lock_of_the_server() -> None:
    served, tested = (
        dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)) for name in LOCKS
    )
    assert served.items() <= tested.items()
