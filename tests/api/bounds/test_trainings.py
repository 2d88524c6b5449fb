"""The trainings of a process: all can be told to end, and the interpreter is shared finely only while there are any."""

from __future__ import annotations

import asyncio
import sys

from app.api.bounds.trainings import SWITCH_SECONDS, Trainings
from app.api.training.job import Job, Piece
from app.api.training.schemas import XOR, TrainingRequest
from app.api.training.setup import prepare
from app.api.wire.outgoing.streams import Channel

PLAN = prepare(TrainingRequest.model_validate({**XOR, "epochs": 10_000, "sizes": [2, 200, 1]}))


def test_one_call_ends_all_of_them_with_the_reason() -> None:
    async def train() -> list[str]:
        trainings = Trainings(3, 60)
        usual = sys.getswitchinterval()
        channels = [Channel() for _ in range(3)]
        for channel in channels:
            place = await trainings.reserve()
            trainings.start(Job(PLAN, channel, None, Piece()).run, channel, None, place)
        assert sys.getswitchinterval() == SWITCH_SECONDS
        await asyncio.to_thread(trainings.close)
        assert trainings.running == {}
        assert sys.getswitchinterval() == usual
        lasts = []
        for channel in channels:
            chunks = []
            while (chunk := await channel.get()) is not None:
                chunks.append(chunk)
            lasts.append(chunks[-1].decode())
        return lasts

    for last in asyncio.run(train()):
        assert last.startswith("event: stopped\n")
        assert '"reason":"server"' in last
