"""The records of a kept run in the terms of the figures: of a long run as many as a picture shows, and every spike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from ...figures.curves import PANELS, History
from ...figures.gradient_flow import Flow
from ..services import Services

Record = dict[str, Any]

MOST_EPOCHS = 4000
MOST_GAINS = 100_000
"""Numbers of gradients and gains in one figure; a network of many layers is shown at fewer epochs."""


def telling(records: Sequence[Record], most: int, pick: Callable[[Record], float | None]) -> Sequence[Record]:
    """At most so many records, chosen so that no spike is lost.

    Of each equal part of the way the first, the last, and those with the lowest and the highest of what is looked at.

    Args:
        records: by rising epoch.
        most: at least 4.
        pick: what must keep its lows and its highs; None counts as neither.
    """
    if len(records) <= most:
        return records
    parts = most // 4
    kept: list[Record] = []
    for part in range(parts):
        places = range(part * len(records) // parts, (part + 1) * len(records) // parts)
        known = [(value, place) for place in places if (value := pick(records[place])) is not None]
        extremes = (min(known)[1], max(known)[1]) if known else ()
        kept += [records[place] for place in sorted({places[0], *extremes, places[-1]})]
    return kept


def records_of(services: Services, run_id: str) -> list[Record]:
    """The records of a run by rising epoch. Raises ``RunNotFound``."""
    _, written, _ = services.runs.get(run_id)
    found: list[Record] = orjson.loads(b"[" + b",".join(written) + b"]")
    return found


def history(services: Services, run_id: str, name: str) -> History:
    """Losses and accuracies of a run. Raises ``RunNotFound``."""
    records = telling(records_of(services, run_id), MOST_EPOCHS, lambda record: record["cost"])
    names = [name for panel in PANELS.values() for name in panel if name != "loss"]
    series = {name: [record.get(name) for record in records] for name in names}
    return History([record["epoch"] for record in records], series, name)


def flow(services: Services, run_id: str, name: str) -> Flow:
    """Gradients and gains of a run. Raises ``RunNotFound``."""
    records = records_of(services, run_id)
    layers = len(records[0]["gradient_norms"]) if records else 1
    most = max(4, min(MOST_EPOCHS, MOST_GAINS // layers))
    shown = telling(records, most, lambda record: record["gradient_norms"][0])
    norms, gains = ([record[which] for record in shown] for which in ("gradient_norms", "gain_means"))
    return Flow([record["epoch"] for record in shown], norms, gains, name)
