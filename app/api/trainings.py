"""The trainings of one process: so many at once and no more, and all of them told to end when the server does."""

from __future__ import annotations

import sys
import time
from threading import BoundedSemaphore, Lock, Thread

from .problems import TOO_BUSY, Problem
from .streams import Channel
from .training_job import Job, Piece
from .training_keeper import BEAT_SECONDS, Keeper
from .training_setup import Plan

RETRY_SECONDS = 5
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
        self._free = BoundedSemaphore(places)
        self._keepers: dict[Channel, Keeper] = {}
        self._lock = Lock()
        self._beating = False
        self._usual_switch_seconds = 0.0

    def reserve(self) -> None:
        """Take a place; ``start`` or ``give_back`` follows. Raises ``Problem`` if there is none."""
        if not self._free.acquire(blocking=False):
            raise Problem(
                TOO_BUSY,
                f"The limit concurrent_trainings is {self.places}; as many are going on.",
                headers={"Retry-After": str(RETRY_SECONDS)},
                limit={"name": "concurrent_trainings", "value": self.places},
            )

    def give_back(self) -> None:
        """Free a place."""
        self._free.release()

    def start(self, plan: Plan, channel: Channel, keeper: Keeper | None, piece: Piece) -> None:
        """Train in a thread; the place is free again when it ends."""
        job = Job(plan, channel, keeper, piece)

        def work() -> None:
            try:
                job.run()
            finally:
                with self._lock:
                    self.running.pop(channel, None)
                    self._keepers.pop(channel, None)
                    if not self.running:
                        sys.setswitchinterval(self._usual_switch_seconds)
                self.give_back()

        thread = Thread(target=work, name="training", daemon=True)
        with self._lock:
            if not self.running:
                self._usual_switch_seconds = sys.getswitchinterval()
                sys.setswitchinterval(SWITCH_SECONDS)
            self.running[channel] = thread
            if keeper is not None:
                self._keepers[channel] = keeper
                if not self._beating:
                    self._beating = True
                    Thread(target=self._beat, name="heartbeat", daemon=True).start()
        thread.start()

    def _beat(self) -> None:
        """Keep the runs from looking abandoned while they wait for a reader or are in a long batch."""
        while True:
            time.sleep(BEAT_SECONDS)
            with self._lock:
                keepers = list(self._keepers.values())
                if not keepers:
                    self._beating = False
                    return
            for keeper in keepers:
                keeper.beat()

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
