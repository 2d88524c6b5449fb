"""What the OpenAPI document says of the API as a whole: who made it, where it is, its parts, its headers."""

from __future__ import annotations

from typing import Any, Final

from ..wire.versions import API_VERSION

Json = dict[str, Any]

SUMMARY: Final = "A neural network's forward and backward pass, every number of it, step by step."
DESCRIPTION: Final = f"""{SUMMARY}

Send a network and an example to `POST /api/v1/trace` and get every number of both passes and the steps that lead there.
Sessions walk through those steps on the server; trainings send the record of every epoch as it is made; what the pages
draw is answered here as numbers first.

**Numbers** are float64 and come back bit for bit. **null** is never 0: each field that may be null says what it means.

**Errors** are `application/problem+json` (RFC 9457); their `type` is stable, and described at its address.

**Words that are one of several** have these in `x-extensible-enum`. A later version may know more of them, and may add
fields and events: a client passes over what it does not know.

**Examples** work when sent as they stand. Those of answers are what this program answered, long lists cut after three
entries.
"""

INFO: Final[Json] = {
    "summary": SUMMARY,
    "description": DESCRIPTION,
    "contact": {"name": "The Backpropscope contributors"},
    "license": {"name": "MIT", "identifier": "MIT"},
}
SECURITY: Final[list[Json]] = []
"""Nothing has to be proved for any operation."""

TAGS: Final[dict[str, str]] = {
    "Trace": "One example through a network, forward and backward, with every step; and what follows from it.",
    "Sessions": "A trace kept on the server and walked through step by step.",
    "Many examples": "Many examples through a network at once.",
    "Networks": "Networks in explicit numbers.",
    "Training": "Training as a stream of events, the data it is done with, and what it looks like from outside.",
    "Tables": "People's own tables: how a file is read, and the examples in it.",
    "Runs": "Trainings that are kept: their records, their networks, and going on with them.",
    "Links": "Long links of the pages, kept for short ones.",
    "Figures": "What other operations answer, drawn as Plotly figures with their numbers as tables.",
    "Course": "Lessons, exercises, the glossary, and named wrong ways to calculate.",
    "Catalogue": "What there is to choose from, ready-made requests, and the limits.",
    "Service": "The state of this server.",
}

HEADERS: Final[dict[str, Json]] = {
    "X-Request-ID": {
        "description": "Id of this request, as in the server's log and in request_id of an error.",
        "schema": {"type": "string"},
        "example": "4f2a9c71d0be-1",
    },
    "API-Version": {
        "description": "Version of the API, on every answer; docs/versions.md says what its two numbers mean.",
        "schema": {"type": "string"},
        "example": API_VERSION,
    },
    "Deprecation": {
        "description": "Since when something of this operation should not be used (RFC 9745).",
        "schema": {"type": "string"},
        "example": "@1798761600",
    },
    "Sunset": {
        "description": "Before when it is not taken away (RFC 8594).",
        "schema": {"type": "string"},
        "example": "Fri, 01 Jan 2027 00:00:00 GMT",
    },
    "Link": {
        "description": 'Path of the next page, with rel="next"; left out on the last.',
        "schema": {"type": "string"},
        "example": '</api/v1/runs/example-of-a-small-run?from=3&limit=3>; rel="next"',
    },
    "Location": {
        "description": "Path of what has been made.",
        "schema": {"type": "string", "format": "uri-reference"},
        "example": "/api/v1/sessions/example-of-one-session",
    },
    "Retry-After": {
        "description": "Seconds after which to try again.",
        "schema": {"type": "integer", "minimum": 0},
        "example": 2,
    },
    "Allow": {
        "description": "The methods that this path has; with status 405 only.",
        "schema": {"type": "string"},
        "example": "GET, HEAD, POST",
    },
    "ETag": {
        "description": "Names this state of the answer; sent back as If-None-Match it saves sending the same again.",
        "schema": {"type": "string"},
        "example": '"5d41402abc4b2a76"',
    },
}
HEADERS_OF: Final[dict[str, tuple[str, ...]]] = {
    "201": ("Location",),
    "429": ("Retry-After",),
    "503": ("Retry-After",),
    "default": ("Allow",),
}
"""By status; all answers have X-Request-ID and API-Version besides."""

EVENTS: Final[dict[str, str]] = {
    "Started": "started",
    "EpochRecord": "epoch",
    "Progress": "progress",
    "Keeping": "keeping",
    "RunSummary": "run",
    "VerdictChange": "verdict",
    "Finished": "finished",
    "Diverged": "diverged",
    "Stopped": "stopped",
}
"""Which event has which object as its data."""
