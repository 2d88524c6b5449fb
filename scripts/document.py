"""Writes the OpenAPI document, as a server under no root path answers it: ``python -m scripts.document FILE``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from starlette.testclient import TestClient

from app.api.document.openapi import PATH
from app.main import create_app
from app.settings import Settings


def main(file: Path) -> None:
    """Write it to ``file``."""
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), "http://localhost") as client,
    ):
        file.write_bytes(client.get(PATH).content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
