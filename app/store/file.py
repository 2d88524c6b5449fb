"""Which file a path names now: a store that was deleted or replaced while it was open is another store.

SQLite keeps what is not yet in the file itself in a file beside it, found by name. One that belongs to a file that is
gone must not be taken for the new file's, which SQLite cannot tell.
Source: https://www.sqlite.org/howtocorrupt.html, sections 1.4 and 2.5.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .deadline import left

# On Windows an open file is neither deleted nor replaced.
if sys.platform != "win32":
    import fcntl

SIDECARS = ("-wal", "-shm")
LOOK_SECONDS = 0.01

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """Device and inode of a file, None if there is none of this name."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def sidecars(path: Path) -> dict[Path, Identity | None]:
    """The files beside a store and which they are now."""
    beside = [path.with_name(path.name + suffix) for suffix in SIDECARS]
    return {each: identity(each) for each in beside}


def remove_stale(path: Path, known: dict[Path, Identity | None]) -> None:
    """Remove what stands beside a store and belongs to a file that is gone.

    Args:
        path: the store.
        known: the files beside the store that was open here until now. The caller still has them open, so that no
            other file can have got their inodes. Without a store at ``path`` all files beside it are stale.
    """
    gone = identity(path) is None
    for beside, now in sidecars(path).items():
        if now is not None and (gone or known.get(beside) == now):
            beside.unlink(missing_ok=True)


@contextmanager
def alone_in(folder: Path, moment: float) -> Iterator[None]:
    """Keep other processes from opening a store in this folder meanwhile.

    Args:
        folder: it exists.
        moment: until when to wait for them, by the monotonic clock.

    Raises:
        TimeoutError: somebody else is still at it.
    """
    handle = -1
    if sys.platform != "win32":
        # Where a folder cannot be opened or locked, as on some network drives, one goes without.
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
    try:
        if handle >= 0:
            _lock(handle, moment)
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def _lock(handle: int, moment: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not left(moment):
                raise TimeoutError("another process is opening the store") from None
            time.sleep(LOOK_SECONDS)
        except OSError:
            return
        else:
            return
