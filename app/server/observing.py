"""What whoever runs the server can see of it: requests in Prometheus text, and a line in the log for each."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

log = logging.getLogger("backpropscope.access")

PATH = "/metrics"
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which the client library is told where the worker processes put their numbers together."""
CLIENT_LEFT = 499
"""What nginx calls it when a client has gone before the answer."""
FAILED = 500
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)


class Metrics:
    """The numbers of this process, or of all worker processes where they share a folder for them."""

    def __init__(self) -> None:
        """Begin at 0. The library is loaded now: it reads the environment as it is imported."""
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

        self.registry = CollectorRegistry()
        self.requests = Counter(
            "backpropscope_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "backpropscope_request_seconds",
            "Seconds from a request to the end of its answer.",
            ("method", "route"),
            registry=self.registry,
            buckets=SECONDS,
        )
        self.going_on = Gauge(
            "backpropscope_requests_in_progress",
            "Requests that are being answered, event streams among them.",
            registry=self.registry,
            multiprocess_mode="livesum",
        )
        if SHARED_FOLDER not in os.environ:
            ProcessCollector(registry=self.registry)

    def collected(self) -> CollectorRegistry:
        """The registry to be shown: this process's own, or one that reads what all of them have written."""
        if SHARED_FOLDER not in os.environ:
            return self.registry
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector

        shared = CollectorRegistry()
        register: Callable[[CollectorRegistry], object] = MultiProcessCollector
        register(shared)
        return shared

    def route(self) -> Route:
        """What answers at ``/metrics``."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        async def answer(request: Request) -> Response:
            return Response(generate_latest(self.collected()), headers={"Content-Type": CONTENT_TYPE_LATEST})

        return Route(PATH, answer, include_in_schema=False)


class Observed:
    """Counts and logs each request by its route: the address as it came may hold what only its sender may know."""

    def __init__(self, app: ASGIApp, metrics: Metrics | None) -> None:
        """Wrap ``app``; without ``metrics`` it only logs."""
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = CLIENT_LEFT

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        if self.metrics is not None:
            self.metrics.going_on.inc()
        try:
            await self.app(scope, receive, send_noted)
        except ClientDisconnect:
            status = CLIENT_LEFT
            raise
        except Exception:
            status = FAILED
            raise
        finally:
            self.note(scope, status, time.perf_counter() - began)

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Count and log one request that is over."""
        method, route = scope["method"], getattr(scope.get("route"), "path", "other")
        if self.metrics is not None:
            self.metrics.going_on.dec()
            self.metrics.requests.labels(method, route, status).inc()
            self.metrics.seconds.labels(method, route).observe(seconds)
        log.info(
            "%s %s %d in %.1f ms",
            method,
            route,
            status,
            1000 * seconds,
            extra={"method": method, "route": route, "status": status, "milliseconds": round(1000 * seconds, 3)},
        )
