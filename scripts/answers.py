"""What the OpenAPI document shows as the answer of each operation: ``python -m scripts.answers`` writes it anew.

Each operation is sent the first example of its body and of its parameters, on a server of its own; what it answers is
kept in ``app/api/document/answers/`` under its operationId, with long lists cut. One that says the same is left as it
is.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from math import isclose
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.api.document.passes import ANSWERS
from app.api.trace.example_session import SESSION
from app.api.training.example_run import RUN
from app.main import create_app
from app.settings import Settings

Json = dict[str, Any]

LONGEST = 3
"""So many entries of a list, and so many events of one name, are shown."""
MEASURED = {
    *("id", "run", "location", "started_at", "ended_at", "python", "numpy", "version", "engine"),
    *("loop_seconds", "matrix_seconds", "ratio", "seconds", "uirevision"),
}
"""Fields that differ from machine to machine, or each time."""


def example_of(described: Json) -> Any:
    """The first example of a parameter or of a body's content."""
    if "example" in described:
        return described["example"]
    if "examples" in described:
        return next(iter(described["examples"].values()))["value"]
    return described["schema"]["examples"][0]


def request_of(path: str, operation: Json) -> tuple[str, Json]:
    """The path with its example, and what is sent along, for TestClient."""
    query = {}
    headers = {}
    for parameter in operation.get("parameters", ()):
        example = example_of(parameter)
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(example))
        elif parameter["in"] == "query":
            query[parameter["name"]] = str(example).lower() if isinstance(example, bool) else example
        elif parameter["in"] == "header":
            headers[parameter["name"]] = str(example)
    sent: Json = {"params": query, "headers": headers}
    if "requestBody" in operation:
        media_type, content = next(iter(operation["requestBody"]["content"].items()))
        body = example_of(content)
        if media_type == "application/json":
            sent["json"] = body
        else:
            sent["content"] = body.encode()
            headers["Content-Type"] = media_type
    return path, sent


def shortened(value: Any) -> Any:
    """A value with its long lists cut."""
    if isinstance(value, dict):
        return {name: shortened(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shortened(inner) for inner in value[:LONGEST]]
    return value


def shortened_stream(text: str) -> str:
    """A stream of events with few of each name, their data cut likewise."""
    seen: dict[str, int] = {}
    kept = []
    for block in text.strip().split("\n\n"):
        lines = [
            f"data: {json.dumps(shortened(json.loads(line[6:])), ensure_ascii=False, separators=(',', ':'))}"
            if line.startswith("data: ")
            else line
            for line in block.split("\n")
        ]
        name = next((line for line in lines if line.startswith("event: ")), block)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] <= LONGEST:
            kept.append("\n".join(lines))
    return "\n\n".join(kept) + "\n\n"


def events_of(text: str) -> list[Json]:
    """The names and the data of a stream, so that two can be held against each other."""
    return [
        {
            line.partition(": ")[0]: json.loads(line[6:]) if line.startswith("data: ") else line.partition(": ")[2]
            for line in block.split("\n")
            if not line.startswith("id: ")
        }
        for block in text.strip().split("\n\n")
    ]


def same(one: Any, other: Any, name: str = "") -> bool:
    """Whether two answers say the same: measured fields alike in kind, numbers to nine digits, all else equal."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[each], other[each], each) for each in one)
    if name in MEASURED:
        return isinstance(one, type(other)) or isinstance(other, type(one))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(one, str) and isinstance(other, str) and "event: " in one:
        return same(events_of(one), events_of(other))
    return bool(one == other)


def answers() -> Iterator[tuple[str, Any]]:
    """What each operation answers to its first example, by operationId; None where it answers without a body.

    Raises:
        AssertionError: one of them does not work as it stands.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), "http://localhost") as client,
    ):
        document = client.get("/openapi.json").json()
        found = [
            (path, method, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ]
        # A training first, so that there is a run to be listed.
        for path, method, operation in sorted(found, key=lambda each: each[2]["operationId"] != "post_training"):
            # Whatever the examples before have done to what all of them share.
            client.delete(f"/api/v1/sessions/{SESSION}")
            client.delete(f"/api/v1/runs/{RUN}")
            where, sent = request_of(path, operation)
            response = client.request(method, where, **sent)
            assert response.is_success, f"{method} {where}: {response.status_code} {response.text[:500]}"
            content_type = response.headers.get("content-type", "")
            if re.match(r"application/([\w.-]+\+)?json\b", content_type):
                yield operation["operationId"], shortened(response.json())
            else:
                text = response.text
                yield (
                    operation["operationId"],
                    shortened_stream(text) if "event-stream" in content_type else (text or None),
                )


def main() -> None:
    """Write the files of answers that have changed; take away those of operations that are no more."""
    ANSWERS.mkdir(exist_ok=True)
    names = set()
    for name, answer in answers():
        if answer is not None:
            names.add(name)
            file = ANSWERS / f"{name}.json"
            if not file.exists() or not same(json.loads(file.read_text("utf-8")), answer):
                file.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")
                print(f"{name}: written")
    for file in ANSWERS.glob("*.json"):
        if file.stem not in names:
            file.unlink()
            print(f"{file.stem}: gone")


if __name__ == "__main__":
    main()
