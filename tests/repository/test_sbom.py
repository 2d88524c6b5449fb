"""The bill of materials: complete, true, and every licence one that lets this program be given away."""

from __future__ import annotations

import json
import re
from email import message_from_string
from importlib import metadata

import pytest

from scripts.sbom import ROOT, SBOM, licence_of, written

FREE = {
    "MIT",
    "BSD-3-Clause",
    "BSD-2-Clause",
    "0BSD",
    "Apache-2.0",
    "PSF-2.0",
    "Zlib",
    "CC0-1.0",
    "MPL-2.0",
    "ISC",
    "OFL-1.1",
}


def test_what_make_sbom_writes_is_what_stands_there() -> None:
    for path, text in written().items():
        assert path.read_text("utf-8") == text, f"{path.name} is out of date: make sbom"


def test_it_lists_every_vendored_folder_and_every_locked_package() -> None:
    parts = json.loads(SBOM.read_text("utf-8"))["components"]
    folders = {each["evidence"]["occurrences"][0]["location"] for each in parts if "evidence" in each}
    assert folders == {f"static/vendor/{path.name}" for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir()}
    locked = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert {(each["name"], each["version"]) for each in parts} >= {(name.lower(), version) for name, version in locked}


def test_every_licence_is_free() -> None:
    for part in json.loads(SBOM.read_text("utf-8"))["components"]:
        (licence,) = part["licenses"]
        words = set(re.findall(r"[A-Za-z0-9.-]+", licence["expression"])) - {"AND", "OR", "WITH"}
        assert words <= FREE, part["name"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("License-Expression: MIT\nLicense: BSD\n\n", "MIT"),
        ("Classifier: License :: OSI Approved :: BSD License\n\n", "BSD-3-Clause"),
        ("License: MIT License\n\n", "MIT"),
        ("Name: x\n\n", None),
    ],
)
def test_a_licence_is_what_the_package_names(monkeypatch: pytest.MonkeyPatch, told: str, expected: str | None) -> None:
    monkeypatch.setattr(metadata, "metadata", lambda name: message_from_string(told))
    if expected is None:
        with pytest.raises(LookupError, match="names no licence"):
            licence_of("x")
    else:
        assert licence_of("x") == expected
