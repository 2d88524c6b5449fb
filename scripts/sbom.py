"""``make sbom``: adds the browser's files to the bill of materials, and writes it down as a table of licences.

cyclonedx-py writes the bill (CycloneDX) of the Python packages; it comes on standard input. What lies in static/vendor
says in its package.json what it is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from app import __version__

ROOT = Path(__file__).resolve().parent.parent
SBOM = ROOT / "docs" / "sbom.cdx.json"
TABLE = ROOT / "docs" / "licences.md"
INTRODUCTION = """\
# Licences of what Backpropscope uses

Written by `make sbom`. Files in `static/vendor/` are unedited and lie beside their licences; Python packages
are installed by hash from `requirements.lock`. The data sets and worked examples have their sources in
[`app/library/data/README.md`](../app/library/data/README.md).

| package | version | licence | where |
|---|---|---|---|
"""

Json = dict[str, Any]


def vendored() -> list[Json]:
    """A component for each folder of static/vendor."""
    components = []
    for path in sorted((ROOT / "static" / "vendor").glob("*/package.json")):
        package = json.loads(path.read_text("utf-8"))
        address = f"pkg:npm/{package['name'].replace('@', '%40')}@{package['version']}"
        components.append(
            {
                "type": "library",
                "bom-ref": address,
                "name": package["name"],
                "version": package["version"],
                "purl": address,
                "licenses": [{"expression": package["license"]}],
                "evidence": {"occurrences": [{"location": path.parent.relative_to(ROOT).as_posix()}]},
            }
        )
    return components


def licence_of(component: Json) -> str:
    """The licence that a component names, or its licences; an SPDX expression or a classifier's words."""
    named = [
        each.get("expression") or each["license"].get("id") or each["license"]["name"] for each in component["licenses"]
    ]
    return " OR ".join(name.removeprefix("License :: OSI Approved :: ") for name in named)


def table(bill: Json) -> str:
    """The bill for people."""
    rows = []
    for each in bill["components"]:
        where = each["evidence"]["occurrences"][0]["location"] if "evidence" in each else "installed"
        rows.append(f"| {each['name']} | {each['version']} | {licence_of(each)} | {where} |\n")
    return INTRODUCTION + "".join(rows)


def main() -> int:
    """Write both files."""
    bill = json.load(sys.stdin)
    bill["metadata"]["component"]["version"] = __version__
    # Where else a package is spoken of on the web is no matter of a licence.
    for each in (*bill["components"], *bill["metadata"].get("tools", {}).get("components", ())):
        each.pop("externalReferences", None)
    bill["components"] = [*vendored(), *bill["components"]]
    SBOM.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", "utf-8")
    TABLE.write_text(table(bill), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
