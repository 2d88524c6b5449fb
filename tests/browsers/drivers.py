"""Three browsers under one hand: W3C WebDriver over HTTP for Chromium and WebKitGTK, Marionette for Firefox.

Firefox speaks Marionette by itself: the same commands as JSON over a socket. Its HTTP driver is no package of Debian's.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar, cast

T = TypeVar("T")

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key under which the standard keeps a reference to an element."""
PATIENCE = 30.0
SIZE = (1440, 900)
WIDTH, HEIGHT = SIZE
MINI_BROWSER = "*/webkit2gtk-4.*/MiniBrowser"

COMMANDS = {
    "navigate": ("POST", "/url", "WebDriver:Navigate"),
    "refresh": ("POST", "/refresh", "WebDriver:Refresh"),
    "execute": ("POST", "/execute/sync", "WebDriver:ExecuteScript"),
    "type": ("POST", "/element/{id}/value", "WebDriver:ElementSendKeys"),
    "act": ("POST", "/actions", "WebDriver:PerformActions"),
    "forget": ("DELETE", "/cookie", "WebDriver:DeleteAllCookies"),
    "resize": ("POST", "/window/rect", "WebDriver:SetWindowRect"),
}
"""What a journey asks for: method and path for the one, the name for the other."""


class Refused(Exception):
    """The browser would not do what it was told."""


class Driver(Protocol):
    """One running browser."""

    version: str

    def do(self, command: str, **parameters: Any) -> Any:
        """One of COMMANDS; gives its value."""

    def close(self) -> None:
        """End it and everything it was started with."""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(attempt: Callable[[], T]) -> T:
    """Try until something listens."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, then make it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Screen:
    """A display that nobody looks at, for a browser that cannot do without one."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT + 100}x24", "-nolisten", "tcp"]
        self.process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as said:
            self.name = f":{said.readline().strip()}"


class Http:
    """A browser behind the driver program that its makers ship."""

    def __init__(self, driver: str, wanted: dict[str, Any], *, needs_screen: bool = False) -> None:
        self.screen = Screen() if needs_screen else None
        port = free_port()
        variables = {**os.environ, **({"DISPLAY": self.screen.name} if self.screen else {})}
        self.process = subprocess.Popen(
            [driver, f"--port={port}"], env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.connection = HTTPConnection("127.0.0.1", port, timeout=2 * PATIENCE)
        self.session = ""
        made = eventually(lambda: self.ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}}))
        self.session = f"/session/{made['sessionId']}"
        self.version = f"{made['capabilities']['browserName']} {made['capabilities']['browserVersion']}"

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request to the driver."""
        content = None if body is None else json.dumps(body)
        try:
            self.connection.request(method, self.session + path, content, {"Content-Type": "application/json"})
            value = json.loads(self.connection.getresponse().read())["value"]
        except OSError:
            self.connection.close()
            raise
        if isinstance(value, dict) and "error" in value:
            raise Refused(f"{path}: {value['error']}: {value.get('message', '')}")
        return value

    def do(self, command: str, **parameters: Any) -> Any:
        method, path, _ = COMMANDS[command]
        path = path.format(**parameters)
        return self.ask(method, path, parameters if method == "POST" else None)

    def close(self) -> None:
        with suppress(OSError, Refused):
            self.ask("DELETE", "")
        self.connection.close()
        stop(self.process)
        if self.screen:
            stop(self.screen.process)


PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.server": "",
}
"""A browser that asks nobody about anything."""


class Firefox:
    """Firefox ESR over its own protocol: a length, a colon, a JSON array."""

    def __init__(self) -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="backpropscope-firefox-"))
        port = free_port()
        chosen = {**PREFERENCES, "marionette.port": port}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in chosen.items()]
        (self.profile / "user.js").write_text("\n".join(lines))
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        assert program is not None, "these tests need Firefox; `make browsers` installs it"
        self.process = subprocess.Popen(
            [program, "--headless", "--marionette", "--no-remote", "--profile", str(self.profile)],
            env={**os.environ, "HOME": str(self.profile)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.socket = eventually(lambda: socket.create_connection(("127.0.0.1", port), 2 * PATIENCE))
        self.stream = cast(BinaryIO, self.socket.makefile("rwb"))
        self.count = 0
        self.read()
        made = self.ask("WebDriver:NewSession", {})["capabilities"]
        self.version = f"{made['browserName']} {made['browserVersion']}"

    def read(self) -> Any:
        """One message."""
        digits = b""
        while (character := self.stream.read(1)) != b":":
            if not character:
                raise Refused("Firefox has gone")
            digits += character
        return json.loads(self.stream.read(int(digits)))

    def ask(self, name: str, parameters: dict[str, Any]) -> Any:
        """One command by its own name."""
        self.count += 1
        message = json.dumps([0, self.count, name, parameters]).encode()
        self.stream.write(b"%d:%s" % (len(message), message))
        self.stream.flush()
        _, number, error, result = self.read()
        assert number == self.count
        if error:
            raise Refused(f"{name}: {error['error']}: {error['message']}")
        return result

    def do(self, command: str, **parameters: Any) -> Any:
        # Without a sandbox, as the standard has it.
        extra = {"sandbox": None} if command == "execute" else {}
        result = self.ask(COMMANDS[command][2], {**parameters, **extra})
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def close(self) -> None:
        with suppress(OSError, Refused):
            self.ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        self.socket.close()
        stop(self.process)
        shutil.rmtree(self.profile, ignore_errors=True)


def chromium() -> Driver:
    switches = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return Http(
        "chromedriver", {"goog:chromeOptions": {"args": [*switches, *quiet, f"--window-size={WIDTH},{HEIGHT}"]}}
    )


def webkit() -> Driver:
    found = next(iter(Path("/usr/lib").glob(MINI_BROWSER)), None)
    assert found is not None, "these tests need WebKitGTK's MiniBrowser; `make browsers` installs it"
    options = {"binary": str(found), "args": ["--automation"]}
    return Http("WebKitWebDriver", {"webkitgtk:browserOptions": options}, needs_screen=True)


BROWSERS: dict[str, Callable[[], Driver]] = {"chromium": chromium, "firefox": Firefox, "webkit": webkit}
