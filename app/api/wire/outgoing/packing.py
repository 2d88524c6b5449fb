"""Compressing the answers to POST: only where the client asks for it and what is saved is worth the time it takes.

Level 1 of gzip takes about 10 ms a megabyte of a trace with steps and leaves a fourth to a sixth of it: worth it on any
link below some 400 Mbit/s. It is done in a thread, where others have their turn meanwhile; below 16 KiB the way there
and back takes longer than what it saves.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from anyio import CapacityLimiter, to_thread
from starlette.types import Scope

from ..middleware import accepts_gzip

WORTH_BYTES = 16 * 1024
LEVEL = 1
GZIP = 16 + zlib.MAX_WBITS
THREADS = CapacityLimiter(2)
PACKED_HEADERS = [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]


def is_worth_packing(scope: Scope, length: int) -> bool:
    """Whether an answer of so many bytes is to be compressed here; answers to GET are elsewhere."""
    return length >= WORTH_BYTES and scope["method"] == "POST" and accepts_gzip(scope)


async def pack(parts: Sequence[bytes]) -> bytes:
    """These parts, one behind the other, as gzip."""
    return await to_thread.run_sync(_packed, parts, limiter=THREADS)


def _packed(parts: Sequence[bytes]) -> bytes:
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    return b"".join([*map(packer.compress, parts), packer.flush()])
