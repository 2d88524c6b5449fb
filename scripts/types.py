"""Writes the types of the API for the browser's code: ``make types``.

They follow from the OpenAPI document; ``scripts/types.mjs`` has openapi-typescript write them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import document

ROOT = Path(__file__).resolve().parent.parent
TYPES = ROOT / "static" / "js" / "api" / "schema.d.ts"


def main(file: Path = TYPES) -> None:
    """Write them to ``file``, which lies in the repository's tree or has its form all the same."""
    node = shutil.which("node")
    assert node, "the types of the API are written by Node.js"
    with tempfile.TemporaryDirectory() as folder:
        described = Path(folder) / "openapi.json"
        document.main(described)
        subprocess.run([node, "scripts/types.mjs", described, file], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
