"""What a long computation calls between its pieces; whoever asked for it can end it there by raising an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator

LookUp = Callable[[], None]

CALLED_LIKE = 50
"""Products that take as long as one activation and its derivative; a slow one, such as GELU, takes a few times that."""
LARGE_PIECE = 5_000_000
"""Products after which it is time to look up: some ten milliseconds, with a slow activation some twenty."""
SLOW_NUMBERS = 1 << 16
"""Numbers that a slow function is called for at once: GELU and its derivative take some ten milliseconds for them."""
MOST_AT_ONCE = 16
"""Batches between two looks where each is made of NumPy's calls: of 64 layers, a millisecond however small they are."""


def nothing() -> None:
    """Nobody wants to end it."""


def products(examples: int, parameters: int, units: int) -> int:
    """How much a pass of examples through a network is, in products.

    Args:
        examples: how many.
        parameters: of the network.
        units: of all its layers.
    """
    return examples * (parameters + CALLED_LIKE * units)


def pieces(examples: int, parameters: int, units: int) -> Iterator[slice]:
    """So many examples in pieces that take some ten milliseconds each; arguments as for ``products``."""
    size = max(1, LARGE_PIECE // products(1, parameters, units))
    return (slice(start, start + size) for start in range(0, examples, size))


def looking(calls: list[Callable[[], object]], size: int, look_up: LookUp) -> list[Callable[[], object]]:
    """The same calls; if together they are of such a size, in products, that it takes long, with a look before each."""
    if size <= LARGE_PIECE or look_up is nothing:
        return calls
    return [each for call in calls for each in (look_up, call)]
