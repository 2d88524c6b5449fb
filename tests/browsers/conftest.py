"""The browsers that Debian ships, each started once; a journey fails on any error its page reports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browsers.drivers import BROWSERS, SIZE, Driver
from tests.browsers.page import Page
from tests.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session", params=BROWSERS)
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    started = BROWSERS[request.param]()
    try:
        width, height = SIZE
        started.do("resize", width=width, height=height)
        print(f"\n{started.version}")
        yield started
    finally:
        started.close()


@pytest.fixture
def page(driver: Driver, server: Server) -> Iterator[Page]:
    """A visitor who has not been here before."""
    driver.do("navigate", url=f"{server.url}/static/js/kit/theme.js")
    driver.do("forget")
    opened = Page(driver, server.url)
    opened.run("localStorage.clear(); sessionStorage.clear()")
    driver.do("navigate", url="about:blank")
    yield opened
    opened.collect()
    assert opened.wrong == []
