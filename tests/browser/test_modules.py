"""Without a bundle the pages load the modules as they lie in a checkout, and do the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visits
from tests.server import ROOT, Server

PATHS = ["/", "/lab", "/course", "/course/backward-pass", "/practice", "/bugs", "/glossary", "/worksheet", "/docs"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A checkout as it is cloned, where nothing was built."""
    folder = tmp_path_factory.mktemp("checkout")
    left = shutil.ignore_patterns("bundle", "built", "__pycache__")
    for name in ("app", "static", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=left)
    with Server(tmp_path_factory.mktemp("data"), folder=folder) as server:
        yield server


def test_every_page_starts_from_plain_modules_and_without_a_compiler(browser: Browser, plain: Server) -> None:
    visits = Visits(browser, plain.url)
    for path in PATHS:
        page = visits.visit(path).page
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
        assert not any("/bundle/" in name for name in loaded)
        assert any("/js/pages/" in name for name in loaded)
    assert plain.ask("GET", "/api/v1/version").json()["engine"] == "numpy"
    assert visits.wrong == []
    for context in visits.contexts:
        context.close()
    assert Path(ROOT, "static", "js").is_dir()
