"""All benchmarks: one entry per group of rows is all it takes to add one."""

from __future__ import annotations

from . import encoding, http, traces
from .rows import Group

GROUPS = (
    Group(traces.GROUP, traces.rows),
    Group(http.GROUP, http.rows),
    Group(encoding.GROUP, encoding.rows),
    Group(encoding.WALK, encoding.walk_rows),
)
