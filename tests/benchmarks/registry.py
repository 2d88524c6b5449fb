"""All benchmarks: one entry per group of rows is all it takes to add one."""

from __future__ import annotations

from .numbers import surfaces, traces, training
from .rows import Group
from .service import encoding, http, stream

GROUPS = (
    Group(traces.GROUP, traces.rows),
    Group(http.GROUP, http.rows),
    Group(encoding.GROUP, encoding.rows),
    Group(encoding.WALK, encoding.walk_rows),
    Group(training.GROUP, training.rows),
    Group(stream.GROUP, stream.rows),
    Group(surfaces.GROUP, surfaces.rows),
)
