"""A real server and a real browser; a journey fails on any error in the console and on any request to another host."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.hands.explorer import Explorer
from tests.server import Server

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""First the one without a window's parts: it draws and runs the same and needs a good third less time."""
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""No other name leads anywhere: a request that would leave the host fails, and failures are noted."""
DESK = (1440, 900)

# Milliseconds; how long a slow and busy machine takes is not what these tests are about.
expect.set_options(timeout=20_000)


def executable() -> str | None:
    """The browser of this machine; None for the one that Playwright may have brought along."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    return next(iter([*found, *(path for path in MAC if Path(path).exists())]), None)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=executable(), args=[*SWITCHES, NOWHERE])
        except Exception as error:
            pytest.fail(f"These tests need Chromium or Chrome; `make browser` installs one. {error}", pytrace=False)
        yield started
        started.close()


class Visits:
    """Opens pages, and keeps what went wrong on any of them."""

    def __init__(self, browser: Browser, home: str) -> None:
        self.browser = browser
        self.home = home
        self.wrong: list[str] = []
        self.contexts: list[BrowserContext] = []
        self.may_fail = False

    def visit(
        self, path: str = "/", *, size: tuple[int, int] = DESK, motion: str = "reduce", **options: Any
    ) -> Explorer:
        """A visitor with a fresh browser profile opens a page of the server."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion=motion, **{"locale": "en-US", **options}
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.note(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.note(f"{error}\n{error.stack}"))
        page.on("requestfailed", lambda request: self.check(request.url))
        page.goto(self.home + path)
        return Explorer(page)

    def note(self, what: str) -> None:
        """Something went wrong; unless the journey is about just that."""
        if not (self.may_fail and "Failed to load resource" in what):
            self.wrong.append(what)

    def check(self, url: str) -> None:
        """Every request must go to the server itself; one to another host fails."""
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.home).netloc:
            self.wrong.append(f"a request left the host: {url}")


@pytest.fixture
def visits(browser: Browser, server: Server) -> Iterator[Visits]:
    opened = Visits(browser, server.url)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.wrong == []
