"""Long links of the pages, kept for short ones: until there is no room for those that are least used."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from .contract import ID, Link, LinkNotFound, StoreError
from .database import Database
from .deadline import within
from .room import make_room
from .sessions import FILE_NAME, NOTE_SECONDS, TOUCH_SECONDS

ID_BYTES = 16


def id_of(page: str, fragment: str) -> str:
    """The id of a link: the same for the same link, so that sharing it twice keeps it once."""
    digest = sha256(f"{page}#{fragment}".encode()).digest()[:ID_BYTES]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


class SQLiteLinks:
    """Links in the SQLite file of the sessions."""

    def __init__(self, directory: Path, *, max_bytes: int, clock: Callable[[], float] = time.time) -> None:
        """Name the file; nothing is opened yet.

        Args:
            directory: where the file lies; made when first needed.
            max_bytes: how large the file may grow.
            clock: seconds since 1970.
        """
        self._database = Database(directory / FILE_NAME, max_bytes)
        self._clock = clock

    def keep(self, link: Link, owner: str = "") -> str:
        """Store a link, after what is used least has made room, and give its id; of one that is there, note the use."""
        link_id = id_of(link.page, link.fragment)
        now = self._clock()
        with self._database.transaction() as connection:
            noted = connection.execute("UPDATE links SET used_at = max(used_at, ?) WHERE id = ?", (now, link_id))
            if noted.rowcount == 0:
                make_room(connection, owner, len(link.fragment), now)
                connection.execute(
                    "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)",
                    (link_id, link.page, link.fragment, now, owner, len(link.fragment)),
                )
        return link_id

    def get(self, link_id: str) -> Link:
        """The link of an id, counted as a use."""
        if not ID.fullmatch(link_id):
            raise LinkNotFound
        with self._database.reading() as connection:
            row = connection.execute("SELECT page, fragment, used_at FROM links WHERE id = ?", (link_id,)).fetchone()
        if row is None:
            raise LinkNotFound
        page, fragment, used_at = row
        now = self._clock()
        if now - used_at > TOUCH_SECONDS:
            # A store that can be read only is no reason not to answer.
            with suppress(StoreError), within(NOTE_SECONDS), self._database.transaction() as connection:
                connection.execute("UPDATE links SET used_at = max(used_at, ?) WHERE id = ?", (now, link_id))
        return Link(page, fragment)

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        self._database.close()
