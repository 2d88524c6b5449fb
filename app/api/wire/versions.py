"""The version of the API, and what of it is to go: marked here once, said in the OpenAPI document and in headers.

Sources: RFC 9745 (Deprecation), RFC 8594 (Sunset).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

API_VERSION: Final = "1.2"
"""The first number is that of the path; the second rises whenever something is added or marked as to go."""
HEADER: Final = (b"api-version", API_VERSION.encode())


@dataclass(frozen=True)
class Retiring:
    """Something that will be taken away.

    Attributes:
        operations: operationIds of the operations that go, or in whose answers or bodies the field stands.
        since: from when on it should not be used.
        sunset: before when it is not taken away.
        instead: what to use, as a sentence.
        field: the schema and the field in it, such as ``EpochRecord.accuracy``; empty if the operations go.
    """

    operations: tuple[str, ...]
    since: date
    sunset: date
    instead: str
    field: str = ""


RETIRING: Final[tuple[Retiring, ...]] = (
    Retiring(
        ("post_curves", "post_gradient_flow"),
        date(2026, 12, 1),
        date(2027, 7, 1),
        "keep the run and name it: GET /api/v1/runs/{id}/figures/curves and …/gradient-flow.",
    ),
)
"""All there is; a test holds each against the document."""


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def headers_of(operation: str, retiring: tuple[Retiring, ...] = RETIRING) -> dict[str, str]:
    """What the answers of an operation say: since when something of it should not be used, and until when it works."""
    found = [each for each in retiring if operation in each.operations]
    if not found:
        return {}
    return {
        "Deprecation": f"@{int(min(_moment(each.since) for each in found).timestamp())}",
        "Sunset": format_datetime(min(_moment(each.sunset) for each in found), usegmt=True),
    }


def mark(document: dict[str, Any], retiring: tuple[Retiring, ...] = RETIRING) -> None:
    """Say in an OpenAPI document what is to go.

    Raises:
        KeyError: something is named that is not there.
    """
    operations = {each["operationId"]: each for path in document["paths"].values() for each in path.values()}
    for each in retiring:
        if each.field:
            schema, _, name = each.field.partition(".")
            targets = [document["components"]["schemas"][schema]["properties"][name]]
        else:
            targets = [operations[name] for name in each.operations]
        for target in targets:
            target["deprecated"] = True
            said = f"To go after {each.sunset.isoformat()}: {each.instead}"
            target["description"] = f"{target.get('description', '')} {said}".strip()
        for name in each.operations:
            for response in operations[name]["responses"].values():
                response.setdefault("headers", {}).update(
                    {header: {"$ref": f"#/components/headers/{header}"} for header in ("Deprecation", "Sunset")}
                )


class Announced:
    """Adds headers to every answer of an application."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        """Wrap ``app``."""
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def send_announced(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_announced)
