"""The compiled loops of ``kernel.c``, called through ctypes, which lets go of the interpreter meanwhile."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from ctypes import c_double, c_int64, c_void_p
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.engine import Engine, Height, Laid, Output
from .build import library

BLOCK = 64
"""Columns that the loops run at a time, where a batch does not say; as in ``kernel.c``."""
LANES = 4
"""Rows are filled up to a multiple of this; as in ``kernel.c``."""


class _Bound:
    """A function of the library with arguments that stay; the arrays behind them are kept alive with it."""

    def __init__(self, function: Callable[..., None], *arguments: Any) -> None:
        """Turn arrays into addresses, whole numbers and numbers into C's."""
        self._kept = arguments
        self._function = function
        self._given = tuple(_in_c(argument) for argument in arguments)

    def __call__(self, *more: Any) -> None:
        self._function(*self._given, *map(_in_c, more))


def _in_c(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        if not value.flags.c_contiguous:
            raise ValueError("the loops take contiguous arrays only")
        return c_void_p(value.ctypes.data)
    if isinstance(value, float):
        return c_double(value)
    return value if value is None or isinstance(value, ctypes.Array) else c_int64(value)


@dataclass(frozen=True, eq=False)
class _Compiled:
    """The engine.

    Attributes:
        name: what it is, and for which vector registers.
    """

    name: str
    _library: ctypes.CDLL

    def descend(
        self,
        laid: Laid,
        output: Output,
        parameters: tuple[NDArray[Any], NDArray[Any]],
        examples: tuple[NDArray[Any], ...],
        size: int,
    ) -> Callable[[int, int, float, bool], object]:
        x, target, order = examples
        network = _network(laid)
        buffers = _buffers(laid, size, 4)
        return _Bound(
            self._library.descend, *parameters, x, target, order, len(order), size, *network, *output, *buffers
        )

    def measure(
        self,
        laid: Laid,
        output: Output,
        height: Height,
        parameters: tuple[NDArray[Any], NDArray[Any]],
        examples: tuple[NDArray[Any], NDArray[Any]],
    ) -> tuple[Callable[[], object], Callable[[], object], tuple[NDArray[Any], ...]]:
        theta, gradient = parameters
        x, target = examples
        filled = np.empty_like(target), np.empty_like(target), np.zeros(len(laid.activations)), np.zeros(1)
        rest = x, target, len(x), *_network(laid), *output, *_buffers(laid, BLOCK, 4), *height, *filled
        measure = self._library.measure
        return _Bound(measure, theta, None, *rest), _Bound(measure, theta, gradient, *rest), filled

    def respond(
        self,
        laid: Laid,
        theta: NDArray[Any],
        grid: tuple[tuple[int, ...], NDArray[Any], NDArray[Any], NDArray[Any]],
        outs: Mapping[int, NDArray[Any]],
    ) -> Callable[[int, int], object]:
        inputs, xs, ys, held = grid
        across, down = (*inputs, -1)[:2]
        arrays = [outs.get(layer) for layer in range(len(laid.activations))]
        places = (c_void_p * len(arrays))(*(None if one is None else one.ctypes.data for one in arrays))
        values = held, across, down, xs, len(xs), ys, len(ys)
        call = _Bound(self._library.respond, theta, *_network(laid), *values)
        rest = *_buffers(laid, BLOCK, 3), places
        return lambda first, last: call(first, last, *rest)

    def landscape(
        self,
        laid: Laid,
        height: Height,
        plane: tuple[NDArray[Any], NDArray[Any]],
        examples: tuple[NDArray[Any], NDArray[Any]],
    ) -> Callable[[NDArray[Any], NDArray[Any]], object]:
        x, target = examples
        given = x, target, target.shape[1], *_network(laid), *height, np.empty_like(plane[0]), *_buffers(laid, BLOCK, 3)

        def call(uv: NDArray[Any], total: NDArray[Any]) -> None:
            _Bound(self._library.landscape, *plane, uv, len(uv), *given, total)()

        return call


def _network(laid: Laid) -> tuple[Any, ...]:
    return len(laid.activations), laid.sizes, laid.activations, laid.parameters


def _buffers(laid: Laid, columns: int, count: int) -> list[NDArray[Any]]:
    numbers = laid.rows * ((columns + LANES - 1) // LANES * LANES)
    return [np.zeros(numbers) for _ in range(count)]


def engines() -> list[Engine]:
    """The libraries that were made for this machine and that its processor can run, the best last."""
    base = _opened(2) or _opened(0)
    if base is None:
        return []
    base.level.restype = c_int64
    best = base.level()
    found = [(level, _opened(level)) for level in range(best + 1)]
    return [_compiled(level, library) for level, library in found if library is not None]


@cache
def engine() -> Engine | None:
    """The best of them; None where there is none.

    Built or not is all that decides, once for the process; so the same request on the same server gives the same curve.
    """
    return next(reversed(engines()), None)


def _compiled(level: int, library: ctypes.CDLL) -> Engine:
    for function in (library.descend, library.measure, library.respond, library.landscape):
        function.restype = None
    return _Compiled(f"compiled, x86-64-v{level}" if level else "compiled", library)


def _opened(level: int) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(str(library(level)))
    except OSError:
        return None


def name() -> str:
    """What computes with small networks: ``numpy``, or the compiled loops and their vector registers."""
    found = engine()
    return "numpy" if found is None else found.name
