"""Runs the browser's half of a twin in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def run(script: str, data: Any, *, is_file: bool = False) -> Any:
    """The JSON that a module writes for the JSON it is given."""
    node = shutil.which("node")
    assert node, "the tests need Node.js"
    arguments = [script] if is_file else ["--input-type=module", "--eval", script]
    done = subprocess.run(
        [node, *arguments], input=json.dumps(data), capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
