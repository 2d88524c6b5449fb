"""What is generated and kept in the repository is what its generator writes today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts import document, fixtures, types
from scripts.answers import same

Json = dict[str, Any]
LEFT_OUT = "Left out, or null, where there is none."


def test_the_types_of_the_browsers_code_are_those_of_the_openapi_document(tmp_path: Path) -> None:
    """``make types`` writes them anew."""
    types.main(tmp_path / "schema.d.ts")
    assert (tmp_path / "schema.d.ts").read_text("utf-8") == types.TYPES.read_text("utf-8")


def test_what_the_tests_of_the_browsers_code_read_is_what_the_server_answers() -> None:
    """``python -m scripts.fixtures`` records it anew."""
    kept = {file.stem: json.loads(file.read_text("utf-8")) for file in fixtures.FOLDER.iterdir()}
    answers = dict(fixtures.recorded())
    assert kept.keys() == answers.keys()
    assert [name for name, answer in answers.items() if not same(kept[name], answer)] == []


def nulls(value: Any, schema: Json, schemas: Json, place: str) -> Iterator[str]:
    """Where a value has null in a field that is left out where there is nothing."""
    if isinstance(value, list):
        for each in value:
            yield from nulls(each, schema.get("items", {}), schemas, f"{place}/-")
    if not isinstance(value, dict):
        return
    # At most one part of a union is an object.
    for part in (schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        described = schemas[part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part
        for name, field in described.get("properties", {}).items():
            if name in value and value[name] is None and field.get("description", "").endswith(LEFT_OUT):
                yield f"{place}/{name}"
            elif name in value:
                yield from nulls(value[name], field, schemas, f"{place}/{name}")


def test_an_answer_leaves_out_what_the_types_say_it_leaves_out(tmp_path: Path) -> None:
    """The types have no null there, so an answer must not have it either."""
    document.main(tmp_path / "openapi.json")
    described = json.loads((tmp_path / "openapi.json").read_bytes())
    answers = [
        (content["example"], content["schema"], operation["operationId"])
        for path in described["paths"].values()
        for operation in path.values()
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
        if "example" in content and "schema" in content
    ]
    assert len(answers) > 40
    schemas = described["components"]["schemas"]
    assert [place for value, schema, name in answers for place in nulls(value, schema, schemas, name)] == []
