"""The README and docs/: their examples answer as printed, their tables and lists say what is there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from tests.recipes import blocks
from tests.server import ROOT, Server

README = (ROOT / "README.md").read_text("utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8000"
# What a shell's prompt would wait for: the other quote, or the other end of a pipe.
UNFINISHED = ("|", "\\")


API = (ROOT / "docs" / "api.md").read_text("utf-8")


def finished(command: str) -> bool:
    try:
        shlex.split(command)
    except ValueError:
        return False
    return not command.rstrip().endswith(UNFINISHED)


def conversation(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with what is printed below it."""
    said: list[tuple[str, str]] = []
    lines = iter(block.splitlines(keepends=True))
    for line in lines:
        if not line.startswith("$ "):
            command, printed = said[-1]
            said[-1] = (command, printed + line)
            continue
        command = line[2:]
        while not finished(command):
            command += next(lines)
        said.append((command, ""))
    return said


EXAMPLES = [block for page in (README, API) for block in blocks(page, "console") if "curl " in block]


class Shell:
    """One shell for the whole README, as its reader has: it keeps variables, files and the folder."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            ["/bin/sh"],
            cwd=folder,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def say(self, command: str) -> str:
        """Run one command; gives what it printed, ending in a line break if it is anything."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{command.rstrip()}\necho; echo =end=\n")
        stdin.flush()
        printed = "".join(iter(stdout.readline, "=end=\n"))
        return f"{text}\n" if (text := printed.rstrip("\n")) else ""

    def end(self) -> None:
        self.process.communicate()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("data")) as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    yield shell
    shell.end()


def test_the_examples_answer_as_printed(server: Server, shell: Shell) -> None:
    assert len(EXAMPLES) == 6
    for block in EXAMPLES:
        said = conversation(block)
        answered = [(command, shell.say(command.replace(ADDRESS, server.url))) for command, _ in said]
        assert answered == said
        assert said[-1][1], "an example without an answer"


def test_the_reader_of_console_blocks_knows_where_a_command_ends() -> None:
    block = "$ a 'b\n$ c' |\n  d\nout\n$ e\nmore\nand more\n"
    assert conversation(block) == [("a 'b\n$ c' |\n  d\n", "out\n"), ("e\n", "more\nand more\n")]


def settings_table() -> str:
    """The table of settings as docs/operating.md has to have it."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        if field.default_factory is not None:
            default = "the user's data folder"
        else:
            value = field.default
            default = f"`{value if isinstance(value, str) else json.dumps(value)}`"
        rows.append(f"| `BACKPROPSCOPE_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows) + "\n"


def test_the_table_of_settings_is_complete_and_true() -> None:
    (table,) = re.findall(r"<!-- settings -->\n(.*?)<!-- /settings -->", OPERATING, re.DOTALL)
    assert table == settings_table()


def test_the_tree_names_folders_that_are_there_and_every_room() -> None:
    (tree,) = blocks(README, "text")
    parents: list[str] = []
    named = set()
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        parents[depth:] = [line.split()[0]]
        named.add("".join(parents))
    assert [name for name in named if not (ROOT / name).is_dir()] == []
    rooms = {f"app/{path.parent.name}/" for path in (ROOT / "app").glob("*/__init__.py")}
    assert rooms <= named


def test_what_is_vendored_is_credited() -> None:
    for folder in (ROOT / "static" / "vendor").iterdir():
        assert f"static/vendor/{folder.name}/LICENSE" in README, folder.name


def test_both_languages_give_the_two_commands() -> None:
    english, chinese = README.split("## 中文")
    for command in ("make run", "make test", "make run PORT=8080"):
        assert command in english
        assert command in chinese


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len(README.splitlines()) <= 150
