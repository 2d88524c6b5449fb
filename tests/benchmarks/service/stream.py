"""What it costs to write the records of a training as events: many to a chunk, against one by one."""

from __future__ import annotations

from collections.abc import Iterator

from app.api.training.events import epoch_events
from app.api.training.job import CHUNK_RECORDS
from app.api.wire.outgoing.streams import event
from app.core.training.recipe import EpochRecord

from ..rows import Row
from ..timing import compare

GROUP = "stream"


def records(count: int) -> list[EpochRecord]:
    """Records of a 2-4-2-1 network without θ."""
    return [
        EpochRecord(epoch, 250 / (epoch + 1), 0.5 / (epoch + 1), None, None, 0.875, None, (1.25,) * 3, (0.2,) * 3, None)
        for epoch in range(count)
    ]


def rows() -> Iterator[Row]:
    """A full chunk, in one go and record by record."""
    chunk = records(CHUNK_RECORDS)

    def together() -> bytes:
        return epoch_events(chunk)

    def one_by_one() -> bytes:
        return b"".join(event("epoch", record) for record in chunk)

    timing = compare(together, one_by_one)
    remark = f"{CHUNK_RECORDS / timing.ours:,.0f} records a second"
    yield Row(GROUP, f"{CHUNK_RECORDS} epoch records as events", "one by one", timing, remark=remark)
