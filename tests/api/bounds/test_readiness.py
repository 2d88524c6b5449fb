"""Readiness is asked for by many at once."""

from __future__ import annotations

import asyncio

from app.api.bounds.readiness import Readiness


def test_who_asks_just_after_an_answer_disturbs_nobody_who_waited_for_it() -> None:
    async def run() -> None:
        readiness = Readiness(lambda: None)

        async def again() -> None:
            for _ in range(20):
                await readiness.check()

        await asyncio.gather(*(again() for _ in range(20)))

    asyncio.run(run())
