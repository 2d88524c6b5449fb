"""Long computations: a few threads, a bounded and fair queue before them, and nobody computes for a client that left.

A computation in pieces calls ``look_up`` between them; once its client has closed the connection, that ends it. What
waits for a thread is dropped at once.

Whose turn it is goes round the clients' addresses, and where all places are taken, who has most waiting gives one up
to who has fewer: a page that asks for everything at once does not keep others waiting behind it.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from math import ceil
from typing import TypeVar, TypeVarTuple

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from ...looking import LOOKING
from ...store.deadline import STORE_SECONDS, within
from ..wire.asked import ASKED, Asked
from ..wire.clients import client_of
from ..wire.problems import TOO_BUSY, Problem

LOOK_SECONDS = 0.05
"""After so long it is found out whether the client still waits: what is done sooner needs no watching."""
FIRST_GUESS_SECONDS = 0.5
"""How long work is taken to last of whose kind none has been done yet."""
NEW_SHARE = 0.3
"""The share of the newest in the running mean of how long work of one kind takes."""

Arguments = TypeVarTuple("Arguments")
Answer = TypeVar("Answer")


class Work:
    """One computation, waiting or running.

    Attributes:
        client: the address that asked for it.
        kind: the path of its operation.
        turn: done once it may run.
        began: when it began to run, on the monotonic clock; None while it waits.
        left: whether its client has closed the connection.
    """

    def __init__(self, asked: Asked | None) -> None:
        """Wait for nothing yet."""
        self.client = "" if asked is None else client_of(asked.scope)
        self.kind: str = "" if asked is None else getattr(asked.scope.get("route"), "path", "")
        self.turn: asyncio.Future[None] | None = None
        self.began: float | None = None
        self.left = False
        self._receive = None if asked is None else asked.receive
        self._watch: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """Notice from now on when the client leaves."""
        if self._receive is not None:
            self._watch = asyncio.ensure_future(self._notice(self._receive))

    async def _notice(self, receive: Receive) -> None:
        # A body that is too long raises here what whoever reads it is told.
        with suppress(Problem):
            while (await receive())["type"] != "http.disconnect":
                pass
            self.left = True
            if self.turn is not None and not self.turn.done():
                self.turn.set_exception(ClientDisconnect())

    def look_up(self) -> None:
        """From within the computation: go on only if somebody waits for it. Raises ``ClientDisconnect`` if not."""
        if self.left:
            raise ClientDisconnect

    async def unwatch(self) -> None:
        """Leave what the client sends to others again."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)


class Line:
    """So many places to be held at once, and a bounded and fair queue before them."""

    def __init__(self, at_once: int, limit: str, places: int, value: int | None = None) -> None:
        """Nobody waits yet.

        Args:
            at_once: how many may be held at once.
            limit: the name of the limit that a refusal names.
            places: how many may be held or waited for.
            value: the limit's value, if it is not ``places``.
        """
        self.at_once = at_once
        self.limit = limit
        self.places = places
        self.value = places if value is None else value
        self._running: set[Work] = set()
        self._waiting: dict[str, deque[Work]] = {}
        self._seconds: dict[str, float] = {}

    @property
    def taken(self) -> int:
        """How many places are held or waited for."""
        return len(self._running) + sum(map(len, self._waiting.values()))

    async def enter(self, work: Work) -> None:
        """Wait for a place; ``leave`` gives it back.

        Raises:
            Problem: there is none to be waited for, or somebody with fewer got it.
            ClientDisconnect: the client has left, if ``work`` is watched.
        """
        if len(self._running) < self.at_once and not self._waiting:
            self._start(work)
            return
        if self.taken >= self.places:
            self._refuse(self._greediest(work))
        work.turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(work.client, deque()).append(work)
        try:
            await work.turn
        except BaseException:
            self._forget(work)
            raise

    def leave(self, work: Work) -> None:
        """It is done: note how long it took, and have the next one run."""
        self._running.remove(work)
        took = time.monotonic() - (work.began or 0.0)
        usual = self._seconds.get(work.kind, took)
        self._seconds[work.kind] = usual + NEW_SHARE * (took - usual)
        self._call_next()

    def busy(self) -> Problem:
        """The answer to whom there is no place for."""
        return Problem(
            TOO_BUSY,
            f"The limit {self.limit} is {self.value}; as many calls are running or waiting.",
            headers={"Retry-After": str(self.seconds_to_wait())},
            limit={"name": self.limit, "value": self.value},
        )

    def seconds_to_wait(self) -> int:
        """In how many seconds what is running and waiting now is done, by how long each kind has taken lately."""
        now = time.monotonic()
        expected = sum(self._expected(work) for line in self._waiting.values() for work in line)
        expected += sum(max(0.0, self._expected(work) - (now - (work.began or now))) for work in self._running)
        return max(1, ceil(expected / self.at_once))

    def _expected(self, work: Work) -> float:
        return self._seconds.get(work.kind, FIRST_GUESS_SECONDS)

    def _start(self, work: Work) -> None:
        work.began = time.monotonic()
        self._running.add(work)

    def _call_next(self) -> None:
        while self._waiting and len(self._running) < self.at_once:
            # The first client gives its oldest and goes to the end.
            client, line = next(iter(self._waiting.items()))
            work = line.popleft()
            del self._waiting[client]
            if line:
                self._waiting[client] = line
            if work.turn is not None and not work.turn.done():
                self._start(work)
                work.turn.set_result(None)

    def _forget(self, work: Work) -> None:
        """It waits no longer, or was to begin just as its client left."""
        if work in self._running:
            self._running.remove(work)
            self._call_next()
            return
        line = self._waiting.get(work.client, deque())
        with suppress(ValueError):
            line.remove(work)
        if not line:
            self._waiting.pop(work.client, None)

    def _greediest(self, work: Work) -> Work:
        """Who has to go for ``work`` to wait: the newest of the client with most of them, or else itself."""
        client, line = max(self._waiting.items(), key=lambda each: len(each[1]), default=("", deque[Work]()))
        own = len(self._waiting.get(work.client, ()))
        return line[-1] if client != work.client and len(line) > own + 1 else work

    def _refuse(self, work: Work) -> None:
        problem = self.busy()
        if work.turn is None:
            raise problem
        self._forget(work)
        if not work.turn.done():
            work.turn.set_exception(problem)


class Workers(Line):
    """A few threads with such a queue before them."""

    def __init__(self, threads: int, limit: str, places: int) -> None:
        """Make no thread yet; ``limit`` names how many calls may run or wait at once, ``places``."""
        super().__init__(threads, limit, places)
        self.limiter = CapacityLimiter(threads)

    async def run(self, function: Callable[[*Arguments], Answer], *arguments: *Arguments) -> Answer:
        """Call ``function`` in one of the threads.

        Raises:
            Problem: all places are taken.
            ClientDisconnect: the client has left before it was done.
        """
        work = Work(ASKED.get())
        watching = asyncio.get_running_loop().call_later(LOOK_SECONDS, work.watch)
        try:
            await self.enter(work)
            token = LOOKING.set(work.look_up)
            try:
                return await to_thread.run_sync(function, *arguments, limiter=self.limiter)
            finally:
                LOOKING.reset(token)
                self.leave(work)
        finally:
            watching.cancel()
            await work.unwatch()

    async def weigh(
        self, weight: int, inline: int, function: Callable[[*Arguments], Answer], *arguments: *Arguments
    ) -> Answer:
        """Call ``function`` here and now if its ``weight`` is at most ``inline``, else in one of the threads.

        A thread costs more than a short computation; a long computation here would hold up every other request.
        """
        if weight <= inline:
            return function(*arguments)
        return await self.run(function, *arguments)


class StoreWorkers(Workers):
    """Threads for calls of the store: all who wait for it wait no longer than one call may take, however many."""

    async def run(self, function: Callable[[*Arguments], Answer], *arguments: *Arguments) -> Answer:
        """Call ``function`` in one of the threads; the time it may take begins now."""
        with within(STORE_SECONDS):
            return await super().run(function, *arguments)
