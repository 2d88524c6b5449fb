"""Every operation of the OpenAPI document, by schemathesis: ``make fuzz``.

All its checks but positive_data_acceptance: JSON Schema cannot say that the shapes of a network's layers chain, so that
bodies which fit the schema may be refused. Streams are bounded by the limits that the server is started with.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.server import Server

CASES = 2000
PER_OPERATION = 40
LIMITS = {
    "BACKPROPSCOPE_MAX_TRAINING_SECONDS": "1",
    "BACKPROPSCOPE_MAX_TRAINING_EPOCHS": "50",
    "BACKPROPSCOPE_MAX_CONCURRENT_WORK": "64",
}

NOT_HTTP = "Invalid HTTP request received."
"""What uvicorn logs of a request line or a header that no HTTP client may send, and that we answer with 400."""


FILES = ("text/csv", "text/plain", "text/tab-separated-values", "application/octet-stream")


def closed(value: Any) -> Any:
    """The document as schemathesis takes it.

    Open sets of words are closed: of other words than today's, nearly all would be refused. A stream's schema is that
    of one event, which is what schemathesis holds each event against. A file that is sent may be any text: what is made
    to be none, such as null, is text as well.
    """
    if isinstance(value, dict):
        if "x-events" in value:
            data = {"anyOf": [each["data"] for each in value["x-events"]]}
            written = {"type": "string", "contentMediaType": "application/json", "contentSchema": data}
            names = {"enum": [each["event"] for each in value["x-events"]]}
            return {"type": "object", "required": ["event", "data"], "properties": {"event": names, "data": written}}
        words = {"enum": value["x-extensible-enum"]} if "x-extensible-enum" in value else {}
        files = {name: {**value[name], "schema": {}} for name in FILES if name in value}
        return {**{name: closed(inner) for name, inner in value.items()}, **words, **files}
    return [closed(inner) for inner in value] if isinstance(value, list) else value


def main(program: str) -> int:
    """Run it against a server of its own.

    Args:
        program: the command ``st``.

    Returns:
        The exit status: 0 only if every check of at least ``CASES`` cases holds and the server has not complained.
    """
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "data", variables=LIMITS) as server:
        # Run in that folder, where schemathesis leaves its caches.
        (Path(folder) / "openapi.json").write_text(json.dumps(closed(server.ask("GET", "/openapi.json").json())))
        command = [str(Path(program).absolute()), "run", "openapi.json", "--url", server.url, "--checks", "all"]
        command += ["--exclude-checks", "positive_data_acceptance", "--max-examples", str(PER_OPERATION)]
        command += ["--continue-on-failure", "--no-color", "--request-timeout", "20", "--generation-database", "none"]
        said = ""
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            for line in running.stdout:
                print(line, end="", flush=True)
                said += line
        lines = server.complaints().splitlines()
        complaints = "\n".join(line for line in lines if not line.endswith(NOT_HTTP))
    print(complaints)
    found = re.search(r"(\d+) generated", said)
    cases = int(found[1]) if found else 0
    print(f"{cases} cases, at least {CASES} wanted; exit status {running.returncode}")
    return int(running.returncode != 0 or cases < CASES or bool(complaints))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
