"""Making room: what was used least recently goes first, and first of all from the owner who has most."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator

from .contract import ABANDONED_SECONDS, StoreError

PAGE_HEAD_BYTES = 4
"""What a page of a long value needs for itself."""
SLACK_PAGES = 16
"""Pages that indexes and the inner nodes of trees may take besides what is stored."""
IDLE = f"""(ended OR state != 'running'
    OR NOT written_at BETWEEN :now - {ABANDONED_SECONDS} AND :now + {ABANDONED_SECONDS})"""
"""Whether a run is trained by nobody. Written in the future it is by nobody, too, if the clock has been set back."""

Table = str
Found = tuple[float, Table, str, int]
"""When it was used, and of what table, which row, how many bytes."""


def make_room(connection: sqlite3.Connection, owner: str, needed: int, now: float) -> None:
    """Let go of sessions, links and runs that do not run until ``needed`` bytes fit; of none if they do.

    Args:
        connection: in a write transaction.
        owner: who wants the room; of two who have as much, it is the one who loses something.
        needed: bytes.
        now: seconds since 1970.

    Raises:
        StoreError: all that is left runs.
    """
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    pages = needed // (page_bytes - PAGE_HEAD_BYTES) + SLACK_PAGES
    if _free_pages(connection) >= pages:
        return
    for _, table, row, _ in _going(connection, owner, now, ("sessions", "runs", "links"), by_count=False):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))
        if _free_pages(connection) >= pages:
            return
    raise StoreError("the store is full")


def check_room(connection: sqlite3.Connection, needed: int, now: float) -> int:
    """How many of ``needed`` bytes fit without letting go of anything. Raises ``StoreError`` if ``make_room`` would."""
    page_bytes: int = connection.execute("PRAGMA page_size").fetchone()[0]
    free = _free_pages(connection) * page_bytes
    (sessions,) = connection.execute("SELECT coalesce(sum(bytes), 0) FROM sessions").fetchone()
    (links,) = connection.execute("SELECT coalesce(sum(bytes), 0) FROM links").fetchone()
    (runs,) = connection.execute(f"SELECT coalesce(sum(bytes), 0) FROM runs WHERE {IDLE}", {"now": now}).fetchone()
    if free + sessions + links + runs < needed + SLACK_PAGES * page_bytes:
        raise StoreError("the store is full")
    return max(0, min(needed, free - SLACK_PAGES * page_bytes))


def keep_at_most(connection: sqlite3.Connection, table: Table, most: int, owner: str, now: float) -> None:
    """Let go of rows until one more makes at most ``most``; of runs that run only if there is nothing else."""
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    excess = count + 1 - most
    if excess <= 0:
        return
    for _, _, row, _ in _going(connection, owner, now, (table,), by_count=True):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))
        excess -= 1
        if not excess:
            return
    connection.execute(
        f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} ORDER BY used_at, rowid LIMIT ?)", (excess,)
    )


def _free_pages(connection: sqlite3.Connection) -> int:
    names = ("max_page_count", "page_count", "freelist_count")
    most, used, free = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
    return int(most - used + free)


def _going(
    connection: sqlite3.Connection, owner: str, now: float, tables: tuple[Table, ...], by_count: bool
) -> Iterator[Found]:
    """What may go, in the order in which it should."""
    weight = "1" if by_count else "bytes"
    both = " UNION ALL ".join(f"SELECT owner, {weight} AS weight FROM {table}" for table in tables)
    # The largest first; where two are as large, the one who asks.
    largest = [
        (-total, each != owner, each)
        for each, total in connection.execute(f"SELECT owner, sum(weight) FROM ({both}) GROUP BY owner")
    ]
    heapq.heapify(largest)
    theirs: dict[str, Iterator[Found]] = {}
    while largest:
        total, other, each = largest[0]
        if each not in theirs:
            theirs[each] = iter(_of(connection, each, now, tables))
        found = next(theirs[each], None)
        if found is None:
            heapq.heappop(largest)
            continue
        yield found
        heapq.heapreplace(largest, (total + (1 if by_count else found[3]), other, each))


def _of(connection: sqlite3.Connection, owner: str, now: float, tables: tuple[Table, ...]) -> list[Found]:
    """What one owner may lose, the least recently used first."""
    found: list[Found] = []
    for table in tables:
        may_go = IDLE if table == "runs" else "TRUE"
        rows = connection.execute(
            f"SELECT used_at, '{table}', id, bytes FROM {table} WHERE owner = :owner AND {may_go}"
            " ORDER BY used_at, rowid",
            {"owner": owner, "now": now},
        )
        found += rows.fetchall()
    return sorted(found, key=lambda each: each[0])
