"""What Backpropscope is made of: ``make sbom`` writes docs/sbom.cdx.json (CycloneDX) and docs/licences.md.

Python packages are those of requirements.lock, with the licences that the installed ones name; files of the browser are
those of static/vendor, with the licences that their package.json names.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SBOM = ROOT / "docs" / "sbom.cdx.json"
TABLE = ROOT / "docs" / "licences.md"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)((?:\s+\\\n\s+--hash=\S+)+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
PREFIX = "License :: OSI Approved :: "
# What a classifier calls a licence, and its SPDX identifier.
CLASSIFIED = {"BSD License": "BSD-3-Clause", "MIT License": "MIT", "Apache Software License": "Apache-2.0"}


@dataclass(frozen=True)
class Part:
    """One package.

    Attributes:
        name: as its registry knows it.
        version: the one that is used.
        licence: an SPDX expression.
        kind: ``pypi`` or ``npm``.
        where: the folder it lies in; empty if it is installed.
        hashes: SHA-256 of the files that may be installed.
    """

    name: str
    version: str
    licence: str
    kind: str
    where: str
    hashes: tuple[str, ...]

    @property
    def address(self) -> str:
        """Its package URL (purl)."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def licence_of(package: str) -> str:
    """The licence that an installed package names. Raises ``LookupError`` if it names none."""
    told = metadata.metadata(package)
    if expression := told.get("License-Expression"):
        return str(expression)
    classified = [
        CLASSIFIED.get(each.removeprefix(PREFIX), each.removeprefix(PREFIX))
        for each in told.get_all("Classifier") or []
        if each.startswith(PREFIX)
    ]
    if classified:
        return " OR ".join(classified)
    named = str(told.get("License") or "")
    if not named or "\n" in named:
        raise LookupError(f"{package} names no licence")
    return CLASSIFIED.get(named, named)


def installed() -> Iterator[Part]:
    """The packages of the lock file."""
    for name, version, hashes in PINNED.findall((ROOT / "requirements.lock").read_text("utf-8")):
        yield Part(name.lower(), version, licence_of(name), "pypi", "", tuple(HASH.findall(hashes)))


def vendored() -> Iterator[Part]:
    """The packages of which files lie in static/vendor."""
    for path in sorted((ROOT / "static" / "vendor").glob("*/package.json")):
        package = json.loads(path.read_text("utf-8"))
        where = path.parent.relative_to(ROOT).as_posix()
        yield Part(package["name"], package["version"], package["license"], "npm", where, ())


def component(part: Part) -> dict[str, Any]:
    """One entry of the bill of materials."""
    entry: dict[str, Any] = {
        "type": "library",
        "bom-ref": part.address,
        "name": part.name,
        "version": part.version,
        "purl": part.address,
        "licenses": [{"expression": part.licence}],
    }
    if part.hashes:
        # A package has one file for each platform; which of them is installed is not for this file to say.
        entry["properties"] = [{"name": "lock:sha256", "value": value} for value in part.hashes[:1]]
    if part.where:
        entry["evidence"] = {"occurrences": [{"location": part.where}]}
    return entry


def bill(parts: list[Part]) -> str:
    """The bill of materials as JSON.

    Source: CycloneDX 1.6. It has no date and no serial number, so that the same parts give the same file.
    """
    version = re.search(r'"(.+)"', (ROOT / "app" / "__init__.py").read_text("utf-8").partition("__version__")[2])
    assert version is not None
    program = {
        "type": "application",
        "name": "backpropscope",
        "version": version[1],
        "licenses": [{"expression": "MIT"}],
    }
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program},
        "components": [component(part) for part in parts],
    }
    return json.dumps(document, indent=1) + "\n"


def table(parts: list[Part]) -> str:
    """The same for people."""
    lines = [
        "# Licences of what Backpropscope uses",
        "",
        "Written by `make sbom`. Files in `static/vendor/` are unedited and lie beside their licences; Python packages",
        "are installed by hash from `requirements.lock`. The data sets and worked examples have their sources in",
        "[`app/library/data/README.md`](../app/library/data/README.md).",
        "",
        "| package | version | licence | where |",
        "|---|---|---|---|",
    ]
    lines += [f"| {part.name} | {part.version} | {part.licence} | {part.where or 'installed'} |" for part in parts]
    return "\n".join(lines) + "\n"


def written() -> dict[Path, str]:
    """The files as they have to be."""
    parts = [*vendored(), *installed()]
    return {SBOM: bill(parts), TABLE: table(parts)}


def main() -> int:
    """Write both files."""
    for path, text in written().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
