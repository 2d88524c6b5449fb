"""The trainings of one process: so many at once and no more, and all of them told to end when the server does."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread

from ..wire.asked import ASKED
from ..wire.outgoing.streams import Channel
from .work import LOOK_SECONDS, Line, Work

WAITING_SECONDS = 8.0
"""How long a training waits for its place before it is refused; a proxy may wait ten for the first byte."""
MOST_WAITING = 64
BEAT_SECONDS = 1.0
"""How often a run that is kept says that it is alive."""
DRAIN_SECONDS = 2.0
SWITCH_SECONDS = 0.0005
"""How long a training may keep the interpreter to itself. Python's own 5 ms add up where a request has to wait for
several trainings, several times; with a tenth of it the longest waits were a third shorter, for 5 % of the speed."""


class Trainings:
    """Those that are going on.

    Attributes:
        places: how many there may be at once.
        seconds: how long each may take before it pauses.
        running: the thread of each by its channel.
    """

    def __init__(self, places: int, seconds: float) -> None:
        """Set the two limits."""
        self.places = places
        self.seconds = seconds
        self.running: dict[Channel, Thread] = {}
        self._line = Line(places, "concurrent_trainings", places + MOST_WAITING, places)
        self._beats: dict[Channel, Callable[[], None]] = {}
        self._lock = Lock()
        self._beating = False
        self._usual_switch_seconds = 0.0

    async def reserve(self) -> Work:
        """Take a place, wait for one if need be; ``start`` or ``give_back`` follows.

        A class begins its trainings in the same second, and most last no longer than a few.

        Raises:
            Problem: there is none, or none has become free in time.
            ClientDisconnect: the client has left.
        """
        work = Work(ASKED.get())
        watching = asyncio.get_running_loop().call_later(LOOK_SECONDS, work.watch)
        try:
            async with asyncio.timeout(WAITING_SECONDS):
                await self._line.enter(work)
        except TimeoutError:
            raise self._line.busy() from None
        finally:
            watching.cancel()
            await work.unwatch()
        return work

    def give_back(self, place: Work) -> None:
        """Free a place."""
        self._line.leave(place)

    def start(self, train: Callable[[], None], channel: Channel, beat: Callable[[], None] | None, place: Work) -> None:
        """Train in a thread.

        Args:
            train: does it, to its end or until the channel is told to stop.
            channel: where its events go.
            beat: called about every second meanwhile, from another thread: says that the training is alive.
            place: is free again when it ends.
        """
        loop = asyncio.get_running_loop()

        def work() -> None:
            try:
                train()
            finally:
                with self._lock:
                    self.running.pop(channel, None)
                    self._beats.pop(channel, None)
                    if not self.running:
                        sys.setswitchinterval(self._usual_switch_seconds)
                # A loop that is closed has nobody waiting.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(self.give_back, place)

        thread = Thread(target=work, name="training", daemon=True)
        with self._lock:
            if not self.running:
                self._usual_switch_seconds = sys.getswitchinterval()
                sys.setswitchinterval(SWITCH_SECONDS)
            self.running[channel] = thread
            if beat is not None:
                self._beats[channel] = beat
                if not self._beating:
                    self._beating = True
                    Thread(target=self._beat, name="heartbeat", daemon=True).start()
        thread.start()

    def _beat(self) -> None:
        """Keep the runs from looking abandoned while they wait for a reader or are in a long batch."""
        while True:
            time.sleep(BEAT_SECONDS)
            with self._lock:
                beats = list(self._beats.values())
                if not beats:
                    self._beating = False
                    return
            for beat in beats:
                beat()

    def stop(self) -> None:
        """Have all of them end soon and store where they stand; return at once."""
        with self._lock:
            channels = list(self.running)
        for channel in channels:
            channel.stop("server")

    def close(self) -> None:
        """Have all of them end, and wait for their last write."""
        with self._lock:
            threads = list(self.running.values())
        self.stop()
        until = time.monotonic() + DRAIN_SECONDS
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
