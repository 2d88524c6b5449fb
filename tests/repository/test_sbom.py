"""The bill of materials: complete, true, and every licence one that lets this program be given away."""

from __future__ import annotations

import json
import re

from app import __version__
from scripts.sbom import ROOT, SBOM, TABLE, licence_of, table, vendored

FREE = {
    "MIT",
    "MIT License",
    "BSD-3-Clause",
    "BSD-2-Clause",
    "BSD License",
    "0BSD",
    "Apache-2.0",
    "Apache Software License",
    "PSF-2.0",
    "Zlib",
    "CC0-1.0",
    "MPL-2.0",
    "ISC",
    "OFL-1.1",
}
BILL = json.loads(SBOM.read_text("utf-8"))
LOCKED = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)


def plain(name: str) -> str:
    """A package's name as PEP 503 has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_it_lists_every_locked_package_and_every_vendored_folder_and_nothing_else() -> None:
    browser = vendored()
    assert BILL["components"][: len(browser)] == browser, "out of date: make sbom"
    python = {(plain(each["name"]), each["version"]) for each in BILL["components"][len(browser) :]}
    assert python == {(plain(name), version) for name, version in LOCKED}, "out of date: make sbom"
    folders = {path.name for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir()}
    assert {each["evidence"]["occurrences"][0]["location"] for each in browser} == {
        f"static/vendor/{f}" for f in folders
    }


def test_it_is_of_this_version_and_names_no_place_of_the_machine_it_was_written_on() -> None:
    assert BILL["metadata"]["component"]["version"] == __version__
    assert not re.search(r"file:|/home/|/root/|/tmp/|externalReferences", SBOM.read_text("utf-8"))


def test_the_table_of_licences_is_that_of_the_bill() -> None:
    assert TABLE.read_text("utf-8") == table(BILL), "out of date: make sbom"


def test_every_licence_is_free() -> None:
    for part in BILL["components"]:
        named = re.split(r" (?:AND|OR) ", licence_of(part).replace("(", "").replace(")", ""))
        assert set(named) <= FREE, part["name"]
