"""The query parameter ``fields``: which fields of an answer are wanted."""

from __future__ import annotations

from collections.abc import Collection

from ..problems import InputError, invalid


def wanted_of(fields: str, known: Collection[str]) -> frozenset[str]:
    """The names in a list separated by commas. Raises ``Problem`` if one is not among the ``known``."""
    names = fields.split(",")
    if not all(name in known for name in names):
        detail = f"Expected in fields names out of {', '.join(known)}, separated by commas."
        raise invalid([InputError("", "invalid_parameter", detail)])
    return frozenset(names)
