"""Where the static files and templates are: beside ``app/`` in a checkout, inside the package in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_HOME = _PACKAGE if (_PACKAGE / "static").is_dir() else _PACKAGE.parent

STATIC = _HOME / "static"
TEMPLATES = _HOME / "templates"
