"""From anywhere within a computation: go on only if somebody still waits for it.

Whoever runs computations says for each how that is found out; what computes looks up every few milliseconds. The
mathematics knows nothing of this: there the same call is an argument (``core.looking``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

AT_ONCE = 256
"""Items of a loop between two looks: with some microseconds for each, a millisecond."""


def _nobody_leaves() -> None:
    """What is not run for a client goes on."""


LOOKING: ContextVar[Callable[[], None]] = ContextVar("looking", default=_nobody_leaves)
"""How it is found out here and now whether somebody waits: a call that raises an exception if not."""


def look_up() -> None:
    """Go on only if somebody waits. Raises what whoever runs the computation has chosen."""
    LOOKING.get()()


def watched(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, with a look before every ``AT_ONCE`` of them."""
    rest = iter(items)
    some: list[Item] | None = None
    while some != []:
        look_up()
        some = list(islice(rest, AT_ONCE))
        yield from some
