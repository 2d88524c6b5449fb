"""Whether the store can take a session or a run: asked by one at a time, answered to all who ask meanwhile, soon."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread

from ...store.contract import StoreError
from ...store.deadline import within

CHECK_SECONDS = 1.0
"""How long the check may wait for the store."""
ANSWER_SECONDS = 1.5
"""How long an answer may take, also where a disk does not come back to what asked it."""


class Readiness:
    """Checks the store in a thread of its own, so that it waits for no queue."""

    def __init__(self, check: Callable[[], None]) -> None:
        """Check by ``check``, which writes something or raises ``StoreError``."""
        self._check = check
        self._thread = CapacityLimiter(1)
        self._underway: asyncio.Task[None] | None = None

    async def check(self) -> None:
        """Return if the store can be written.

        Raises:
            StoreError: it cannot, or does not say so in time.
        """
        if self._underway is None or self._underway.done():
            self._underway = asyncio.create_task(self._ask())
        # By the time it is done, somebody else may have begun the next one.
        asked = self._underway
        done, _ = await asyncio.wait((asked,), timeout=ANSWER_SECONDS)
        if not done:
            raise StoreError("the store has not answered in time")
        asked.result()

    async def _ask(self) -> None:
        with within(CHECK_SECONDS):
            await to_thread.run_sync(self._check, limiter=self._thread, abandon_on_cancel=True)
