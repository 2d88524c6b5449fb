"""The rooms of the house and which way the imports go; CONTRIBUTING.md says it in words."""

from __future__ import annotations

import ast
import graphlib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import ROOT
from tests.sources import code, shown, without_comments

APP = ROOT / "app"
SCRIPTS = ROOT / "static" / "js"
MAX_LINES = 400
MAX_FILES = 14
"""In one folder, without those below it: as many names as one takes in at a glance."""

# What each room may import: other rooms here, and packages from outside. A new room needs its line.
ARROWS: dict[str, set[str]] = {
    "settings": set(),
    "logs": set(),
    "resources": set(),
    "assets": {"resources"},
    "templating": {"resources", "assets", "looking"},
    "looking": set(),
    "core": set(),
    "library": {"core"},
    "figures": {"core", "looking", "resources"},
    "store": {"core"},
    "snippets": {"core", "looking"},
    "kernel": {"core"},
    "tables": {"looking"},
    "readers": {"core"},
    "api": {
        "core",
        "looking",
        "tables",
        "kernel",
        "readers",
        "snippets",
        "library",
        "figures",
        "store",
        "settings",
        "logs",
        "resources",
        "templating",
    },
    "server": {"api"},
    "pages": {"core", "looking", "library", "figures", "api", "settings", "resources", "templating"},
    "main": {"pages", "server", "api", "settings", "resources", "assets"},
    "__main__": {"settings", "logs"},
}
# The same one level deeper, in the mathematics: what each of its rooms may import of the others.
CORE = APP / "core"
CORE_ARROWS: dict[str, set[str]] = {
    "arrays": set(),
    "looking": set(),
    "functions": {"arrays", "looking"},
    "engine": {"arrays", "functions", "network"},
    "network": {"arrays", "functions"},
    "record": {"arrays", "functions", "network", "looking", "engine"},
    "training": {"arrays", "functions", "network", "record", "looking", "engine"},
    "pictures": {"arrays", "functions", "network", "record", "looking", "engine"},
    "proofs": {"arrays", "functions", "network", "record", "looking"},
    "mistakes": {"arrays", "functions", "network", "record", "training", "looking"},
}
# And in the API.
API = APP / "api"
API_ARROWS: dict[str, set[str]] = {
    "wire": set(),
    "bounds": {"wire"},
    "services": {"wire", "bounds"},
    "document": {"wire", "services"},
    "health": {"wire", "services"},
    "links": {"wire", "services"},
    "tables": {"wire", "bounds", "services"},
    "network": {"wire", "bounds", "services"},
    "trace": {"wire", "bounds", "services", "network"},
    "course": {"wire", "bounds", "services", "network", "trace"},
    "catalog": {"wire", "services", "network", "trace", "course"},
    "training": {"wire", "bounds", "services", "network"},
    "pictures": {"wire", "bounds", "services", "network", "training"},
    "routes": {
        "document",
        "health",
        "links",
        "tables",
        "network",
        "trace",
        "course",
        "catalog",
        "training",
        "pictures",
    },
}
WEB = {"fastapi", "starlette", "pydantic", "pydantic_core"}
OUTSIDE: dict[str, set[str]] = {
    "settings": {"pydantic", "pydantic_settings"},
    "logs": set(),
    "resources": set(),
    "assets": set(),
    "templating": {"jinja2", "markupsafe"},
    "looking": set(),
    "core": {"numpy"},
    "library": {"numpy"},
    "figures": {"numpy", "plotly"},
    "store": set(),
    "snippets": {"numpy"},
    "kernel": {"numpy"},
    "tables": {"numpy"},
    "readers": set(),
    "api": WEB | {"anyio", "jinja2", "numpy", "orjson"},
    "server": {"starlette", "uvicorn", "prometheus_client"},
    "pages": WEB | {"jinja2", "markupsafe", "numpy", "orjson"},
    "main": WEB,
    "__main__": {"pydantic", "pydantic_settings", "uvicorn"},
}
# The mathematics touches nothing outside itself: no file, no clock, no chance but what is passed in.
PURE = {
    "__future__",
    "collections",
    "dataclasses",
    "difflib",
    "enum",
    "functools",
    "itertools",
    "math",
    "numpy",
    "operator",
    "re",
    "types",
    "typing",
}

# The same for the browser. What has no line here is a page's own root: it may import anything, nothing imports it.
SCRIPT_ARROWS: dict[str, set[str]] = {
    "kit": set(),
    "i18n": {"kit"},
    "shell": {"kit", "i18n"},
    "record": {"kit", "i18n"},
    "timeline": {"record"},
    "api": {"record"},
    "state": {"kit", "i18n", "record", "timeline", "api"},
    "stage": {"kit", "i18n", "record", "timeline"},
    "panels": {"kit", "i18n", "record", "timeline", "state", "api"},
    "explorer": {"kit", "i18n", "record", "timeline", "state", "api", "panels"},
    "course": {"kit", "i18n", "record", "timeline", "state", "api", "panels"},
    "bugs": {"kit", "i18n", "record", "state", "api", "panels"},
    "lab": {"kit", "i18n", "record", "timeline", "state", "api", "stage", "panels", "shell"},
}
# And one level deeper, in the two largest of them.
STAGE_ARROWS: dict[str, set[str]] = {
    "types": set(),
    "layout": {"types"},
    "draw": {"types", "layout"},
    "sheet": {"types", "layout", "draw"},
    "export": {"draw"},
    "motion": {"types", "layout", "draw"},
    "hands": {"types", "layout", "draw"},
    "stage": {"types", "layout", "draw", "sheet", "export", "motion", "hands"},
}
PANEL_ARROWS: dict[str, set[str]] = {
    "answers": set(),
    "numbers": set(),
    "number-edit": set(),
    "section": {"numbers"},
    "late": {"section"},
    "verdict": set(),
    "predict": {"section", "verdict"},
    "equation": {"numbers", "section"},
    "inspector": {"answers", "numbers", "number-edit", "section", "late"},
    "values": {"answers", "numbers", "section"},
    "walk": {"section"},
}
DOM = re.compile(r"\b(document|window|requestAnimationFrame|localStorage|navigator|HTML\w*Element)\b")
IMPORT = re.compile(
    r"""^\s*(?:import|export)\s+(?:[\w*{][^;"'()=]*?\bfrom\s*)?["'](\.{1,2}/[^"']+)["']|\bimport\(\s*["'](\.[^"']+)["']""",
    re.MULTILINE,
)


def room(path: Path, home: Path) -> str:
    """The folder directly under ``home`` that a file lies in, or its own name if it lies there itself."""
    return path.relative_to(home).parts[0].removesuffix(path.suffix)


MODULES = sorted(APP.rglob("*.py"))
SCRIPT_FILES = sorted(path for path in SCRIPTS.rglob("*.js"))


def imports(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every import of a module: how many dots it begins with, and the parts of what it names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield 0, alias.name.split(".")
        elif isinstance(node, ast.ImportFrom):
            parts = node.module.split(".") if node.module else []
            for alias in node.names:
                yield node.level, [*parts, alias.name]


def inside(path: Path, level: int, parts: list[str], home: Path = APP) -> str:
    """The room that a relative import leads to; "" for the package itself, as in ``from . import __version__``."""
    if not path.parents[level - 1].is_relative_to(home):
        return ""
    folder = path.parents[level - 1].relative_to(home).parts
    target = [*folder, *parts][0]
    return target if (home / target).is_dir() or (home / f"{target}.py").is_file() else ""


def script_imports(text: str) -> list[str]:
    """The relative addresses that a script's text imports."""
    return [static or dynamic for static, dynamic in IMPORT.findall(text)]


def test_every_room_has_its_line() -> None:
    rooms = {room(path, APP) for path in MODULES} - {"__init__"}
    assert rooms <= ARROWS.keys()
    assert ARROWS.keys() == OUTSIDE.keys()
    assert len(MODULES) > 40


@pytest.mark.parametrize(
    "arrows",
    [ARROWS, CORE_ARROWS, API_ARROWS, SCRIPT_ARROWS, STAGE_ARROWS, PANEL_ARROWS],
    ids=["python", "core", "api", "browser", "stage", "panels"],
)
def test_no_arrow_leads_back(arrows: dict[str, set[str]]) -> None:
    assert set(graphlib.TopologicalSorter(arrows).static_order()) == arrows.keys()


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_imports_follow_the_arrows(path: Path) -> None:
    here = room(path, APP)
    for level, parts in imports(path):
        if level:
            target = inside(path, level, parts)
            assert target in {"", here} | ARROWS.get(here, set()), f"{here} must not import {target}"
        else:
            name = parts[0]
            assert name not in {"app", "backpropscope"}, "inside the package imports are relative: it has two names"
            allowed = sys.stdlib_module_names | OUTSIDE.get(here, set())
            assert name in allowed, f"{here} must not import {name}"


@pytest.mark.parametrize(("home", "arrows"), [(CORE, CORE_ARROWS), (API, API_ARROWS)], ids=["core", "api"])
def test_imports_within_a_room_follow_the_arrows(home: Path, arrows: dict[str, set[str]]) -> None:
    for path in sorted(home.rglob("*.py")):
        here = room(path, home)
        assert here == "__init__" or here in arrows, f"{here} needs its line"
        for level, parts in imports(path):
            if level:
                target = inside(path, level, parts, home)
                allowed = {"", here} | arrows.get(here, set())
                assert target in allowed, f"{shown(path)}: {here} must not import {target}"


def test_a_trace_needs_no_training() -> None:
    program = "import sys, app.api.trace.routes.trace; print(*sys.modules, sep='\\n')"
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, timeout=60)
    loaded = said.stdout.decode().split()
    assert "app.core.record.trace" in loaded
    assert [name for name in loaded if name.startswith(("app.core.training", "app.api.training"))] == []


def imported_by(path: Path) -> Iterator[Path]:
    """The modules of the application that a module imports, to check types only or within a function too."""
    for level, parts in imports(path):
        if level:
            target = path.parents[level - 1].joinpath(*parts)
            places = (target.with_suffix(".py"), target / "__init__.py")
            around = (target.parent.with_suffix(".py"), target.parent / "__init__.py")
            yield from [module for module in (*places, *around) if module.is_file()][:1]


def test_no_module_imports_itself_by_way_of_others() -> None:
    arrows = {path: {other for other in imported_by(path) if other != path} for path in MODULES}
    assert sum(map(len, arrows.values())) > len(MODULES)
    assert set(graphlib.TopologicalSorter(arrows).static_order()) == set(MODULES)


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=shown)
def test_the_core_has_no_side_effects(path: Path) -> None:
    used = {parts[0] for level, parts in imports(path) if level == 0}
    assert used <= PURE
    tree = ast.parse(path.read_text("utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "input"}


def test_importing_the_application_reads_no_setting_and_loads_no_figure_library() -> None:
    program = "import sys, app.main; sys.exit('plotly' in sys.modules)"
    variables = {"BACKPROPSCOPE_MAX_LAYERS": "not a number", "BACKPROPSCOPE_DATA_DIR": "/nowhere/at/all"}
    subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT, env=variables, check=True, timeout=60)


@pytest.mark.parametrize("path", SCRIPT_FILES, ids=shown)
def test_scripts_follow_the_arrows(path: Path) -> None:
    here = room(path, SCRIPTS)
    for address in script_imports(code(path)):
        target = (path.parent / address).resolve()
        assert target.is_file(), f"{address} is not there"
        if not target.is_relative_to(SCRIPTS):
            assert target.is_relative_to(ROOT / "static" / "vendor")
            continue
        there = room(target, SCRIPTS)
        assert there in SCRIPT_ARROWS or there == here, f"{there} is a page's root: nothing imports it"
        if here in SCRIPT_ARROWS:
            assert there in SCRIPT_ARROWS[here] | {here}, f"{here} must not import {there}"


@pytest.mark.parametrize(("home", "arrows"), [("stage", STAGE_ARROWS), ("panels", PANEL_ARROWS)])
def test_scripts_within_a_room_follow_the_arrows(home: str, arrows: dict[str, set[str]]) -> None:
    for path in sorted((SCRIPTS / home).rglob("*.js")):
        here = room(path, SCRIPTS / home)
        assert here in arrows, f"{here} needs its line"
        targets = [(path.parent / address).resolve() for address in script_imports(code(path))]
        rooms = {room(target, SCRIPTS / home) for target in targets if target.is_relative_to(SCRIPTS / home)}
        assert rooms <= arrows[here] | {here}, f"{shown(path)} imports {rooms - arrows[here] - {here}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('import { a,\n  b } from "./x.js";', ["./x.js"]),
        ("import './y.js'", ["./y.js"]),
        ('export { a } from "../z.js";', ["../z.js"]),
        ('const m = await import("./w.js");', ["./w.js"]),
        ('important("./no.js")', []),
        ('export const chosen = all("./no.js");', []),
        ('/** @import { T } from "../types.js" */ let a;', []),
    ],
)
def test_the_reader_of_script_imports_finds_them(text: str, expected: list[str]) -> None:
    assert script_imports(without_comments(text)) == expected


def pure_scripts() -> list[Path]:
    """The scripts that compute what is shown and never show it."""
    timeline = [path for path in SCRIPTS.glob("timeline/*.js") if path.name != "player.js"]
    return sorted([*timeline, *SCRIPTS.glob("stage/layout/geometry*.js")])


@pytest.mark.parametrize("path", pure_scripts(), ids=shown)
def test_timeline_and_geometry_never_touch_the_page(path: Path) -> None:
    assert DOM.findall(code(path)) == []


@pytest.mark.parametrize("folder", ["app", "scripts", "static/js", "tests"])
def test_no_folder_holds_too_many_files_to_find_one(folder: str) -> None:
    files = [path for end in ("py", "js", "mjs", "ts", "c") for path in (ROOT / folder).rglob(f"*.{end}")]
    held = Counter(shown(path.parent) for path in files if path.name != "__init__.py")
    assert held
    assert {name: count for name, count in held.items() if count > MAX_FILES} == {}


@pytest.mark.parametrize("folder", ["app", "scripts", "static/js", "tests"])
def test_no_module_is_too_long_to_read(folder: str) -> None:
    files = [path for end in ("py", "js") for path in (ROOT / folder).rglob(f"*.{end}")]
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in files}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}
