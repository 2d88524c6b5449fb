"""The command line: ``python -m app`` in a checkout, ``backpropscope`` where the wheel is installed."""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from pydantic import ValidationError
from pydantic_settings import SettingsError
from uvicorn import Config, Server
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from . import __version__, logs
from .settings import Settings

APPLICATION = f"{__package__}.main:create_served_app"
PROTOCOL = f"{__package__}.server.connections:BoundedProtocol"
BACKLOG = 2048
SHUTDOWN_SECONDS = 3
HEALTH_SECONDS = 30
"""A worker process that gives no sign for so long is replaced; on a busy machine five seconds would be too few."""
BLAS_VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class StartError(Exception):
    """The server cannot start; the message says why, to the person at the keyboard."""


def whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    """A reader of one command line argument; says the range when it refuses."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
            raise argparse.ArgumentTypeError(f"expected a whole number from {lowest} to {highest}, got {text!r}")
        return int(text)

    return read


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; on ``--help``, ``--version`` or a mistake, say so and end the process."""
    parser = argparse.ArgumentParser(
        prog="backpropscope",
        description="An oscilloscope for backpropagation, served to this machine's browser.",
        epilog="Settings are environment variables, BACKPROPSCOPE_*; docs/operating.md lists them.",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for all (default: %(default)s)"
    )
    parser.add_argument(
        "--port", default=8000, type=whole_number(0, 65535), help="port; 0 for a free one (default: %(default)s)"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--workers", default=1, type=whole_number(1, 64), help="processes that share the work (default: %(default)s)"
    )
    parser.add_argument("--version", action="version", version=f"backpropscope {__version__}")
    return parser.parse_args(given)


def read_settings() -> Settings:
    """The settings. Raises ``StartError``, naming the variables, if one makes no sense."""
    prefix = Settings.model_config["env_prefix"]
    try:
        return Settings()
    except ValidationError as error:
        wrong = [f"{prefix}{str(each['loc'][0]).upper()}: {each['msg']}." for each in error.errors(include_url=False)]
        raise StartError("\n".join(wrong)) from None
    except SettingsError:
        raise StartError(f"{prefix}CORS_ORIGINS: Expected a JSON array of strings.") from None


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is started.

    Raises:
        StartError: it cannot be had.
    """
    try:
        known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise StartError(f"No address is known for the host {host}.") from None
    # Of a name's addresses the IPv4 one first: "localhost" is 127.0.0.1 to people.
    family, _, _, _, where = min(known, key=lambda each: each[0] != socket.AF_INET)
    try:
        return socket.create_server(where[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"Port {port} is in use already. Choose another one, or 0 for any that is free.",
            errno.EACCES: f"Port {port} is not open to this user. Ports from 1024 on need no special rights.",
            errno.EADDRNOTAVAIL: f"{host} is not an address of this machine.",
        }
        raise StartError(reasons.get(error.errno or 0, f"Cannot listen on {host}, port {port}: {error}.")) from None


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the server."""
    name = EVERY_ADDRESS.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def own_names(host: str) -> list[str]:
    """What the server is called by whoever started it there: the name to listen on, and that of the machine."""
    machine = socket.gethostname()
    return [host, machine, f"{machine}.local"]


def someone_watches() -> bool:
    """Whether a browser window would be seen by who started this: a person, at a terminal, before a screen."""
    if not sys.stdout.isatty() or "SSH_CONNECTION" in os.environ:
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def bound_threads(number: int) -> None:
    """Have NumPy's BLAS use so many threads, unless the environment says otherwise; too late once NumPy is imported.

    Many small products are what this server computes, in several threads at once already, and the threads of one
    product spin while they wait for each other. Measured with two cores that others use too, products in a second and
    a half: (128, 784) by (784, 32) 1800-3000 with one thread, 60-260 with two; (32, 64) by (64, 32) the same with both.
    """
    for name in BLAS_VARIABLES:
        os.environ.setdefault(name, str(number))


@contextmanager
def shared_metrics(wanted: bool) -> Iterator[None]:
    """A folder in which worker processes put their numbers together, for as long as they run."""
    if not wanted or "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        yield
        return
    folder = tempfile.mkdtemp(prefix="backpropscope-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    try:
        yield
    finally:
        del os.environ["PROMETHEUS_MULTIPROC_DIR"]
        shutil.rmtree(folder, ignore_errors=True)


def serve(listener: socket.socket, workers: int, settings: Settings) -> bool:
    """Answer requests until told to stop; then open requests have a few seconds to end.

    Returns:
        Whether the application could be started.
    """
    config = Config(
        APPLICATION,
        factory=True,
        http=PROTOCOL,
        workers=workers,
        backlog=BACKLOG,
        lifespan="on",
        ws="none",
        log_config=logs.configuration(settings.log_level, settings.log_format, settings.access_log),
        log_level=settings.log_level,
        access_log=False,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        timeout_worker_healthcheck=HEALTH_SECONDS,
    )
    if workers > 1:
        with shared_metrics(settings.metrics):
            Multiprocess(config, [listener]).run()
        return True
    server = Server(config)
    with suppress(KeyboardInterrupt):
        server.run([listener])
    return server.started


def main(given: Sequence[str] | None = None) -> int:
    """Start the server as the command line asks.

    Returns:
        The exit status.
    """
    wanted = arguments(given)
    try:
        settings = read_settings()
        listener = listen(wanted.host, wanted.port)
    except StartError as error:
        print(error, file=sys.stderr)
        return STARTUP_FAILURE
    bound_threads(settings.blas_threads)
    # The worker processes read it from here as well.
    os.environ["BACKPROPSCOPE_ALLOWED_HOSTS"] = ",".join([settings.allowed_hosts, *own_names(wanted.host)])
    with listener:
        # Connections queue here from now on, so the address may be used before the application has loaded.
        url = address(wanted.host, listener.getsockname()[1])
        print(f"Backpropscope is at {url} (Ctrl+C stops it)", flush=True)
        if not wanted.no_browser and someone_watches():
            threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()
        return 0 if serve(listener, wanted.workers, settings) else STARTUP_FAILURE


if __name__ == "__main__":
    sys.exit(main())
